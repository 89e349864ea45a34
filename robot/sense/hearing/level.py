"""How loud the microphone is, and whether it works only in name: silent, or so loud that it clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.sense.hearing.worker_messages import Done

SILENT_S = 6.0  # of digital silence: no microphone is that quiet
SILENT_PEAK = 2e-4
CLIPPED_SHARE = 0.02
FADES = 0.98  # of the worst share of clipped samples, from block to block

SILENT = Health(
    "hearing",
    Condition.FAULT,
    sentence("health.microphone_silent"),
    sentence("health.check_switch_and_level"),
    "microphone_silent",
)
CLIPPING = Health("hearing", Condition.LESSER, sentence("health.microphone_clips"), sentence("health.lower_level"))


class LevelWatch:
    """Watches what the listener measured."""

    def __init__(self) -> None:
        self.rms = 0.0  # of the last block, 0..1
        self._silent_since: float | None = None
        self._t = 0.0
        self._clipped = 0.0

    def see(self, done: Done) -> None:
        self._t = done.t
        self.rms = done.level
        self._clipped = max(done.clipped, FADES * self._clipped)
        if done.peak > SILENT_PEAK:
            self._silent_since = None
        elif self._silent_since is None:
            self._silent_since = done.t

    def trouble(self) -> Health | None:
        """What is wrong with the sound, if anything is."""
        if self._silent_since is not None and self._t - self._silent_since > SILENT_S:
            return SILENT
        if self._clipped > CLIPPED_SHARE:
            return CLIPPING
        return None
