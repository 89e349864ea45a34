"""`bowlby behavior`: a new one works at once, each is listed with what it is, and what is broken is told whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from robot.app.plugins import Library
from tests.support.command_line import called as run
from tests.support.command_line import printed, refused
from tests.support.tables import TABLES
from tests.support.wish import WISH

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_behaviour_from_the_command_works_at_once(tmp_path: Path) -> None:
    config = tmp_path / "bowlby.toml"
    mine = tmp_path / "mine"
    config.write_text(f'[robot]\nbehaviors = "{mine}"\n', encoding="utf-8")
    path = printed("behavior", "new", "say_hey", "--config", str(config)).strip()
    assert path == str(mine / "say_hey.py")
    listed = json.loads(printed("behavior", "list", "--json", "--config", str(config)))
    assert {"say_hey", "idle"} <= {row["name"] for row in listed["behaviors"]}
    library = Library(mine, lambda: TABLES)
    assert library.health() == []
    assert "there is such a file" in refused("behavior", "new", "say_hey", "--config", str(config))
    assert "'greet' already, and yours would stand in for it" in refused(
        "behavior", "new", "greet", "--config", str(config)
    )
    assert "cannot be a behaviour's name" in refused("behavior", "new", "Say-Hey")


@pytest.mark.parametrize("name", ["test_tea", "conftest", "none", "true", "look", "show", "behavior"])
def test_no_file_is_written_that_could_not_work(tmp_path: Path, name: str) -> None:
    told = refused("behavior", "new", name, "--folder", str(tmp_path))
    assert "choose another name" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["my_look", "tea_test", "seconds_2", "été"])
def test_names_near_those_are_taken(tmp_path: Path, name: str) -> None:
    printed("behavior", "new", name, "--folder", str(tmp_path))
    library = Library(tmp_path, lambda: TABLES)
    assert library.health() == []
    assert name in {one.name for one in library.behaviors}


def test_a_behaviour_that_says_nothing_of_itself_is_listed_by_what_its_file_says(tmp_path: Path) -> None:
    text = WISH.format(name="one", mark=1, desire=0.1).replace('    """A wish."""\n\n', "")
    (tmp_path / "one.py").write_text(f'"""Wishes for one thing."""\n{text}', encoding="utf-8")
    (tmp_path / "bowlby.toml").write_text(f'[robot]\nbehaviors = "{tmp_path}"\n', encoding="utf-8")
    listed = json.loads(printed("behavior", "list", "--json", "--config", str(tmp_path / "bowlby.toml")))
    assert next(row["about"] for row in listed["behaviors"] if row["name"] == "one") == "Wishes for one thing."


def test_what_is_wrong_with_a_file_is_printed_whole_with_what_stands_in_brackets(tmp_path: Path) -> None:
    config = tmp_path / "bowlby.toml"
    config.write_text(f'[robot]\nbehaviors = "{tmp_path}"\n', encoding="utf-8")
    tmp_path.joinpath("phrases").mkdir()
    tmp_path.joinpath("phrases", "tea.toml").write_text('[said.en]\ntea_ready = "Tea is ready."\n', encoding="utf-8")
    told = run("behavior", "list", "--config", str(config)).stderr.splitlines()
    (broken,) = (line for line in told if line.startswith("broken:"))  # beside what the log says
    assert "tea_ready is not in [said.fr]" in broken
