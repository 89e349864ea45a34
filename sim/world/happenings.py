"""What happens in a scenario, as the tables of its file: who comes when, what they say and do, what befalls it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from robot.core.typed_toml import KeyMistakeError, Table
from sim.world.fault_names import FaultName
from sim.world.people import Age

Seconds = Annotated[float, Field(ge=0.0)]


class Step(Table):
    """One place on a person's way. They are absent before the first and after one with `leave`."""

    at: Seconds
    x: float = Field(2.0, ge=0.3, le=8.0)
    y: float = Field(0.0, ge=-8.0, le=8.0)
    z: float | None = Field(
        None, ge=0.0, le=1.5, description="height of the head's middle above the table, m; None: by age, and `sit`"
    )
    face: Literal["robot", "away", "left", "right"] = "robot"
    smile: float = Field(0.2, ge=0.0, le=1.0)
    sit: bool = False
    eyes_closed: bool = False
    leave: bool = False


class ScenarioLine(Table):
    """Something that a person says."""

    at: Seconds
    text: str = Field(min_length=1)


class PersonTable(Table):
    """Somebody."""

    name: str
    look: int = Field(1, ge=0)
    age: Age = Age.adult
    way: list[Step] = Field(min_length=1)
    say: tuple[ScenarioLine, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> PersonTable:
        times = [step.at for step in self.way]
        if times != sorted(times):
            late = next(i for i in range(1, len(times)) if times[i] < times[i - 1])
            raise KeyMistakeError(
                f"the places on a way must stand in the order of their times; the one before is at {times[late - 1]:g}",
                ("way", late, "at"),
                f"give a later time than {times[late - 1]:g}, or move it up",
            )
        return self


class TouchTable(Table):
    """A hand on one of the robot's pads."""

    at: Seconds
    pad: Literal["head", "back"] = "head"
    hold_s: float = Field(0.5, gt=0.0, le=30.0)


class PushTable(Table):
    """Somebody or something pushes the head; only a body with physics gives way."""

    at: Seconds
    force_n: float = Field(1.0, gt=0.0, le=50.0)
    towards_deg: float = Field(180.0, ge=-360.0, le=360.0, description="0 is forward, 90 to the robot's left")
    hold_s: float = Field(0.2, gt=0.0, le=10.0)


class LightTable(Table):
    """How light the room is at a moment; between two it changes evenly."""

    at: Seconds
    level: float = Field(ge=0.0, le=1.0, description="1 is daylight, 0.05 an evening lamp")


class CameraTable(Table):
    """The robot's camera, other than the body's own."""

    field_deg: float | None = Field(None, ge=30.0, le=120.0, description="from left to right; None: as the body has it")
    fps: float = Field(10.0, ge=1.0, le=30.0)
    latency_ms: float = Field(60.0, ge=0.0, le=500.0, description="from capture until the picture is there")
    noise: float = Field(2.2, ge=0.0, le=60.0, description="standard deviation, grey levels")
    exposure: Literal["fixed", "automatic"] = "fixed"
    shutter_ms: float = Field(0.0, ge=0.0, le=100.0, description="what moves meanwhile is blurred")

    @model_validator(mode="after")
    def _shut_in_time(self) -> CameraTable:
        if self.shutter_ms > 1000 / self.fps:
            raise KeyMistakeError(
                f"the shutter cannot be open for longer than from one picture to the next, {1000 / self.fps:g} ms",
                ("shutter_ms",),
                "give less, or fewer pictures a second (fps)",
            )
        return self

    def options(self, fps: float | None) -> dict[str, float | str | None]:
        """For the camera's address, in its units. `fps`: instead of its own."""
        return {
            "fps": fps or self.fps,
            "latency": self.latency_ms / 1000,
            "noise": self.noise,
            "automatic": float(self.exposure == "automatic"),
            "shutter": self.shutter_ms / 1000,
        }


class RoomTable(Table):
    """The room's sound."""

    noise_db: float | None = Field(None, ge=20.0, le=85.0, description="sound level at the robot; None: hardly any")


class FaultTable(Table):
    """Something breaks, and is whole again."""

    at: Seconds
    name: FaultName
    lasts_s: float = Field(2.0, gt=0.0, description="two faults are over as soon as they have begun")
