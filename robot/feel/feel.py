"""The feel step: scenes fold into cues, and ten times a second the attachment model moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.feel.appraise import Appraisal
from robot.feel.company import Acquaintance

if TYPE_CHECKING:
    from robot.core.clock import Clock
    from robot.core.feelings import Feelings
    from robot.core.scene import Scene
    from robot.feel.attachment import Attachment
    from robot.feel.company import Names
    from robot.feel.rhythm import Rhythm

STEP_S = 0.1
DROWSIER_S = 1.0  # how often the day's rhythm is asked
GAP_S = 2.0  # ticks further apart: the machine was suspended, and nothing was sensed meanwhile


class Feel:
    """Owns the attachment state and what leads to it."""

    def __init__(self, attachment: Attachment, rhythm: Rhythm, names: Names, clock: Clock) -> None:
        self.attachment = attachment
        self.rhythm = rhythm  # the loop may put another in its place
        self._clock = clock
        self._appraisal = Appraisal()
        self._acquaintance = Acquaintance(names)
        self._seen = 0.0
        self._stepped = -STEP_S
        self._drowsiness = 0.0
        self._asked_at = -DROWSIER_S

    def update(self, scene: Scene, dt: float, *, parted: bool) -> Feelings:
        """Take in one tick; `parted`: a goodbye was said, or it sleeps, so that absence is no separation."""
        gap = scene.t - self._seen
        self._seen = scene.t
        if gap > GAP_S:
            self.attachment.sleep_through(gap)
        self._appraisal.see(scene, dt)
        company = self._acquaintance.see(scene, self.attachment.bonds)
        if scene.t - self._stepped > STEP_S - dt / 2:
            self._stepped = scene.t
            around = self._appraisal.surrounding(scene, company, parted=parted)
            self.attachment.step(around, STEP_S, self._drowsy(scene.t))
        return self.attachment.now

    def _drowsy(self, t: float) -> float:
        if t - self._asked_at > DROWSIER_S - STEP_S / 2:
            self._asked_at = t
            self._drowsiness = self.rhythm.drowsiness(self._clock.civil().time())
        return self._drowsiness
