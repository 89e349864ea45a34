"""Load shedding on a machine that is too busy: the loop never gives way, sight does first, then hearing.

Two late ticks within two seconds, and sight looks less often by a step; ticks that catch up on one delay count once.
Ten seconds without a late tick, and it goes a step back. A step back that did not last is tried again only after twice
the time, until all has been well for as long as that.

Where the robot has used up a limited share of the processor (`cpu_quota.py`), the listener's process rests in turns,
too, from the second step on, so that what works beside the loop is never at work long enough to use it up again, which
would hold up the loop as well. On a machine that is busy with something else, or slow, that would only make it deaf.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Measure(NamedTuple):
    """What one step allows: the least time between two looks, s, and the listener's share of the time, 0..1."""

    min_interval_s: float
    share: float


MEASURES = (Measure(0.0, 1.0), Measure(0.2, 1.0), Measure(0.5, 0.5), Measure(1.0, 0.2))
LATE_S = 0.005
WINDOW = 100  # ticks
TOO_MANY = 2  # late ones in a window: 2 %
CALM = 500  # ticks
CALM_MOST = 16_000


class Pace:
    """Counts ticks; tells what sight and hearing may take. `used_up` tells whether the robot's share of the processor
    was, since it was last asked.
    """

    def __init__(self, used_up: Callable[[], bool]) -> None:
        self._used_up = used_up
        self.measure = MEASURES[0]
        self._limited = False
        self._step = 0
        self._ticks = 0
        self._late_s = 0.0
        self._late: deque[int] = deque()
        self._calm = 0
        self._lasted = CALM_MOST  # ticks since the last step back, where no step down came after it
        self._patience = CALM

    def note(self, late_s: float) -> bool:
        """One more tick, and how late it is; True when the measure has changed."""
        self._ticks += 1
        self._lasted += 1
        self._calm += 1
        if late_s > LATE_S:
            self._calm = 0
            if late_s >= self._late_s:  # else it catches up
                self._late.append(self._ticks)
        self._late_s = late_s
        if self._late and self._late[0] <= self._ticks - WINDOW:
            self._late.popleft()
        if len(self._late) >= TOO_MANY:
            self._late.clear()
            self._step_down()
            self._limited |= self._used_up()
            return self._settle()
        if not self._late and self._ticks % WINDOW == 0:
            self._used_up()  # what made nothing late is no reason later
        if self._calm >= self._patience and self._step:
            self._step -= 1
            self._limited &= self._step > 0
            self._calm = self._lasted = 0
            return self._settle()
        if not self._step and self._lasted >= self._patience:
            self._patience = CALM
        return False

    def _step_down(self) -> None:
        """Allow less, if there is less to allow."""
        if self._step == len(MEASURES) - 1:
            return
        self._step += 1
        if self._lasted < self._patience:
            self._patience = min(2 * self._patience, CALM_MOST)
        self._lasted = CALM_MOST

    def _settle(self) -> bool:
        """Take what the present step allows; whether that is another measure than before."""
        before, allowed = self.measure, MEASURES[self._step]
        self.measure = allowed if self._limited else allowed._replace(share=1.0)
        return self.measure != before
