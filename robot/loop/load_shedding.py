"""Load shedding on a machine that is too busy: the loop never gives way, sight does first, then hearing.

Two late ticks within two seconds, and sight looks less often by a step. Ten seconds without a late tick, and it goes a
step back. A step back that did not last is tried again only after twice the time.

Where the robot has used up a limited share of the processor (`cpu_quota.py`), the listener's process rests in turns,
too, from the second step on, so that what works beside the loop is never at work long enough to use it up again, which
would hold up the loop as well. On a machine that is busy with something else, or slow, that would only make it deaf.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Measure(NamedTuple):
    """What one step allows: the least time between two looks, s, and the listener's share of the time, 0..1."""

    min_interval_s: float
    share: float


MEASURES = (Measure(0.0, 1.0), Measure(0.2, 1.0), Measure(0.5, 0.5), Measure(1.0, 0.2))
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
        self._left = WINDOW
        self._late = 0
        self._calm = 0
        self._patience = CALM

    def note(self, *, late: bool) -> bool:
        """One more tick; True when the measure has changed."""
        if late:
            self._late += 1
            self._calm = 0
        else:
            self._calm += 1
        self._left -= 1
        if self._late >= TOO_MANY:
            if self._step < len(MEASURES) - 1:
                self._step += 1
                self._patience = min(2 * self._patience, CALM_MOST)
            self._limited |= self._used_up()
            self._late, self._left = 0, WINDOW
            return self._settle()
        if self._left <= 0:
            self._late, self._left = 0, WINDOW
            self._used_up()  # what made nothing late is no reason later
        if self._calm >= self._patience and self._step:
            self._step -= 1
            self._limited &= self._step > 0
            self._calm = 0
            return self._settle()
        return False

    def _settle(self) -> bool:
        """Take what the present step allows; whether that is another measure than before."""
        before, allowed = self.measure, MEASURES[self._step]
        self.measure = allowed if self._limited else allowed._replace(share=1.0)
        return self.measure != before
