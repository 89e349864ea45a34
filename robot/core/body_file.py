"""The file that describes a body, one TOML under `hardware/body/` or its owner's: checked line by line and read."""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import as_file
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from robot.core import toml_text, typed_toml
from robot.core.body_description import (
    BROADCAST,
    BUS,
    DRAWN,
    OWN,
    SERVOS,
    STEPS_PER_TURN,
    WITHOUT_PUPILS,
    BodyDescription,
    BusLimits,
    BusServo,
    CameraMount,
    Joint,
)
from robot.core.body_frame import JOINTS
from robot.core.typed_toml import KeyMistakeError, Table, near

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

CHANNELS = 16  # of a servo board (PCA9685)
PINS = 8  # servos on the pins of a board itself
PULSE_US = (500, 2500)  # what a board gives and takes, as a table of the line's messages has it
PACES_US = {"speed_deg_s": (1, 8000), "acceleration_deg_s2": (10, 65535)}  # of pulse a second; and a second
OWN_US_PER_DEG = 5.0  # of a body without pulses, where the simulator's board stands for its motors

KEYS_OF = {SERVOS: ("channel", "centre_us", "us_per_deg"), BUS: ("id", "centre")}  # of a joint
EXAMPLES = {SERVOS: "bowlby_one.toml", BUS: "bus_head.toml"}
NOT_OF = {
    SERVOS: "this body's servos hang on a board",
    OWN: "this body has motors of its own",
    BUS: "this body's servos hang on a bus",
}


class JointRow(Table):
    """`[joints.NAME]`: what it is for is its name. `channel` and pulses are of a servo on a board, `id`, `centre` and
    `reversed` of one on a bus.
    """

    lower_deg: float = Field(ge=-180, le=180)
    upper_deg: float = Field(ge=-180, le=180)
    rest_deg: float
    speed_deg_s: float = Field(gt=0)
    acceleration_deg_s2: float = Field(gt=0)
    channel: int | None = Field(None, ge=0, lt=CHANNELS)
    centre_us: int | None = None
    us_per_deg: float | None = Field(None, description="negative where the servo is mounted the other way round")
    servo: str = Field("", description="a name of `[servos]`")
    id: int | None = Field(None, ge=0, lt=BROADCAST, description="of a bus servo")
    centre: int | None = Field(None, ge=0, description="of a bus servo: its step where the joint stands at 0")
    reversed: bool = Field(default=False, description="a bus servo that is mounted the other way round")

    @model_validator(mode="after")
    def _in_order(self) -> JointRow:
        if not self.lower_deg <= self.rest_deg <= self.upper_deg:
            raise KeyMistakeError("it rests outside of its limits", ("rest_deg",), "put it between lower and upper")
        if self.us_per_deg == 0:
            raise KeyMistakeError("it would not turn", ("us_per_deg",), "write how long a pulse grows a degree")
        return self


class BodyCamera(Table):
    """`[camera]`."""

    width: int = Field(gt=0)
    height: int = Field(gt=0)
    fov_deg: float = Field(gt=0, lt=180, description="from left to right")
    height_m: float = Field(ge=0, description="of the point about which the head turns")
    forward_m: float = Field(description="before it")


class BodyEyes(Table):
    """`[eyes]`."""

    kind: str = DRAWN
    range_deg: float = Field(0.0, ge=0, description="of gaze that a pupil at its edge stands for")

    @model_validator(mode="after")
    def _known(self) -> BodyEyes:
        if self.kind not in {DRAWN, *WITHOUT_PUPILS}:
            known = (DRAWN, *WITHOUT_PUPILS)
            raise KeyMistakeError(f"there is no kind of eyes {self.kind!r}", ("kind",), near(self.kind, known))
        if self.kind == DRAWN and self.range_deg == 0:
            raise KeyMistakeError("drawn eyes look somewhere", ("range_deg",), "say how far a pupil at its edge looks")
        return self


class BodyEars(Table):
    """`[ears]`."""

    kind: Literal["ears", "antennas"] = "ears"


class BodyLight(Table):
    """`[light]`."""

    chest: bool = True


class BodyTouch(Table):
    """`[touch]`."""

    pads: bool = True


class BodyBus(Table):
    """`[bus]`: what all servos of a bus have in common."""

    steps_per_turn: float = Field(STEPS_PER_TURN, gt=0)
    least_volts: float = Field(0.0, ge=0, description="below it the servos are let go; 0: it is not watched")
    most_load: float = Field(0.6, gt=0, le=1, description="of its strength, with which a still servo is stalled")


class ServoBoard(Table):
    """`[servo_board]`: a PCA9685 between the board and its servos."""

    chip: Literal["pca9685"]
    oscillator_mhz: float = Field(25.0, ge=21, le=30, description="as measured: 4096 * 101 * the pulses a second")


class BodyTable(Table):
    """A whole file. Masses, servos and supply are read by `hardware.body.mechanics`."""

    name: str = Field(min_length=1)
    motors: Literal["servos", "own", "bus"] = "servos"
    figure: str = Field(
        "", description="who may bring its maker's model for the page; an entry point of bowlby.figures"
    )
    joints: dict[str, JointRow]
    camera: BodyCamera
    eyes: BodyEyes
    ears: BodyEars = BodyEars()
    light: BodyLight = BodyLight()
    touch: BodyTouch = BodyTouch()
    bus: BodyBus = BodyBus()
    servo_board: ServoBoard | None = None
    servos: dict[str, Any] = Field(default_factory=dict)
    supply: dict[str, Any] = Field(default_factory=dict)
    links: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _on_a_servo_board(self) -> BodyTable:
        if self.servo_board is not None and self.motors != SERVOS:
            raise KeyMistakeError(NOT_OF[self.motors], ("servo_board",), "leave it out")
        for name, joint in self.joints.items():
            if self.servo_board is None and (joint.channel or 0) >= PINS:
                told = f"a board has pins for {PINS} servos"
                like = f"use channels 0 to {PINS - 1}, or describe the [servo_board]"
                raise KeyMistakeError(told, ("joints", name, "channel"), like)
        return self

    @model_validator(mode="after")
    def _fitting(self) -> BodyTable:
        taken: dict[int, str] = {}
        for name, joint in self.joints.items():
            if name not in JOINTS:
                raise KeyMistakeError(f"there is no joint {name!r}", ("joints", name), near(name, JOINTS))
            for motors, keys in KEYS_OF.items():
                for key in keys:
                    if self.motors == motors and getattr(joint, key) is None:
                        like = f"compare {EXAMPLES[motors]}"
                        raise KeyMistakeError(f"the key {key!r} is missing", ("joints", name), like)
                    if self.motors != motors and getattr(joint, key) is not None:
                        raise KeyMistakeError(NOT_OF[self.motors], ("joints", name, key), "leave it out")
            which = {SERVOS: "channel", BUS: "id"}.get(self.motors, "")
            number = getattr(joint, which) if which else None
            if number is not None:
                if number in taken:
                    raise KeyMistakeError(
                        f"{taken[number]} has this {which}", ("joints", name, which), "give each its own"
                    )
                taken[number] = name
        return self

    @model_validator(mode="after")
    def _within_a_board(self) -> BodyTable:
        for name, joint in self.joints.items():
            if joint.centre_us is None or joint.us_per_deg is None:
                continue
            per_deg = abs(joint.us_per_deg)
            least, most = PULSE_US
            for key in ("lower_deg", "upper_deg"):
                us = round(joint.centre_us + joint.us_per_deg * getattr(joint, key), 3)
                held = min(max(us, least), most)
                if us != held:
                    end = math.trunc((held - joint.centre_us) / joint.us_per_deg * 10) / 10
                    told = f"{name} would take a pulse of {us:g} us there, and a board gives {least} to {most}"
                    raise KeyMistakeError(told, ("joints", name, key), f"write {end:g}, which is as far as it reaches")
            for key, (least, most) in PACES_US.items():
                pace = round(getattr(joint, key) * per_deg)
                if not least <= pace <= most:
                    unit = "us/s" if key == "speed_deg_s" else "us/s2"
                    told = f"{name} would move its pulse by {pace} {unit}, and a board takes {least} to {most}"
                    end = math.floor(most / per_deg) if pace > most else math.ceil(least / per_deg)
                    raise KeyMistakeError(told, ("joints", name, key), f"write {end}")
        return self


def file_of(build: Path | None, shipped: Traversable, otherwise: str) -> Traversable:
    """The file that describes a body: its owner's, or one in `shipped` by its name; without a `build`, `otherwise`."""
    named = shipped / f"{build or otherwise}.toml"
    if build is None or (build.name == str(build) and named.is_file()):
        return named
    return build.expanduser()


def described(build: Path | None, shipped: Traversable, otherwise: str) -> BodyDescription:
    """The body that `file_of` finds. Raises ConfigError as `load`."""
    with as_file(file_of(build, shipped, otherwise)) as path:
        return load(path)


def load(path: Path) -> BodyDescription:
    """Read a body file. Raises ConfigError that names file:line, the key and the remedy."""
    return _described(toml_text.read_text(path), str(path))


@lru_cache(maxsize=4)  # several parts of a robot ask for it, and every robot of a process
def _described(text: str, name: str) -> BodyDescription:
    table = typed_toml.parse(BodyTable, text, name)
    camera, deg = table.camera, math.radians
    return BodyDescription(
        name=table.name,
        joints=tuple(_joint(name, place, table) for place, name in enumerate(JOINTS)),
        camera=CameraMount(camera.width, camera.height, deg(camera.fov_deg), camera.height_m, camera.forward_m),
        eye_range=deg(table.eyes.range_deg),
        eyes=table.eyes.kind,
        light=table.light.chest,
        pads=table.touch.pads,
        ears=table.ears.kind,
        motors=table.motors,
        figure=table.figure,
        bus=BusLimits(table.bus.least_volts, table.bus.most_load),
        chip_mhz=None if table.servo_board is None else table.servo_board.oscillator_mhz,
    )


def _joint(name: str, place: int, table: BodyTable) -> Joint:
    """A joint that a file describes, or one that stands at 0 for ever."""
    row, deg = table.joints.get(name), math.radians
    if row is None:
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
    return Joint(
        name=name,
        channel=place if row.channel is None else row.channel,
        lower=deg(row.lower_deg),
        upper=deg(row.upper_deg),
        speed=deg(row.speed_deg_s),
        acceleration=deg(row.acceleration_deg_s2),
        rest=deg(row.rest_deg),
        centre_us=1500 if row.centre_us is None else row.centre_us,
        us_per_rad=(OWN_US_PER_DEG if row.us_per_deg is None else row.us_per_deg) * 180 / math.pi,
        bus=_bus_servo(row, table.bus.steps_per_turn),
    )


def _bus_servo(row: JointRow, steps_per_turn: float) -> BusServo | None:
    if row.id is None or row.centre is None:
        return None
    return BusServo(row.id, row.centre, (-1 if row.reversed else 1) * steps_per_turn / (2 * math.pi))
