"""Whether the listener's process hangs. What counts is whether it gets on, not how long it takes: on a machine that is
busy or slow it is late, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.clock import stopwatch

if TYPE_CHECKING:
    from robot.parts.protocols import Listener

PATIENCE_S = 20.0  # real time in which it does nothing at all for a block: then it hangs
TOIL_S = 120.0  # of processor time for one block, even while it loads: then it runs in a circle
LOOK_S = 1.0


class HangWatch:
    """Looks at it now and then, while it is behind what it was given."""

    def __init__(self) -> None:
        self._moved_at = 0.0  # by stopwatch: when it last got on
        self._looked_at = 0.0
        self._toil = self._toil_begun = 0.0

    def gets_on(self, worker: Listener) -> None:
        """It has worked on all that it was given, or on a part of that."""
        self._moved_at = self._looked_at = stopwatch()
        self._toil = self._toil_begun = worker.toil

    def looks(self, worker: Listener, share: float) -> float | None:
        """For how long it has stood still, where it hangs. `share`: of the time that it may work."""
        now = stopwatch()
        if now - self._looked_at < LOOK_S:
            return None
        self._looked_at, toil = now, worker.toil
        if toil > self._toil:
            self._toil, self._moved_at = toil, now
        if now - self._moved_at > PATIENCE_S / share or toil - self._toil_begun > TOIL_S:
            return now - self._moved_at
        return None
