"""Scenarios: TOML files that say who comes when, what they say and do, and what the robot is expected to do.

Times are robot time in seconds, places metres in the robot's base frame (x forward, y left). `docs/scenarios.md`
explains every key for people who never saw the code.
"""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from robot import tables
from robot.errors import InputError
from robot.tables import Table

Seconds = Annotated[float, Field(ge=0.0)]


class Step(Table):
    """One place on a person's way. They are absent before the first and after one with `leave`."""

    at: Seconds
    x: float = Field(2.0, ge=0.3, le=8.0)
    y: float = Field(0.0, ge=-8.0, le=8.0)
    z: float = Field(0.45, ge=0.0, le=1.5, description="height of the head's middle above the table, m")
    face: Literal["robot", "away", "left", "right"] = "robot"
    smile: float = Field(0.2, ge=0.0, le=1.0)
    leave: bool = False


class Line(Table):
    """Something that a person says."""

    at: Seconds
    text: str = Field(min_length=1)


class PersonTable(Table):
    """Somebody."""

    name: str
    look: int = Field(1, ge=0)
    way: list[Step] = Field(min_length=1)
    say: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> PersonTable:
        times = [step.at for step in self.way]
        if times != sorted(times):
            raise ValueError("the steps of a way must stand in the order of their times")
        return self


class TouchTable(Table):
    """A hand on one of the robot's pads."""

    at: Seconds
    pad: Literal["head", "back"] = "head"
    hold_s: float = Field(0.5, gt=0.0, le=30.0)


class ExpectTable(Table):
    """One thing that must be seen; which keys count depends on `what` (see sim/expectations.py)."""

    what: Literal["eyes_turn", "head_arrives", "overshoot", "says", "answers", "never_says", "mode", "settles"]
    person: str = ""
    phrase: str = ""
    text: str = ""
    mode: str = ""
    after: Seconds = 0.0
    by: Seconds | None = None
    limit: float | None = None


class Scenario(Table):
    """A whole file."""

    about: str
    duration_s: float = Field(gt=0.0, le=7 * 86400.0)
    civil: datetime = datetime(2026, 1, 5, 10, 0)  # noqa: DTZ001 - a scenario's own wall clock; no zone to be in
    language: Literal["en", "fr"] = "en"
    person: tuple[PersonTable, ...] = ()
    touch: tuple[TouchTable, ...] = ()
    expect: tuple[ExpectTable, ...] = ()


def shipped() -> dict[str, Path]:
    """The scenarios of the package, by name."""
    folder = Path(str(resources.files("sim") / "scenarios"))
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load(name: str) -> tuple[str, Scenario]:
    """A shipped scenario by name or any file by path. Raises InputError or ConfigError."""
    known = shipped()
    path = known.get(name) or Path(name)
    if not path.is_file():
        raise InputError(f"there is no scenario {name!r}", remedy=f"give a file, or one of: {', '.join(known)}")
    return path.stem, tables.read(Scenario, path)
