"""A life of half an hour in which things break: what befalls the robot, and how it is when all faults are over."""

from __future__ import annotations

import gc
import random
import shutil
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast
from unittest.mock import patch

import psutil

from benchmarks.motion_watch import MotionWatch
from robot.app.context import Overseers, shared_stock
from robot.app.supervision import supervised
from robot.config.schema import Config
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.heap import give_back
from robot.memory.memory import Memory
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.world.fault_names import AT_ONCE, FaultName
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario
from tests.memory.test_damage import filled
from tests.support.greedy import KINDS, source
from tests.support.model_server import ModelServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from rich.console import Console

    from robot.core.clock import Clock
    from robot.core.tick import Tick
    from robot.memory.records import Everything
    from sim.board.body import SimBody

DAY_S, FAULTS_A_DAY = 86_400.0, 1_000
FAULTS_A_LIFE = 25  # with those between it and the next
BEGINS = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LASTS_S = (2.0, 40.0)
CALM_S = 110.0  # at the end of a life, when the last fault is over
MOVE_AGAIN_S = 100.0  # before that end Ada does what the robot asks for where its supply gave way three times
ANSWER_S = 6.0
LINES = (
    "Hello",
    "I am a bit sad today",
    "My sister is coming on Sunday",
    "What about the moss on the roof?",
    "Set a timer for five minutes",
    "Why did you do that?",
    "Let us play",
    "I planted tomatoes",
)
QUESTIONS = ("What is your name?", "What time is it?")
HARDLY = (  # nothing that might be of need: nines are an emergency number, and in an episode all else waits
    "\x00\x07\x1b[2J",
    "a" * 5_000,
    "'; DROP TABLE person; --",
    "\u202egnirts desrever",
    "\U0001f600" * 300,
    "e\u0301\u0302\u0303" * 200,
    "{{0.__class__}} %s %n {x}",
    "7" * 400,
    "<speak><break time='99s'/></speak>",
    "\ufeff \u2028\u2029 \t ",
    "\ud83d",
)
IN_LOOP = [kind for kind, one in KINDS.items() if not (one.real or one.ends or one.head)]
THING = "what was kept"
LASTING = ("people", "topics", "events", "faces", "stored")  # bonds and minutes grow to the last moment
TOLD_BEFORE = 1  # duty: that it is a robot was told in an earlier life, which the examiner of this one has not seen


class OnDisk(Memory):
    """The robot's memory in a file, although it lives in a world."""

    def __init__(self, file: Path, _: Path | None, clock: Clock) -> None:
        super().__init__(file, clock)

    def take_over(self, kept: Everything) -> None:
        """The scenario's past is none; this one has its own."""


class Toll:
    """What went wrong, by figure."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.counts: dict[str, int] = {}
        self.life = 0

    def add(self, figure: str, what: str) -> None:
        self.counts[figure] = self.counts.get(figure, 0) + 1
        self._console.print(f"NO  {figure}: {what} (life {self.life})", markup=False, soft_wrap=True)


class AnswerWatch:
    """When it began to speak."""

    def __init__(self) -> None:
        self.began: list[float] = []

    def see(self, tick: Tick) -> None:
        if tick.clips:
            self.began.append(tick.t)


class Vendor:
    """The language model's server, which goes and comes back."""

    def __init__(self) -> None:
        self._server = ModelServer()
        self._server.__enter__()
        self.address = self._server.address

    def go(self) -> None:
        self._server.stop()

    def come(self) -> None:
        self._server.stop()
        self._server = ModelServer(port=self._server.port)
        self._server.__enter__()


class Fault(NamedTuple):
    """What happens in a life, and when, s."""

    at: float
    kind: str


class Lives:
    """Lives, one after the other, on one memory file."""

    def __init__(self, folder: Path, seed: int, toll: Toll) -> None:
        self.file = folder / "life" / "memory.db"
        self.file.parent.mkdir()
        self.folder, self.toll = folder, toll
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self._passed_s = 0.0
        self.counts: dict[str, int] = {}
        self.weights: list[float] = []
        self.frames = 0
        filled(self.file).close()

    @property
    def now(self) -> datetime:
        """When the last life ended."""
        return BEGINS + timedelta(seconds=self._passed_s)

    def live(self, number: int, count: int) -> None:
        """One life with so many faults."""
        self.toll.life += 1
        chance, gap = self.chance, DAY_S / FAULTS_A_DAY
        ends = FAULTS_A_LIFE * gap
        kinds = [*FaultName, "greedy behaviour", "hard words", "hands", "language model gone"]
        faults = sorted(
            Fault(chance.uniform(15.0, ends - CALM_S - LASTS_S[1]), chance.choice(kinds)) for _ in range(count)
        )
        civil = self.now
        self._passed_s += ends
        behaviors = self.folder / f"behaviors{number}"
        behaviors.mkdir()
        overseers = Overseers.made(judges=False)
        vendor = Vendor()
        config = Config.model_validate(
            {"robot": {"behaviors": behaviors}, "talk": {"reader": "tables", "model": vendor.address}}
        )
        greedy = iter(chance.sample(IN_LOOP, len(IN_LOOP)))
        for fault in faults:
            self.count(fault.kind)
            if fault.kind == "greedy behaviour" and (kind := next(greedy, "")):
                (behaviors / f"{kind}.py").write_text(source(kind, fault.at), encoding="utf-8")
        with ExitStack() as stack:
            stack.callback(vendor.go)
            stack.enter_context(supervised(overseers))
            stack.enter_context(self._on_disk())
            session = stack.enter_context(
                SimSession(
                    "a life", scene(ends, civil, chance), config, options(number), shared_stock(), overseers=overseers
                )
            )
            self._play(session, faults, ends, vendor)
        shutil.rmtree(behaviors)

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        with patch("robot.app.build.Memory", partial(OnDisk, self.file)):
            yield

    def _play(self, session: SimSession, faults: list[Fault], ends: float, vendor: Vendor) -> None:
        robot, chance = session.robot, self.chance
        motion = MotionWatch(cast("SimBody", robot.loop.devices.body), partial(self.toll.add, "wrong motions"))
        answers = AnswerWatch()
        robot.loop.watch(answers)
        for fault in faults:
            self._plan(session, fault, vendor, chance)
        session.play_whole(ends)
        self.frames += motion.frames
        self._judge(session, answers, ends)
        robot.memory.wait()
        kept = robot.memory.everything()
        gc.collect()
        give_back()  # what the process holds, and not how its holes happen to lie
        self.weights.append(psutil.Process().memory_info().rss / 2**20)
        robot.close()
        with closing(Memory(self.file, ManualClock(self.now))) as memory:
            found = memory.everything()
        lost = [one for kind in LASTING for one in missing(kept, found, kind)]
        lost += sorted({who for who, *_ in kept.bonds} - {who for who, *_ in found.bonds})
        if lost:
            self.toll.add(f"entries of {THING} lost", f"{len(lost)} from one life to the next: {lost[:3]}")

    def _judge(self, session: SimSession, answers: AnswerWatch, ends: float) -> None:
        """How it is at the end of a life, where all faults are over."""
        robot = session.robot
        for broken in session.examiner.conduct.broken:
            if broken.duty == TOLD_BEFORE:
                continue
            self.toll.add("duties broken", f"{broken.duty} at {broken.t:.1f} s: {broken.what}")
        for asked in asked_at(ends):
            if not any(asked <= began <= asked + ANSWER_S for began in answers.began):
                self.toll.add("questions without an answer", f"asked at {asked:.0f} s of a life")
        for part in robot.vitals().health:
            if part.condition is Condition.FAULT and part.part != "behaviour":
                self.toll.add("parts at fault when all faults are over", f"{part.part}: {words(part.reason)}")
        for name, why in robot.loop.steps.mind.benched.items():
            if name not in KINDS:
                self.toll.add("raw errors", f"{name} is benched: {words(why)}")

    @staticmethod
    def _plan(session: SimSession, fault: Fault, vendor: Vendor, chance: Random) -> None:
        world, at, lasts = session.world, fault.at, chance.uniform(*LASTS_S)
        if fault.kind in set(FaultName):
            world.at(at, partial(session.faults.set, fault.kind, on=True))
            if fault.kind not in AT_ONCE:
                world.at(at + lasts, partial(session.faults.set, fault.kind, on=False))
        elif fault.kind == "hard words":
            world.at(at, partial(world.say, "Ada", chance.choice(HARDLY)))
        elif fault.kind == "hands":
            for n in range(20):
                pad = chance.choice(("head", "back"))
                world.at(at + 0.1 * n, partial(world.lay_hand, pad, chance.uniform(0.02, 1.0)))
        elif fault.kind == "language model gone":
            world.at(at, vendor.go)
            world.at(at + 3.0, partial(world.say, "Ada", "What about the moss on the roof?"))
            world.at(at + lasts, vendor.come)

    def count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1


def missing(before: Everything, after: Everything, kind: str) -> list[object]:
    """What is no more there of one kind."""
    there = set(getattr(after, kind))
    return [one for one in getattr(before, kind) if one not in there]


def options(seed: int) -> Options:
    return Options(SightFrom.truth, WordsFrom.text, seed, fast=True, fps=10.0, language=None)


def asked_at(ends: float) -> tuple[float, float]:
    """When the questions of the end are asked."""
    return ends - 60.0, ends - 30.0


def scene(ends: float, civil: datetime, chance: Random) -> Scenario:
    """Ada is there at the beginning, goes, and is back for the end; she speaks now and then."""
    goes, back = 0.4 * ends, 0.55 * ends
    way = [
        {"at": 1.0, "x": 2.5, "y": 2.0},
        {"at": 5.0, "x": 1.1, "y": 0.1, "smile": 0.6},
        {"at": goes, "x": 1.1, "y": 0.1},
        {"at": goes + 4.0, "x": 2.5, "y": -3.0, "leave": True},
        {"at": back, "x": 2.5, "y": 2.0},
        {"at": back + 4.0, "x": 1.2, "y": -0.1},
    ]
    moments = sorted(chance.uniform(8.0, ends - CALM_S) for _ in range(round(ends / 70.0)))
    say = [{"at": at, "text": chance.choice(LINES)} for at in moments if not goes < at < back + 5.0]
    say += [{"at": ends - MOVE_AGAIN_S, "text": "You can move again"}]
    say += [{"at": at, "text": text} for at, text in zip(asked_at(ends), QUESTIONS, strict=True)]
    person = {"name": "Ada", "way": way, "say": say}
    whole = {"about": "A life.", "duration_s": ends, "civil": civil, "expect": [{"what": "duties"}]}
    return Scenario.model_validate({**whole, "person": [person]})
