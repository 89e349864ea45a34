"""An expression that the page asks for goes the way of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.app.page_controls import RobotControls
from robot.config.schema import Config, PartsTable
from robot.core.clock import ManualClock
from robot.core.intents import Cause, Show
from robot.decide.mind import BY_HAND
from sim.world.scenario import load as load_scenario
from sim.world.world import World

if TYPE_CHECKING:
    from robot.core.tick import Tick


def test_an_expression_asked_for_on_the_page_passes_the_guard_and_moves_the_body() -> None:
    _, scenario = load_scenario("first-meeting")
    parts = PartsTable(body="sim://", camera="", ears="", speaker="")
    ticks: list[Tick] = []

    class Keep:
        def see(self, tick: Tick) -> None:
            ticks.append(tick)

    with build(
        Config(parts=parts),
        RunContext(ManualClock(), World(scenario, bowlby_one(), "truth"), stock=shared_stock()),
        [Keep()],
    ) as robot:
        controls = RobotControls(robot, "test")
        assert {"nod", "disagree"} <= set(controls.repertoire.names())
        robot.loop.run(1.0)
        controls.repertoire.show("disagree")
        robot.loop.run(3.0)
    shown = [intent for tick in ticks for intent in tick.done if isinstance(intent, Show)]
    assert [intent.expression for intent in shown] == ["disagree"]
    assert shown[0].cause == Cause(BY_HAND, "disagree")
    assert max(tick.frame.pose.head_yaw for tick in ticks) > 0.25
    assert min(tick.frame.pose.head_yaw for tick in ticks) < -0.25
