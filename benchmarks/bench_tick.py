"""The time of one turn of the loop without its senses: attend to act, with all behaviours, and with 200 more."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.figures import tell
from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext
from robot.config.schema import Config, PartsTable, RobotTable
from robot.core.clock import ManualClock
from sim.world import scenario as scenarios
from sim.world.world import World

if TYPE_CHECKING:
    from robot.core.tick import Tick

RUNS = 5
DUMMY = """
from robot.decide.behavior import Behavior, because
from robot.core.decision import Mode
from robot.core.intents import Look


class Dummy(Behavior):
    name = "dummy_{number}"
    modes = frozenset({{Mode.AWAKE, Mode.ENGAGED}})

    def desire(self, state):
        person = state.scene.focused
        return 0.0 if person is None else min(0.04, 0.1 * state.feelings.exploration)

    def act(self, state):
        yield Look(because("nothing", 0.0))
"""


class Costs:
    """Keeps what each turn took after sensing, s."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def see(self, tick: Tick) -> None:
        self.taken.append(sum(tick.costs_s[1:]))


def measure(dummies: int) -> list[float]:
    """All turns of a first meeting, after the first second."""
    _, scenario = scenarios.load("first-meeting")
    parts = PartsTable(body="sim://", camera="sim://", ears="sim://?hears=text", speaker="sim://")
    costs = Costs()
    with TemporaryDirectory() as folder:
        for number in range(dummies):
            Path(folder, f"dummy_{number}.py").write_text(DUMMY.format(number=number), encoding="utf-8")
        config = Config(robot=RobotTable(behaviors=Path(folder)), parts=parts)
        place = RunContext(ManualClock(), World(scenario, bowlby_one(), "truth"), research=True)
        with build(config, place, [costs]) as robot:
            robot.loop.run(scenario.duration_s)
    return costs.taken[50:]


def p99_ms(dummies: int) -> float:
    """Five runs are the same to the byte, so each turn counts with its least: what else the machine did is left out."""
    least = np.min([measure(dummies) for _ in range(RUNS)], axis=0)
    return 1000.0 * float(np.percentile(least, 99))


if __name__ == "__main__":
    tell("one turn without senses, all behaviours, p99", p99_ms(0), "ms", 2.0)
    tell("one turn without senses, 200 dummy behaviours more, p99", p99_ms(200), "ms", 6.0)
