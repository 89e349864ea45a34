"""An expression on a body that lacks what it was written for: each purpose goes where this body can show it.

Expressions are keyframes of purposes (where it looks, how it leans, ears, lids), not of motors. On a body with all of
them nothing changes. Without pupils the head itself glances; without lids the ears hang as the eyes would close, and go
up as the pupils would widen; a head that cannot tilt raises one ear and lowers the other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.express.keyframes import REST

if TYPE_CHECKING:
    from robot.core.body_description import BodyDescription
    from robot.express.keyframes import Offsets

GLANCE = 0.5  # of an eye's way, by the head [our choice, as all of these]
SHUT_EARS = math.radians(25.0)  # that shut lids bring the ears down
WIDE_EARS = math.radians(30.0)  # that the widest pupil brings them up
TILTED_EARS = 0.8  # of the tilt


class Adaptation:
    """What one body makes of expressions."""

    def __init__(self, body: BodyDescription) -> None:
        self._pupils = body.pupils
        self._tilts = body.joint("neck_roll").fitted
        self.nothing = self._pupils and self._tilts

    def adapt(self, shown: Offsets) -> Offsets:
        """The offsets as this body shows them."""
        if self.nothing or shown is REST:
            return shown
        yaw, pitch, left, right = shown.yaw, shown.pitch, shown.left_ear, shown.right_ear
        if not self._pupils:
            yaw += GLANCE * shown.eye_yaw
            pitch += GLANCE * shown.eye_pitch
            ears = WIDE_EARS * shown.pupil - SHUT_EARS * (1.0 - shown.lid)
            left, right = left + ears, right + ears
        if not self._tilts:
            left, right = left + TILTED_EARS * shown.roll, right - TILTED_EARS * shown.roll
        return shown._replace(
            yaw=yaw,
            pitch=pitch,
            left_ear=left,
            right_ear=right,
            eye_yaw=shown.eye_yaw if self._pupils else 0.0,
            eye_pitch=shown.eye_pitch if self._pupils else 0.0,
        )
