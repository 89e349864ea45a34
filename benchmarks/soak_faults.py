"""A simulated day of 1,000 random faults: nothing is lost, no motion is wrong, the memory of the process stays flat.

The day is played in lives of half an hour, all in this process, on one memory file. In a life parts break by name,
somebody's own behaviours loop, raise and ask for what nobody can do, people say what is hardly language, hands flutter,
and the language model goes. Between two lives the file is damaged (a copy of it), robots are killed amid their work and
amid a forgetting, and files made to hurt are opened. At the end of each life its faults are over: the robot must
answer.

Faults come one in 86 s on average, so fewer make a shorter day. The same seed gives the same faults. One JSON line a
figure; the code is 1 when one is beyond its bar. `make soak` runs it: a quarter of an hour.

`python -m benchmarks.soak_faults [--faults 1000] [--seed 1]`
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, cast
from unittest.mock import patch

import psutil
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from benchmarks import attack_files
from benchmarks.figures import tell
from benchmarks.motion_watch import MotionWatch
from robot.app.context import Overseers, shared_stock
from robot.app.supervision import supervised
from robot.config.schema import Config
from robot.core.clock import ManualClock, stopwatch
from robot.core.heap import give_back, one_heap
from robot.core.messages import Condition
from robot.memory.memory import Memory
from robot.texts.catalogue import words
from sim.run.session import SimSession
from sim.world.fault_names import AT_ONCE, FaultName
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario
from tests.memory.test_damage import BY_HAND, PAGE_OF_ROWS, Seen, filled, flat, flipped, hangs_on_somebody
from tests.memory.test_forgetting import KILLER
from tests.support.greedy import KINDS, source
from tests.support.model_server import ModelServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from robot.core.clock import Clock
    from robot.core.tick import Tick
    from robot.memory.records import Everything
    from sim.board.body import SimBody

DAY_S, FAULTS_A_DAY = 86_400.0, 1_000
FAULTS_A_LIFE, BETWEEN = 25, 5  # of them between this life and the next
BEGINS = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LASTS_S = (2.0, 40.0)
CALM_S = 110.0  # at the end of a life, when the last fault is over
MOVE_AGAIN_S = 100.0  # before that end Ada does what the robot asks for where its supply gave way three times
ANSWER_S = 6.0
MORE_MEMORY = 2.0  # %
KILLED_AFTER_S = (5.0, 60.0)
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
CHANGED = [one for one in BY_HAND if one.startswith(("page", "no head", "a trigger", "version"))]
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


# ---------------------------------------------------------------- what is seen of a life


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


# ---------------------------------------------------------------- a life


class Fault(NamedTuple):
    """What happens in a life, and when, s."""

    at: float
    kind: str


class Day:
    """The whole of it: lives, and what happens between them."""

    def __init__(self, folder: Path, seed: int, toll: Toll, console: Console) -> None:
        self.file = folder / "life" / "memory.db"
        self.file.parent.mkdir()
        self._folder, self._toll, self._console = folder, toll, console
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._seed = seed
        self._passed = 0.0
        self.counts: dict[str, int] = {}
        self.weights: list[float] = []
        self.frames = 0
        filled(self.file).close()

    def live(self, number: int, count: int) -> None:
        """One life with so many faults."""
        self._toll.life += 1
        chance, gap = self._chance, DAY_S / FAULTS_A_DAY
        ends = FAULTS_A_LIFE * gap
        kinds = [*FaultName, "greedy behaviour", "hard words", "hands", "language model gone"]
        faults = sorted(
            Fault(chance.uniform(15.0, ends - CALM_S - LASTS_S[1]), chance.choice(kinds)) for _ in range(count)
        )
        civil = BEGINS + timedelta(seconds=self._passed)
        self._passed += ends
        behaviors = self._folder / f"behaviors{number}"
        behaviors.mkdir()
        overseers = Overseers.made(judges=False)
        vendor = Vendor()
        config = Config.model_validate(
            {"robot": {"behaviors": behaviors}, "talk": {"reader": "tables", "model": vendor.address}}
        )
        greedy = iter(chance.sample(IN_LOOP, len(IN_LOOP)))
        for fault in faults:
            self._count(fault.kind)
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
        robot, chance = session.robot, self._chance
        motion = MotionWatch(cast("SimBody", robot.loop.devices.body), partial(self._toll.add, "wrong motions"))
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
        with closing(Memory(self.file, ManualClock(BEGINS + timedelta(seconds=self._passed)))) as memory:
            found = memory.everything()
        lost = [one for kind in LASTING for one in missing(kept, found, kind)]
        lost += sorted({who for who, *_ in kept.bonds} - {who for who, *_ in found.bonds})
        if lost:
            self._toll.add(f"entries of {THING} lost", f"{len(lost)} from one life to the next: {lost[:3]}")

    def _judge(self, session: SimSession, answers: AnswerWatch, ends: float) -> None:
        """How it is at the end of a life, where all faults are over."""
        robot = session.robot
        for broken in session.examiner.conduct.broken:
            if broken.duty == TOLD_BEFORE:
                continue
            self._toll.add("duties broken", f"{broken.duty} at {broken.t:.1f} s: {broken.what}")
        for asked in asked_at(ends):
            if not any(asked <= began <= asked + ANSWER_S for began in answers.began):
                self._toll.add("questions without an answer", f"asked at {asked:.0f} s of a life")
        for part in robot.vitals().health:
            if part.condition is Condition.FAULT and part.part != "behaviour":
                self._toll.add("parts at fault when all faults are over", f"{part.part}: {words(part.reason)}")
        for name, why in robot.loop.steps.mind.benched.items():
            if name not in KINDS:
                self._toll.add("raw errors", f"{name} is benched: {words(why)}")

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

    def _count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1

    # ------------------------------------------------------------ between two lives

    def between(self, count: int) -> None:
        """So much happens to the files while no robot lives."""
        kinds: dict[str, Callable[[Path], None]] = {
            "flipped bit": self._flip,
            "memory damaged by hand": self._by_hand,
            "killed robot": self._kill,
            "killed forgetting": self._kill_forgetting,
            "file made to hurt": self._hurt,
        }
        for _ in range(count):
            kind = self._chance.choice(list(kinds))
            self._count(kind)
            place = Path(tempfile.mkdtemp(dir=self._folder))
            try:
                kinds[kind](place)
            except Exception as error:  # noqa: BLE001 - what ends raw is what is looked for
                self._toll.add("raw errors", f"{kind}: {error!r}")
            shutil.rmtree(place)

    def _copy(self, place: Path) -> Path:
        path = place / "memory.db"
        path.write_bytes(self.file.read_bytes())
        path.chmod(0o600)
        return path

    def _kept(self) -> Everything:
        with closing(Memory(self.file, ManualClock(BEGINS + timedelta(seconds=self._passed)))) as memory:
            return memory.everything()

    def _flip(self, place: Path) -> None:
        kept = flat(self._kept())
        path = self._copy(place)
        path.write_bytes(flipped(path.read_bytes(), iter(lambda: self._chance.getrandbits(62), None)))
        seen = Seen(path)
        lost = kept - seen.found
        if lost.total() > 1 and not hangs_on_somebody(lost):
            self._toll.add(f"entries of {THING} lost", f"{lost.total()} to one flipped bit")
        if not seen.told() and lost.total() > (seen.found - kept).total():
            self._toll.add("damages not told", "a flipped bit")
        seen.went_on()

    def _by_hand(self, place: Path) -> None:
        name = self._chance.choice(CHANGED)
        kept = flat(self._kept())
        path = self._copy(place)
        BY_HAND[name](path)
        seen = Seen(path)
        lost = kept - seen.found
        if lost.total() > PAGE_OF_ROWS and not hangs_on_somebody(lost):
            self._toll.add(f"entries of {THING} lost", f"{lost.total()} by {name}")
        if lost and not seen.told():
            self._toll.add("damages not told", name)
        seen.went_on()

    def _kill(self, place: Path) -> None:
        """A robot that lives on a copy of the file dies at once, in a process of its own."""
        before = self._kept()
        path = self._copy(place)
        after = self._chance.uniform(*KILLED_AFTER_S)
        civil = BEGINS + timedelta(seconds=self._passed)
        process = multiprocessing.get_context("spawn").Process(
            target=killed, args=(path, civil, self._chance.getrandbits(30), after)
        )
        process.start()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            self._toll.add("raw errors", f"the robot that was to be killed ended with {process.exitcode}")
        ends = civil + timedelta(seconds=after)
        with closing(Memory(path, ManualClock(ends))) as memory:
            found, health = memory.everything(), memory.health()
        rung = [
            one
            for one in before.stored
            if one.store == "reminders" and json.loads(one.value).get("due", "9") <= ends.isoformat()
        ]
        lost = [one for kind in LASTING for one in missing(before, found, kind) if one not in rung]
        if lost or health.condition is not Condition.OK:
            what = f"{lost[:3]} to a kill after {after:.1f} s: {words(health.reason)}"
            self._toll.add(f"entries of {THING} lost", what)

    def _kill_forgetting(self, place: Path) -> None:
        command = [sys.executable, "-c", KILLER, str(place), "1"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        if found["too early"] or found["left by the next"]:
            self._toll.add("traces of who was forgotten", str(found))

    def _hurt(self, place: Path) -> None:
        chance = self._chance
        name, make, door = chance.choice(
            (
                ("x.png", attack_files.picture, attack_files.see),
                (f"x{chance.randrange(8)}.toml", attack_files.toml, attack_files.read_toml),
                ("x.onnx", attack_files.voice, attack_files.speak),
            )
        )
        path = place / name
        path.write_bytes(make(chance))
        found = attack_files.attack(door, path)
        if not found.told or found.seconds > attack_files.LONGEST_S or found.mib > attack_files.MOST_MIB:
            self._toll.add("raw errors", f"{name}: {found}")


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


def killed(path: Path, civil: datetime, seed: int, after: float) -> None:
    """A robot on a memory file, that dies after so many seconds of its time."""
    logging.disable(logging.CRITICAL)
    with (
        patch("robot.app.build.Memory", partial(OnDisk, path)),
        SimSession("a short life", scene(400.0, civil, random.Random(seed)), Config(), options(seed)) as session,  # noqa: S311 - no secret
    ):
        session.world.at(after, lambda: os.kill(os.getpid(), signal.SIGKILL))
        session.play_whole(400.0)


FIGURES = (
    f"entries of {THING} lost",
    "damages not told",
    "traces of who was forgotten",
    "raw errors",
    "wrong motions",
    "duties broken",
    "questions without an answer",
    "parts at fault when all faults are over",
)


def main(said: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", type=int, default=FAULTS_A_DAY)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(said)
    logging.disable(logging.CRITICAL)
    one_heap()  # as `bowlby` does
    console = Console(stderr=True)
    began = stopwatch()
    with (
        tempfile.TemporaryDirectory() as folder,
        Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console) as bar,
    ):
        toll = Toll(bar.console)
        day = Day(Path(folder), asked.seed, toll, bar.console)
        task = bar.add_task("faults", total=asked.faults)
        done = 0
        while done < asked.faults:
            count = min(FAULTS_A_LIFE, asked.faults - done)
            between = min(BETWEEN, count)
            day.live(done, count - between)
            bar.advance(task, count - between)
            day.between(between)
            bar.advance(task, between)
            done += count
    hours = asked.faults * DAY_S / FAULTS_A_DAY / 3600.0
    note = f"{asked.faults} faults in {hours:.1f} simulated hours, seed {asked.seed}, {stopwatch() - began:.0f} s"
    tell("faults", sum(day.counts.values()), "", by_kind=dict(sorted(day.counts.items())))
    tell("servo frames judged", day.frames, "")
    held = [tell(figure, toll.counts.get(figure, 0), "", 0, note=note) for figure in FIGURES]
    settled = day.weights[1:]  # in the first life models load
    third = max(len(settled) // 3, 1)
    first, last = (median(some) for some in (settled[:third], settled[-third:])) if settled else (1.0, 1.0)
    grown = 100.0 * (last / first - 1.0)
    weights = [round(one, 1) for one in day.weights]
    note = f"{first:.1f} to {last:.1f} MiB"
    held.append(tell("memory of the process grew by", grown, "%", MORE_MEMORY, after_each_life_mib=weights, note=note))
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
