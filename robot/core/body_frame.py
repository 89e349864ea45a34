"""What a body is asked to do: joint angles, eyes and light, and all of it in one frame.

Angles are radians. Frames: x forward, y left, z up; yaw positive to the left, pitch positive up.
"""

from __future__ import annotations

from typing import NamedTuple


class Pose(NamedTuple):
    """Joint angles of the body, rad; the order is the order of the servo channels."""

    base_yaw: float = 0.0
    neck_pitch: float = 0.0
    neck_roll: float = 0.0
    head_yaw: float = 0.0
    left_ear: float = 0.0
    right_ear: float = 0.0

    @property
    def yaw(self) -> float:
        """Heading of the head (and its camera) in the base frame."""
        return self.base_yaw + self.head_yaw


JOINTS = Pose._fields
ZERO = Pose()


class Eyes(NamedTuple):
    """Both eyes, as the firmware draws them: pupil -1..1 (x left, y up), the rest 0..1, colour 0..255 each."""

    x: float = 0.0
    y: float = 0.0
    lid: float = 1.0  # 1 open, 0 shut
    size: float = 0.5
    colour: tuple[int, int, int] = (120, 200, 255)
    brightness: float = 0.6


class Light(NamedTuple):
    """The chest ring: one colour, brightness 0..1, and the share of its 8 LEDs lit (mouth and level meter)."""

    colour: tuple[int, int, int] = (255, 170, 90)
    brightness: float = 0.2
    fill: float = 1.0


class BodyFrame(NamedTuple):
    """All that the body is asked to do in one tick."""

    t: float
    pose: Pose
    eyes: Eyes
    light: Light
    limp: bool = False  # True asks the servos to be released (asleep, safe)
    go_on: bool = False  # a person lets a body move again that waits for their word
