"""What is saved while the robot runs is taken up; what is broken is named with its line, and the old one goes on."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from firmware_bridge.descriptions import bowlby_one
from robot.app import plugins
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.app.plugins import Library
from robot.config.schema import Config, PartsTable, RobotTable
from robot.core.clock import PacedClock
from robot.core.condition import Condition
from robot.core.errors import ConfigError
from robot.health.conditions import title
from robot.loop.renewal import Renewal
from robot.parts import behavior_packages
from robot.parts.behavior_packages import BehaviorPackage
from robot.parts.registry import data_folders
from robot.sense.language import phrases
from robot.texts.catalogue import words
from sim.world.scenario import load as load_scenario
from sim.world.world import World
from tests.support.tables import TABLES
from tests.support.wish import WISH, dance, wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.tick import Tick
    from robot.decide.behavior import Behavior


def looked(library: Library) -> Renewal:
    """What the look after a save gives."""
    return library.look() or Renewal()


def called(renewal: Renewal, name: str) -> Behavior:
    assert renewal.behaviors is not None
    return next(behavior for behavior in renewal.behaviors if behavior.name == name)


def test_a_behaviour_that_is_saved_again_takes_its_place_and_the_others_keep_theirs(tmp_path: Path) -> None:
    wish(tmp_path, "one", mark=1)
    library = Library(tmp_path, lambda: TABLES)
    before = {behavior.name: behavior for behavior in library.behaviors}
    wish(tmp_path, "one", mark=22)
    renewal = looked(library)
    assert called(renewal, "one").mark == 22  # type: ignore[attr-defined]
    assert renewal.expressions is None
    assert all(called(renewal, name) is one for name, one in before.items() if name != "one")
    assert library.look() is None


BROKEN = [
    ("x = 1\ny = = 2\n", r"one\.py:2: cannot be loaded: invalid syntax"),
    ("x = 1\n\nimport there_is_none\n", r"one\.py:3: cannot be loaded: ModuleNotFoundError"),
    (
        "from robot import BehaviorConfig, Seconds\nclass Mine(BehaviorConfig):\n    wait_s: Seconds = -5.0\nMine()\n",
        r"one\.py:4: cannot be loaded: ValidationError",
    ),
    ("x = 1\n1 / 0\n", r"one\.py:2: cannot be loaded: ZeroDivisionError"),
    ("import sys\nsys.exit()\n", r"one\.py:2: cannot be loaded: SystemExit"),
    (
        "from robot.decide.behavior import Behavior\n\n\nclass One(Behavior):\n    name = 'one'\n",
        r"one\.py:4: the behaviour One has no act and no desire",
    ),
    (
        WISH.format(name="one", mark=0, desire="0.0").replace('    name = "one"\n', ""),
        r"one\.py:7: the behaviour Wish has no name",
    ),
    (
        WISH.format(name="one", mark=0, desire="0.0") + "\n    def __init__(self):\n        self.x = self.y\n",
        r"one\.py:21: cannot be loaded: AttributeError",
    ),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[message.split(": ", 1)[1] for _, message in BROKEN])
def test_a_broken_file_is_named_with_its_line_and_the_old_one_goes_on(
    tmp_path: Path, text: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = wish(tmp_path, "one", mark=1)
    library = Library(tmp_path, lambda: TABLES)
    path.write_text(text, encoding="utf-8")
    assert looked(library) == Renewal()
    (line,) = library.health()
    assert line.condition is Condition.FAULT
    assert re.search(message, words(line.reason))
    assert any(re.search(message, record.getMessage()) for record in caplog.records)
    assert next(b for b in library.behaviors if b.name == "one").mark == 1  # type: ignore[attr-defined]
    wish(tmp_path, "one", mark=3)
    assert called(looked(library), "one").mark == 3  # type: ignore[attr-defined]
    assert library.health() == []


def test_a_personal_file_that_is_broken_at_the_start_is_named_and_the_robot_starts(tmp_path: Path) -> None:
    tmp_path.joinpath("one.py").write_text("1 / 0\n", encoding="utf-8")
    library = Library(tmp_path, lambda: TABLES)
    assert [title(line) for line in library.health()] == ["file one.py"]
    assert len(library.behaviors) > 5


def test_a_personal_behaviour_stands_in_for_an_installed_one_until_it_is_deleted(tmp_path: Path) -> None:
    library = Library(tmp_path, lambda: TABLES)
    installed = next(behavior for behavior in library.behaviors if behavior.name == "idle")
    path = wish(tmp_path, "idle")
    assert called(looked(library), "idle") is not installed
    (line,) = library.health()
    assert (line.condition, words(line.reason)) == (Condition.LESSER, "your own file stands in for idle")
    found = plugins.check(tmp_path)
    assert (words(found.reason), words(found.remedy)) == (words(line.reason), "give yours another name to have both")
    path.unlink()
    assert called(looked(library), "idle") is installed
    assert library.health() == []


def test_the_doctor_says_who_mends_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = BehaviorPackage("bowlby_tea", "bowlby-tea", "1")
    monkeypatch.setattr(behavior_packages, "benched", lambda: ((package, "it raises"),))
    assert words(plugins.check(tmp_path).remedy) == "tell those who made it; the robot goes on without it"
    tmp_path.joinpath("one.py").write_text("1 / 0\n", encoding="utf-8")
    mended = "mend the file; the robot goes on without it; tell those who made it; the robot goes on without it"
    assert words(plugins.check(tmp_path).remedy) == mended


def test_two_behaviours_of_one_name_are_told_and_the_first_goes_on(tmp_path: Path) -> None:
    wish(tmp_path, "one", mark=1)
    library = Library(tmp_path, lambda: TABLES)
    wish(tmp_path, "one", mark=2, file="two")
    assert looked(library) == Renewal()
    (line,) = library.health()
    assert "two behaviours are called 'one'" in words(line.reason)
    assert "one.py" in words(line.reason)


def test_an_expression_is_taken_up_and_a_broken_one_is_not(tmp_path: Path) -> None:
    library = Library(tmp_path, lambda: TABLES)
    path = dance(tmp_path, 9.0)
    expressions = looked(library).expressions
    assert expressions is not None
    good = expressions["my_dance"]
    assert set(expressions) > {"nod", "glad"}
    path.write_text("[[frame]]\nt = 0.5\nrol = 3\n[[frame]]\nt = 1\n", encoding="utf-8")
    looked(library)
    assert library.expressions["my_dance"] is good
    (line,) = library.health()
    assert "my_dance.toml:3: unknown key 'frame.1.rol' (did you mean 'roll'?)" in words(line.reason)
    path.unlink()
    assert "my_dance" not in (looked(library).expressions or {"my_dance"})
    assert library.health() == []


def test_phrases_are_taken_up_and_broken_ones_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "phrases"
    shutil.copytree(Path(str(resources.files("behaviors"))) / "phrases", folder)
    monkeypatch.setattr(plugins, "data_folders", lambda name: [folder] if name == "phrases" else data_folders(name))
    library = Library(tmp_path / "mine", lambda: phrases.load(folder))
    said = folder / "said_en.toml"
    text = said.read_text(encoding="utf-8")
    said.write_text(text + 'brand_new = "x"\n', encoding="utf-8")
    assert looked(library) == Renewal()
    (line,) = library.health()
    assert f"said_en.toml:{len(text.splitlines()) + 1}" in words(line.reason)
    french = folder / "said_fr.toml"
    french.write_text(french.read_text(encoding="utf-8") + 'brand_new = "y"\n', encoding="utf-8")
    renewed = looked(library).phrases
    assert renewed is not None
    assert renewed.variants("brand_new", "fr") == ("y",)
    assert library.health() == []


def test_an_installed_file_that_is_broken_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "expressions"
    folder.mkdir()
    (folder / "x.toml").write_text("[[frame]]\nt = 1\nroll = 3\n", encoding="utf-8")
    monkeypatch.setattr(plugins, "data_folders", lambda name: [folder] if name == "expressions" else [])
    with pytest.raises(ConfigError, match=r"x\.toml:2: the last frame"):
        Library(tmp_path / "mine", lambda: TABLES)


class Witness:
    """Remembers which behaviours ran."""

    def __init__(self) -> None:
        self.ran: set[str] = set()

    def see(self, tick: Tick) -> None:
        self.ran.add(tick.decision.behavior)


def test_a_running_robot_takes_up_what_is_saved_and_a_benched_behaviour_comes_back(tmp_path: Path) -> None:
    _, scenario = load_scenario("first-meeting")
    world = World(scenario, bowlby_one(), "truth")
    parts = PartsTable(body="sim://", camera="sim://", ears="sim://?hears=text", speaker="sim://")
    config = Config(robot=RobotTable(behaviors=tmp_path), parts=parts)
    witness = Witness()
    with build(config, RunContext(PacedClock(), world, research=True, stock=shared_stock()), [witness]) as robot:
        robot.watch_files()

        def run_until(seen: Callable[[], bool]) -> None:
            robot.loop.run(robot.loop.clock.now() + 15.0, seen)
            assert seen()

        dance(tmp_path)
        wish(tmp_path, "mine", desire="1 / 0")
        run_until(lambda: "mine" in robot.loop.steps.mind.benched)
        assert any(title(line) == "behaviour mine" for line in robot.vitals().health)
        wish(tmp_path, "mine", desire="0.95")
        run_until(lambda: "mine" in witness.ran)
        assert robot.loop.steps.mind.benched == {}
        (tmp_path / "mine.py").write_text("def\n", encoding="utf-8")
        run_until(lambda: any("mine.py:1" in words(line.reason) for line in robot.vitals().health))
        witness.ran.clear()
        robot.loop.run(robot.loop.clock.now() + 0.5)
        assert witness.ran == {"mine"}
        (tmp_path / "mine.py").unlink()
        run_until(lambda: not any("mine.py" in words(line.reason) for line in robot.vitals().health))
        robot.loop.run(robot.loop.clock.now() + 0.2)
        witness.ran.clear()
        robot.loop.run(robot.loop.clock.now() + 0.5)
        assert "mine" not in witness.ran


def test_of_two_files_with_one_phrase_the_other_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "phrases"
    folder.mkdir()
    for name in ("soup", "tea"):
        text = '[said.en]\nanswer_how_long = "Soon."\n[said.fr]\nanswer_how_long = "Bientôt."\n'
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    (line,) = Library(tmp_path, phrases.load).health()
    told = words(line.reason)
    first, second = sorted(folder.iterdir(), key=lambda path: path.name not in told.split(" is in ")[1])
    assert f"{second}:2: answer_how_long is in {first} already (name yours otherwise" in told
