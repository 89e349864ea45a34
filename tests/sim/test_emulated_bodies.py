"""Scenes on the shipped images in emulators and on Reachy Mini's own simulations, in step with simulated time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.bodies import STANDS, Body
from benchmarks.judge_scenarios import Fate, Run, judge
from robot.core.clock import ManualClock
from robot.core.errors import ConfigError
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.world import scenario as scenarios
from sim.world.fault_names import FaultName
from sim.world.scenario import FaultTable, PushTable
from tests.support.images import HAVE_AVR, WITHOUT_AVR, avr_images

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with avr_images(tmp_path_factory.mktemp("avr")) as build:
        yield build


@pytest.mark.slow
@pytest.mark.skipif(not HAVE_AVR, reason=WITHOUT_AVR)
def test_a_cable_is_pulled_on_the_avr_and_put_back(images: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.board.emulated.AVR_HOST", images / "simavr-board")
    monkeypatch.setattr("sim.board.emulated.AVR_IMAGE", images / "bowlby-ws2812.elf")
    judged = judge(Run("cable-pulled", Body.AVR, 1))
    assert (judged.fate, judged.missed) == (Fate.passed, ())


@pytest.mark.soak
@pytest.mark.parametrize("body", [Body.PICO, Body.REACHY_MOCKUP, Body.REACHY_MUJOCO])
def test_a_cable_is_pulled_and_put_back(body: Body) -> None:
    if why := body.stand.missing():
        pytest.skip(why)
    judged = judge(Run("cable-pulled", body, 1))
    assert (judged.fate, judged.missed) == (Fate.passed, ())


def test_what_a_scene_asks_for_and_a_body_lacks_is_told_by_name() -> None:
    _, scene = scenarios.load("being-remembered")
    odd = scene.model_copy(
        update={"fault": (FaultTable(at=1.0, name=FaultName.mute_switch),), "push": (PushTable(at=2.0),)}
    )
    bus = STANDS[Body.BUS]
    assert bus.lacks(scene, []) == []
    switch, weight = bus.lacks(odd, ["unplugged"])
    assert "mute switch" in switch
    assert "no weight" in weight
    assert STANDS[Body.MUJOCO].lacks(odd, ["mute switch"]) == []
    assert bus.lesser(scene) == STANDS[Body.REACHY_MOCKUP].lesser(scene) != STANDS[Body.KINEMATIC].lesser(scene) == []


def test_a_scene_that_expects_nothing_is_told_as_such() -> None:
    assert judge(Run("visit", Body.KINEMATIC, 1)).fate is Fate.nothing


@pytest.mark.parametrize("address", ["sim://?board=z80", "sim://?reachy=real"])
def test_boards_and_simulations_that_are_not_there_are_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="cannot do that"):
        open_part(BODIES, address, Surroundings(ManualClock()))
