"""The body with physics: servos by their data sheet, driven by the board's pulses, on a body that can fall."""

from __future__ import annotations

import math
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import mujoco
import pytest

from firmware_bridge import table
from firmware_bridge.descriptions import bowlby_one
from hardware.body import mechanics, models
from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.body_frame import JOINTS, Pose
from robot.core.clock import generator
from robot.core.kinematics import PinholeView, head_rotation
from robot.core.typed_toml import parse
from robot.parts.registry import BODIES, Surroundings, open_part
from robot.texts.catalogue import words
from sim.board.body import SimBody
from sim.board.physics import MujocoServos
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, Physics, SightFrom, WordsFrom
from tests.support.sim_body import DT, Robot, sway

if TYPE_CHECKING:
    from pathlib import Path

ONE = bowlby_one()
PARTS = mechanics.bowlby_one()
FRAME_S = table.FRAME_US / 1e6
SHEET = 0.05  # the bar: within 5 % of the data sheet


def pulses(pose: Pose) -> tuple[int, ...]:
    out = [0] * table.CHANNELS
    for joint, angle in zip(ONE.joints, pose, strict=True):
        out[joint.channel] = round(joint.pulse_us(angle) * table.UNITS_PER_US)
    return tuple(out)


def bench() -> mechanics.Mechanics:
    """The body as a servo's maker measures: nothing to carry, and the sheet's own voltage without a limit."""
    alone = {"volts": PARTS.servo("base_yaw").volts, "resistance_ohm": 0.0, "limit_a": 99.0}
    supply = PARTS.supply.model_copy(update=alone)
    light = {
        name: link.model_copy(update={"mass_kg": 1e-6} if link.parent else {"mass_kg": 50.0})
        for name, link in PARTS.links.items()
    }
    return PARTS.model_copy(update={"supply": supply, "links": light})


def stand(servos: MujocoServos, pose: Pose, seconds: float = 1.0) -> None:
    for _ in range(round(seconds / FRAME_S)):
        servos.follow(pulses(pose), FRAME_S)


def swept(joint: str, servos: MujocoServos) -> list[float]:
    """Angles of one joint, frame by frame, on its way from one limit to the other."""
    index = JOINTS.index(joint)
    stand(servos, ONE.rest._replace(**{joint: ONE.joints[index].lower}))
    there = pulses(ONE.rest._replace(**{joint: ONE.joints[index].upper}))
    angles = [servos.joints[index]]
    for _ in range(40):
        servos.follow(there, FRAME_S)
        angles.append(servos.joints[index])
    return angles


@pytest.mark.parametrize("joint", JOINTS)
def test_without_load_it_turns_60_degrees_as_fast_as_the_sheet_says_and_stops_where_the_pulse_says(joint: str) -> None:
    angles = swept(joint, MujocoServos(ONE, bench()))
    fastest = max(b - a for a, b in pairwise(angles)) / FRAME_S
    assert math.pi / 3 / fastest == pytest.approx(PARTS.servo(joint).s_per_60deg, rel=SHEET)
    assert angles[-1] == pytest.approx(ONE.joints[JOINTS.index(joint)].upper, abs=math.radians(0.8))


@pytest.mark.parametrize("joint", ["base_yaw", "head_yaw", "left_ear", "right_ear"])
def test_a_step_of_more_than_60_degrees_passes_its_middle_60_in_the_time_of_the_sheet(joint: str) -> None:
    angles = swept(joint, MujocoServos(ONE, bench()))

    def passed(mark: float) -> float:
        i = next(i for i, angle in enumerate(angles) if angle >= mark)
        return (i - (angles[i] - mark) / (angles[i] - angles[i - 1])) * FRAME_S

    took = passed(math.pi / 6) - passed(-math.pi / 6)
    assert took == pytest.approx(PARTS.servo(joint).s_per_60deg, rel=SHEET)


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize(("share", "wins"), [(1 - SHEET, True), (1 + SHEET, False)])
def test_it_moves_what_is_lighter_than_its_stall_torque_and_no_more(joint: str, share: float, *, wins: bool) -> None:
    servos = MujocoServos(ONE, bench())
    stand(servos, ONE.rest)
    index = JOINTS.index(joint)
    servos.data.qfrc_applied[servos.model.joint(joint).dofadr[0]] = -share * PARTS.servo(joint).stall_torque_nm
    before = servos.joints[index]
    stand(servos, ONE.rest._replace(**{joint: before + 0.3}), 0.2)
    assert (servos.joints[index] - before > math.radians(2)) is wins


def test_a_change_within_the_dead_band_moves_nothing_and_a_greater_one_does() -> None:
    servos = MujocoServos(ONE)
    stand(servos, ONE.rest)
    joint = ONE.joints[3]
    stood = servos.data.joint("head_yaw").qpos[0]
    band = PARTS.servo("head_yaw").dead_band_us / joint.us_per_rad
    stand(servos, ONE.rest._replace(head_yaw=stood + 0.8 * band))
    assert servos.data.joint("head_yaw").qpos[0] == pytest.approx(stood, abs=1e-4)
    stand(servos, ONE.rest._replace(head_yaw=stood + 3 * band))
    assert servos.data.joint("head_yaw").qpos[0] > stood + 1.5 * band


def test_a_finger_feels_the_play_of_the_gears() -> None:
    servos = MujocoServos(ONE)
    stand(servos, ONE.rest)
    ends = []
    for finger_nm in (0.008, -0.008):  # less than the friction that holds the horn
        servos.data.qfrc_applied[servos.model.joint("head_yaw_play").dofadr[0]] = finger_nm
        servos.push((0, 0, 0))
        stand(servos, ONE.rest)
        ends.append(servos.joints.head_yaw - servos.data.joint("head_yaw").qpos[0])  # of the part against the horn
    assert math.degrees(ends[0] - ends[1]) == pytest.approx(PARTS.servo("head_yaw").backlash_deg, rel=SHEET)


def robot_with_physics() -> Robot:
    robot = Robot()
    body = open_part(BODIES, "sim://?physics=mujoco", Surroundings(robot.clock, place=robot.stage))
    assert isinstance(body, SimBody)
    robot.body = body
    return robot


def test_the_boards_pulses_drive_it_and_the_camera_is_where_the_head_really_is() -> None:
    robot = robot_with_physics()
    robot.nod(3.0)
    assert robot.last().armed
    off = []
    for _ in range(250):
        wanted = sway(robot.now)
        robot.nod(DT)
        assert max(abs(a - b) for a, b in zip(robot.last().pose, wanted, strict=True)) < 1e-4  # what the board reports
        off.append(max(abs(a - b) for a, b in zip(robot.stage.pose, wanted, strict=True)))
    assert math.radians(0.2) < max(off) < math.radians(3.0)
    robot.watch.check()
    servos = robot.body.servos
    assert isinstance(servos, MujocoServos)
    seen = PinholeView(ONE.camera, robot.stage.pose).eye
    assert seen == pytest.approx(servos.data.site("camera").xpos, abs=1e-3)


@pytest.mark.parametrize("joint", ["base_yaw", "neck_pitch", "head_yaw"])
def test_a_blocked_servo_is_noticed_let_go_and_moves_again_when_it_is_free(joint: str) -> None:
    robot = robot_with_physics()
    robot.hold(ONE.rest, 3)
    assert not robot.last().faults
    robot.body.servos.hold(joint, fast=True)
    away = ONE.rest._replace(**{joint: ONE.rest[JOINTS.index(joint)] + 0.4})
    robot.hold(away, 1.5)
    assert not any(robot.body.line.pulses())
    assert any("a servo is stalled" in words(fault) for fault in robot.last().faults)
    robot.body.servos.hold(joint, fast=False)
    robot.hold(away, 5.0)
    assert robot.last().armed
    assert not robot.last().faults
    assert getattr(robot.stage.pose, joint) == pytest.approx(getattr(away, joint), abs=math.radians(2))
    robot.watch.check()


def test_in_usual_life_its_supply_bears_all_that_it_does() -> None:
    robot = robot_with_physics()
    for n in range(8):
        robot.hold(ONE.rest._replace(head_yaw=0.9 * (-1) ** n, neck_pitch=0.3 * (n % 2), left_ear=0.9 * (-1) ** n), 1.0)
    assert not robot.last().faults
    assert robot.last().armed


def test_a_nudge_rocks_it_and_a_shove_tips_it_over_and_the_camera_sees_that() -> None:
    servos = MujocoServos(ONE)
    stand(servos, ONE.rest)
    level = servos.pose
    for newton, falls in ((1.0, False), (6.0, True)):
        servos.push((0.0, newton, 0.0))
        stand(servos, ONE.rest, 0.4)
        servos.push((0.0, 0.0, 0.0))
        stand(servos, ONE.rest, 3.0)
        assert (servos.tilt > 1.0) is falls
        assert (abs(servos.pose.neck_roll - level.neck_roll) > 0.8) is falls


def test_a_hand_on_its_head_is_felt_by_the_pad_and_by_the_neck() -> None:
    robot = robot_with_physics()
    robot.nod(2)
    robot.body.servos.press(("head",))
    robot.body.touch("head", down=True)
    robot.nod(0.6)
    robot.body.touch("head", down=False)
    robot.nod(0.6)
    assert [touch.kind for touch in robot.touches] == ["stroke"]


def test_the_urdf_is_the_same_body() -> None:
    """Loaded by MuJoCo, whose reader of URDF is not ours."""
    model = mujoco.MjModel.from_xml_string(models.urdf(ONE, PARTS))
    data = mujoco.MjData(model)
    for joint in ONE.joints:
        assert model.joint(joint.name).range == pytest.approx((joint.lower, joint.upper))
    carried = sum(link.mass_kg for link in PARTS.links.values() if link.parent)  # a first part stands for the world
    assert model.body_mass.sum() == pytest.approx(carried)
    chance = generator(4)
    for _ in range(20):
        pose = Pose(*(float(chance.uniform(joint.lower, joint.upper)) for joint in ONE.joints))
        for name, angle in zip(JOINTS, pose, strict=True):
            data.joint(name).qpos[0] = angle
        mujoco.mj_forward(model, data)
        head = data.xmat[model.jnt_bodyid[model.joint("neck_roll").id]]
        assert head_rotation(pose) == pytest.approx(head, abs=1e-9)


def test_both_descriptions_are_written_by_one_command(tmp_path: Path) -> None:
    for kind in ("urdf", "mjcf"):
        file = tmp_path / f"bowlby.{kind}"
        subprocess.run([sys.executable, "-m", "robot", "description", kind, str(file)], check=True)
        assert mujoco.MjModel.from_xml_path(str(file)).njnt >= len(JOINTS)


def test_with_physics_the_same_seed_gives_the_same_bytes_and_another_body_other_bytes() -> None:
    digests = []
    for physics in (Physics.mujoco, Physics.mujoco, Physics.kinematic):
        name, script = scenarios.load("first-meeting")
        options = Options(SightFrom.truth, WordsFrom.text, 7, fast=True, fps=10.0, language=None, physics=physics)
        with SimSession(name, script, Config(), options, shared_stock()) as session:
            session.robot.loop.run(15.0)
            digests.append(session.digest)
            assert words(session.robot.vitals().health[0].reason).endswith(session._body.servos.name)
    assert digests[0] == digests[1] != digests[2]


def test_a_scenario_says_which_body_it_wants_and_who_pushes_it() -> None:
    text = """
about = "A shove."
duration_s = 10.0
physics = "mujoco"
[[push]]
at = 2.0
force_n = 8.0
towards_deg = 90
hold_s = 0.5
"""
    script = parse(scenarios.Scenario, text, "shove.toml")
    options = Options(SightFrom.truth, WordsFrom.text, 1, fast=True, fps=10.0, language=None)
    with SimSession("shove", script, Config(), options, shared_stock()) as session:
        servos = session._body.servos
        assert isinstance(servos, MujocoServos)
        session.robot.loop.run(1.9)
        assert servos.tilt < 0.01
        session.robot.loop.run(6.0)
        assert servos.tilt > 1.0
