"""How its last run ended: each end leaves its reason for the next start, and whoever is there is told."""

from __future__ import annotations

import os
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config, PartsTable, RobotTable
from robot.core.clock import ManualClock
from robot.health.last_run import LastRun, RunEnding, RunFile, read
from robot.texts.catalogue import words
from robot.texts.sentence import sentence
from sim.world import scenario as scenarios
from sim.world.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.tick import Tick


def test_each_end_leaves_its_reason_for_the_next_start(tmp_path: Path) -> None:
    clock = ManualClock()

    def left(said: str = "") -> LastRun:
        file = RunFile(clock, tmp_path)
        file.begin()
        os.close(file._lock)  # as a kill does
        file._lock = -1
        if said:
            (tmp_path / "ended").write_text(said)
        return read(tmp_path)

    assert read(tmp_path).ending is RunEnding.FIRST
    assert left().ending is RunEnding.KILLED
    assert left("watchdog dumped ABRT").ending is RunEnding.HUNG
    assert left("oom-kill killed KILL").ending is RunEnding.MEMORY
    assert left("signal killed KILL") == LastRun(RunEnding.KILLED, "killed KILL", "2026-01-05 10:00")
    assert left().ending is RunEnding.KILLED  # what the manager said of the run before is not said of this one
    state = tmp_path / "run.toml"
    state.write_text(state.read_text().replace('starved = "', 'starved = "1'))
    assert read(tmp_path).ending is RunEnding.MEMORY  # where only the kernel's own count tells it
    state.write_text(state.read_text().replace('boot = "', 'boot = "before-'))
    assert read(tmp_path).ending is RunEnding.POWER
    file = RunFile(clock, tmp_path)
    file.begin()
    second = RunFile(clock, tmp_path)
    assert second.begin().detail == sentence("health.another_runs")
    second.end(RunEnding.ASKED)
    assert "running" in state.read_text()
    file.end(RunEnding.FAULT, 'LinkError: "no\nboard"')
    assert read(tmp_path) == LastRun(RunEnding.FAULT, "LinkError:  no board ", "2026-01-05 10:00")
    state.write_bytes(b"\xff\x00 half a file")
    assert read(tmp_path).ending is RunEnding.KILLED
    assert words(read(tmp_path).health().remedy)


class Said:
    def __init__(self) -> None:
        self.texts: list[str] = []

    def see(self, tick: Tick) -> None:
        self.texts += [getattr(command, "text", "") for command in tick.voice]


@pytest.mark.parametrize(("language", "told"), [("en", "I hung for a moment"), ("fr", "Je me suis bloqué")])
def test_whoever_is_there_is_told_aloud_once(language: str, told: str) -> None:
    _, scenario = scenarios.load("first-meeting" if language == "en" else "premiere-rencontre")
    parts = PartsTable(body="sim://", camera="sim://", ears="sim://?hears=text", speaker="sim://")
    config = Config(parts=parts, robot=RobotTable.model_validate({"language": language}))
    world, said = World(scenario, bowlby_one(), "truth"), Said()
    place = RunContext(
        ManualClock(scenario.civil.replace(tzinfo=UTC)),
        world,
        LastRun(RunEnding.HUNG),
        research=True,
        stock=shared_stock(),
    )
    with build(config, place, [said]) as robot:
        robot.loop.run(60.0)
        assert any(part.part == "last_run" and "hung" in words(part.reason) for part in robot.vitals().health)
    assert sum(told in text for text in said.texts) == 1, said.texts
