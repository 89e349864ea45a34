"""A robot that is only ticks: what a page sees of one, and a note of all that the page asked."""

from __future__ import annotations

import json
import math
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np

from robot.attend.scene import Person, Scene
from robot.clock import nap
from robot.decide.decision import Bid, Decision, Mode
from robot.description import load
from robot.feel.attachment import Feelings
from robot.intents import Cause, Look, Verdict
from robot.messages import (
    Band,
    BodyFrame,
    Condition,
    Eyes,
    Face,
    FacesSeen,
    Health,
    Light,
    Pose,
    Silence,
    Speech,
    Telemetry,
    Utterance,
    VoiceCommand,
)
from robot.page.controls import FigureView
from robot.tick import Clip, Tick, Vitals

BODY = load(Path(__file__).parent.parent / "hardware" / "body" / "bowlby_one.toml")
PICTURE = np.full((360, 480, 3), 70, np.uint8)
PICTURE[120:180, 300:350] = (120, 160, 210)
ANSWER = "Hello! I am a robot."
HEALTH = (
    Health("body", Condition.OK, "armed, 5.0 V"),
    Health("speaker", Condition.FAULT, "no sound card", "plug one in, or turn the sound on here"),
)


class OneStage:
    """One person in a room."""

    def __init__(self) -> None:
        self.anna = FigureView("1", "Anna", 1.2, 0.3, 0.42, math.pi + 0.25, ("#e0b090", "#3b2a20", "#4f8f8b"))
        self.moves: list[tuple[str, float, float]] = []

    def figures(self) -> tuple[FigureView, ...]:
        return (self.anna,)

    def move(self, figure_id: str, x: float, y: float) -> None:
        self.moves.append((figure_id, x, y))
        self.anna = self.anna._replace(x=x, y=y, heading=math.atan2(-y, -x))


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
class Shows:
    """Expressions that are only noted."""

    shown: list[str] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        return ("nod", "ears_up")

    def show(self, name: str) -> None:
        self.shown.append(name)


@dataclass
class Album:
    """A memory of two people."""

    kept: list[str] = field(default_factory=lambda: ["Ada", "Ben"])

    def people(self) -> list[str]:
        return list(self.kept)

    def export(self) -> str:
        return json.dumps({"people": self.kept}, indent=2)

    def forget(self, name: str) -> None:
        self.kept.remove(name)

    def forget_all(self) -> None:
        self.kept.clear()


@dataclass
class AskedMore:
    """What `Asked` offers besides, for a page with everything on it."""

    playback: Time = field(default_factory=Time)
    faults: Trouble = field(default_factory=Trouble)
    repertoire: Shows = field(default_factory=Shows)
    keepsakes: Album = field(default_factory=Album)


@dataclass
class Asked:
    """Controls that note what was asked."""

    title: str = "simulator"
    description = BODY
    stage: OneStage | None = field(default_factory=OneStage)
    said: list[str] = field(default_factory=list)
    hushed: int = 0

    def vitals(self) -> Vitals:
        return Vitals(1234, 5, (("sense", 4), ("elsewhere", 1)), HEALTH)

    def say(self, text: str) -> None:
        self.said.append(text)

    def hush(self) -> None:
        self.hushed += 1


def tick(n: int, asked: Asked, *, mode: Mode = Mode.ENGAGED, voice: tuple[VoiceCommand, ...] = ()) -> Tick:
    """The `n`th tick of a robot that looks at Anna, wherever she is."""
    t = n * 0.02
    anna = OneStage().anna if asked.stage is None else asked.stage.anna
    yaw, pitch = math.atan2(anna.y, anna.x), math.atan2(anna.z - 0.3, math.hypot(anna.x, anna.y))
    pose = Pose(0.6 * yaw, pitch, 0.05 * math.sin(t), 0.4 * yaw, 0.1, 0.1)
    face = Face(3, yaw, pitch, 0.1, (300.0, 120.0, 50.0, 60.0), 0.9, 1.0, Band.MIDDLE, confirmed=True)
    telemetry = Telemetry(t, pose, armed=True)
    person = Person(3, yaw, pitch, 0.0, 0.0, 1.0, Band.MIDDLE, 0.0, t, t)
    cause = Cause("somebody came", "person 3", "arousal 0.12")
    bids = (Bid("greet", 0.82), Bid("idle", 0.2))
    decision = Decision(mode, "greet", (Look(cause, person=3),), bids, fresh=True)
    clips = tuple(
        Clip(say.request, say.text, 0.1 * np.sin(np.arange(20 * 22050, dtype=np.float32) * 0.1), 22050)
        for say in voice
        if isinstance(say, Speech)
    )
    return Tick(
        n,
        t,
        (telemetry, FacesSeen(t, (face,), pose, image=PICTURE))
        if n % 5 == 0 and mode is not Mode.ASLEEP
        else (telemetry,),
        Scene(t, (person,), 3, "facing", body=telemetry),
        Feelings(0.3, 0.6, 0.55),
        decision,
        decision.intents,
        (Verdict(1, "added", "say i_am_a_robot", "first words of the day"),) if n > 10 else (),
        BodyFrame(t, pose, Eyes(), Light()),
        voice,
        clips,
        0.0,
        (),
    )


class Heart:
    """Beats ticks into a page at 50 a second, and answers what was typed; `with Heart(page, asked) as heart`."""

    def __init__(self, page: object, asked: Asked) -> None:
        self._see = page.see  # type: ignore[attr-defined]
        self._asked = asked
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart")
        self.mode = Mode.ENGAGED
        self.cut = False
        self.url = ""

    def _beat(self) -> None:
        n, heard = 0, 0
        while not self._end.is_set():
            n += 1
            lines = self._asked.said[heard:]
            heard += len(lines)
            voice: tuple[VoiceCommand, ...] = tuple(Speech(n, ANSWER) for _ in lines)
            if self.cut:
                voice, self.cut = (Silence(),), False
            now = tick(n, self._asked, mode=self.mode, voice=voice)
            words = tuple(Utterance(now.t, line) for line in lines)
            self._see(now._replace(percepts=(*now.percepts, *words)))
            nap(0.02)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()


@dataclass
class Everything(AskedMore, Asked):
    """Controls that offer all a page can show."""
