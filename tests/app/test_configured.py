"""What a configuration says of behaviours' parameters holds from the start; what no behaviour takes stops it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from robot.app.context import shared_stock
from robot.app.plugins import Library
from robot.app.replay import Replay
from robot.config.schema import Config
from robot.health.conditions import title
from robot.texts.catalogue import words
from sim.run.play import play
from sim.testing.sim_robot import SimRobot
from tests.support.command_line import called, refused
from tests.support.tables import TABLES
from tests.support.tea import tea

if TYPE_CHECKING:
    from pathlib import Path


def settings(folder: Path, **parameters: dict[str, Any]) -> Config:
    return Config.model_validate({"robot": {"behaviors": folder}, "behaviors": parameters})


def library(folder: Path, **parameters: dict[str, Any]) -> Library:
    return Library(folder, lambda: TABLES, parameters=parameters)


def value_in(found: Library) -> object:
    return next(one.config.after_s for one in found.behaviors if one.name == "tea")  # type: ignore[attr-defined]


def told(found: Library) -> list[str]:
    return [f"{title(line)}: {words(line.reason)}" for line in found.health()]


@pytest.mark.parametrize(("desire", "does"), [(0.6, "greet"), (0.3, "attend")])  # which has 0.35
def test_a_shipped_behaviour_takes_its_parameters(tmp_path: Path, desire: float, does: str) -> None:
    with SimRobot(config=settings(tmp_path, greet={"desire": desire})) as robot:
        robot.forward(seconds=3)
        robot.person("Ada", x=1.2)
        robot.forward(seconds=3)
        assert robot.behavior == does


def test_ones_own_behaviour_takes_them(tmp_path: Path) -> None:
    tea(tmp_path)
    with SimRobot(config=settings(tmp_path, tea={"after_s": 7})) as robot:
        robot.person("Ada", x=1.2)
        assert not robot.says("tea_ready", within=6.5)
        assert robot.says("tea_ready", within=2)


def test_they_are_in_a_recording_and_it_plays_again_to_the_bit(tmp_path: Path) -> None:
    file = tmp_path / "run.mcap"
    report = play("first-meeting", seconds=8, record=file, config=settings(tmp_path, greet={"desire": 0.0}))
    assert play("first-meeting", seconds=8).digest != report.digest
    outcome = Replay(file, shared_stock()).run()
    assert outcome.same
    assert outcome.digest == report.tick_digest


MISTAKES = {
    "[behaviors.gret]\ndesire = 0.1": r"behaviors\.gret: there is no such behaviour \(did you mean 'greet'\?\)",
    "[behaviors.greet]\ndesir = 0.1": r"behaviors\.greet: unknown key 'desir' \(did you mean 'desire'\?\)",
    "[behaviors.greet]\ndesire = 2": r"behaviors\.greet: desire: .*less than or equal to 1 \(it is 2 now\)",
    "[behaviors.greet]\ndesire = nan": r"behaviors\.greet: desire: .*finite number",
    "[behaviors.crisis]\nx = 1": r"behaviors\.crisis: it has no parameters \(leave them out\)",
    "[behaviors]\ngreet = 3": r"c\.toml:2: behaviors\.greet: .*valid dictionary",
}


@pytest.mark.parametrize(("text", "why"), MISTAKES.items())
def test_what_no_behaviour_takes_stops_the_start_with_its_place(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "c.toml"
    path.write_text(f'{text}\n[robot]\nbehaviors = "{tmp_path}"\n', encoding="utf-8")
    assert re.search(why, refused("talk", "--config", str(path)))


def test_a_file_that_is_saved_again_keeps_what_the_configuration_says(tmp_path: Path) -> None:
    path = tea(tmp_path)
    found = library(tmp_path, tea={"after_s": 9.0})
    before = next(one for one in found.behaviors if one.name == "tea")
    path.write_text(path.read_text(encoding="utf-8") + "\n# saved", encoding="utf-8")
    assert found.look() is not None
    assert before not in found.behaviors
    assert value_in(found) == 9.0


def test_a_file_that_is_saved_without_the_parameter_is_named_and_the_old_one_goes_on(tmp_path: Path) -> None:
    path = tea(tmp_path)
    found = library(tmp_path, tea={"after_s": 9.0})
    tea(tmp_path, "later_s")
    found.look()
    assert value_in(found) == 9.0
    (line,) = told(found)
    assert "behaviors.tea: unknown key 'after_s' (did you mean 'later_s'?)" in line
    tea(tmp_path)
    assert found.look() is not None
    assert told(found) == []
    path.unlink()
    assert found.look() is not None
    assert told(found) == [
        "behaviour tea: the configuration sets parameters of tea, and there is no such behaviour now"
    ]


def test_a_shipped_behaviour_that_comes_back_has_its_parameters(tmp_path: Path) -> None:
    path = tea(tmp_path, "again_after_s", name="greet")
    found = library(tmp_path, greet={"again_after_s": 9.0})
    path.unlink()
    found.look()
    (greet,) = (one for one in found.behaviors if one.name == "greet")
    assert type(greet).__module__ == "behaviors.greet"
    assert greet.config.again_after_s == 9.0  # type: ignore[attr-defined]


def test_a_broken_file_stops_no_start_though_the_configuration_has_parameters_for_it(tmp_path: Path) -> None:
    tea(tmp_path).write_text("1 / 0\n", encoding="utf-8")
    path = tmp_path / "c.toml"
    path.write_text(f'[robot]\nbehaviors = "{tmp_path}"\n[behaviors.tea]\nafter_s = 9\n', encoding="utf-8")
    listed = called("behavior", "list", "--config", str(path))
    assert listed.exit_code == 1
    assert "tea.py:1: cannot be loaded" in listed.output
    assert "the configuration sets parameters of tea" in listed.output
