"""A language model of the owner's: first sound, a cut, a process killed in mid-sentence, a server that goes.

With the smallest real model (`bowlby models fetch smollm2-135m`), in a room at true speed. One JSON line a figure.
"""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.figures import tell
from robot.config.schema import Config
from robot.core.clock import stopwatch
from robot.core.condition import Condition
from robot.core.intents import Consult, Hush, Say
from robot.core.percepts import Suggested
from sim.run.session import SimSession
from sim.world.happenings import Step
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario
from tests.support.model_server import ModelServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.tick import Tick
    from robot.sense.language.model.suggester import Suggester

MODEL = "smollm2-135m"
ROUNDS = 12
LINES = (
    "the moon looked like a lemon rind last night",
    "blue cups are nicer to drink from than green ones",
    "the gritch over the ploon is blue again",
    "a red glove hangs on the vask of our fence",
)


class Seen(NamedTuple):
    """Something that happened, by the stopwatch."""

    t: float
    what: str


class Bench:
    """A robot at true speed with somebody before it who types."""

    def __init__(self, model: str) -> None:
        scenario = Scenario.model_validate(
            {"about": "a talk", "duration_s": 3600.0, "civil": datetime(2026, 1, 5, 10, tzinfo=UTC)}
        )
        config = Config.model_validate({"talk": {"reader": "tables", "model": model}})
        options = Options(
            senses=SightFrom.truth, hears=WordsFrom.text, seed=0, fast=False, fps=10.0, language="en", physics=None
        )
        self.session = SimSession("bench", scenario, config, options)
        self.seen: list[Seen] = []
        self.now = 0.0
        self.session.robot.loop.watch(self)
        self.session.world.direct("Ada", Step(at=0.0, x=1.2), look=1)
        self.until(lambda: self.suggester.health().condition is Condition.OK, 60.0)
        self.ready_s = self.now
        self.play(14.0)

    @property
    def suggester(self) -> Suggester:
        model: Any = self.session.robot.loop.devices.model
        found: Suggester = model
        return found

    def see(self, tick: Tick) -> None:
        now = stopwatch()
        for one in tick.done:
            match one:
                case Consult():
                    self.seen.append(Seen(now, "asked"))
                case Hush():
                    self.seen.append(Seen(now, "hush"))
                case Say(phrase=""):
                    self.seen.append(Seen(now, "model says"))
                case Say():
                    self.seen.append(Seen(now, "listener says"))
                case _:
                    pass
        if any(isinstance(one, Suggested) and one.text for one in tick.percepts):
            self.seen.append(Seen(now, "suggested"))
        if any(clip.text != "hm" for clip in tick.clips):
            self.seen.append(Seen(now, "sounds"))

    def play(self, seconds: float) -> None:
        self.now += seconds
        self.session.play(self.now)

    def until(self, done: Callable[[], object], seconds: float) -> bool:
        end = self.now + seconds
        while not done() and self.now < end:
            self.play(0.04)
        return bool(done())

    def say(self, line: str) -> float:
        """Type a line; when, by the stopwatch."""
        self.seen.clear()
        self.session.robot.hearing.type(line)
        return stopwatch()

    def after(self, what: str, since: float) -> float | None:
        return next((one.t - since for one in self.seen if one.what == what and one.t >= since), None)

    def saw(self, what: str) -> bool:
        return any(one.what == what for one in self.seen)


def first_sound(bench: Bench) -> None:
    """From a typed line to the first sentence, and to its sound."""
    sentences, sounds, rates, fallen = [], [], [], 0
    for n in range(ROUNDS):
        since = bench.say(f"{LINES[n % len(LINES)]}, {n} times")
        bench.until(lambda: bench.saw("sounds"), 12.0)
        sentence, sound = bench.after("suggested", since), bench.after("sounds", since)
        fallen += bench.after("model says", since) is None
        if sentence is not None and sound is not None:
            sentences.append(sentence)
            sounds.append(sound)
        bench.play(6.0)
        pace = bench.suggester.pace
        if pace is not None and pace.pieces > 1:
            rates.append(pace.rate)
    tell("model: ready after the start", bench.ready_s, "s")
    if sounds:
        tell("model: line to first sentence, median", float(np.median(sentences)), "s")
        tell("model: line to first sound, median", float(np.median(sounds)), "s")
        tell("model: line to first sound, p95", float(np.percentile(sounds, 95)), "s")
    if rates:
        tell("model: tokens a second", float(np.median(rates)), "1/s")
    tell("model: answered by the listener instead", fallen, f"of {ROUNDS}")
    status = Path(f"/proc/{bench.suggester.pid}/status").read_text(encoding="utf-8")
    held = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    tell("model: memory of its process", held / 1024.0, "MiB")


def cut(bench: Bench) -> None:
    """From words that break in to silence."""
    worst = 0.0
    for n in range(ROUNDS // 2):
        bench.say(f"{LINES[n % len(LINES)]}, and {n + 30} more")
        if not bench.until(lambda: bench.saw("sounds"), 12.0):
            continue
        bench.play(0.3)
        since = bench.say("stop" if n % 2 else "what time is it")
        bench.until(lambda: bench.saw("hush"), 3.0)
        worst = max(worst, bench.after("hush", since) or 3.0)
        bench.play(5.0)
        bench.say("hello")
        bench.play(5.0)
    tell("model: cut by words that break in, worst", worst, "s", 0.2)


def killed(bench: Bench) -> None:
    """From a kill in mid-sentence to the listener's answer, and until it is there again."""
    answers, backs = [], []
    for n in range(4):
        bench.say(f"{LINES[n % len(LINES)]}, for the {n + 50}th time")
        if not bench.until(lambda: bench.saw("asked"), 3.0):
            continue
        pid, since = bench.suggester.pid, stopwatch()
        if pid is None or bench.saw("suggested"):
            continue
        os.kill(pid, signal.SIGKILL)
        bench.until(lambda: bench.saw("listener says"), 5.0)
        answers.append(bench.after("listener says", since) or 5.0)
        bench.until(lambda: bench.suggester.health().condition is Condition.OK, 60.0)
        backs.append(stopwatch() - since)
        bench.play(5.0)
    tell("model: killed in mid-sentence: the listener answers, worst", max(answers, default=99.0), "s", 1.0)
    tell("model: killed: there again, worst", max(backs, default=99.0), "s")


def gone() -> None:
    """A server that goes while it answers, and what is told."""
    with ModelServer(("A lemon ",)) as server:
        bench = Bench(server.address)
        server.go.clear()
        bench.say("gritch over the ploon")
        bench.until(server.held.is_set, 5.0)
        since = stopwatch()
    bench.until(lambda: bench.saw("listener says"), 8.0)
    answered = bench.after("listener says", since) or 8.0
    tell("model: server gone in mid-sentence: the listener answers", answered, "s", 1.0)
    bench.until(lambda: bench.suggester.health().condition is not Condition.OK, 8.0)
    tell("model: server gone: told", stopwatch() - since, "s", 1.0)
    since = bench.say("blimflam zorp vask")
    bench.until(lambda: bench.saw("sounds"), 8.0)
    tell("model: server gone: line to first sound, by the listener", bench.after("sounds", since) or 8.0, "s", 0.8)
    bench.session.robot.close()


def main() -> None:
    bench = Bench(MODEL)
    first_sound(bench)
    cut(bench)
    killed(bench)
    bench.session.robot.close()
    gone()


if __name__ == "__main__":
    main()
