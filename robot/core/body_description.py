"""What a body is made of: joints, camera, eyes. One TOML file under `hardware/body/` holds it for every reader."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from robot.core.errors import ConfigError
from robot.core.messages import JOINTS, Pose
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from robot.texts.sentence import Sentence


DRAWN = "drawn"
WITHOUT = {
    "base_yaw": sentence("health.no_base_yaw"),
    "neck_pitch": sentence("health.no_neck_pitch"),
    "neck_roll": sentence("health.no_neck_roll"),
    "head_yaw": sentence("health.no_head_yaw"),
    "left_ear": sentence("health.no_left_ear"),
    "right_ear": sentence("health.no_right_ear"),
}
WITHOUT_PUPILS = {"lamps": sentence("health.no_pupils"), "none": sentence("health.no_eyes")}


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
    """A whole body. `joints` stand in the order of `robot.core.messages.JOINTS`."""

    name: str
    joints: tuple[Joint, ...]
    camera: CameraMount
    eye_range: float  # rad of gaze that a pupil at +-1 stands for
    eyes: str = DRAWN

    def clip(self, pose: Pose) -> Pose:
        return Pose(*(joint.clip(angle) for joint, angle in zip(self.joints, pose, strict=True)))

    @property
    def rest(self) -> Pose:
        return Pose(*(joint.rest for joint in self.joints))

    def lacks(self) -> list[Sentence]:
        """What shows in a lesser way on a body that is built with less than this program can move."""
        without = {joint.name for joint in self.joints if not joint.fitted}
        told = [less for name, less in WITHOUT.items() if name in without]
        return told if self.eyes == DRAWN else [*told, WITHOUT_PUPILS[self.eyes]]


def load(path: Path) -> BodyDescription:
    """Read a body file. Raises ConfigError that names the file, the key and the remedy."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"the body file cannot be read: {error}", place=str(path)) from error
    deg = math.radians
    try:
        joints = {
            name: Joint(
                name=name,
                channel=row["channel"],
                lower=deg(row["lower_deg"]),
                upper=deg(row["upper_deg"]),
                speed=deg(row["speed_deg_s"]),
                acceleration=deg(row["acceleration_deg_s2"]),
                rest=deg(row["rest_deg"]),
                centre_us=row["centre_us"],
                us_per_rad=row["us_per_deg"] * 180 / math.pi,
            )
            for name, row in raw["joints"].items()
        }
        strange = joints.keys() - set(JOINTS)
        eyes = raw["eyes"].get("kind", DRAWN)
        if strange or eyes not in {DRAWN, *WITHOUT_PUPILS}:
            wrong = f"there is no joint {min(strange)!r}" if strange else f"there is no kind of eyes {eyes!r}"
            known = JOINTS if strange else (DRAWN, *WITHOUT_PUPILS)
            raise ConfigError(wrong, place=str(path), remedy=f"known here: {', '.join(known)}")
        camera = raw["camera"]
        mount = CameraMount(
            camera["width"], camera["height"], deg(camera["fov_deg"]), camera["height_m"], camera["forward_m"]
        )
        every = tuple(joints.get(name) or _unfitted(name) for name in JOINTS)
        return BodyDescription(raw["name"], every, mount, deg(raw["eyes"]["range_deg"]), eyes)
    except KeyError as error:
        raise ConfigError(
            f"the key {error} is missing", place=str(path), remedy="compare with bowlby_one.toml"
        ) from error


def _unfitted(name: str) -> Joint:
    return Joint(
        name=name,
        channel=-1,
        lower=0.0,
        upper=0.0,
        speed=1.0,
        acceleration=1.0,
        rest=0.0,
        centre_us=1500,
        us_per_rad=10 * 180 / math.pi,
        fitted=False,
    )
