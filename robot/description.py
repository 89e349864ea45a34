"""What a body is made of: joints, camera, eyes. One TOML file under `hardware/body/` holds it for every reader."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from robot.errors import ConfigError
from robot.messages import JOINTS, Pose

if TYPE_CHECKING:
    from pathlib import Path


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
    """A whole body. `joints` stand in the order of `robot.messages.JOINTS`."""

    name: str
    joints: tuple[Joint, ...]
    camera: CameraMount
    eye_range: float  # rad of gaze that a pupil at +-1 stands for

    def clip(self, pose: Pose) -> Pose:
        return Pose(*(joint.clip(angle) for joint, angle in zip(self.joints, pose, strict=True)))

    @property
    def rest(self) -> Pose:
        return Pose(*(joint.rest for joint in self.joints))


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
        camera = raw["camera"]
        mount = CameraMount(
            camera["width"], camera["height"], deg(camera["fov_deg"]), camera["height_m"], camera["forward_m"]
        )
        return BodyDescription(
            raw["name"], tuple(joints[name] for name in JOINTS), mount, deg(raw["eyes"]["range_deg"])
        )
    except KeyError as error:
        raise ConfigError(
            f"the key {error} is missing", place=str(path), remedy="compare with bowlby_one.toml"
        ) from error
