"""What moves a body and what is moved: servos by their data sheets, the parts they turn, and the supply.

Read from the same file as `robot.core.body_file`: the loop needs no masses, the simulator and other tools do.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from math import pi, radians
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from robot.core.typed_toml import KeyMistakeError, Table, near, read

Vector = tuple[float, float, float]


class Servo(Table):
    """A hobby servo. Data-sheet figures hold at `volts`; torque and free speed go with the voltage, as a DC motor's."""

    volts: float = Field(gt=0)
    s_per_60deg: float = Field(gt=0, description="without load")
    stall_torque_nm: float = Field(gt=0)
    stall_a: float = Field(gt=0)
    idle_a: float = Field(ge=0)
    dead_band_us: float = Field(ge=0, description="errors smaller than this are left alone")
    backlash_deg: float = Field(ge=0, description="play of the horn, from end to end")
    friction_nm: float = Field(ge=0)
    rotor_kg_m2: float = Field(gt=0, description="of rotor and gears, as felt at the horn")
    full_drive_deg: float = Field(gt=0, description="from this error on the motor gets all of the supply")

    @property
    def free_speed(self) -> float:
        """Without load, rad/s."""
        return pi / 3 / self.s_per_60deg

    @property
    def motor_nm(self) -> float:
        """Stall torque of the motor itself at `volts`, before friction has its part."""
        return self.stall_torque_nm + self.friction_nm

    @property
    def damping(self) -> float:
        """Torque lost to the back voltage for each rad/s, N m s: all that friction leaves is lost at free speed."""
        return self.stall_torque_nm / self.free_speed

    @property
    def stiffness(self) -> float:
        """Torque for each rad of error, N m, up to full drive."""
        return self.motor_nm / radians(self.full_drive_deg)


class SupplyModel(Table):
    """What feeds the servos, behind a current limiter."""

    volts: float = Field(gt=0)
    resistance_ohm: float = Field(ge=0)
    limit_a: float = Field(gt=0)

    def under(self, demand_a: float, open_volts: float) -> float:
        """Volts at the servos that would draw `demand_a` at `open_volts`; beyond the limit they are a resistance."""
        if demand_a > self.limit_a:
            return open_volts * self.limit_a / demand_a
        return open_volts - self.resistance_ohm * demand_a


class Link(Table):
    """A rigid part: how it hangs on its parent, and what it weighs."""

    parent: str = ""
    joint: str = ""
    axis: Vector = (0, 0, 1)
    at_m: Vector = (0, 0, 0)
    mass_kg: float = Field(gt=0)
    shape: Literal["box", "cylinder"]
    size_m: tuple[float, ...]
    centre_m: Vector
    collides: bool = Field(default=False, description="with the table, when the body lies on it")
    feet_m: float = Field(0.0, ge=0, description="of the first part: how far from the middle its four feet are, m")

    @property
    def inertia(self) -> Vector:
        """About the middle of its mass, along x, y and z, kg m2, evenly filled."""
        if self.shape == "cylinder":
            radius, height = self.size_m
            across = self.mass_kg * (3 * radius**2 + height**2) / 12
            return across, across, self.mass_kg * radius**2 / 2
        x, y, z = (edge**2 for edge in self.size_m)
        return self.mass_kg * (y + z) / 12, self.mass_kg * (x + z) / 12, self.mass_kg * (x + y) / 12


class _Driven(Table):
    model_config = ConfigDict(extra="ignore")  # the rest of a joint is read by robot.description

    servo: str


class Mechanics(Table):
    """All of it. `links` come in an order in which each stands after its parent; the first has none."""

    model_config = ConfigDict(extra="ignore")

    joints: dict[str, _Driven]
    servos: dict[str, Servo]
    supply: SupplyModel
    links: dict[str, Link]

    @model_validator(mode="after")
    def _fitting(self) -> Mechanics:
        known: list[str] = []
        for name, joint in self.joints.items():
            if joint.servo not in self.servos:
                raise KeyMistakeError(
                    f"there is no servo {joint.servo!r}", ("joints", name, "servo"), near(joint.servo, self.servos)
                )
        for name, link in self.links.items():
            if known and link.parent not in known:
                raise KeyMistakeError(
                    f"{link.parent!r} does not stand before it", ("links", name, "parent"), near(link.parent, known)
                )
            if known and link.joint not in self.joints:
                raise KeyMistakeError(
                    f"there is no joint {link.joint!r}", ("links", name, "joint"), near(link.joint, self.joints)
                )
            if len(link.size_m) != (2 if link.shape == "cylinder" else 3):
                raise KeyMistakeError(
                    "a box has three edges, a cylinder radius and height", ("links", name, "size_m"), "give these"
                )
            known.append(name)
        return self

    def servo(self, joint: str) -> Servo:
        """The servo that turns a joint."""
        return self.servos[self.joints[joint].servo]


@cache
def bowlby_one() -> Mechanics:
    """The mechanics of the body that every reader shares."""
    with as_file(files("hardware.body") / "bowlby_one.toml") as path:
        return read(Mechanics, path)
