"""Reachy Mini as a body: gently up and down, within limits, honest about what the daemon says, met anew when lost."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hardware.reachy import wire
from hardware.reachy.body import ReachyBody, Standing, open_body, reachy_mini
from hardware.reachy.line import where
from hardware.reachy.wire import ASLEEP, Place
from robot.core.body_frame import ZERO, BodyFrame, Eyes, Light, Pose
from robot.core.clock import ManualClock, RealClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import ConfigError, LinkError
from robot.core.percepts import Telemetry
from robot.parts.registry import Surroundings
from robot.texts.catalogue import words
from tests.support import reachy_daemon
from tests.support.imports import HOUSE
from tests.support.reachy_daemon import ReachyDaemon
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TICK = 0.02
LOOK = Pose(0.2, 0.1, -0.05, 0.4, 0.3, -0.3)


class Desk:
    """A body on a line of this process, to a daemon's robot that does at once what it is told."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.robot = reachy_daemon.Robot()
        self.name, self.up, self.generation, self.reason = "reachy://desk", True, 1, "pulled"
        self.speaks = True
        self.told: list[Telemetry] = []
        self.targets: list[dict[str, Any]] = []
        self._turn = 0
        self.body = ReachyBody(self, self.clock, reachy_mini())

    def read(self, now: float) -> Sequence[tuple[float, dict[str, Any]]]:
        if not (self.up and self.speaks):
            return ()
        self._turn += 1
        status = [self.robot.status()] if self._turn % 50 == 1 else []
        return [(now, message) for message in (*status, *self.robot.states())]

    def send(self, command: str) -> None:
        if self.up:
            self.robot.take(json.loads(command))

    def aim(self, target: str) -> None:
        self.send(target)
        self.targets.append(json.loads(target))

    def close(self) -> None:
        self.up = False

    def live(self, seconds: float, pose: Pose = LOOK, *, limp: bool = False) -> None:
        for _ in range(round(seconds / TICK)):
            self.clock.sleep_until(self.clock.now() + TICK)
            now = self.clock.now()
            self.told += [one for one in self.body.poll(now) if isinstance(one, Telemetry)]
            self.body.write(BodyFrame(now, pose, Eyes(), Light(), limp=limp))

    def fault(self) -> str:
        health = self.body.health()
        return "" if health.condition is Condition.OK else words(health.reason)

    def holds(self) -> bool:
        return self.robot.mode == wire.ENABLED

    def last(self) -> Telemetry:
        return self.told[-1]


def awake() -> Desk:
    desk = Desk()
    desk.live(3.0)
    assert desk.body.standing is Standing.ARMED
    return desk


def test_a_pose_becomes_a_matrix_and_antennas_and_comes_back() -> None:
    for pose in (ZERO, LOOK, ASLEEP.pose, Pose(-2.0, -0.5, 0.4, 1.0, -1.0, 1.0)):
        sent = json.loads(wire.target(Place(pose, 0.01, -0.02)))
        right, left = sent["antennas"]
        matrix = [sent["head"][i : i + 4] for i in range(0, 16, 4)]
        back = wire.place((sent["body_yaw"], right, left), matrix)
        assert back is not None
        assert back.pose == pytest.approx(pose)
        assert (back.x, back.z) == pytest.approx((0.01, -0.02))


def test_an_ear_goes_up_as_its_antenna_does() -> None:
    up, down = (json.loads(wire.target(Place(ZERO._replace(left_ear=e, right_ear=e))))["antennas"] for e in (0.5, -2.5))
    assert [abs(angle) for angle in up] < [abs(angle) for angle in down]
    assert down[0] == pytest.approx(-down[1])
    assert down[1] > 0.0, "the left one goes outwards as its maker's sleeping one does (3.05)"


def test_the_motors_come_on_where_they_are_and_the_head_glides_up() -> None:
    desk = Desk()
    desk.live(3.0)
    kinds = desk.robot.kinds
    assert kinds.index("set_motor_mode") < kinds.index("set_full_target")
    assert kinds.index("set_full_target") < kinds.index("set_head_tracking"), "alone it would send the head up at once"
    heights = [target["head"][11] for target in desk.targets]
    assert heights[0] == pytest.approx(-0.044, abs=0.001)
    assert heights[-1] == 0.0
    assert max(abs(b - a) for a, b in pairwise(heights)) < 0.002
    armed = next(i for i, one in enumerate(desk.told) if one.armed)
    assert 1.4 < armed * TICK < 2.2
    assert desk.last().pose == pytest.approx(LOOK, abs=1e-6)
    assert desk.fault() == ""


def test_limp_is_down_to_where_it_sleeps_and_only_then_without_motors() -> None:
    desk = awake()
    desk.live(1.9, limp=True)
    assert desk.holds()
    assert not desk.last().armed
    desk.live(0.3, limp=True)
    assert not desk.holds()
    assert desk.robot.matrix[2][3] == pytest.approx(ASLEEP.z, abs=1e-3)
    asked = desk.robot.kinds.count("set_motor_mode")
    desk.live(5.0, limp=True)
    assert desk.robot.kinds.count("set_motor_mode") == asked
    desk.live(2.5)
    assert desk.last().armed
    assert desk.last().pose == pytest.approx(LOOK, abs=1e-6)


def test_what_is_beyond_its_limits_is_held_and_told() -> None:
    desk = awake()
    first = len(desk.targets)
    desk.live(2.0, Pose(*[100.0] * 6))
    body = reachy_mini()
    assert _pose_of(desk.targets[-1])[1:3] != pytest.approx([limit.upper for limit in body.joints[1:3]], abs=0.05), (
        "turned so far, the legs reach no full nod and tilt"
    )
    limits = [(joint.lower, joint.upper, joint.speed) for joint in body.joints]
    places = [_pose_of(target) for target in desk.targets[first - 1 :]]
    for before, after in pairwise(places):
        for a, b, (lower, upper, speed) in zip(before, after, limits, strict=True):
            assert lower - 1e-6 <= b <= upper + 1e-6
            assert abs(b - a) <= 2.01 * speed * TICK  # from behind the daemon's turn to before it
    assert "more than its limits" in desk.fault()
    assert "base_yaw" in desk.fault()
    desk.live(3.0)
    assert desk.fault() == ""


@pytest.mark.parametrize("side", [1, -1])
def test_body_and_head_together_never_look_straight_back(side: int) -> None:
    """There its maker's search for the head's pose flips over, and the body swings all the way round."""
    desk = awake()
    first = len(desk.told)
    desk.live(4.0, Pose(*[100.0 * side] * 6))
    assert max(abs(one.pose.yaw) for one in desk.told[first:]) < math.radians(166.0)


def test_what_is_no_number_moves_nothing_and_is_told() -> None:
    desk = awake()
    desk.live(0.2, Pose(math.nan, 0.0, math.inf))
    assert _pose_of(desk.targets[-1]) == pytest.approx(LOOK, abs=1e-6)
    assert "no number" in desk.fault()


def test_motors_that_somebody_switched_off_are_told_and_left_to_them() -> None:
    desk = awake()
    desk.robot.mode = "disabled"
    desk.live(2.0)
    assert "switched the motors off" in desk.fault()
    assert not desk.last().armed
    assert desk.last().link
    asked = desk.robot.kinds.count("set_motor_mode")
    desk.live(5.0)
    assert desk.robot.kinds.count("set_motor_mode") == asked
    desk.robot.mode = "enabled"
    desk.live(3.0)
    assert desk.last().armed
    assert desk.fault() == ""


def test_a_head_that_does_not_follow_is_told_by_how_far() -> None:
    desk = awake()
    desk.robot.stuck = True
    desk.live(3.0, LOOK._replace(head_yaw=-0.4))
    assert "46 degrees" in desk.fault()
    desk.robot.stuck = False
    desk.live(0.5, LOOK._replace(head_yaw=-0.4))
    assert desk.fault() == ""


def test_a_motor_error_is_told_in_the_daemons_words() -> None:
    desk = awake()
    desk.robot.error = "No response from the robot's motor for the last second."
    desk.robot.state = "error"
    desk.live(1.2)
    assert "No response from the robot's motor" in desk.fault()
    assert not desk.last().armed


def test_a_head_pose_that_cannot_be_is_not_believed() -> None:
    desk = awake()
    desk.robot.stuck = True
    desk.robot.matrix = [[-1.0, 0.0, 0.0, 0.0], [0.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -0.098], [0.0, 0.0, 0.0, 1.0]]
    desk.live(0.5)
    assert desk.last().pose == pytest.approx(LOOK, abs=1e-6), "where it was sent"
    assert "cannot stand so" in desk.fault()


def test_a_lost_daemon_is_told_and_met_anew_from_where_the_head_is() -> None:
    desk = awake()
    desk.up = False
    desk.live(0.5)
    assert desk.fault() == "pulled"
    assert not desk.last().link
    desk.robot.body_yaw = -0.5  # somebody turned it meanwhile
    desk.up, desk.generation = True, 2
    first = len(desk.targets)
    desk.live(3.0)
    assert desk.last().armed
    yaws = [target["body_yaw"] for target in desk.targets[first:]]
    assert yaws[0] == pytest.approx(-0.5, abs=0.01)
    assert max(abs(b - a) for a, b in pairwise(yaws)) < 1.51 * math.radians(90.0) * TICK
    assert desk.last().pose == pytest.approx(LOOK, abs=1e-6)


def test_a_daemon_that_tells_no_pose_any_more_is_told() -> None:
    desk = awake()
    desk.speaks = False
    desk.live(0.5)
    assert "no pose" in desk.fault()
    assert not desk.last().link


def test_a_daemon_that_is_held_up_finds_no_long_way_to_go_at_once() -> None:
    """What was sent to it meanwhile it takes in one go."""
    desk = awake()
    desk.speaks = False
    before, first = desk.targets[-1]["body_yaw"], len(desk.targets)
    desk.live(1.0, LOOK._replace(base_yaw=-1.5))
    waiting = desk.targets[first:]
    assert 0 < len(waiting) <= 3
    assert abs(waiting[-1]["body_yaw"] - before) < math.radians(10.0)


@pytest.mark.parametrize("heard", [{}, {"type": "head_pose"}, {"type": "head_pose", "head_pose": [[1]]}, {"type": 7}])
def test_nonsense_on_the_line_is_borne(heard: dict[str, Any]) -> None:
    desk = awake()
    desk.robot.states = lambda: [heard]  # type: ignore[method-assign]
    desk.live(1.0)
    assert desk.fault()


def test_a_daemon_met_anew_is_another_body_with_lags_of_its_own() -> None:
    desk = awake()
    desk.robot.stuck = True  # it comes after by as much as this test says
    follows = LOOK
    for n in range(400):
        told = _pose_of(desk.targets[-1])
        follows = Pose._make([a + (b - a) * TICK / (0.1 + TICK) for a, b in zip(follows, told, strict=True)])
        place = json.loads(wire.target(Place(follows)))
        desk.robot.matrix = [place["head"][i : i + 4] for i in range(0, 16, 4)]
        desk.robot.body_yaw, desk.robot.antennas = place["body_yaw"], tuple(place["antennas"])
        desk.live(TICK, Pose(0.3 * math.sin(2.0 * n * TICK)))
    before = desk.body._lags.seconds[0]
    desk.up = False
    desk.live(0.5)
    desk.up, desk.generation = True, 2
    desk.live(TICK)
    assert before > 0.05
    assert desk.body._lags.seconds[0] == 0.0


def test_an_address_names_a_host_and_a_port() -> None:
    assert where("reachy://") == ("localhost", 8000)
    assert where("reachy://reachy-mini.local") == ("reachy-mini.local", 8000)
    assert where("reachy://192.168.1.20:8001") == ("192.168.1.20", 8001)
    for wrong in ("reachy://host:many", "reachy://host/path", "reachy://host?x=1"):
        with pytest.raises(ConfigError, match="no address of a Reachy Mini"):
            where(wrong)


@pytest.mark.parametrize("build", [Path("bowlby_one"), HOUSE / "hardware" / "body" / "bowlby_one.toml"])
def test_a_body_of_servos_on_a_board_is_refused(build: Path) -> None:
    with pytest.raises(ConfigError, match="Bowlby One moves by servos on a board") as raised:
        open_body("reachy://127.0.0.1:9", Surroundings(RealClock(), build=build))
    assert (raised.value.place, "the board's address" in str(raised.value.remedy)) == (str(build), True)


def test_nobody_there_is_a_line_that_cannot_be_opened() -> None:
    with pytest.raises(LinkError, match="does not answer"):
        open_body("reachy://127.0.0.1:9", Surroundings(RealClock()))


@pytest.mark.slow  # its head glides up three times
def test_over_a_true_socket_it_lives_and_survives_a_daemon_that_freezes_and_dies() -> None:
    clock = RealClock()
    with ReachyDaemon() as daemon:
        body = open_body(daemon.address, Surroundings(clock))

        def lives_until(so: Callable[[], bool]) -> None:
            end = stopwatch() + 10.0
            while not so():
                assert stopwatch() < end, body.health()
                now = clock.now()
                body.poll(now)
                body.write(BodyFrame(now, LOOK, Eyes(), Light()))
                nap(TICK)

        def armed() -> bool:
            return body.standing is Standing.ARMED

        def lost() -> bool:
            return body.standing is Standing.DOWN

        lives_until(armed)
        daemon.frozen = True
        lives_until(lost)
        daemon.frozen = False
        lives_until(armed)
        daemon.stop()
        lives_until(lost)
        daemon.start()
        lives_until(armed)
        body.close()
        until(lambda: "goto_sleep" in daemon.robot.kinds)
        assert daemon.robot.kinds[-1] == "goto_sleep"


def _pose_of(target: dict[str, Any]) -> Pose:
    right, left = target["antennas"]
    place = wire.place((target["body_yaw"], right, left), [target["head"][i : i + 4] for i in range(0, 16, 4)])
    assert place is not None
    return place.pose
