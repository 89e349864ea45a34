"""A simulated day with a visit every hour: one core's time, and what the memory grew by after its first hour.

`make soak` runs it; `make bench` does not, since it takes minutes. One JSON line a figure.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import psutil

from benchmarks.figures import tell
from robot.config.schema import Config
from sim.run.session import SimSession
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from robot.core.tick import Tick

HOURS = 24
HOUR_S = 3600.0
LINES = ("Hello", "My name is Ada", "Yes", "Why did you do that?", "I am a bit sad today", "Let us play", "Goodbye")


def visit(hour: int) -> list[dict[str, object]]:
    """Ada comes at five past, stays a quarter of an hour and goes."""
    at = hour * HOUR_S + 300.0
    return [
        {"at": at, "x": 2.5, "y": 2.0},
        {"at": at + 4, "x": 1.1, "y": 0.1, "smile": 0.6},
        {"at": at + 900, "x": 1.1, "y": 0.1},
        {"at": at + 904, "x": 2.5, "y": -3.0, "leave": True},
    ]


def words(hour: int) -> list[dict[str, object]]:
    """What she says in that time, the goodbye at its end."""
    at = hour * HOUR_S + 310.0
    return [{"at": at + 147.0 * number, "text": text} for number, text in enumerate(LINES)]


def day() -> Scenario:
    person = {
        "name": "Ada",
        "way": [step for hour in range(HOURS) for step in visit(hour)],
        "say": [line for hour in range(HOURS) for line in words(hour)],
    }
    touches = [{"at": hour * HOUR_S + 700.0, "hold_s": 5.0} for hour in range(HOURS)]
    scenario = {"about": "A day.", "duration_s": HOURS * HOUR_S, "civil": "2026-01-05T00:00:00"}
    return Scenario.model_validate({**scenario, "person": [person], "touch": touches})


class Scales:
    """Weighs the process once a simulated hour."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.sizes: list[int] = []

    def see(self, tick: Tick) -> None:
        if tick.t >= (len(self.sizes) + 1) * HOUR_S - 0.03:
            self.sizes.append(self._process.memory_info().rss)


def main() -> None:
    logging.disable(logging.CRITICAL)
    scales = Scales()
    options = Options(SightFrom.truth, WordsFrom.text, 1, True, 10.0, None)
    with SimSession("day", day(), Config(), options) as session:
        session.robot.loop.watch(scales)
        before = psutil.Process().cpu_times()
        session.robot.loop.run(HOURS * HOUR_S)
        after = psutil.Process().cpu_times()
    used = after.user + after.system - before.user - before.system
    tell("a simulated day, time of one core", used / 60, "min", 20.0)
    hourly = [round(size / 2**20, 2) for size in scales.sizes]
    tell("memory growth from the first hour to the last", hourly[-1] - hourly[0], "MiB", 5.0, by_the_hour=hourly)


if __name__ == "__main__":
    main()
