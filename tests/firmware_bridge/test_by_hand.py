"""Bus servos are calibrated by a person who turns them: a simulated bus, and hands on it at each question."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from firmware_bridge import calibrate as calibration
from robot.config import schema as configuration
from robot.core.body_file import load
from robot.core.errors import ConfigError, LinkError
from sim.bus.bus import SimBus
from sim.bus.server import BusServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sim.bus.servo import SimServo


@pytest.fixture
def bus() -> Iterator[BusServer]:
    with BusServer(SimBus("feetech", [1, 2, 3])) as server:
        for servo in server.bus.servos.values():
            servo.on = True
        yield server


def person(servo: SimServo, does: list[float | str], asked: list[str]) -> type[Console]:
    """Turns the servo to a step and presses Enter, or answers, one after the other."""

    class Person(Console):
        def input(self, prompt: Any = "", **_: Any) -> str:
            asked.append(str(prompt))
            deed = does.pop(0)
            if isinstance(deed, str):
                return deed
            assert not servo.on, "it is let go before it is turned"
            servo.turn_by_hand(deed)
            return ""

    return Person


def test_centre_direction_and_limits_are_read_from_where_hands_turn_it(
    bus: BusServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    does: list[float | str] = ["yes", 2000.0, 2500.0, 2600.0, 2000.0, 1500.0, 2600.0, "90"]
    monkeypatch.setattr(calibration, "Console", person(bus.bus.servos[1], does, asked))
    calibration.calibrate(f"feetech://{bus.path}", config=tmp_path / "bowlby.toml", joint="head_yaw")
    assert does == []
    built = configuration.load(tmp_path / "bowlby.toml").parts.build
    assert built == tmp_path / "body.toml"
    joint = load(tmp_path / "body.toml").joint("head_yaw")
    assert joint.bus is not None
    assert (joint.bus.id, joint.bus.centre) == (1, 2000)
    assert 1500 <= joint.bus.step(joint.upper) <= 1502
    assert 2598 <= joint.bus.step(joint.lower) <= 2600
    assert round(math.degrees(joint.speed)) == 90
    assert "robot’s own left" in asked[2]
    assert "# Angles in degrees" in (tmp_path / "body.toml").read_text(encoding="utf-8")


def test_a_servo_that_does_not_answer_is_named_and_nothing_is_written(
    bus: BusServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "Console", person(bus.bus.servos[1], ["yes", ""], []))
    with pytest.raises(LinkError, match=r"servo 4 \(right_ear\) does not answer"):
        calibration.calibrate(f"feetech://{bus.path}", config=tmp_path / "bowlby.toml", joint="right_ear")
    assert list(tmp_path.iterdir()) == []


def test_a_bus_body_on_a_board_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bowlby.toml").write_text('[parts]\nbuild = "bus_head"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="does not tell where it is turned to"):
        calibration.calibrate("sim://", config=tmp_path / "bowlby.toml", joint="head_yaw")
