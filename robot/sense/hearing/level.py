"""How loud the microphone is, and whether it works only in name: silent, or so loud that it clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.sense.hearing.worker_messages import Done

SILENT_S, LATER_S = 6.0, 30.0  # of digital silence: no microphone is that quiet; where there was sound before
GATES_S = 0.1  # of it between two sounds: a microphone that gates its noise, whose silence says nothing
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
        self._sounded = self._gates = False  # ever since it was opened
        self._t = 0.0
        self._clipped = 0.0

    def see(self, done: Done) -> None:
        self._t = done.t
        self.rms = done.level
        self._clipped = max(done.clipped, FADES * self._clipped)
        if done.peak > SILENT_PEAK:
            self._gates |= self._sounded and self._silent_s > GATES_S
            self._sounded, self._silent_since = True, None
        elif self._silent_since is None:
            self._silent_since = done.t

    @property
    def _silent_s(self) -> float:
        return 0.0 if self._silent_since is None else self._t - self._silent_since

    def trouble(self) -> Health | None:
        """What is wrong with the sound, if anything is."""
        if self._silent_s > (LATER_S if self._sounded else SILENT_S) and not self._gates:
            return SILENT
        if self._clipped > CLIPPED_SHARE:
            return CLIPPING
        return None
