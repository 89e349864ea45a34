"""Scenarios: TOML files that say who comes when, what they say and do, and what the robot is expected to do.

Times are robot time in seconds, places metres in the robot's base frame (x forward, y left). `docs/scenarios.md`
explains every key for people who never saw the code.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from pydantic import Field, ValidationInfo, field_validator, model_validator

from robot.config.schema import Language, ProfileTable
from robot.core import typed_toml
from robot.core.decision import Mode
from robot.core.errors import InputError
from robot.core.typed_toml import KeyMistakeError, Table, near
from robot.guard.duties import duties
from robot.parts.registry import data_folders
from robot.sense.language import own_phrases
from robot.sense.language.phrase_files import PhraseFile, said_table
from robot.sense.language.phrases import phrase_folder
from sim.world.fault_names import FaultName
from sim.world.options import Physics
from sim.world.past import BeforeTable
from sim.world.people import Age

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = "own"  # of what a scenario is read with: the folder of somebody's own behaviours
FIRST_YEAR, LAST_YEAR = 1971, 2199  # what lies days before or after has a time, too
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


class Keys(NamedTuple):
    """The keys that count for one kind of expectation. Of `one_of`, exactly one must be there."""

    needed: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        return self.needed + self.one_of + self.optional


EXPECTATIONS = {
    "eyes_turn": Keys(("person",), optional=("limit",)),
    "head_arrives": Keys(("person",), optional=("after", "limit")),
    "overshoot": Keys(("person",), optional=("limit",)),
    "says": Keys(one_of=("phrase", "text"), optional=("after", "by")),
    "answers": Keys(optional=("limit",)),
    "never_says": Keys(one_of=("phrase", "text"), optional=("after", "by")),
    "mode": Keys(("mode",), optional=("after",)),
    "settles": Keys(optional=("after", "limit")),
    "verdict": Keys(("duty",), optional=("after", "by")),
    "silent": Keys(optional=("after", "by")),
    "calls": Keys(optional=("after", "by", "limit")),
    "still": Keys(("after",), optional=("by", "limit")),
    "moves": Keys(("after", "least"), optional=("by",)),
    "gaze_share": Keys(("person",), optional=("after", "by", "least", "limit")),
    "gaze_turns": Keys(optional=("after", "by", "least", "limit")),
    "remembers": Keys(optional=("limit",)),
    "duties": Keys(),
}


class ExpectTable(Table):
    """One thing that must be seen; which keys count depends on `what`."""

    what: Literal[
        "eyes_turn",
        "head_arrives",
        "overshoot",
        "says",
        "answers",
        "never_says",
        "mode",
        "settles",
        "verdict",
        "silent",
        "calls",
        "still",
        "moves",
        "gaze_share",
        "gaze_turns",
        "remembers",
        "duties",
    ]
    person: str = ""
    phrase: str = ""
    text: str = ""
    mode: str = ""
    after: Seconds = 0.0
    by: Seconds | None = None
    limit: float | None = None
    least: float | None = None
    duty: int | None = Field(None, ge=1, le=max(duties()))

    @model_validator(mode="after")
    def _fitting(self, info: ValidationInfo) -> ExpectTable:
        """Only keys that count for this `what`, and all that it needs."""
        keys = EXPECTATIONS[self.what]
        given = self.model_fields_set - {"what"}
        for key in sorted(given - set(keys.known)):
            raise KeyMistakeError(
                f"does not count for {self.what!r}", (key,), f"keys of {self.what!r}: {', '.join(keys.known)}"
            )
        for key in keys.needed:
            if not getattr(self, key):
                raise KeyMistakeError(f"{self.what!r} needs this key", (key,), "add it")
        if keys.one_of and len(given & set(keys.one_of)) != 1:
            raise KeyMistakeError(
                f"{self.what!r} needs one of: {', '.join(keys.one_of)}", (), "give exactly one of them"
            )
        if self.mode and self.mode not in set(Mode):
            raise KeyMistakeError(f"there is no mode {self.mode!r}", ("mode",), near(self.mode, map(str, Mode)))
        if self.phrase and self.phrase not in _phrases():
            own = (info.context or {}).get(OWN)
            mine = own_phrases.said_names(own / "phrases") if own is not None else frozenset()
            if self.phrase not in mine:
                where = "" if own is None else f", neither with the robot nor in {own / 'phrases'}"
                raise KeyMistakeError(
                    f"there is no phrase {self.phrase!r}{where}", ("phrase",), near(self.phrase, _phrases() | mine)
                )
        if self.by is not None and self.by < self.after:
            raise KeyMistakeError(f"is before `after`, {self.after:g}", ("by",), f"give a time from {self.after:g} on")
        return self


@cache
def _phrases() -> frozenset[str]:
    """The names of what every robot here can say; they are the same in every language."""
    files = (
        item for item in phrase_folder().iterdir() if item.name.startswith("said_") and item.name.endswith("_en.toml")
    )
    whole = {key for file in files for key in said_table(PhraseFile(file))}
    return frozenset(whole.union(*map(own_phrases.said_names, data_folders("phrases"))))


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
