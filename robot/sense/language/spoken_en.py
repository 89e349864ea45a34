"""Numbers, times, days and how often, as English says them."""

from __future__ import annotations

from robot.core.quantities import DAILY, WEEKEND, WORKDAYS
from robot.sense.language.spoken_wording import IN_WORDS, Wording, in_a_row, say_weekday, weekday_names

JOINT = "and"
SMALL = [
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
TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty"}
ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
ORDINALS |= {20: "twentieth", 30: "thirtieth"}
MONTHS = [
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
NOON, EVENING, NIGHT = 12, 18, 21


def _number(value: int) -> str:
    if value < len(SMALL):
        return SMALL[value]
    if value >= IN_WORDS:
        return str(value)
    tens, ones = value // 10 * 10, value % 10
    return TENS[tens] + (f"-{SMALL[ones]}" if ones else "")


def _ordinal(value: int) -> str:
    if value in ORDINALS:
        return ORDINALS[value]
    if value > 20:
        return f"{_number(value // 10 * 10)}-{_ordinal(value % 10)}"
    return f"{_number(value)}th"


def _time(hour: int, minute: int) -> str:
    def of(hour: int) -> str:
        return {0: "midnight", 12: "noon"}.get(hour % 24, _number((hour - 1) % 12 + 1))

    if not minute:
        return of(hour) if hour % 12 == 0 else f"{of(hour)} o'clock"
    way, minutes, base = ("past", minute, hour) if minute <= 30 else ("to", 60 - minute, hour + 1)
    named = {15: "a quarter", 30: "half"}.get(minutes, _number(minutes))
    if minutes % 5:
        named += " minute" if minutes == 1 else " minutes"
    return f"{named} {way} {of(base)}"


def _half(hour: int, minute: int) -> str:
    base = (hour if minute <= 30 else hour + 1) % 24
    if base % 12 == 0:
        return ""  # noon and midnight are of no half
    if hour < NOON:
        return "in the morning"
    return "in the afternoon" if hour < EVENING else ("in the evening" if hour < NIGHT else "at night")


def _often(weekdays: frozenset[int]) -> str:
    known = {DAILY: "every day", WORKDAYS: "on weekdays", WEEKEND: "every weekend"}
    return known.get(weekdays) or "every " + in_a_row(weekday_names(weekdays, "en"), JOINT)


ENGLISH = Wording(
    number=_number,
    units=(("day", "days"), ("hour", "hours"), ("minute", "minutes"), ("second", "seconds")),
    counted=lambda count, _unit: _number(count),
    joint=JOINT,
    time=_time,
    half=_half,
    day=lambda day: f"{say_weekday(day.weekday(), 'en')}, the {_ordinal(day.day)} of {MONTHS[day.month - 1]}",
    often=_often,
)
