"""Whatever runs and however long it means to stay, reflex, stop and crisis come through at once, in the whole robot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config, PartsTable, RobotTable
from robot.core.clock import ManualClock
from robot.core.intents import Hush, Say, Show
from robot.core.typed_toml import parse
from sim.world.scenario import Scenario
from sim.world.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.tick import Tick

STUBBORN = """
from robot.decide.behavior import Behavior, because
from robot.core.decision import Mode
from robot.core.intents import Say, Show


class Stubborn(Behavior):
    name = "stubborn"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 1e9

    def desire(self, state):
        return 0.89

    def act(self, state):
        if state.every(2.0):
            yield Show(because("wish", 1.0), "nod")
            yield Say(because("wish", 1.0), "time_is", (("time", "12:00"),))
"""
SCENE = """
about = "Somebody talks to a robot that has made up its mind."
duration_s = 20
[[person]]
name = "Ada"
[[person.way]]
at = {comes}
x = {x}
[[person.say]]
at = 8
text = "{text}"
"""


def play(folder: Path, text: str, *, comes: float = 2.0, x: float = 1.2) -> list[Tick]:
    folder.joinpath("stubborn.py").write_text(STUBBORN, encoding="utf-8")
    world = World(parse(Scenario, SCENE.format(text=text, comes=comes, x=x), "scene.toml"), bowlby_one(), "truth")
    parts = PartsTable(body="sim://", camera="sim://", ears="sim://?hears=text", speaker="sim://")
    ticks: list[Tick] = []

    class Keep:
        def see(self, tick: Tick) -> None:
            ticks.append(tick)

    config = Config(robot=RobotTable(behaviors=folder), parts=parts)
    with build(config, RunContext(ManualClock(), world, research=True, stock=shared_stock()), [Keep()]) as robot:
        robot.loop.run(14.0)
    return ticks


def heard(ticks: list[Tick]) -> int:
    return next(n for n, tick in enumerate(ticks) if tick.scene.utterances)


def test_a_behaviour_that_nothing_interrupts_stays(tmp_path: Path) -> None:
    ticks = play(tmp_path, "the weather is fine", comes=19.0)
    assert {tick.decision.behavior for tick in ticks[200:390]} == {"stubborn"}


@pytest.mark.parametrize(("text", "behavior"), [("I want to kill myself", "crisis"), ("Goodbye", "farewell")])
def test_crisis_and_farewell_take_over_in_the_same_turn(tmp_path: Path, text: str, behavior: str) -> None:
    ticks = play(tmp_path, text)
    at = heard(ticks)
    assert ticks[at - 1].decision.behavior == "stubborn"
    assert ticks[at].decision.behavior == behavior
    assert any(isinstance(intent, Say) for intent in ticks[at].done)


def test_stop_silences_it_in_the_same_turn_and_it_stays_silent(tmp_path: Path) -> None:
    ticks = play(tmp_path, "Stop")
    at = heard(ticks)
    assert any(isinstance(intent, Hush) for intent in ticks[at].done)
    assert any(isinstance(intent, Say) for tick in ticks[:at] for intent in tick.done)
    assert not any(isinstance(intent, Say) for tick in ticks[at:] for intent in tick.done)


def test_being_startled_comes_before_what_runs(tmp_path: Path) -> None:
    ticks = play(tmp_path, "Hello", comes=6.0, x=0.6)
    shown = [(tick.t, intent.expression) for tick in ticks for intent in tick.done if isinstance(intent, Show)]
    assert next(t for t, name in shown if name == "startle") < 7.0
