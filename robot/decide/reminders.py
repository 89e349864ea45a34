"""Timers, alarms and reminders, as the memory keeps them, and when each is due.

A timer runs for a length of time: it is due at a moment of the world, kept in UTC. An alarm or a reminder is due when
the clock on the wall shows its time, kept without a zone, so that neither summer time nor a clock that is set can make
it ring twice or never.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from robot.decide.store import Entry, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 50  # entries
WEEK = timedelta(days=7)  # what comes again is never longer away
SET_BACK = timedelta(days=1)  # a clock that was set back by more was wrong before, and so is what was reckoned by it


class Kind(StrEnum):
    """What it is."""

    TIMER = "timer"
    ALARM = "alarm"
    REMINDER = "reminder"


class Stage(StrEnum):
    """How far it is. What is `RINGING` has begun to ring, and nobody knows yet whether it was heard."""

    SET = "set"
    RINGING = "ringing"
    OVER = "over"  # heard; kept for a while, so that it can be asked for again


class Reminder(Entry):
    """One timer, alarm or reminder."""

    kind: Kind
    due: str  # ISO 8601: a timer's in UTC, the others' as the clock on the wall shows it
    what: str = ""  # of what, in the person's words; a timer's name
    seconds: int = 0  # how long a timer runs
    every: tuple[int, ...] = ()  # weekdays on which it comes again, Monday 0
    others: bool = False  # whether somebody else is to be reminded, and not who asked for it
    rung: str = ""  # when it last rang, by the wall; of what comes again
    stage: Stage = Stage.SET

    def at(self, civil: datetime) -> datetime:
        """When it is due by the wall, as this civil time has it; without a zone."""
        due = datetime.fromisoformat(self.due)
        return due if due.tzinfo is None else due.astimezone(civil.tzinfo).replace(tzinfo=None)

    def left(self, civil: datetime) -> timedelta:
        """How long until it is due; negative when that has passed."""
        due = datetime.fromisoformat(self.due)
        return due - civil if due.tzinfo is not None else due - civil.replace(tzinfo=None)

    def changed(self, **values: object) -> Reminder:
        """It with other values."""
        return self.model_copy(update=values)

    def lasting(self, civil: datetime, seconds: float) -> Reminder:
        """It, due after so many seconds of the world's time."""
        due = civil.astimezone(UTC) + timedelta(seconds=seconds)
        return self.changed(due=due.isoformat(timespec="milliseconds"))

    def next(self, civil: datetime) -> Reminder:
        """Of what comes again: it, due the next time after it rang and after now."""
        now, due = civil.replace(tzinfo=None), self.at(civil)
        rung = datetime.fromisoformat(self.rung) if self.rung else None
        after = now if rung is None or rung - now > SET_BACK else max(now, rung)
        day = after.date()
        while datetime.combine(day, due.time()) <= after or day.weekday() not in self.every:
            day += timedelta(days=1)
        return self.changed(due=datetime.combine(day, due.time()).isoformat(timespec="seconds"), stage=Stage.SET)

    def reckoned(self, civil: datetime, *, set_back: bool) -> Reminder:
        """Of what comes again: it, due no later than it can be where the clock was set back."""
        if not self.every or self.stage is not Stage.SET:
            return self
        now = civil.replace(tzinfo=None)
        later = self.rung and datetime.fromisoformat(self.rung) > now
        if not (set_back or later or self.at(civil) - now > WEEK):
            return self
        soonest = self.next(civil)
        return soonest if soonest.at(civil) < self.at(civil) else self


REMINDERS = Shelf("reminders", Reminder)


def waiting(reminders: Mapping[str, Reminder], civil: datetime) -> list[tuple[str, Reminder]]:
    """What is set, the soonest first."""
    found = [(key, one) for key, one in reminders.items() if one.stage is Stage.SET]
    return sorted(found, key=lambda item: item[1].left(civil))


def new_key(keys: Iterable[str]) -> str:
    """A key that none of these is."""
    return str(max((int(key) for key in keys if key.isdecimal()), default=0) + 1)
