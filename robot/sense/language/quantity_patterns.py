"""What each language brings for the reading of quantities, and what their patterns are made of."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from robot.core.quantities import ClockTime, DayPart, Recurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
DAY_S = 86400
MOST_MONTHS = 120
MOST_DAYS = 3650  # ten years: what is longer is no quantity that anything is done by


class NamedDay(NamedTuple):
    """A day that was named, and the part of it, either of which may be missing; whether by its name in the week."""

    date: date | None = None
    part: DayPart | None = None
    weekly: bool = False
    missing: bool = False  # a date that is in no year: the 31st of June


class Often(NamedTuple):
    """How often, and in which part of the day where that was said with it: "every morning"."""

    every: Recurrence
    part: DayPart | None = None


class Row(NamedTuple, Generic[T_co]):
    """A pattern, and what it makes of a match: None where that is no such quantity."""

    pattern: re.Pattern[str]
    value: Callable[[re.Match[str]], T_co | None]


def row(pattern: str, value: Callable[[re.Match[str]], T | None]) -> Row[T]:
    return Row(re.compile(pattern, re.IGNORECASE), value)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language. In each list the first pattern that fits goes before the others."""

    prepare: Callable[[str], str]  # before number words become digits
    times: tuple[Row[ClockTime], ...]
    behind: tuple[Row[ClockTime], ...]  # times behind a word such as "at", which are no durations in any case
    duration: Row[timedelta]
    lasting: Row[timedelta]  # a duration behind a word such as "in"
    often: tuple[Row[Often], ...]
    days: Callable[[date], tuple[Row[NamedDay], ...]]  # as seen from a day
    parts: tuple[Row[NamedDay], ...]  # parts of the day by themselves: "in the evening"


def clock(hour: int, minute: int, half: str = "") -> ClockTime | None:
    """A time of day; `half`: "am", "pm", or nothing where it may be either. None where there is no such time."""
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    if hour > 12 or hour == 0:
        return ClockTime(hour % 24, minute)
    if not half:
        return ClockTime(hour, minute, sure=False)
    return ClockTime(hour % 12 + (12 if half == "pm" else 0), minute)


def earlier(time: ClockTime, minutes: int) -> ClockTime:
    """So many minutes before it: "ten to five"."""
    hour, minute = divmod((time.hour * 60 + time.minute - minutes) % (24 * 60), 60)
    return ClockTime(hour, minute) if time.sure else ClockTime((hour - 1) % 12 + 1, minute, sure=False)


def part_of(time: ClockTime, minutes: int, way: str) -> ClockTime | None:
    """So many minutes "past" or "to" an hour."""
    if not 0 <= minutes < 60:
        return None
    return time._replace(minute=minutes) if way == "past" else earlier(time, minutes)


def lasting(seconds: Iterable[float]) -> timedelta | None:
    """The sum of a duration's parts; None where it is nothing, or ten years and more."""
    total = sum(seconds)
    whole = round(total) if total < MOST_DAYS * DAY_S else 0
    return timedelta(seconds=whole) if whole else None


def in_the_year(day: date | None, number: int, part: DayPart | None) -> NamedDay | None:
    """A date with its number; None where that is of no month."""
    return NamedDay(day, part, missing=day is None) if number <= 31 else None


def days_ahead(today: date, count: float) -> date | None:
    """The day after so many, or before them; None where it is more than ten years away."""
    return today + timedelta(days=round(count)) if abs(count) <= MOST_DAYS else None


def months_ahead(today: date, count: float) -> date | None:
    """The day so many months later, or earlier, or the last of that month; None where it is over ten years away."""
    if abs(count) > MOST_MONTHS:
        return None
    year, month = divmod(today.year * 12 + today.month - 1 + round(count), 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def each_while(seconds: float) -> Often | None:
    """Again every so many seconds; None where that is nothing, or ten years and more."""
    found = lasting([seconds])
    return None if found is None else Often(Recurrence(seconds=round(found.total_seconds())))
