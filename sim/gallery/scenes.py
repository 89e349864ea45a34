"""How each behaviour is brought about (`scenes.toml`): one small scene a behaviour, played until it runs."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core import typed_toml
from robot.core.intents import Say
from robot.core.typed_toml import Table
from robot.health.last_run import FIRST_RUN, LastRun, RunEnding
from sim.run.session import SimSession
from sim.testing.sim_robot import NO_FOLDER
from sim.world.fault_names import FaultName
from sim.world.happenings import FaultTable, PersonTable, ScenarioLine, Seconds, Step, TouchTable
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.past import BeforeTable
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from robot.core.body_frame import BodyFrame
    from robot.core.tick import Tick

PLACE = resources.files("sim.gallery") / "scenes.toml"
WHO = "Ada"
SPEAKS_AT, SPEAKS_EVERY = 14.0, 9.0  # by then she has been greeted
LEAD_S = 0.4  # a film begins so long before the behaviour does
MORNING = datetime(2026, 1, 5, 10, 0)  # noqa: DTZ001 - a scenario's own wall clock
SLICE_S = 1.0


class GalleryScene(Table):
    """One table of the file: what brings a behaviour about."""

    say: tuple[str, ...] = Field((), description="what Ada says, one after another; the film is of the last")
    alone: bool = Field(False, description="nobody comes")
    comes_at: Seconds = 2.0
    x: float = Field(1.2, description="how far away she is, m")
    leaves_at: Seconds | None = None
    touch: Literal["head", "back", ""] = ""
    fault: FaultName | None = None
    before: BeforeTable = BeforeTable()
    ended: RunEnding | None = Field(None, description="how the run before ended")
    length_s: float = Field(40.0, gt=0.0, description="so long it is waited for")
    film_s: float = Field(3.2, gt=0.0, le=8.0)
    lacks: str = Field("", description="what it would need that the simulator has not: then there is no film of it")

    @property
    def scenario(self) -> Scenario:
        """The same as a scenario."""
        way = [Step(at=self.comes_at, x=self.x, y=0.15)]
        if self.leaves_at is not None:
            way.append(Step(at=self.leaves_at, leave=True))
        lines = tuple(ScenarioLine(at=SPEAKS_AT + n * SPEAKS_EVERY, text=text) for n, text in enumerate(self.say))
        ada = PersonTable(name=WHO, way=way, say=lines)
        return Scenario(
            about="a film for the gallery",
            duration_s=self.starts_at + self.length_s + self.film_s,
            civil=MORNING,
            before=self.before,
            person=() if self.alone else (ada,),
            touch=(TouchTable(at=SPEAKS_AT, pad=self.touch, hold_s=2.0),) if self.touch else (),
            fault=(FaultTable(at=SPEAKS_AT, name=self.fault, lasts_s=6.0),) if self.fault else (),
        )

    @property
    def starts_at(self) -> float:
        """From when on the behaviour may be the one that is meant: an earlier line may bring it about, too."""
        return SPEAKS_AT + (len(self.say) - 1) * SPEAKS_EVERY if self.say else 2.0


class SceneFile(Table):
    """`scenes.toml`."""

    scene: dict[str, GalleryScene]


class Film(NamedTuple):
    """What the body did while a behaviour ran, what was said to it before, and what the robot said meanwhile."""

    frames: tuple[BodyFrame, ...]  # one each 20 ms; their times begin at 0
    heard: str
    said: str


def scenes() -> dict[str, GalleryScene]:
    """All, by the behaviour's name. Raises ConfigError."""
    return typed_toml.parse(SceneFile, PLACE.read_text(encoding="utf-8"), str(PLACE)).scene


def play(behavior: str, scene: GalleryScene, language: str = "en") -> Film | None:
    """Play a scene until its behaviour has run for the film's length; None where it never came to run."""
    last_run = FIRST_RUN if scene.ended is None else LastRun(scene.ended)
    options = Options(SightFrom.truth, WordsFrom.text, seed=1, fast=True, fps=10.0, language=language)
    watch = _Camera(behavior, scene)
    with SimSession(
        behavior,
        scene.scenario,
        Config.model_validate({"robot": {"behaviors": NO_FOLDER}}),
        options,
        shared_stock(),
        last_run=last_run,
    ) as session:
        session.robot.loop.watch(watch)
        now, end = 0.0, scene.scenario.duration_s
        while now < end and not watch.done:
            now = min(now + SLICE_S, end)
            session.robot.loop.run(now)
    if watch.began is None:
        return None
    frames = [frame for frame in watch.frames if frame.t <= watch.began + scene.film_s]
    first = frames[0].t
    return Film(tuple(frame._replace(t=frame.t - first) for frame in frames), watch.heard, " ".join(watch.said))


class _Camera:
    """An observer that keeps what the body does from shortly before the behaviour begins."""

    def __init__(self, behavior: str, scene: GalleryScene) -> None:
        self._behavior = behavior
        self._scene = scene
        self.frames: deque[BodyFrame] = deque()
        self.began: float | None = None
        self.done = False
        self.heard = ""
        self.said: list[str] = []

    def see(self, tick: Tick) -> None:
        if self.done:
            return
        self.frames.append(tick.frame._replace(t=tick.t))
        for words in tick.scene.utterances:
            if self.began is None:
                self.heard = words.text
        if self.began is None:
            while self.frames[0].t < tick.t - LEAD_S:
                self.frames.popleft()
            if tick.decision.behavior == self._behavior and tick.t >= self._scene.starts_at:
                self.began = tick.t
        if self.began is not None:
            self.said += [intent.text for intent in tick.done if isinstance(intent, Say)]
            self.done = tick.t > self.began + self._scene.film_s
