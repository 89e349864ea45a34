"""Quantities in words, as people say them: "twenty past four", « seize heures vingt »; they can be read again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from robot.core.language_words import WordTable, section
from robot.core.quantities import DAILY, WEEKEND, WORKDAYS, ClockTime, Recurrence
from robot.texts import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, time
    from decimal import Decimal

EN_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}
EN_ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
EN_ORDINALS |= {20: "twentieth", 30: "thirtieth"}
EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
FR_SMALL = [
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
FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}
FR_MONTHS = [
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
IN_WORDS = 60  # numbers from here on are written in figures, which the voice reads as well
NOON, EVENING, NIGHT = 12, 18, 21


class Wording(NamedTuple):
    """How one language says them."""

    number: Callable[[int], str]
    units: tuple[tuple[str, str], ...]  # one and several: day, hour, minute, second
    counted: Callable[[int, int], str]  # so many of the unit at that place
    joint: str
    time: Callable[[int, int], str]
    half: Callable[[int, int], str]
    day: Callable[[date], str]
    often: Callable[[frozenset[int]], str]


def _en_number(value: int) -> str:
    if value < len(EN_SMALL):
        return EN_SMALL[value]
    if value >= IN_WORDS:
        return str(value)
    tens, ones = value // 10 * 10, value % 10
    return EN_TENS[tens] + (f"-{EN_SMALL[ones]}" if ones else "")


def _en_ordinal(value: int) -> str:
    if value in EN_ORDINALS:
        return EN_ORDINALS[value]
    if value > 20:
        return f"{_en_number(value // 10 * 10)}-{_en_ordinal(value % 10)}"
    return f"{_en_number(value)}th"


def _en_time(hour: int, minute: int) -> str:
    def of(hour: int) -> str:
        return {0: "midnight", 12: "noon"}.get(hour % 24, _en_number((hour - 1) % 12 + 1))

    if not minute:
        return of(hour) if hour % 12 == 0 else f"{of(hour)} o'clock"
    way, minutes, base = ("past", minute, hour) if minute <= 30 else ("to", 60 - minute, hour + 1)
    named = {15: "a quarter", 30: "half"}.get(minutes, _en_number(minutes))
    if minutes % 5:
        named += " minute" if minutes == 1 else " minutes"
    return f"{named} {way} {of(base)}"


def _en_half(hour: int, minute: int) -> str:
    base = (hour if minute <= 30 else hour + 1) % 24
    if base % 12 == 0:
        return ""  # noon and midnight are of no half
    if hour < NOON:
        return "in the morning"
    return "in the afternoon" if hour < EVENING else ("in the evening" if hour < NIGHT else "at night")


def _fr_number(value: int) -> str:
    if value < len(FR_SMALL):
        return FR_SMALL[value]
    if value >= IN_WORDS:
        return str(value)
    tens, ones = value // 10 * 10, value % 10
    return FR_TENS[tens] + ("" if not ones else (" et un" if ones == 1 else f"-{FR_SMALL[ones]}"))


def _feminine(words: str) -> str:
    return words + "e" if words == "un" or words.endswith(" un") else words


def _fr_time(hour: int, minute: int) -> str:
    base = {0: "minuit", 12: "midi"}.get(hour) or f"{_feminine(_fr_number(hour))} heure{'s' if hour > 1 else ''}"
    if not minute:
        return base
    if hour % 12 == 0:
        return f"{base} {'et demi' if minute == 30 else _feminine(_fr_number(minute))}"
    return f"{base} {_feminine(_fr_number(minute))}"


def _fr_day(day: date) -> str:
    number = "premier" if day.day == 1 else _fr_number(day.day)
    return f"{say_weekday(day.weekday(), 'fr')} {number} {FR_MONTHS[day.month - 1]}"


def _en_often(weekdays: frozenset[int]) -> str:
    known = {DAILY: "every day", WORKDAYS: "on weekdays", WEEKEND: "every weekend"}
    return known.get(weekdays) or "every " + joined(_names(weekdays, "en"), "en")


def _fr_often(weekdays: frozenset[int]) -> str:
    known = {DAILY: "tous les jours", WORKDAYS: "les jours de semaine", WEEKEND: "tous les week-ends"}
    return known.get(weekdays) or "tous les " + joined([f"{name}s" for name in _names(weekdays, "fr")], "fr")


def _names(weekdays: frozenset[int], language: str) -> list[str]:
    return [say_weekday(day, language) for day in sorted(weekdays)]


WORDINGS = {
    "en": Wording(
        number=_en_number,
        units=(("day", "days"), ("hour", "hours"), ("minute", "minutes"), ("second", "seconds")),
        counted=lambda count, _unit: _en_number(count),
        joint="and",
        time=_en_time,
        half=_en_half,
        day=lambda day: f"{say_weekday(day.weekday(), 'en')}, the {_en_ordinal(day.day)} of {EN_MONTHS[day.month - 1]}",
        often=_en_often,
    ),
    "fr": Wording(
        number=_fr_number,
        units=(("jour", "jours"), ("heure", "heures"), ("minute", "minutes"), ("seconde", "secondes")),
        counted=lambda count, unit: _feminine(_fr_number(count)) if unit else _fr_number(count),
        joint="et",
        time=_fr_time,
        half=lambda _hour, _minute: "",
        day=_fr_day,
        often=_fr_often,
    ),
}


class SpokenWords(WordTable, section="spoken"):
    """[spoken] of a language's words, for one that has no code of its own here. `numbers` up to 59; `one` of each unit;
    `units`, one and several: day, hour, minute, second. `hours` up to 24 as they stand in `hour` and `time`; `round`:
    hours with a name. `day` has the gaps `weekday`, `day` (of `days`, 31) and `month`. `each` has the gap `days`.
    """

    numbers: tuple[str, ...] = Field(min_length=IN_WORDS, max_length=IN_WORDS)
    one: tuple[str, str, str, str]
    units: tuple[tuple[str, str], ...] = Field(min_length=4, max_length=4)
    joint: str
    hours: tuple[str, ...] = Field(min_length=25, max_length=25)
    hour: str
    time: str
    round: dict[str, str]
    day: str
    days: tuple[str, ...] = Field(min_length=31, max_length=31)
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    daily: str
    workdays: str
    weekend: str
    each: str


@cache
def _wording(language: str) -> Wording:
    """How a language says them: by its code here, else by its table. One that has neither gives figures."""
    if language in WORDINGS:
        return WORDINGS[language]
    words = section(SpokenWords, language)
    return _in_figures(language) if words is None else _by_table(words, language)


def _by_table(words: SpokenWords, language: str) -> Wording:
    def number(value: int) -> str:
        return words.numbers[value] if value < IN_WORDS else str(value)

    def time(hour: int, minute: int) -> str:
        if not minute:
            return words.round.get(str(hour)) or words.hour.format(hour=words.hours[hour])
        return words.time.format(hour=words.hours[hour], minute=words.numbers[minute])

    def day(day: date) -> str:
        named = say_weekday(day.weekday(), language)
        return words.day.format(weekday=named, day=words.days[day.day - 1], month=words.months[day.month - 1])

    def often(weekdays: frozenset[int]) -> str:
        known = {DAILY: words.daily, WORKDAYS: words.workdays, WEEKEND: words.weekend}
        return known.get(weekdays) or words.each.format(days=joined(_names(weekdays, language), language))

    return Wording(
        number=number,
        units=words.units,
        counted=lambda count, unit: words.one[unit] if count == 1 else number(count),
        joint=words.joint,
        time=time,
        half=lambda _hour, _minute: "",
        day=day,
        often=often,
    )


def _in_figures(language: str) -> Wording:
    return Wording(
        number=str,
        units=(("d", "d"), ("h", "h"), ("min", "min"), ("s", "s")),
        counted=lambda count, _unit: str(count),
        joint="+",
        time=lambda hour, minute: f"{hour}:{minute:02}",
        half=lambda _hour, _minute: "",
        day=date.isoformat,
        often=lambda weekdays: joined(_names(weekdays, language), language),
    )


def say_time(time: time | ClockTime, language: str, *, half: bool = False) -> str:
    """A time of day; with `half` also which half of the day it is of, in languages that count to twelve."""
    wording = _wording(language)
    words = wording.time(time.hour, time.minute)
    return f"{words} {wording.half(time.hour, time.minute)}".rstrip() if half else words


def say_day(day: date, language: str, *, year: bool = False) -> str:
    """A day by its name and date."""
    words = _wording(language).day(day)
    return f"{words} {day.year}" if year else words


def say_weekday(weekday: int, language: str) -> str:
    """The name of a weekday; Monday is 0."""
    return catalogue.text(f"spoken.day_{weekday}", language)


def say_duration(duration: timedelta, language: str, *, units: int = 2) -> str:
    """A duration in its greatest `units` of days, hours, minutes and seconds, rounded down."""
    wording = _wording(language)
    left, parts = max(round(duration.total_seconds()), 0), []
    for n, (size, names) in enumerate(zip((86400, 3600, 60, 1), wording.units, strict=True)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{wording.counted(count, n)} {names[count > 1]}")
    return joined(parts[:units] or [f"{wording.number(0)} {wording.units[-1][1]}"], language)


def say_when(moment: datetime, now: datetime, language: str) -> str:
    """A civil moment as seen from now, both without a zone: "tomorrow at seven o'clock in the morning"."""
    days = (moment.date() - now.date()).days
    if days in {-1, 0, 1}:
        day = catalogue.text(("spoken.yesterday", "spoken.today", "spoken.tomorrow")[days + 1], language)
    else:
        day = say_weekday(moment.weekday(), language) if 0 < days < 7 else say_day(moment.date(), language)
        day = catalogue.text("spoken.on_day", language, {"day": day})
    at = say_time(moment.time(), language, half=True)
    return catalogue.text("spoken.day_at", language, {"day": day, "time": at})


def rough(duration: timedelta) -> timedelta:
    """A duration as people tell it: to the second below ten minutes, to the minute below a day, then to the hour."""
    seconds = duration.total_seconds()
    step = 1 if seconds < 600 else (60 if seconds < 86400 else 3600)
    return timedelta(seconds=round(seconds / step) * step)


def say_number(value: Decimal, language: str, *, places: int | None = None) -> str:
    """A number in figures with the language's decimal mark, which the voice reads; with so many decimals, if given."""
    text = f"{value:.{places}f}" if places is not None else f"{value.normalize():f}"
    return text.replace(".", catalogue.text("spoken.decimal_mark", language))


def say_often(every: Recurrence, language: str) -> str:
    """How often: "every Monday and Thursday"."""
    return _wording(language).often(every.weekdays)


def joined(parts: Iterable[str], language: str) -> str:
    """A list as it is spoken: "one, two and three"."""
    *most, last = parts
    return f"{', '.join(most)} {_wording(language).joint} {last}" if most else last
