"""The body in the simulator: the same client as on a real line, over the real firmware core, in lock-step."""

from __future__ import annotations

import hashlib
import math

from firmware_bridge.wire import Wire
from robot.core.body_frame import BodyFrame, Eyes, Light
from robot.core.clock import generator
from robot.core.condition import Condition
from sim.board.firmware import Board
from tests.support.rig import ONE
from tests.support.sim_body import DT, Robot, apart, sway


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
