"""When each timer, alarm and reminder is to ring or to be told, whatever is done to the wall clock, or to the robot.

What runs for a length of time and was set in this run goes by robot time, which nobody can set; what an earlier run set
goes by whichever clock says first that it is over. The others go by the clock on the wall.
"""

from __future__ import annotations

from datetime import UTC
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from robot.decide.reminders import Reminder, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

LEAP_S = 2.0  # a wall clock that differs by more was set
SUMMER_S = 3600.0  # summer time leaps as far
SETTLES_S = 600.0  # from the start on: until then a leap puts right a clock that stood still while the robot was off
BEFORE_S = 1.0  # it is kept that one rings so long before its sound; a Pi's card takes about a tenth of that


class RingKind(Enum):
    """What is to be done about one that is due."""

    RING = "ring"
    TELL = "tell"  # it was missed


class Due(NamedTuple):
    """One that is due, and how late it is, s; up to `BEFORE_S` early."""

    call: RingKind
    key: str
    reminder: Reminder
    late_s: float


class Schedule:
    """Follows what is kept from think to think. What summer time leaps over rings when it has."""

    def __init__(self, late_s: float, kept_s: float) -> None:
        """`late_s`: what is later is told, not rung. `kept_s`: how long what has rung is kept."""
        self._late_s = late_s
        self._kept_s = kept_s
        self._due: dict[str, float] = {}  # robot time, of what runs for a length of time
        self._known: dict[str, Reminder] = {}  # as last seen
        self._mine: set[str] = set()  # set or moved in this run
        self._begun: set[str] = set()  # began to ring in this run
        self._over: dict[str, float] = {}  # robot time from which what has rung is kept
        self._zero: float | None = None  # the wall clock's offset to robot time
        self._wall: float | None = None  # the same, as the clock shows it: with summer time
        self._since = 0.0  # when it first looked
        self._leapt: set[str] = set()  # the wall clock leapt over their time while the robot was on
        self._set_back: set[str] = set()  # to be reckoned anew: the wall clock was set back
        self._met = False  # what there was at the start has been seen

    @property
    def empty(self) -> bool:
        """Whether it has looked, and nothing was kept."""
        return self._met and not self._known

    def look(self, reminders: Mapping[str, Reminder], t: float, civil: datetime) -> None:
        """See what is kept now; for each think."""
        zero = civil.timestamp() - t
        if self._zero is not None and zero < self._zero - LEAP_S:
            self._set_back = set(self._known)
        self._zero = zero
        wall = civil.replace(tzinfo=UTC).timestamp() - t
        leap = 0.0 if self._wall is None else wall - self._wall
        self._wall = wall
        self._since = self._since if self._met else t
        if LEAP_S < leap <= SUMMER_S + LEAP_S and t - self._since > SETTLES_S:
            over = {key: self.late(key, t, civil) for key in self._known.keys() - self._due.keys()}
            self._leapt |= {key for key, late in over.items() if 0.0 <= late <= leap}
        for key in self._known.keys() - reminders.keys():
            del self._known[key]
            self._due.pop(key, None)
            self._over.pop(key, None)
            self._mine.discard(key)
            self._begun.discard(key)
            self._leapt.discard(key)
        for key, reminder in reminders.items():
            known = self._known.get(key)
            if known is reminder:
                continue
            self._known[key] = reminder
            if known is None or known.due != reminder.due:
                self._leapt.discard(key)
            if self._met:
                self._mine.add(key)
            if reminder.stage is Stage.OVER:
                self._over.setdefault(key, t)
            else:
                self._over.pop(key, None)
            if reminder.seconds and (known is None or known.due != reminder.due):
                self._due[key] = t + reminder.left(civil).total_seconds()
        self._met = True

    def begin(self, key: str) -> None:
        """It begins to ring."""
        self._begun.add(key)

    def late(self, key: str, t: float, civil: datetime) -> float:
        """How late one is, s; negative while it is to come."""
        reminder = self._known[key]
        by_wall = -reminder.left(civil).total_seconds()
        if key not in self._due:
            return by_wall
        run = t - self._due[key]
        return run if key in self._mine else max(run, by_wall)

    def due(self, t: float, civil: datetime) -> Iterator[Due]:
        """What is to be rung or told now, the latest first."""
        found = []
        for key, reminder in self._known.items():
            late = self.late(key, t, civil)
            if reminder.stage is Stage.RINGING and key not in self._begun:
                found.append(Due(RingKind.TELL, key, reminder, late))  # the run ended while it rang
            elif reminder.stage is not Stage.OVER and late >= -BEFORE_S:
                in_time = late <= self._late_s or key in self._leapt
                found.append(Due(RingKind.RING if in_time else RingKind.TELL, key, reminder, late))
        yield from sorted(found, key=lambda one: -one.late_s)

    def tidied(self, t: float, civil: datetime) -> Iterator[tuple[str, Reminder | None]]:
        """What is to be kept otherwise, after the wall clock was set; or, as None, let go, since it is long over."""
        for key, reminder in self._known.items():
            if reminder.stage is Stage.OVER:
                if t - self._over[key] > self._kept_s:
                    yield key, None
            elif reminder.stage is Stage.SET and key in self._due:
                run, wall = self._due[key] - t, reminder.left(civil).total_seconds()
                if run > 0 and abs(wall - run) > LEAP_S and (key in self._mine or wall > run):
                    yield key, reminder.lasting(civil, run)
            elif (reckoned := reminder.reckoned(civil, set_back=key in self._set_back)) is not reminder:
                yield key, reckoned
            else:
                self._set_back.discard(key)


def heard(reminder: Reminder, civil: datetime, *, missed: bool) -> Reminder | None:
    """What is kept of it once it was heard: its next time, that it is over, or nothing."""
    if reminder.every:
        return reminder.changed(rung=reminder.at(civil).isoformat(timespec="seconds")).next(civil)
    return None if missed else reminder.changed(stage=Stage.OVER)
