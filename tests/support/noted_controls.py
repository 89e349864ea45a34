"""Controls that only note what a page asked of them: of a robot, and of all that a page can show."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from robot.app.behavior_loader import load_behaviors
from robot.core.body_file import load
from robot.core.clock import ManualClock, generator
from robot.core.condition import Condition, Health
from robot.core.decision import Mode
from robot.core.errors import ConfigError
from robot.core.feelings import Feelings
from robot.core.percepts import Need, Tuned, Utterance
from robot.core.scene import Scene
from robot.core.tick import Vitals
from robot.core.voice_commands import Manner
from robot.decide.behavior import Behavior
from robot.decide.mind import Mind
from robot.memory.memory import Memory
from robot.memory.records import Everything as Everything_
from robot.memory.records import Known, Topic
from robot.page.api import Controls, Keepsakes, QuietHoursSetting, Repertoire, SenseSwitches
from robot.page.playback_api import FigureView, SceneView
from robot.page.tuning import Tuning
from robot.parts.browser_media import Lent
from robot.sense.language.shorthand import opened
from robot.sense.switches import SENSES
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from robot.core.intents import Intent
    from robot.core.requests import TuneBehavior
    from robot.decide.behavior import State

BODY = load(Path(__file__).parents[2] / "hardware" / "body" / "bowlby_one.toml")
HEALTH = (
    Health("body", Condition.OK, "armed, 5.0 V"),
    Health("speaker", Condition.FAULT, "no sound card", "plug one in, or turn the sound on here"),
)


class OneStage:
    """One person in a room."""

    def __init__(self) -> None:
        self.anna = FigureView("1", "Anna", 1.2, 0.3, 0.42, math.pi + 0.25, ("#e0b090", "#3b2a20", "#4f8f8b"))
        self.moves: list[tuple[str, float, float]] = []
        self.spoken: list[tuple[str, str]] = []
        self.touched: list[tuple[str, float]] = []

    def figures(self) -> tuple[FigureView, ...]:
        return (self.anna,)

    def move(self, figure_id: str, x: float, y: float) -> None:
        self.moves.append((figure_id, x, y))
        self.anna = self.anna._replace(x=x, y=y, heading=math.atan2(-y, -x))

    def speak(self, figure_id: str, text: str) -> None:
        self.spoken.append((figure_id, text))

    def touch(self, pad: str, hold_s: float) -> None:
        self.touched.append((pad, hold_s))


@dataclass
class Time:
    """Playback that only notes."""

    paused: bool = False
    speed: float = 1.0
    steps: int = 0

    def pause(self, *, yes: bool) -> None:
        self.paused = yes

    def step(self) -> None:
        self.steps += 1

    def set_speed(self, speed: float) -> None:
        self.speed = speed


@dataclass
class Trouble:
    """Faults that only note."""

    on: set[str] = field(default_factory=set)

    def names(self) -> tuple[str, ...]:
        return ("unplug", "camera_dark")

    def active(self) -> set[str]:
        return self.on

    def set(self, name: str, *, on: bool) -> None:
        (self.on.add if on else self.on.discard)(name)


@dataclass
class Shows(Repertoire):
    """Expressions that are only noted."""

    shown: list[str] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        return ("nod", "ears_up")

    def show(self, name: str) -> None:
        self.shown.append(name)


@dataclass
class Album(Keepsakes):
    """A memory of two people, one of whom spoke of two things."""

    kept: list[str] = field(default_factory=lambda: ["Ada", "Ben"])
    broken: str = ""
    forgettings: int = 0

    def everything(self) -> Everything_:
        day = "2026-01-05T10:00:00+00:00"
        people = tuple(Known(number, name, day, day) for number, name in enumerate(self.kept, 1))
        topics = (Topic(1, "sister", "she is ill", day), Topic(1, "work", None, day)) if self.kept else ()
        return Everything_(people, (), topics, (("opening", day),), (("2026-01-05", 12.4),), (), ((1, day, "00"),))

    def people(self) -> list[str]:
        return list(self.kept)

    def export(self) -> str:
        return json.dumps({"people": self.kept}, indent=2)

    def forget(self, name: str) -> str | None:
        if name not in self.kept:
            return None
        self.kept.remove(name)
        return self.broken

    def forget_all(self) -> str:
        self.kept.clear()
        return self.broken


@dataclass
class TwoSwitches(SenseSwitches):
    """Senses that are only noted."""

    out: set[str] = field(default_factory=set)

    def names(self) -> tuple[str, ...]:
        return SENSES

    def off(self) -> set[str]:
        return self.out

    def switch(self, name: str, *, on: bool) -> None:
        (self.out.discard if on else self.out.add)(name)


@dataclass
class Night(QuietHoursSetting):
    """Quiet hours that are only noted; `broken` says why they cannot be kept."""

    hours: tuple[time, time] = (time(21, 30), time(7, 30))
    broken: str = ""

    @property
    def kept(self) -> bool:
        return True

    def read(self) -> tuple[time, time]:
        return self.hours

    def write(self, start: time, end: time) -> None:
        self.hours = (start, end)
        if self.broken:
            raise ConfigError(self.broken)


class Fails(Behavior):
    """Raises at once."""

    name = "fails"
    modes = frozenset({Mode.BOOT})

    def desire(self, state: State) -> float:  # noqa: ARG002 - as all behaviours
        raise ValueError("no idea")

    def act(self, state: State) -> tuple[Intent, ...]:  # noqa: ARG002 - as above
        return ()


def workings() -> Tuning:
    """Real behaviours, one of which is benched, in a mind that takes a change over at once."""
    clock = ManualClock()
    memory = Memory(None, clock)
    mind = Mind((*load_behaviors(), Fails()), clock, generator(1), Manner(), memory, TABLES)
    logging.disable(logging.ERROR)
    mind.decide(Scene(), Feelings())
    logging.disable(logging.NOTSET)
    memory.close()
    return Tuning(mind, lambda asked: take_over(mind, asked))


def take_over(mind: Mind, asked: TuneBehavior) -> None:
    mind.decide(Scene(tuned=(Tuned(0.0, asked.behavior, asked.config),)), Feelings())


@dataclass
class Plays:
    """Scenarios that are only noted."""

    current: SceneView = field(default_factory=lambda: SceneView("visit", "Somebody comes.", 3, "en"))
    played: list[tuple[str, int, str]] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        return ("first-meeting", "visit")

    def play(self, name: str, seed: int, language: str) -> None:
        self.played.append((name, seed, language))


def borrower() -> Lent:
    """Takes all that is lent."""
    lent = Lent()
    lent.camera.offered = lent.microphone.offered = True
    return lent


@dataclass
class Asked(Controls):
    """Controls that note what was asked."""

    title: str = "first-meeting"
    description = BODY
    stage: OneStage | None = field(default_factory=OneStage)
    said: list[str] = field(default_factory=list)
    lines: list[Utterance] = field(default_factory=list)  # what was said or chosen, for the heart to hear
    deaf: bool = False  # what was said is heard later
    need: Need | None = None
    readings: tuple[tuple[str, float], ...] = ()  # of each line that is said
    hushed: int = 0
    freed: int = 0  # how often the body was let go on
    waits: bool = False  # the body waits for that
    health: tuple[Health, ...] = HEALTH

    def vitals(self) -> Vitals:
        return Vitals(1234, 5, (("sense", 4), ("elsewhere", 1)), self.health)

    def say(self, text: str, instead: Utterance | None = None, by: str = "") -> None:
        self.said.append(text)
        line = Utterance(0.0, opened(text, "en"), readings=self.readings, by=by, as_said=text)
        line = replace(line, instead=None if instead is None else instead.t)
        self.lines.append(replace(line, intent=self.readings[0][0]) if self.readings else line)

    def hear(self, text: str, clarity: float) -> None:
        """Words that hearing recognised."""
        self.lines.append(Utterance(0.0, text, "greeting", via="heard", clarity=clarity))

    def take_as(self, words: Utterance, meaning: str) -> None:
        self.lines.append(words.meaning(meaning))

    def hush(self, by: str = "") -> None:  # noqa: ARG002 - as all controls
        self.hushed += 1

    def move_again(self) -> None:
        self.freed += 1


@dataclass
class AskedToTune(Asked):
    """What a real robot offers to whoever builds behaviours."""

    behaviors: Tuning = field(default_factory=workings)


@dataclass
class Everything(Asked):
    """Controls that offer all a page can show."""

    playback: Time = field(default_factory=Time)
    faults: Trouble = field(default_factory=Trouble)
    repertoire: Shows = field(default_factory=Shows)
    keepsakes: Album = field(default_factory=Album)
    senses: TwoSwitches = field(default_factory=TwoSwitches)
    quiet_hours: Night = field(default_factory=Night)
    behaviors: Tuning = field(default_factory=workings)
    scenes: Plays | None = None
    lending: Lent = field(default_factory=borrower)
