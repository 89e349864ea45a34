"""A meeting on bus servos: every motion by the makers' packets, and what cannot befall such a body is told by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.errors import ConfigError, InputError
from robot.parts.registry import BODIES, Surroundings, open_part
from robot.texts.catalogue import words
from sim.run.session import Report, SimSession
from sim.world import scenario as scenarios
from sim.world.fault_names import FaultName
from sim.world.happenings import FaultTable
from sim.world.options import Bus, Options, Physics, SightFrom, WordsFrom

if TYPE_CHECKING:
    from sim.world.scenario import Scenario

pytestmark = pytest.mark.slow  # whole robots, and a start that brings in the language network

SECONDS = 8.0
FIRST = ("the eyes turn to Ada", "the head is off Ada", "the head goes beyond Ada")  # of what is expected


def session(bus: Bus, scenario: Scenario | None = None, physics: Physics | None = None) -> SimSession:
    options = Options(
        senses=SightFrom.truth,
        hears=WordsFrom.text,
        seed=7,
        fast=True,
        fps=None,
        language=None,
        physics=physics,
        bus=bus,
    )
    return SimSession(
        "first-meeting", scenario or scenarios.load("first-meeting")[1], Config(), options, shared_stock()
    )


def played(bus: Bus) -> Report:
    with session(bus) as run:
        run.play_whole(SECONDS)
        return run.outcome(SECONDS)


@pytest.mark.parametrize("bus", Bus)
def test_it_turns_to_who_comes_in_and_the_same_run_has_the_same_bytes(bus: Bus) -> None:
    first = played(bus)
    found = [finding for finding in first.expectations if finding.text.startswith(FIRST)]
    assert len(found) == len(FIRST)
    assert all(finding.passed for finding in found), found
    assert played(bus).digest == first.digest


def test_faults_of_a_bus_are_told_and_mended() -> None:
    with session(Bus.feetech) as run:
        now = 3.0
        run.play(now)
        body = run.robot.loop.devices.body
        assert body.health().condition is Condition.OK, body.health()
        for fault, told in ((FaultName.unplugged, "unplugged"), (FaultName.low_voltage, "down to 3.9 V")):
            run.faults.set(fault, on=True)
            run.play(now + 1.0)
            assert told in words(body.health().reason)
            run.faults.set(fault, on=False)
            now += 7.0
            run.play(now)
            assert body.health().condition is Condition.OK, words(body.health().reason)
        assert {FaultName.mute_switch, FaultName.board_reset}.isdisjoint(run.faults.names())


def test_what_a_body_on_a_bus_cannot_play_is_told_by_name() -> None:
    _, scenario = scenarios.load("first-meeting")
    muted = scenario.model_copy(update={"fault": [FaultTable(at=1.0, name=FaultName.mute_switch)]})
    with pytest.raises(InputError, match="mute"):
        session(Bus.feetech, muted)
    with pytest.raises(InputError, match="no weight"):
        session(Bus.feetech, physics=Physics.mujoco)
    with pytest.raises(ConfigError, match="no such simulated bus"):
        open_part(BODIES, "simbus://hitec", Surroundings(ManualClock()))
