"""Margins that the client learns from the board: how much earlier to send setpoints, how long to wait before arming."""

from __future__ import annotations

SLACK_STEP_S = 0.002  # more lead after setpoints that came too late; it shrinks again over five seconds
SLACK_MOST_S = 0.02
PAUSE_S = 2.0  # before arming again after the supply gave way, or the servo board was lost
MEMORY_S = 60.0
PATIENCE = 3  # times in that; then the body stays limp until a person lets it go on


class Lead:
    """How much later setpoints start because some came too late."""

    def __init__(self) -> None:
        self.slack_s = 0.0
        self._late = 0

    def note_late(self, late: int) -> None:
        """A status report: the board's count of setpoints that it refused as late."""
        step = SLACK_STEP_S if late > self._late else -SLACK_STEP_S / 50
        self.slack_s = min(max(self.slack_s + step, 0.0), SLACK_MOST_S)
        self._late = late


class DriveMargin:
    """Remembers when what feeds the servos gave way: the supply, or the servo board."""

    def __init__(self) -> None:
        self._failures: list[float] = []
        self._failed = False

    def note(self, now: float, *, failed: bool) -> None:
        """A status report: whether the board is limp because of its supply or its servo board."""
        if failed and not self._failed:
            self._failures = [*(t for t in self._failures if now - t < MEMORY_S), now]
        self._failed = failed

    @property
    def exhausted(self) -> bool:
        """It gave way so often that a person must look first."""
        return len(self._failures) >= PATIENCE

    def bears(self, now: float) -> bool:
        """Whether the servos may be given current again."""
        return not self._failures or (not self.exhausted and now - self._failures[-1] >= PAUSE_S)

    def trust(self) -> None:
        """A person has looked: begin to count anew."""
        self._failures.clear()
