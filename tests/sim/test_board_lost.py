"""A board that is lost, restarted or browns out: it is told, and its servos go on from where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firmware_bridge import table, whereabouts
from robot.core.condition import Condition
from robot.texts.catalogue import words
from tests.support.rig import ONE
from tests.support.sim_body import DT, Robot, apart, sway, watched

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_loop_that_stops_leaves_the_body_at_rest_and_limp_and_can_go_on() -> None:
    robot = Robot()
    robot.nod(3)
    for _ in range(100):
        robot.tick(None)
    assert not any(robot.body.line.pulses())
    assert not robot.last().armed
    robot.nod(3)
    assert robot.last().armed
    robot.watch.check()


def test_unplugged_it_says_so_rests_and_comes_back_by_itself() -> None:
    robot = Robot()
    robot.nod(3)
    robot.body.line.unplug()
    robot.nod(1.0)
    assert not robot.last().link
    assert "unplugged" in words(robot.last().faults[0])
    assert robot.body.health().condition is Condition.FAULT
    robot.nod(1.5)
    robot.body.line.plug()
    robot.nod(0.3)
    assert robot.last().link
    robot.nod(2.5)
    assert robot.last().armed
    assert apart(robot.last().pose, sway(robot.now - DT)) < 1e-4
    assert robot.body.health().condition is Condition.OK
    robot.watch.check()


def test_a_short_break_is_bridged_without_letting_go() -> None:
    robot = Robot()
    robot.nod(3)
    robot.body.line.unplug()
    robot.nod(0.2)
    robot.body.line.plug()
    robot.nod(1.0)
    assert robot.last().armed
    assert apart(robot.last().pose, sway(robot.now - DT)) < 1e-4
    robot.watch.check()


RESETS = st.sampled_from((table.Reset.PIN, table.Reset.BROWN_OUT, table.Reset.WATCHDOG))


def unplugged(robot: Robot) -> None:
    robot.body.line.unplug()


def cut_off(robot: Robot) -> None:
    """Its port stays, and nothing comes through."""
    robot.body.line.noise = lambda _: b""


def back(robot: Robot) -> None:
    robot.body.line.noise = None
    robot.body.line.plug()


@given(st.sampled_from((unplugged, cut_off)), st.floats(1.0, 6.0), st.floats(0.0, 2.0), st.floats(0.4, 8.0), RESETS)
@example(unplugged, 3.7, 2.0, 0.4, table.Reset.PIN)  # it had gone to rest
@example(unplugged, 3.7, 0.3, 5.0, table.Reset.BROWN_OUT)  # its clock is not behind what it was
def test_restarted_unheard_it_says_so_and_begins_where_its_servos_stand(
    away: Callable[[Robot], None], before: float, unheard: float, after: float, reset: table.Reset
) -> None:
    robot = Robot()
    wrong = watched(robot)
    robot.nod(before)
    away(robot)
    robot.nod(unheard)
    robot.body.line.restart(reset)
    robot.nod(after)
    back(robot)
    robot.nod(0.3)
    assert len(robot.last().faults) == 1
    robot.nod(2.5)
    assert robot.last().armed
    assert not wrong


def test_restarted_again_before_it_could_be_armed_its_servos_stand_where_they_stood() -> None:
    robot = Robot()
    wrong = watched(robot)
    robot.nod(3.7)
    robot.body.servos.open_volts = 4.0
    for _ in range(2):
        robot.body.line.restart(table.Reset.BROWN_OUT)
        robot.nod(2.0)
    robot.body.servos.open_volts = 5.0
    robot.nod(3.0)
    assert robot.last().armed
    assert not wrong


def test_a_board_that_its_cable_feeds_stopped_where_it_was_last_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts, "FED_BY_CABLE", {"wasm"})
    robot = Robot()
    wrong = watched(robot)
    robot.nod(3.7)
    robot.body.line.unplug()
    robot.body.line.restart(table.Reset.POWER)  # its pulses end
    robot.nod(2.0)
    robot.body.line.plug()
    robot.body.line.restart(table.Reset.PIN)  # as a port does that is opened
    robot.nod(3.0)
    assert robot.last().armed
    assert not wrong


def test_a_restart_is_heard_after_most_of_an_hour() -> None:
    robot = Robot()
    for _ in range(45):
        robot.n += round(55.0 / DT)  # a computer that sleeps
        robot.tick(None)
    wrong = watched(robot)
    robot.nod(3.7)
    robot.body.line.restart(table.Reset.BROWN_OUT)
    for _ in range(100):
        robot.nod(DT)
        assert robot.last().t <= robot.now
    assert robot.last().armed
    assert not wrong


@pytest.mark.parametrize("seconds", [2.5, 50.0, 70.0])  # in the last its board had no power
def test_a_computer_that_slept_begins_where_its_servos_stand(seconds: float) -> None:
    robot = Robot()
    wrong = watched(robot)
    robot.nod(3.7)
    robot.n += round(seconds / DT)
    robot.nod(3.0)
    assert robot.last().armed
    assert not wrong


def test_a_brown_out_in_mid_motion_is_told_and_re_armed_where_the_servos_stand() -> None:
    robot = Robot()
    robot.hold(ONE.rest._replace(base_yaw=0.8, head_yaw=-0.6), 3)
    stood = robot.stage.pose
    robot.body.line.restart(table.Reset.BROWN_OUT)
    robot.hold(ONE.rest, DT)
    steps = []
    for _ in range(150):
        before = robot.stage.pose
        robot.hold(ONE.rest, DT)
        steps.append(apart(robot.stage.pose, before))
    assert apart(stood, ONE.rest) > 0.5
    assert max(steps) < 0.05  # gently all the way: 0.8 rad in a second at minimum jerk peaks at 0.03 a tick
    assert robot.last().armed
    assert any("brown-out" in words(fault) for fault in robot.last().faults)
    robot.hold(ONE.rest, 10)
    assert not robot.last().faults
    robot.watch.check()


def test_a_supply_that_sags_lets_go_says_so_and_tries_again_only_so_often() -> None:
    robot = Robot()
    robot.nod(3)
    armed = 0
    for _ in range(6):
        robot.body.servos.open_volts = 3.5
        robot.nod(0.4)
        assert not any(robot.body.line.pulses())
        assert any("supply voltage" in words(fault) for fault in robot.last().faults)
        robot.body.servos.open_volts = 5.0
        robot.nod(4)
        armed += robot.last().armed
    assert armed == 2  # after the third time it waits for a person
    robot.watch.check()


def test_a_board_of_another_version_lives_as_soon_as_it_has_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "TABLE", table.TABLE ^ 1)
    robot = Robot()
    robot.nod(10.0)  # it asks again meanwhile, and says nothing else
    assert "speaks another version" in words(robot.body.health().reason)
    assert not any(robot.body.line.pulses())
    monkeypatch.undo()
    robot.body.line.restart(table.Reset.PIN)  # flashed; the line of a Pico stays up
    robot.nod(8.0)
    assert robot.last().armed
    assert robot.body.health().condition is Condition.OK
