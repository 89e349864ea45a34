"""What a body is made of: joints by their purpose, camera, eyes, light.

A joint's name is what it is for, whatever turns it: `left_ear` may be a servo with an ear on it, or an antenna that the
body moves by itself. A body may lack any of them; who asks for more gets what is there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from robot.core.body_frame import JOINTS, Pose
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.texts.sentence import Sentence

DRAWN = "drawn"
SERVOS, OWN, BUS = "servos", "own", "bus"  # what turns the joints: servos on a board, the body itself, bus servos
WITHOUT = {
    "base_yaw": sentence("health.no_base_yaw"),
    "neck_pitch": sentence("health.no_neck_pitch"),
    "neck_roll": sentence("health.no_neck_roll"),
    "head_yaw": sentence("health.no_head_yaw"),
    "left_ear": sentence("health.no_left_ear"),
    "right_ear": sentence("health.no_right_ear"),
}
WITHOUT_PUPILS = {"lamps": sentence("health.no_pupils"), "none": sentence("health.no_eyes")}
WITHOUT_LIGHT = sentence("health.no_light")
WITHOUT_PADS = sentence("health.no_pads")
STEPS_PER_TURN = 4096.0  # of Feetech STS and Dynamixel XL330
BROADCAST = 254  # on a bus, which is nobody's number


class BusServo(NamedTuple):
    """Which servo of a bus turns a joint: its number, its step at angle 0, and how many steps one rad is (negative
    where it is mounted the other way round).
    """

    id: int
    centre: int
    steps_per_rad: float

    def step(self, angle: float) -> int:
        return round(self.centre + angle * self.steps_per_rad)

    def angle(self, step: float) -> float:
        return (step - self.centre) / self.steps_per_rad


class BusLimits(NamedTuple):
    """What the servos of a bus may be asked for."""

    least_volts: float = 0.0  # below it they are let go
    most_load: float = 0.6  # 0..1, with which a servo that does not move is stalled


UNWATCHED = BusLimits()


@dataclass(frozen=True, slots=True)
class Joint:
    """One servo: limits in rad, rad/s, rad/s2, and how an angle becomes a pulse."""

    name: str
    channel: int
    lower: float
    upper: float
    speed: float
    acceleration: float
    rest: float
    centre_us: int
    us_per_rad: float  # negative where the servo is mounted the other way round
    fitted: bool = True  # a body may have fewer servos: this one then stands at 0 for ever
    bus: BusServo | None = None  # of a body of bus servos

    def clip(self, angle: float) -> float:
        return min(max(angle, self.lower), self.upper)

    def pulse_us(self, angle: float) -> float:
        return self.centre_us + self.us_per_rad * angle

    def angle(self, pulse_us: float) -> float:
        return (pulse_us - self.centre_us) / self.us_per_rad


@dataclass(frozen=True, slots=True)
class CameraMount:
    """A pinhole camera in the head: picture size in pixels, horizontal field of view in rad, place in m."""

    width: int
    height: int
    fov: float
    height_m: float
    forward_m: float

    @property
    def focal_px(self) -> float:
        return self.width / 2 / math.tan(self.fov / 2)


@dataclass(frozen=True, slots=True)
class BodyDescription:
    """A whole body. `joints` stand in the order of `robot.core.body_frame.JOINTS`."""

    name: str
    joints: tuple[Joint, ...]
    camera: CameraMount
    eye_range: float  # rad of gaze that a pupil at +-1 stands for
    eyes: str = DRAWN
    light: bool = True  # a chest that shines
    pads: bool = True  # that feel a touch
    ears: str = "ears"  # what stands for them
    figure: str = ""  # who may bring its maker's model for the page
    motors: str = SERVOS
    bus: BusLimits = UNWATCHED
    chip_mhz: float | None = None  # the oscillator of the PCA9685 that its servos hang on; None: they hang on pins

    def joint(self, name: str) -> Joint:
        """The joint for a purpose, a name of `JOINTS`; one that is not fitted where the body has none."""
        return self.joints[JOINTS.index(name)]

    @property
    def pupils(self) -> bool:
        """Whether eyes show where it looks, and close."""
        return self.eyes == DRAWN

    def clip(self, pose: Pose) -> Pose:
        return Pose(*(joint.clip(angle) for joint, angle in zip(self.joints, pose, strict=True)))

    @property
    def rest(self) -> Pose:
        return Pose(*(joint.rest for joint in self.joints))

    def lacks(self) -> list[Sentence]:
        """What shows in a lesser way on a body that is built with less than this program can move."""
        without = {joint.name for joint in self.joints if not joint.fitted}
        told = [less for name, less in WITHOUT.items() if name in without]
        if not self.pupils:
            told.append(WITHOUT_PUPILS[self.eyes])
        if not self.light:
            told.append(WITHOUT_LIGHT)
        return told if self.pads else [*told, WITHOUT_PADS]
