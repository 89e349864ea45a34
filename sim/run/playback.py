"""The simulator's time, held and hurried from the page; robot time itself never knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.clock import nap

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.clock import PacedClock

SLOWEST, FASTEST = 0.1, 20.0
LOOK_S = 0.02


class SimPlayback:
    """Asked from the page's thread, obeyed between two ticks."""

    def __init__(self, clock: PacedClock) -> None:
        self._clock = clock
        self._steps = 0
        self.paused = False
        self.speed = 1.0

    def pause(self, *, yes: bool) -> None:
        self.paused = yes

    def step(self) -> None:
        self._steps += 1

    def set_speed(self, speed: float) -> None:
        self.speed = min(max(speed, SLOWEST), FASTEST)

    def hold(self, stopping: Callable[[], bool]) -> bool:
        """Called before each tick: wait while paused; True when it is time to stop."""
        if self.paused and not self._steps:
            while self.paused and not self._steps and not stopping():
                nap(LOOK_S)
            self._clock.rebase()
        if self._steps:
            self._steps -= 1
        if self.speed != self._clock.speed:
            self._clock.set_speed(self.speed)
        return stopping()
