"""A body that is built differently: described by moving one servo at a time, and lived in with what it has."""

from __future__ import annotations

import math
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from firmware_bridge import commands
from firmware_bridge.calibrate import Bench
from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config import schema as configuration
from robot.config.schema import Config, PartsTable
from robot.core.body_file import load
from robot.core.body_frame import JOINTS
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.errors import ConfigError
from robot.texts.catalogue import words
from sim.board.server import BoardServer
from sim.world import scenario as scenarios
from sim.world.world import World
from tests.support.command_line import called
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.tick import Tick

ONE = HOUSE / "hardware" / "body" / "bowlby_one.toml"
# there, 5 on, straight; moved to the right; 15 + 20 to the left end; 25 to the right end; slower
HEAD = "yes\n5\n\nno\n15\n20\n\n25\n\n90\n"


def calibrate(folder: Path, said: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "robot", "calibrate", "sim://", "--config", str(folder / "bowlby.toml"), *words],
        input=said,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def at_once(folder: Path, said: str, *words: str) -> str:
    """The same in this process, in simulated time: what it told."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "RealClock", ManualClock)
        done = called("calibrate", "sim://", "--config", str(folder / "bowlby.toml"), *words, said=said)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_one_servo_is_centred_turned_round_limited_and_slowed(tmp_path: Path) -> None:
    at_once(tmp_path, HEAD, "--joint", "head_yaw")
    built = configuration.load(tmp_path / "bowlby.toml").parts.build
    assert built == tmp_path / "body.toml"
    before, after = bowlby_one(), load(tmp_path / "body.toml")
    head = after.joints[3]
    assert head.centre_us == 1550
    assert head.us_per_rad == -before.joints[3].us_per_rad
    assert [round(math.degrees(angle)) for angle in (head.lower, head.upper, head.speed)] == [-20, 35, 90]
    assert after.joints[:3] == before.joints[:3]
    assert "# Angles in degrees" in (tmp_path / "body.toml").read_text(encoding="utf-8")


def test_a_servo_that_stands_askew_is_held_to_what_its_board_can_give(tmp_path: Path) -> None:
    at_once(tmp_path, "yes\n20\n5\n\nyes\n\n\n\n", "--joint", "base_yaw")
    base = load(tmp_path / "body.toml").joints[0]
    assert base.centre_us == 1750
    assert [round(math.degrees(angle)) for angle in (base.lower, base.upper)] == [-80, 75]


def test_the_servo_that_was_tried_before_is_limp_while_the_next_one_is(tmp_path: Path) -> None:
    text = ONE.read_text(encoding="utf-8")
    with BoardServer() as server:
        for name in ("base_yaw", "neck_pitch"):
            begun = len(server.pulses)
            with closing(Bench(server.address, text, name, tmp_path)) as bench:
                bench.begin()
                bench.turn(20.0)
            held = {channel for pulses in server.pulses[begun + 100 :] for channel, pulse in enumerate(pulses) if pulse}
            assert held == {bowlby_one().joints[JOINTS.index(name)].channel}


def test_a_body_with_two_servos_and_lamps_for_eyes_is_described_in_french(tmp_path: Path) -> None:
    (tmp_path / "bowlby.toml").write_text('[robot]\nlanguage = "fr"\n[parts]\nbuild = "bowlby_one"\n', encoding="utf-8")
    keep = "\n\n\n\n\n\n"
    told = at_once(tmp_path, f"{keep}{keep}non\nnon\nnon\nnon\n0.2\n\n\nlamps\n")
    body = load(tmp_path / "body.toml")
    assert [joint.name for joint in body.joints if joint.fitted] == ["base_yaw", "neck_pitch"]
    assert body.joints[0] == bowlby_one().joints[0]
    assert body.camera.height_m == 0.2
    assert "pas de rotation de la tête : la base tourne à sa place" in told
    assert "Ce servo est-il présent" in told


def test_nobody_there_writes_nothing_and_an_unknown_joint_is_named(tmp_path: Path) -> None:
    assert calibrate(tmp_path, "").returncode == 2
    assert list(tmp_path.iterdir()) == []
    run = calibrate(tmp_path, "", "--joint", "tail")
    assert run.returncode == 2
    assert "head_yaw" in run.stderr


def test_a_body_that_moves_by_itself_is_refused_before_anything_moves(tmp_path: Path) -> None:
    (tmp_path / "bowlby.toml").write_text('[parts]\nbuild = "reachy_mini"\n', encoding="utf-8")
    run = calibrate(tmp_path, HEAD, "--joint", "head_yaw")
    assert (run.returncode, run.stdout) == (2, "")
    assert "Reachy Mini moves by itself" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bowlby.toml"]


def described(folder: Path, *, without: tuple[str, ...], eyes: str = "drawn") -> Path:
    """Bowlby One with less."""
    tables = ONE.read_text(encoding="utf-8").split("\n[")
    kept = [table for table in tables if not table.startswith(tuple(f"joints.{name}]" for name in without))]
    path = folder / "body.toml"
    path.write_text("\n[".join(kept).replace("[eyes]", f'[eyes]\nkind = "{eyes}"'), encoding="utf-8")
    return path


class Faces:
    """Where somebody was, and where the head looked at the end of each tick."""

    def __init__(self) -> None:
        self.off: list[float] = []
        self.frames: list[Tick] = []

    def see(self, tick: Tick) -> None:
        self.frames.append(tick)
        focus = tick.scene.person(tick.scene.focus) if tick.scene.focus is not None else None
        if focus is not None and tick.scene.body is not None:
            self.off.append(abs(focus.yaw - tick.scene.body.pose.yaw))


@pytest.mark.parametrize(
    ("without", "eyes"),
    [
        (("head_yaw",), "drawn"),
        (("base_yaw",), "drawn"),
        (("left_ear", "right_ear", "neck_roll"), "none"),
        (("head_yaw", "neck_roll", "left_ear", "right_ear"), "lamps"),
    ],
)
def test_a_body_with_less_lives_and_says_what_it_lacks(tmp_path: Path, without: tuple[str, ...], eyes: str) -> None:
    file = described(tmp_path, without=without, eyes=eyes)
    _, scenario = scenarios.load("first-meeting")
    parts = PartsTable(body="sim://", camera="sim://", ears="sim://?hears=text", speaker="sim://", build=file)
    faces = Faces()
    place = RunContext(ManualClock(), World(scenario, bowlby_one(), "truth"), research=True, stock=shared_stock())
    with build(Config(parts=parts), place, [faces]) as robot:
        robot.loop.run(25.0)
        body = robot.loop.devices.body.health()
        rows = {part.part: part for part in robot.vitals().health}
    assert body.condition is Condition.OK, body
    assert rows["build"].condition is Condition.LESSER
    assert all(f"no {name}" in words(rows["build"].reason) for name in without)
    assert faces.off, "nobody was attended to"
    assert sorted(faces.off)[len(faces.off) // 2] < math.radians(12.0), "it does not turn to people"
    for tick in faces.frames:
        assert all(getattr(tick.frame.pose, name) == 0.0 for name in without)
        assert eyes == "drawn" or (tick.frame.eyes.x, tick.frame.eyes.y) == (0.0, 0.0)


def test_a_body_file_with_a_joint_or_eyes_that_do_not_exist_is_refused(tmp_path: Path) -> None:
    text = ONE.read_text(encoding="utf-8")
    path = tmp_path / "body.toml"
    path.write_text(text.replace("joints.left_ear", "joints.left_wing"), encoding="utf-8")
    with pytest.raises(ConfigError, match="there is no joint 'left_wing'"):
        load(path)
    path.write_text(text.replace("[eyes]", '[eyes]\nkind = "laser"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="no kind of eyes 'laser'"):
        load(path)
