"""Time and chance, the only place that touches either.

Three kinds of time have three names. *Robot time* is seconds since the start, monotonic. *Civil time* is the
person's wall clock, for quiet hours and daily limits. *Firmware time* (microseconds of the board) belongs to
`firmware_bridge/`. Everything else receives a `Clock` and a generator as arguments.
"""

from __future__ import annotations

import math
import secrets
import sys
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Protocol

import numpy as np


class Clock(Protocol):
    """What the loop and every part ask for the time."""

    def now(self) -> float:
        """Robot time, seconds."""
        ...

    def civil(self) -> datetime:
        """Civil time, with its zone."""
        ...

    def midnight(self) -> datetime:
        """When the present day began, with the zone's offset then: another than now on the days that clocks change."""
        ...

    def sleep_until(self, t: float) -> None:
        """Return when robot time has reached `t`; at once if it has passed."""
        ...

    def lag(self, t: float) -> float:
        """Real seconds by which robot time `t` is overdue; negative when it is still to come."""
        ...

    def rebase(self) -> None:
        """Forget what was missed (after a pause, a stall or a suspended machine)."""
        ...

    def at(self, moment: float) -> float:
        """Robot time at a moment of the stopwatch, by which devices tell when something was heard."""
        ...


EXACT_S = 1e-6  # as two readings of one moment agree


def _uptime() -> float:
    """Seconds since the machine's start, nights in suspend included: whoever was away is away as long as they were.

    Only Linux has a clock for it; elsewhere those nights are left out, and cannot be told from no time at all.
    """
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


class RealClock:
    """The machine's own clock; robot time counts from its making."""

    def __init__(self) -> None:
        self._zero = _uptime()
        self._ahead = math.nan  # robot time less the stopwatch's

    def now(self) -> float:
        return _uptime() - self._zero

    def at(self, moment: float) -> float:
        """As told between two readings of the stopwatch. Whoever reads may be held up meanwhile, so what was found
        before holds as long as it may still be right: until the machine was suspended.
        """
        before, now, after = stopwatch(), self.now(), stopwatch()
        if not now - after - EXACT_S <= self._ahead <= now - before + EXACT_S:
            self._ahead = now - (before + after) / 2
        return moment + self._ahead

    def lag(self, t: float) -> float:
        return self.now() - t

    def rebase(self) -> None:
        """Nothing to forget: real time cannot be set back, so the loop gives its next turns new due times."""

    def civil(self) -> datetime:
        return datetime.now().astimezone()

    def midnight(self) -> datetime:
        return datetime.combine(self.civil().date(), clock_time()).astimezone()  # of the machine's zone

    def sleep_until(self, t: float) -> None:
        wait = t - self.now()
        if wait > 0:
            time.sleep(wait)  # stands still in suspend: what was left of it is slept afterwards, a tick at most


class TickedClock(RealClock):
    """A real clock whose civil time moves with the ticks, so that a recording has exactly what was read in each."""

    def __init__(self) -> None:
        super().__init__()
        self._civil = super().civil()

    def civil(self) -> datetime:
        return self._civil

    def sleep_until(self, t: float) -> None:
        super().sleep_until(t)
        self._civil = super().civil()


class ManualClock:
    """A clock that moves only when told: sleeping *is* the passing of time."""

    def __init__(self, civil: datetime | None = None) -> None:
        self._now = 0.0
        self._civil = civil or datetime(2026, 1, 5, 10, 0, tzinfo=UTC)

    def now(self) -> float:
        return self._now

    def civil(self) -> datetime:
        return self._civil + timedelta(seconds=self._now)

    def midnight(self) -> datetime:
        return datetime.combine(self.civil().date(), clock_time(), self._civil.tzinfo)

    def sleep_until(self, t: float) -> None:
        self._now = max(self._now, t)

    def lag(self, t: float) -> float:
        return self._now - t

    def rebase(self) -> None:
        """Nothing to forget: this clock never runs by itself."""

    def at(self, moment: float) -> float:  # noqa: ARG002 - no time passes meanwhile
        return self._now

    def set_forward(self, seconds: float) -> None:
        """Set the wall clock forward, or back; robot time knows nothing of it."""
        self._civil += timedelta(seconds=seconds)


class PacedClock(ManualClock):
    """A manual clock held to `speed` times real time.

    Robot time is still exactly what was asked for, so a run has the same bytes at every speed; only the
    waiting is real. A suspended machine is a pause of the run, so its clock is one that stands still meanwhile.
    """

    def __init__(self, civil: datetime | None = None, speed: float = 1.0) -> None:
        super().__init__(civil)
        self._wall = stopwatch()
        self._at = 0.0
        self._speed = speed

    @property
    def speed(self) -> float:
        """Times real time."""
        return self._speed

    def sleep_until(self, t: float) -> None:
        wait = -self.lag(t)
        if wait > 0:
            time.sleep(wait)
        super().sleep_until(t)

    def lag(self, t: float) -> float:
        return stopwatch() - self._wall - (t - self._at) / self._speed

    def at(self, moment: float) -> float:
        return self._at + (moment - self._wall) * self._speed

    def set_speed(self, speed: float) -> None:
        """Go on at `speed` times real time from this moment."""
        self.rebase()
        self._speed = speed

    def rebase(self) -> None:
        self._wall = stopwatch()
        self._at = self._now


stopwatch = time.perf_counter  # seconds awake: by it devices tell times, and cost and waits are measured


def worked() -> float:
    """Processor seconds that this process has used: what its own work costs, however busy the machine is."""
    return time.process_time()


def worked_here() -> float:
    """The same of the thread that asks."""
    return time.thread_time()


def nap(seconds: float) -> None:
    """Real sleep of a worker thread or a command that waits for a device."""
    time.sleep(seconds)


def generator(seed: int) -> np.random.Generator:
    """The seeded random generator that is passed to whatever needs chance."""
    return np.random.default_rng(seed)


def unguessable(size: int) -> str:
    """A secret of `size` bytes from the operating system, safe in addresses; it never decides what the robot does."""
    return secrets.token_urlsafe(size)
