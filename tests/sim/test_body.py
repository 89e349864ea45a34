"""The body in the simulator: the same client as on a real line, over the real firmware core, in lock-step."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.motion_watch import MotionWatch
from firmware_bridge import table, whereabouts
from firmware_bridge.wire import Wire
from robot.core.clock import ManualClock, generator
from robot.core.messages import ZERO, BodyFrame, Condition, Eyes, Light, Pose, Telemetry, Touch
from robot.parts.registry import BODIES, Surroundings, open_part
from robot.texts.catalogue import words
from sim.board.body import SimBody
from sim.board.firmware import Board
from tests.support.rig import ONE, Watch

if TYPE_CHECKING:
    from collections.abc import Callable

DT = 0.02


@dataclass
class Stage:
    """The least a place can be: it keeps the body's pose."""

    pose: Pose = ZERO


class Robot:
    """A loop that only moves."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.stage = Stage()
        opened = open_part(BODIES, "sim://", Surroundings(self.clock, place=self.stage))
        assert isinstance(opened, SimBody)
        self.body = opened
        self.n = 0
        self.now = 0.0
        self.told: list[Telemetry] = []
        self.touches: list[Touch] = []
        self.watch = Watch()

    def tick(self, frame: BodyFrame | None) -> None:
        self.now = self.n * DT
        self.clock.sleep_until(self.now)
        for percept in self.body.poll(self.now):
            if isinstance(percept, Telemetry):
                self.told.append(percept)
            elif isinstance(percept, Touch):
                self.touches.append(percept)
        self.watch.see(self.body.line.pulses())
        if frame is not None:
            self.body.write(frame)
        self.n += 1

    def hold(self, pose: Pose, seconds: float, *, limp: bool = False) -> None:
        for _ in range(round(seconds / DT)):
            self.tick(BodyFrame(self.n * DT, pose, Eyes(), Light(), limp))

    def nod(self, seconds: float) -> None:
        """A swaying motion within all limits."""
        for _ in range(round(seconds / DT)):
            self.tick(BodyFrame(self.n * DT, sway(self.n * DT), Eyes(), Light()))

    def last(self) -> Telemetry:
        return self.told[-1]


def sway(t: float) -> Pose:
    swing = 0.3 * math.sin(1.2 * t)
    return Pose(swing, ONE.joints[1].rest + 0.5 * swing, 0.3 * swing, -swing, swing, -swing)


def watched(robot: Robot) -> list[str]:
    """The motions that will be found wrong."""
    wrong: list[str] = []
    MotionWatch(robot.body, wrong.append)
    return wrong


def apart(a: Pose, b: Pose) -> float:
    return max(abs(x - y) for x, y in zip(a, b, strict=True))


def test_it_arms_within_a_second_and_follows_each_frame_one_tick_later() -> None:
    robot = Robot()
    robot.nod(1.0)
    assert robot.last().armed
    robot.nod(2.0)
    for _ in range(200):
        wanted = sway(robot.now)
        robot.nod(DT)
        assert robot.last().t == robot.now
        assert apart(robot.last().pose, wanted) < 1e-4
        assert apart(robot.stage.pose, wanted) < 1e-4
    robot.watch.check()
    assert robot.body.health().condition is Condition.OK


def test_one_telemetry_a_tick_and_time_never_runs_backwards() -> None:
    robot = Robot()
    robot.nod(1.0)
    assert len(robot.told) in {49, 50}
    times = [told.t for told in robot.told]
    assert times == sorted(times)


def test_a_step_beyond_the_limits_is_done_as_fast_as_they_allow_and_does_not_overshoot() -> None:
    robot = Robot()
    robot.hold(ONE.rest, 2)
    for angle in (1.0, -1.0):
        far = ONE.rest._replace(head_yaw=angle)
        robot.hold(far, 1.2)
        reached = [told.pose.head_yaw for told in robot.told[-60:]]
        assert abs(reached[-1] - angle) < 1e-3
        assert max(reached) <= 1.0 + 1e-3
        assert min(reached) >= -1.0 - 1e-3
    robot.watch.check()


def test_a_chase_that_was_too_fast_ends_without_running_past() -> None:
    """The stream outruns the servo, then slows to a stop: the servo catches up and stops with it."""
    robot = Robot()
    robot.hold(ONE.rest, 2)
    worst = 0.0
    for n in range(100):
        share = min(n / 30, 1.0)  # 2.4 rad in 0.6 s: minimum jerk, peak 7.5 rad/s where 2.1 are allowed
        yaw = -1.2 + 2.4 * (10 * share**3 - 15 * share**4 + 6 * share**5)
        if n == 0:
            robot.hold(ONE.rest._replace(base_yaw=yaw), 2)
        robot.hold(ONE.rest._replace(base_yaw=yaw), DT)
        worst = max(worst, robot.last().pose.base_yaw)
    assert abs(robot.last().pose.base_yaw - 1.2) < 1e-3
    assert worst < 1.2 + 1e-3
    robot.watch.check()


def test_limp_rests_first_and_wakes_gently() -> None:
    robot = Robot()
    robot.hold(ONE.rest._replace(head_yaw=0.5), 3)
    robot.hold(ONE.rest, 1.5, limp=True)
    assert not robot.last().armed
    assert not any(robot.body.line.pulses())
    assert apart(robot.stage.pose, ONE.rest) < 1e-3
    robot.hold(ONE.rest._replace(head_yaw=0.5), 3)
    assert robot.last().armed
    assert abs(robot.last().pose.head_yaw - 0.5) < 1e-3
    robot.watch.check()


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


def test_noise_on_the_line_slows_nothing_and_breaks_nothing() -> None:
    robot = Robot()
    chance = generator(3)

    def noise(data: bytes) -> bytes:
        damaged = bytearray(data)
        for i in range(len(damaged)):
            if chance.random() < 1e-3:
                damaged[i] ^= 1 << int(chance.integers(8))
        return bytes(damaged)

    robot.body.line.noise = noise
    robot.nod(20)
    assert robot.last().armed
    assert robot.body.status["crc_errors"] > 10
    assert apart(robot.last().pose, sway(robot.now - DT)) < 0.03
    robot.watch.check()


def test_touches_the_mute_switch_and_the_voltage_reach_the_loop() -> None:
    robot = Robot()
    robot.nod(1)
    began = robot.now
    robot.body.touch("head", down=True)
    robot.nod(0.6)
    robot.body.touch("head", down=False)
    robot.body.servos.open_volts = 4.8
    robot.body.line.board.inputs(muted=True)
    robot.nod(1)
    assert [(touch.pad, touch.kind) for touch in robot.touches] == [("head", "stroke")]
    assert began < robot.touches[0].t <= robot.now
    assert robot.last().muted
    assert robot.last().volts == 4.8


def test_the_same_frames_give_the_same_bytes_and_poses() -> None:
    digests = []
    for _ in range(2):
        robot = Robot()
        wire = Wire(ONE)
        digest = hashlib.sha256()
        for n in range(300):
            frame = BodyFrame(n * DT, sway(n * DT), Eyes(x=math.sin(n)), Light(fill=n / 300))
            robot.tick(frame)
            digest.update(wire.line(frame, n))
        digest.update(repr([told.pose for told in robot.told]).encode())
        board = robot.body.line.board
        assert isinstance(board, Board)
        digest.update(board.lights())
        digests.append(digest.hexdigest())
    assert digests[0] == digests[1]


def test_closing_twice_is_safe() -> None:
    robot = Robot()
    robot.nod(1)
    robot.body.close()
    robot.body.close()
