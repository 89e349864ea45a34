"""Numbers, times, days and how often, as French says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.quantities import DAILY, WEEKEND, WORKDAYS
from robot.sense.language.spoken_wording import IN_WORDS, Wording, in_a_row, say_weekday, weekday_names

if TYPE_CHECKING:
    from datetime import date

JOINT = "et"
SMALL = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def _number(value: int) -> str:
    if value < len(SMALL):
        return SMALL[value]
    if value >= IN_WORDS:
        return str(value)
    tens, ones = value // 10 * 10, value % 10
    return TENS[tens] + ("" if not ones else (" et un" if ones == 1 else f"-{SMALL[ones]}"))


def _feminine(words: str) -> str:
    return words + "e" if words == "un" or words.endswith(" un") else words


def _time(hour: int, minute: int) -> str:
    base = {0: "minuit", 12: "midi"}.get(hour) or f"{_feminine(_number(hour))} heure{'s' if hour > 1 else ''}"
    if not minute:
        return base
    if hour % 12 == 0:
        return f"{base} {'et demi' if minute == 30 else _feminine(_number(minute))}"
    return f"{base} {_feminine(_number(minute))}"


def _day(day: date) -> str:
    number = "premier" if day.day == 1 else _number(day.day)
    return f"{say_weekday(day.weekday(), 'fr')} {number} {MONTHS[day.month - 1]}"


def _often(weekdays: frozenset[int]) -> str:
    known = {DAILY: "tous les jours", WORKDAYS: "les jours de semaine", WEEKEND: "tous les week-ends"}
    return known.get(weekdays) or "tous les " + in_a_row([f"{name}s" for name in weekday_names(weekdays, "fr")], JOINT)


FRENCH = Wording(
    number=_number,
    units=(("jour", "jours"), ("heure", "heures"), ("minute", "minutes"), ("seconde", "secondes")),
    counted=lambda count, unit: _feminine(_number(count)) if unit else _number(count),
    joint=JOINT,
    time=_time,
    half=lambda _hour, _minute: "",
    day=_day,
    often=_often,
)
