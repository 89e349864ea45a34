"""A body whose servos hang on a PCA9685, through the client: described, driven, and told in words when it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from firmware_bridge import table
from hardware import body as bodies
from robot.core import body_file
from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.errors import ConfigError
from robot.core.percepts import Telemetry
from robot.parts.registry import BODIES, Surroundings, open_part
from robot.texts.catalogue import words
from sim.board.body import SimBody

if TYPE_CHECKING:
    from pathlib import Path

from importlib.resources import files

SHIPPED = (files(bodies) / "bowlby_one.toml").read_text(encoding="utf-8")
BOARD = '\n[servo_board]\nchip = "pca9685"\noscillator_mhz = 24.6\n'


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """Bowlby One on channels 10 to 15."""
    text = SHIPPED
    for channel in range(6):
        text = text.replace(f"channel = {channel}\n", f"channel = {15 - channel}\n")
    path = tmp_path / "mine.toml"
    path.write_text(text + BOARD, encoding="utf-8")
    return path


class Life:
    """A loop round a simulated body."""

    def __init__(self, build: Path) -> None:
        self._clock = ManualClock()
        body = open_part(BODIES, "sim://", Surroundings(self._clock, build=build))
        assert isinstance(body, SimBody)
        self.body = body
        self.chip = body.line.board.chip
        self.chip.oscillator_hz = 24.6e6
        self.last: Telemetry | None = None
        self._n = 0

    def run(self, seconds: float, pose: Pose, *, go_on: bool = False) -> None:
        for _ in range(round(seconds * 50)):
            now = self._n * 0.02
            self._clock.sleep_until(now)
            for percept in self.body.poll(now):
                if isinstance(percept, Telemetry):
                    self.last = percept
            self.body.write(BodyFrame(now, pose, Eyes(), Light(), go_on=go_on))
            self._n += 1

    @property
    def armed(self) -> bool:
        return self.last is not None and self.last.armed


def test_it_moves_as_told_through_the_chip(build: Path) -> None:
    life = Life(build)
    pose = life.body.description.rest._replace(base_yaw=0.5, left_ear=0.3)
    life.run(4.0, pose)
    assert life.armed
    assert life.body.health().condition is Condition.OK
    assert life.body.status["output"] == table.Output.CHIP
    assert max(abs(a - b) for a, b in zip(life.body.servos.pose, pose, strict=True)) < 0.005
    assert [n for n, width in enumerate(life.body.line.pulses()) if width] == list(range(10, 16))


def test_a_chip_that_is_lost_is_told_in_words_and_held_after_the_third_time(build: Path) -> None:
    life = Life(build)
    rest = life.body.description.rest
    life.run(4.0, rest)
    for turn in range(3):
        life.chip.fitted = False
        life.run(1.0, rest)
        health = life.body.health()
        assert health.condition is Condition.FAULT
        if turn < 2:
            assert "servo board (PCA9685) does not answer" in words(health.reason)
            assert health.ailment == "body_output"
        assert not life.armed
        life.chip.fitted = True
        life.run(5.0, rest)
        assert life.armed == (turn < 2)
    assert life.body.health().ailment == "body_held"
    life.run(0.1, rest, go_on=True)
    life.run(4.0, rest)
    assert life.armed
    assert life.body.health().condition is Condition.OK


def test_a_bus_that_is_held_low_from_the_beginning_is_told_and_nothing_is_asked_of_it(build: Path) -> None:
    life = Life(build)
    life.chip.held = True
    life.run(3.0, life.body.description.rest)
    assert "is held low" in words(life.body.health().reason)
    assert not any(life.body.line.pulses())
    assert life.body.status["unsent"] == 0


def test_a_bus_that_fails_now_and_then_is_told_though_the_body_moves_on(build: Path) -> None:
    life = Life(build)
    rest = life.body.description.rest
    life.run(4.0, rest)
    for _ in range(3):
        life.chip.fitted = False
        life.run(0.02, rest)
        life.chip.fitted = True
        life.run(0.5, rest)
    health = life.body.health()
    assert health.condition is Condition.LESSER
    assert "misses pulses now and then" in words(health.reason)
    assert life.body.status["failed"] == 3
    assert life.armed
    life.run(10.0, rest)
    assert life.body.health().condition is Condition.OK


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("channel = 3\n", "channel = 8\n"), "describe the \\[servo_board\\]"),
        (("channel = 3\n", "channel = 16\n"), "less than 16"),
        (("[joints.base_yaw]", '[servo_board]\nchip = "pca9686"\n[joints.base_yaw]'), "pca9685"),
    ],
)
def test_a_body_that_cannot_be_is_told_with_its_key(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SHIPPED.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        body_file.load(path)


def test_the_oscillator_is_within_what_such_chips_have(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    for mhz in ("20.9", "31"):
        path.write_text(SHIPPED + BOARD.replace("24.6", mhz), encoding="utf-8")
        with pytest.raises(ConfigError, match="oscillator_mhz"):
            body_file.load(path)
    path.write_text(SHIPPED + BOARD, encoding="utf-8")
    assert body_file.load(path).chip_mhz == pytest.approx(24.6)
