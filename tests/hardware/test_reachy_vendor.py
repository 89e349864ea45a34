"""The body client on Reachy Mini's own daemon, in its mock-up and in its MuJoCo simulation, as its maker ships both."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
from contextlib import ExitStack, closing
from itertools import pairwise
from math import degrees, radians
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.reachy_daemon import DAEMON, ENVIRONMENT, MOCKUP, MUJOCO, Daemon, installed
from benchmarks.reachy_through import Through
from hardware.reachy import wire
from hardware.reachy.asking import asked
from hardware.reachy.body import Standing, reachy_mini
from hardware.reachy.figure import BUDGET
from hardware.reachy.line import Where
from hardware.reachy.motion import Limiter
from hardware.reachy.wire import Place
from robot.core.body_frame import ZERO, Pose
from robot.core.clock import RealClock, generator, stopwatch
from robot.core.condition import Condition
from robot.core.errors import PartError
from robot.parts.figures import figure_of, source_of
from robot.parts.registry import CAMERAS, EARS, SPEAKERS, Surroundings, open_part
from robot.texts.catalogue import words
from tests.support.free_port import free_port
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[2]
LOOK = Pose(0.3, 0.1, 0.1, 0.4, 0.3, -0.3)
FREEZES, KILLS = 40, 10  # on each of its two simulations; with what test_bus.py pulls they are two hundred losses
LEGS = """
import json, sys, re, math
import numpy as np, reachy_mini
from importlib.resources import files
from reachy_mini.kinematics import AnalyticalKinematics
text = files(reachy_mini).joinpath("descriptions/reachy_mini/urdf/robot.urdf").read_text()
joint = r'<joint name="stewart_%d".*?<limit[^>]*lower="([-\\d.e+]+)" upper="([-\\d.e+]+)"'
ends = np.array([[float(end) for end in re.search(joint % n, text, re.S).groups()] for n in range(1, 7)])
legs = AnalyticalKinematics(automatic_body_yaw=False)
left = math.inf
for head in json.load(sys.stdin):
    angles = np.array(legs.ik(np.array(head).reshape(4, 4), 0.0))[1:]
    left = min(left, *(angles - ends[:, 0]), *(ends[:, 1] - angles))
print(math.degrees(left))
"""  # in the maker's environment: how far from its end the nearest leg stays, degrees
WITH_MEDIA = """
import sys, types
from unittest.mock import MagicMock
class GstMediaServer(MagicMock):
    def __init__(self, *args, **options):
        super().__init__()
        self.camera_specs.name = "lite"
    def start(self):
        print("media start", flush=True)
    def stop(self):
        print("media stop", flush=True)
    def _get_child_mock(self, **options):
        return MagicMock(**options)
sys.modules["reachy_mini.media.media_server"] = types.SimpleNamespace(GstMediaServer=GstMediaServer)
from reachy_mini.daemon.app.main import main
main()
"""  # in the maker's environment

pytestmark = [pytest.mark.soak, pytest.mark.alone]


@pytest.fixture(scope="module")
def environment() -> Path:
    folder = HOUSE / ENVIRONMENT
    if why := installed(folder):
        pytest.skip(f"the maker's package cannot be installed here: {why}")
    return folder


@pytest.fixture(params=[MOCKUP, MUJOCO])
def daemon(request: pytest.FixtureRequest, environment: Path) -> Iterator[Daemon]:
    with closing(Daemon(environment, request.param)) as started:
        yield started


def test_it_wakes_follows_and_sleeps(daemon: Daemon) -> None:
    body = Through(daemon)
    body.wait(Standing.ARMED)
    heights = [one.pose.neck_pitch for one in body.told]
    assert heights[0] < radians(-15.0), "it slept"
    body.hold(LOOK, 3.0)
    assert body.told[-1].pose == pytest.approx(LOOK, abs=radians(4.0))
    assert body.body.health().condition is Condition.OK
    body.hold(ZERO, 3.0, limp=True)
    assert body.told[-1].pose.neck_pitch == pytest.approx(wire.ASLEEP.pose.neck_pitch, abs=radians(8.0))
    assert not body.told[-1].armed
    body.body.close()


def test_targets_far_out_of_reach_are_held_told_and_lead_it_nowhere(daemon: Daemon) -> None:
    body = Through(daemon)
    body.wait(Standing.ARMED)
    for wanted in (Pose(*[100.0] * 6), Pose(*[-100.0] * 6)):
        body.hold(wanted, 4.0)
        health = body.body.health()
        assert health.condition is not Condition.OK
        assert "limits" in words(health.reason)
    limits = body.body.description.joints
    for one in body.told:
        for joint, angle in zip(limits, one.pose, strict=True):
            assert joint.lower - radians(5.0) <= angle <= joint.upper + radians(5.0), joint.name
    body.hold(ZERO, 5.0)
    assert body.told[-1].pose == pytest.approx(ZERO, abs=radians(4.0)), "its kinematics went astray"
    body.body.close()


def test_the_legs_reach_every_pose_within_the_limits(environment: Path) -> None:
    chance = generator(7)
    limiter = Limiter(reachy_mini())
    poses = [limiter.reachable(Pose(0.0, *chance.uniform(-3.0, 3.0, 3))) for _ in range(400)]
    heads = [json.loads(wire.target(Place(pose)))["head"] for pose in poses]
    asked = [str(environment / "bin/python"), "-c", LEGS]
    told = subprocess.run(asked, input=json.dumps(heads), capture_output=True, text=True, check=True)
    assert float(told.stdout) > 9.0


def test_a_daemon_that_freezes_is_told_within_a_second_and_regained_without_a_jump(daemon: Daemon) -> None:
    body = Through(daemon)
    body.wait(Standing.ARMED)
    body.hold(LOOK, 2.0)
    for _ in range(FREEZES):
        daemon.process.send_signal(signal.SIGSTOP)
        began = stopwatch()
        while body.body.health().condition is Condition.OK:
            body.hold(LOOK._replace(head_yaw=-0.4), 0.02)
            assert stopwatch() - began < 1.0
        body.hold(LOOK._replace(head_yaw=-0.4), 1.0)
        first = len(body.told)
        daemon.process.send_signal(signal.SIGCONT)
        body.wait(Standing.ARMED, LOOK, within=20.0)
        body.hold(LOOK, 1.0)
        yaws = [one.pose.yaw for one in body.told[first:] if one.link]
        steps = [abs(b - a) for a, b in pairwise(yaws)]
        assert max(steps) < radians(20.0), f"{degrees(max(steps)):.0f} degrees at once"
    body.body.close()


def test_a_daemon_that_is_killed_is_told_and_its_successor_met(daemon: Daemon, environment: Path) -> None:
    body = Through(daemon)
    body.wait(Standing.ARMED)
    with ExitStack() as successors:
        for _ in range(KILLS):
            daemon.process.kill()
            daemon.process.wait()
            began = stopwatch()
            while body.body.health().condition is Condition.OK:
                body.hold(ZERO, 0.02)
                assert stopwatch() - began < 1.0
            daemon = successors.enter_context(closing(Daemon(environment, daemon.kind, daemon.port)))
            body.wait(Standing.ARMED, within=20.0)
            body.hold(ZERO, 2.0)
            assert body.body.health().condition is Condition.OK
        body.body.close()


def test_the_makers_daemon_lets_go_of_camera_and_sound_card_for_as_long_as_a_part_uses_them(environment: Path) -> None:
    """Its own routes; behind them a recorder in place of GStreamer's pipeline, which needs plugins beyond Debian."""
    port = free_port()
    options = [MOCKUP, *(option for option in DAEMON if option != "--no-media"), "--fastapi-port", str(port)]
    command = [str(environment / "bin/python"), "-c", WITH_MEDIA, *options]
    offline = os.environ | {"HF_HUB_OFFLINE": "1"}
    here = f"reachy://127.0.0.1:{port}"
    with subprocess.Popen(
        command, env=offline, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            until(lambda: available(port), "a daemon that holds its media")
            parts = [open_part(kind, here, Surroundings(RealClock())) for kind in (CAMERAS, EARS, SPEAKERS)]
            assert not available(port)
            for part in parts:
                part.close()
            assert available(port)
        finally:
            process.kill()
            told, _ = process.communicate()
    assert [line for line in told.splitlines() if line.startswith("media ")] == [
        "media start",
        "media stop",
        "media start",
    ]


def available(port: int) -> bool:
    try:
        told = json.loads(asked(Where("127.0.0.1", port), "/api/media/status", end=stopwatch() + 2.0))
    except PartError:
        return False
    return bool(told["available"])


def test_the_makers_own_model_comes_light_and_as_it_stands_when_it_looks_ahead(environment: Path) -> None:
    with closing(Daemon(environment, MOCKUP)) as daemon:
        data = figure_of(reachy_mini(), daemon.address)
        (length,) = struct.unpack_from("<I", data)
        head = json.loads(data[4 : 4 + length])
    assert source_of(data) == "daemon"
    assert len(data) < 256 * 1024
    triangles = {moves: sum(one["triangles"] for one in head["parts"] if one["moves"] == moves) for moves in BUDGET}
    assert all(budget / 4 < triangles[moves] <= budget for moves, budget in BUDGET.items()), triangles
    assert head["pivot"][2] == pytest.approx(0.177, abs=0.002), "as its kinematics have it"
    left, right = head["antennas"]["left"]["at"], head["antennas"]["right"]["at"]
    assert left == pytest.approx([right[0], -right[1], right[2]], abs=1e-4)
    assert left[1] > 0.04
