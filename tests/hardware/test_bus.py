"""Bus servos as a body: real packets by the makers' libraries, to a simulated bus; time passes only when told."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardware.bus.body import BusBody, on_a_bus, open_feetech, where
from robot.core.body_description import BusServo
from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.clock import ManualClock, generator
from robot.core.condition import Condition
from robot.core.errors import ConfigError, LinkError
from robot.core.percepts import Telemetry
from robot.parts.registry import Surroundings
from robot.texts.catalogue import words
from sim.bus.bus import SimBus
from sim.bus.line import StepLine

if TYPE_CHECKING:
    from sim.bus.servo import SimServo

TICK = 0.02
LOOK = Pose(neck_pitch=0.1, head_yaw=0.4, left_ear=0.3, right_ear=0.3)
BUSES = [("feetech", "sts"), ("dynamixel", "")]
HEAD = on_a_bus(Surroundings(ManualClock()), 4096)
TOUCHY = replace(HEAD, bus=HEAD.bus._replace(most_load=0.1))
SMALL = replace(  # of SCS servos, which have fewer steps
    HEAD,
    joints=tuple(
        joint if joint.bus is None else replace(joint, bus=BusServo(joint.bus.id, 512, joint.bus.steps_per_rad * 0.3))
        for joint in HEAD.joints
    ),
)


class Desk:
    """A body on a simulated bus, and who told it what."""

    def __init__(self, maker: str = "feetech", series: str = "sts") -> None:
        self.clock = ManualClock()
        self.description = {"scs": SMALL, "touchy": TOUCHY}.get(series, HEAD)
        self.bus = SimBus(maker, [1, 2, 3, 4], "scs" if series == "scs" else "sts")
        self.line = StepLine(self.bus, self.description, self._moved)
        self.body = BusBody(self.line, self.clock, self.description)
        self.told: list[Telemetry] = []
        self.way: list[Pose] = []  # where the servos were after each turn

    @property
    def yaw(self) -> SimServo:
        return self.bus.servos[1]

    def _moved(self) -> None:
        angles = {
            joint.name: joint.bus.angle(round(self.bus.servos[joint.bus.id].at))
            for joint in self.description.joints
            if joint.bus is not None
        }
        self.way.append(Pose(**angles))

    def live(self, seconds: float, pose: Pose = LOOK, *, limp: bool = False, silent: bool = False) -> None:
        for _ in range(round(seconds / TICK)):
            self.clock.sleep_until(self.clock.now() + TICK)
            now = self.clock.now()
            self.told += [one for one in self.body.poll(now) if isinstance(one, Telemetry)]
            if not silent:
                self.body.write(BodyFrame(now, pose, Eyes(), Light(), limp=limp))

    def until(self, fault: str, pose: Pose) -> int:
        """Turns until it is told."""
        for turn in range(200):
            if fault in self.fault():
                return turn
            self.live(TICK, pose)
        pytest.fail(f"never told: {fault}; {self.fault()}")

    def fault(self) -> str:
        health = self.body.health()
        return "" if health.condition is Condition.OK else words(health.reason)

    def on(self) -> list[bool]:
        return [servo.on for servo in self.bus.servos.values()]

    def keeps_its_limits(self) -> None:
        for joint in self.description.joints:
            angles = [pose[self.description.joints.index(joint)] for pose in self.way]
            steps = [b - a for a, b in pairwise(angles)]
            assert max(map(abs, steps), default=0.0) <= 1.3 * joint.speed * TICK, joint.name


def awake(maker: str = "feetech", series: str = "sts") -> Desk:
    desk = Desk(maker, series)
    desk.live(3.0)
    assert desk.told[-1].armed, desk.fault()
    return desk


@pytest.mark.parametrize(("maker", "series"), BUSES)
def test_it_is_armed_where_it_stands_and_glides_from_there(maker: str, series: str) -> None:
    desk = Desk(maker, series)
    desk.yaw.at, desk.yaw.goal = 1300.0, 2700.0  # turned aside by hand, 66 degrees, and with an old goal
    desk.live(0.04, LOOK, limp=True)
    assert desk.on() == [False] * 4
    began = desk.told[-1].pose
    desk.live(3.0)
    assert began.head_yaw == pytest.approx(math.radians(-65.7), abs=0.01)
    assert desk.told[-1].pose == pytest.approx(LOOK, abs=0.01)
    assert desk.told[-1].armed
    assert desk.fault() == ""
    fastest = max(abs(b.head_yaw - a.head_yaw) for a, b in pairwise(desk.way)) / TICK
    assert max(servo.jolt for servo in desk.bus.servos.values()) <= 1.0
    assert fastest < 0.5 * desk.description.joint("head_yaw").speed, "gently, the first time"
    desk.keeps_its_limits()


@pytest.mark.parametrize(("maker", "series"), [*BUSES, ("feetech", "scs")])
def test_what_is_asked_beyond_its_limits_is_held_there_and_told(maker: str, series: str) -> None:
    desk = awake(maker, series)
    desk.live(2.0, Pose(*[100.0] * 6))
    joint = desk.description.joint("head_yaw")
    assert max(pose.head_yaw for pose in desk.way) <= joint.upper + 0.01
    assert desk.told[-1].pose.head_yaw == pytest.approx(joint.upper, abs=0.01)
    assert "more than its limits" in desk.fault()
    assert desk.body.health().condition is Condition.LESSER
    desk.live(0.2, Pose(math.nan, math.nan, math.inf, math.nan, math.nan, math.nan))
    assert desk.told[-1].pose.head_yaw == pytest.approx(joint.upper, abs=0.01)
    desk.live(3.0)
    assert desk.fault() == ""
    desk.keeps_its_limits()


@pytest.mark.parametrize(("maker", "series"), BUSES)
def test_a_servo_that_pushes_in_vain_is_let_go_within_a_tenth_of_a_second(maker: str, series: str) -> None:
    """Counted in turns of 20 ms, from the first that finds it far from its goal with a drive above the bound."""
    desk = awake(maker, series)
    desk.yaw.held = True
    pushed = 0
    for _ in range(100):
        desk.live(TICK, LOOK._replace(head_yaw=-0.6))
        pushed += desk.yaw.on and abs(desk.yaw.torque) >= 0.6
        if not desk.yaw.on:
            break
    assert 3 <= pushed <= 5
    assert desk.on() == [False, True, True, True]
    assert "servo 1 (head_yaw) pushed in vain" in desk.fault()
    assert (desk.body.health().condition, desk.body.health().ailment) == (Condition.FAULT, "body_stuck")
    assert desk.told[-1].armed, "the others go on"
    desk.yaw.held = False
    desk.live(4.0, LOOK._replace(head_yaw=-0.6))
    assert desk.fault() == ""
    assert desk.told[-1].pose.head_yaw == pytest.approx(-0.6, abs=0.01)
    desk.keeps_its_limits()


def test_what_is_held_for_ever_is_tried_ever_more_seldom() -> None:
    desk = awake()
    desk.yaw.held = True
    tries = 0
    for _ in range(60 * 50):
        before = desk.yaw.on
        desk.live(TICK, LOOK._replace(head_yaw=-0.6))
        tries += desk.yaw.on and not before
    assert 3 <= tries <= 5


def test_moving_fast_and_one_damaged_reading_are_no_stall() -> None:
    desk = awake(series="touchy")
    for turn in range(8):
        desk.live(0.2, LOOK._replace(head_yaw=-0.6 if turn % 2 else 0.6))
        desk.bus.noise = lambda said: said[:5] + bytes([0xFF]) * 2 + said[7:] if len(said) > 9 else said
        desk.live(TICK, LOOK._replace(head_yaw=-0.6 if turn % 2 else 0.6))
        desk.bus.noise = None
        desk.live(0.2, LOOK._replace(head_yaw=-0.6 if turn % 2 else 0.6))
    desk.live(1.0)
    assert desk.fault() == ""
    assert desk.on() == [True] * 4


@pytest.mark.parametrize(("maker", "series"), BUSES)
def test_heat_and_low_voltage_are_told_and_ended(maker: str, series: str) -> None:
    desk = awake(maker, series)
    desk.yaw.celsius = 62.0
    desk.live(0.2)
    assert "is warm: 62 °C" in desk.fault()
    assert desk.body.health().condition is Condition.LESSER
    desk.yaw.celsius = 70.0
    desk.live(0.2)
    assert "too hot (70 °C) and was let go" in desk.fault()
    assert desk.body.health().ailment == "body_hot"
    assert desk.on() == [False, True, True, True]
    desk.live(5.0)
    assert not desk.yaw.on, "it has not cooled"
    desk.yaw.celsius = 40.0
    desk.live(2.0)
    assert (desk.fault(), desk.on()) == ("", [True] * 4)
    desk.bus.supply(4.2)
    desk.live(0.3)
    assert desk.on() == [True] * 4, "for a moment it may sag"
    desk.live(0.5)
    assert desk.on() == [False] * 4
    assert "supply is down to 4.2 V" in desk.fault()
    assert desk.body.health().ailment == "body_power_low"
    assert not desk.told[-1].armed
    desk.bus.supply(7.0)
    desk.live(6.0)
    assert (desk.fault(), desk.told[-1].armed) == ("", True)
    desk.keeps_its_limits()


@pytest.mark.parametrize(("maker", "series"), BUSES)
def test_a_servo_that_protects_itself_is_told_and_met_anew(maker: str, series: str) -> None:
    desk = awake(maker, series)
    desk.yaw.trip("overload", off=True)
    assert desk.until("servo 1 (head_yaw) tells: overload", LOOK) <= 6
    desk.live(0.1)
    assert not desk.yaw.on
    desk.live(5.0)
    assert (desk.fault(), desk.on()) == ("", [True] * 4)


def test_a_servo_whose_supply_failed_for_a_moment_is_armed_anew_without_a_jump() -> None:
    desk = awake()
    desk.bus.cut_supply()
    desk.yaw.turn_by_hand(1700.0)
    began = len(desk.way)
    assert desk.until("let go by itself", LOOK) <= 6
    desk.live(5.0)
    assert (desk.fault(), desk.on()) == ("", [True] * 4)
    desk.way = desk.way[began + 1 :]
    desk.keeps_its_limits()


def test_a_servo_whose_cable_is_off_is_named_and_the_others_go_on() -> None:
    desk = awake()
    desk.bus.servos[3].silent = True
    assert desk.until("servo 3 (left_ear) does not answer", LOOK) <= 6
    desk.live(1.0, LOOK._replace(head_yaw=-0.4))
    assert desk.told[-1].pose.head_yaw == pytest.approx(-0.4, abs=0.02)
    desk.bus.servos[3].silent = False
    desk.live(2.0)
    assert (desk.fault(), desk.told[-1].armed) == ("", True)


@pytest.mark.parametrize("first", ["unheard", "asleep"])
def test_a_servo_that_hears_and_is_not_heard_is_let_go_with_the_others(first: str) -> None:
    desk = awake()
    if first == "asleep":
        desk.live(0.04, limp=True)
    desk.bus.noise = lambda said: b"" if said[2:3] == bytes([2]) else said
    if first == "unheard":
        desk.until("servo 2 (neck_pitch) does not answer", LOOK)
        assert desk.on() == [True] * 4  # it holds the head up, as far as anybody knows
    desk.live(5.0, limp=True)
    assert desk.on() == [False] * 4
    desk.bus.noise = None
    desk.live(3.0)
    assert (desk.fault(), desk.on(), desk.told[-1].armed) == ("", [True] * 4, True)


def test_a_wheel_is_not_driven_and_told() -> None:
    desk = Desk()
    desk.yaw.wheel = True
    desk.live(2.0)
    assert desk.on() == [False, True, True, True]
    assert "servo 1 (head_yaw) turns as a wheel" in desk.fault()


@pytest.mark.parametrize(("maker", "series"), BUSES)
def test_limp_and_silence_are_a_glide_to_rest_and_then_no_torque(maker: str, series: str) -> None:
    desk = awake(maker, series)
    for silent in (False, True):
        desk.live(0.6, limp=True, silent=silent)
        assert desk.on() == [True] * 4
        assert not desk.told[-1].armed
        desk.live(3.0, limp=True, silent=silent)
        assert desk.on() == [False] * 4
        assert desk.told[-1].pose == pytest.approx(desk.description.rest, abs=0.03)
        desk.live(3.0)
        assert desk.told[-1].armed
    desk.keeps_its_limits()


@pytest.mark.parametrize(("maker", "series"), BUSES)
def test_a_noisy_line_moves_nothing_that_it_should_not(maker: str, series: str) -> None:
    """A bit in a hundred bytes, and garbage between the answers."""
    desk = awake(maker, series)
    chance = generator(7)

    def noise(said: bytes) -> bytes:
        damaged = bytearray(said)
        for at in range(len(damaged)):
            if chance.random() < 0.01:
                damaged[at] ^= 1 << int(chance.integers(8))
        return bytes(chance.integers(0, 256, 5).tolist()) * int(chance.random() < 0.2) + bytes(damaged)

    desk.bus.noise = noise
    for turn in range(20):
        desk.live(0.5, LOOK._replace(head_yaw=0.5 * (-1) ** turn))
    desk.keeps_its_limits()
    desk.bus.noise = None
    desk.live(3.0)
    assert (desk.fault(), desk.told[-1].armed) == ("", True)


def test_a_line_that_is_pulled_a_hundred_times_is_told_and_regained_without_a_jump() -> None:
    desk = awake()
    for turn in range(100):
        desk.line.unplug()
        desk.live(0.2)
        assert "unplugged" in desk.fault()
        assert not desk.told[-1].link
        if turn % 2:
            desk.bus.cut_supply()
            desk.yaw.turn_by_hand(1800.0)
            desk.way.clear()
        desk.line.plug()
        desk.live(2.5, LOOK._replace(head_yaw=0.5 * (-1) ** turn))
        assert (desk.fault(), desk.told[-1].armed) == ("", True)
    desk.keeps_its_limits()


def test_a_body_that_is_released_can_be_turned_by_hand_and_tells_its_steps() -> None:
    desk = awake()
    desk.body.release()
    desk.live(0.1, silent=True)
    assert desk.on() == [False] * 4
    desk.yaw.turn_by_hand(1234.0)
    desk.live(0.1, silent=True)
    assert desk.body.steps()["head_yaw"] == 1234


def test_an_address_names_a_path_and_a_speed() -> None:
    assert where("feetech:///dev/ttyUSB0") == ("/dev/ttyUSB0", 1_000_000, "sts")
    assert where("feetech:///dev/ttyACM0?series=scs&baud=500000") == ("/dev/ttyACM0", 500_000, "scs")
    assert where("dynamixel:///dev/serial/by-id/usb-x?baud=57600") == ("/dev/serial/by-id/usb-x", 57_600, "")
    for wrong in (
        "feetech://ttyUSB0",
        "feetech://",
        "feetech:///d?baud=1",
        "dynamixel:///d?series=sts",
        "feetech:///d?x=1",
    ):
        with pytest.raises(ConfigError, match="no address of a servo bus"):
            where(wrong)


def test_nobody_there_and_other_bodies_are_told(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="cannot be opened"):
        open_feetech(f"feetech://{tmp_path}/nothing", Surroundings(ManualClock()))
    with pytest.raises(ConfigError, match="Bowlby One is no body of bus servos"):
        open_feetech("feetech:///dev/null", Surroundings(ManualClock(), build=Path("bowlby_one")))
    with pytest.raises(ConfigError, match="the limits of neck_pitch are steps"):
        on_a_bus(Surroundings(ManualClock()), 1024)
