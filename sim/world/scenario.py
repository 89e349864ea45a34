"""Scenarios: TOML files that say who comes when, what they say and do, and what the robot is expected to do.

Times are robot time in seconds, places metres in the robot's base frame (x forward, y left). `docs/scenarios.md`
explains every key for people who never saw the code.
"""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, field_validator, model_validator

from robot.config.schema import Language, ProfileTable
from robot.core import typed_toml
from robot.core.errors import InputError
from robot.core.typed_toml import KeyMistakeError, Table, near
from sim.world.expectations import OWN, ExpectTable
from sim.world.happenings import CameraTable, FaultTable, LightTable, PersonTable, PushTable, RoomTable, TouchTable
from sim.world.options import Physics
from sim.world.past import BeforeTable

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR, LAST_YEAR = 1971, 2199  # what lies days before or after has a time, too


class Scenario(Table):
    """A scene: who comes when, what they say and do, and what is expected of the robot."""

    about: str
    duration_s: float = Field(gt=0.0, le=7 * 86400.0)
    civil: datetime = datetime(2026, 1, 5, 10, 0)  # noqa: DTZ001 - a scenario's own wall clock; no zone to be in
    language: Language = "en"
    physics: Physics = Physics.kinematic
    profile: ProfileTable = ProfileTable()
    before: BeforeTable = BeforeTable()
    person: tuple[PersonTable, ...] = ()
    touch: tuple[TouchTable, ...] = ()
    push: tuple[PushTable, ...] = ()
    light: tuple[LightTable, ...] = ()
    camera: CameraTable = CameraTable()
    room: RoomTable = RoomTable()
    fault: tuple[FaultTable, ...] = ()
    expect: tuple[ExpectTable, ...] = ()

    @property
    def looked_at(self) -> bool:
        """Whether it is about what a camera makes of light, which shows in pixels only."""
        return bool(self.light) or self.camera.exposure == "automatic"

    @field_validator("civil")
    @classmethod
    def _near(cls, civil: datetime) -> datetime:
        if not FIRST_YEAR <= civil.year <= LAST_YEAR:
            raise KeyMistakeError(
                f"a scene cannot be in the year {civil.year}",
                remedy=f"give one from {FIRST_YEAR} to {LAST_YEAR}",
            )
        return civil

    @model_validator(mode="after")
    def _whole(self) -> Scenario:
        """Names that exist, once each, and times within the scene."""
        names = [person.name for person in self.person]
        for i, name in enumerate(names):
            if name in names[:i]:
                raise KeyMistakeError(
                    f"there are two people called {name!r}", ("person", i, "name"), "give one another name"
                )
        for i, expect in enumerate(self.expect):
            if expect.person and expect.person not in names:
                what = f"there is no person {expect.person!r}"
                remedy = near(expect.person, names) if names else "add a [[person]] of that name"
                raise KeyMistakeError(what, ("expect", i, "person"), remedy)
        for path, t in self._times():
            if t > self.duration_s:
                end = f"{self.duration_s:g}"
                remedy = f"give a time up to {end}, or a greater duration_s"
                raise KeyMistakeError(f"{t:g} is after the end of the scene, {end}", path, remedy)
        return self

    def _times(self) -> Iterator[tuple[tuple[str | int, ...], float]]:
        """Every moment that the file names, with the path of its key."""
        for i, person in enumerate(self.person):
            yield from ((("person", i, "way", k, "at"), step.at) for k, step in enumerate(person.way))
            yield from ((("person", i, "say", k, "at"), line.at) for k, line in enumerate(person.say))
        yield from ((("touch", i, "at"), touch.at) for i, touch in enumerate(self.touch))
        yield from ((("push", i, "at"), push.at) for i, push in enumerate(self.push))
        yield from ((("light", i, "at"), level.at) for i, level in enumerate(self.light))
        yield from ((("fault", i, "at"), fault.at) for i, fault in enumerate(self.fault))
        for i, expect in enumerate(self.expect):
            yield ("expect", i, "after"), expect.after
            if expect.by is not None:
                yield ("expect", i, "by"), expect.by


def shipped() -> dict[str, Path]:
    """The scenarios of the package, by name."""
    folder = Path(str(resources.files("sim") / "scenarios"))
    return {path.stem: path for path in sorted(folder.rglob("*.toml"), key=lambda path: path.stem)}


def load(name: str, own: Path | None = None) -> tuple[str, Scenario]:
    """A shipped scenario by name or any file by path. Raises InputError or ConfigError.

    `own`: the folder of somebody's own behaviours; the file may name their phrases.
    """
    known = shipped()
    path = known.get(name) or Path(name)
    if not path.is_file():
        raise InputError(f"there is no scenario {name!r}", remedy=f"give a file, or one of: {', '.join(known)}")
    return path.stem, typed_toml.read(Scenario, path, naming(own))


def naming(own: Path | None) -> dict[str, object] | None:
    """What a scenario is read with, that may name the phrases of this folder."""
    return None if own is None else {OWN: own.expanduser()}
