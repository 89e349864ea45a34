"""Notices when the wall clock is set: quiet hours, daily limits and memories go by it, so a person should know."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from datetime import datetime

    from robot.core.clock import Clock
    from robot.core.tick import Tick

LEAST = timedelta(seconds=30)  # less is the usual work of a time server
EVERY = 25  # ticks
TELL_S = 10.0


class ClockWatch:
    """An observer: compares civil time with robot time, which nobody can set."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._zero: datetime | None = None  # civil time at robot time 0
        self._leap = timedelta()
        self._told_until = 0.0
        self._t = 0.0

    def see(self, tick: Tick) -> None:
        if tick.n % EVERY:
            return
        self._t = tick.t
        zero = self._clock.civil() - timedelta(seconds=self._clock.now())
        if self._zero is not None and abs(zero - self._zero) >= LEAST:
            self._leap, self._told_until = zero - self._zero, tick.t + TELL_S
        self._zero = zero

    def health(self) -> Health | None:
        """Its line for ten seconds after a leap."""
        if self._t >= self._told_until:
            return None
        minutes = self._leap / timedelta(minutes=1)
        if minutes > 0:
            reason = sentence("health.clock_forward", minutes=minutes)
        else:
            reason = sentence("health.clock_back", minutes=-minutes)
        return Health("clock", Condition.LESSER, reason, sentence("health.nothing_if_right"), "clock_set")
