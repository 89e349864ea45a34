"""Quantities that people speak of: durations, times of day, days, how often; and the moment that they mean together.

A time of day is civil and has no zone: an alarm for seven rings when the clock on the wall shows seven.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal  # noqa: TC003 - a value's field
from enum import StrEnum
from typing import NamedTuple

HALF_DAY = 12
DAILY = frozenset(range(7))
WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})


class DayPart(StrEnum):
    """A part of the day that stands for an hour where none is named."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


HOURS = {  # of a day's part, where no hour is named [our choice]
    DayPart.MORNING: 9,
    DayPart.NOON: 12,
    DayPart.AFTERNOON: 15,
    DayPart.EVENING: 19,
    DayPart.NIGHT: 21,
}
RISING = range(4, 12)
WAKING = (7, 22)  # hours in which an hour of either half of the day is looked for first [our choice]


class ClockTime(NamedTuple):
    """A time of day. Without `sure` it may be of either half of the day: “at five”."""

    hour: int
    minute: int = 0
    sure: bool = True

    def halves(self) -> tuple[time, ...]:
        """The times of day that it may mean, the earlier first."""
        if self.sure:
            return (time(self.hour, self.minute),)
        early = self.hour % HALF_DAY
        return (time(early, self.minute), time(early + HALF_DAY, self.minute))


class Recurrence(NamedTuple):
    """On which weekdays (Monday is 0) something comes again; or every so many seconds, where there are none."""

    weekdays: frozenset[int] = frozenset()
    seconds: int = 0


class Quantities(NamedTuple):
    """What a line says of these; None for what it does not say. `rest` is the line without them."""

    duration: timedelta | None = None
    time: ClockTime | None = None
    day: date | None = None
    part: DayPart | None = None
    every: Recurrence | None = None
    numbers: tuple[Decimal, ...] = ()
    rest: str = ""
    weekly: bool = False  # the day was named as one of the week, which comes again
    no_such_day: bool = False  # a date was named that is in no year

    def moment(self, civil: datetime, *, rising: bool = False) -> datetime | None:
        """The next civil time, without its zone, that day, part of day and time mean; None where it names none of them.

        A day without an hour means nine in the morning. What has passed today is meant for tomorrow, and for a week
        later where the weekday was named: "Monday at nine". What comes again begins on the day that is named, or after
        it. `rising`: an hour at which people get up is one of the morning.
        """
        if self.time is None and self.part is None and self.day is None and self.every is None:
            return None
        now = civil.replace(tzinfo=None)
        times = self.time.halves() if self.time is not None else (time(HOURS[self.part or DayPart.MORNING]),)
        if len(times) > 1:
            up = rising and times[0].hour in RISING
            times = _of_part(times, DayPart.MORNING if up and self.part is None else self.part)
        weekdays = self.every.weekdays if self.every is not None else frozenset()
        day = self.day
        if day is not None and self.weekly and day == now.date() and datetime.combine(day, _usual(times)) <= now:
            day += timedelta(weeks=1)
        first = max(day or now.date(), now.date())
        days = [day] if day is not None and self.every is None else [first + timedelta(days=n) for n in range(8)]
        found = [datetime.combine(day, at) for day in days if not weekdays or day.weekday() in weekdays for at in times]
        coming = [at for at in found if at > now]
        if not coming:
            return None
        waking = [at for at in coming if WAKING[0] <= at.hour < WAKING[1]] if len(times) > 1 else coming
        best = min(waking or coming)
        if self.every is not None and len(times) > 1:
            best = datetime.combine(best.date(), _usual(times))
            best = best if best > now else min(at for at in coming if at.time() == best.time())
        return best


def _of_part(times: tuple[time, ...], part: DayPart | None) -> tuple[time, ...]:
    """The one of two times that is of a part of the day."""
    match part:
        case None:
            return times
        case DayPart.MORNING:
            return times[:1]
        case DayPart.NIGHT if times[0].hour < HALF_DAY // 2:
            return times[:1]
        case _:
            return times[1:]


def _usual(times: tuple[time, ...]) -> time:
    """What comes again is meant for the first of its hours that people are awake at."""
    return next((at for at in times if WAKING[0] <= at.hour < WAKING[1]), times[0])
