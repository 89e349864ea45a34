"""A language that somebody brings is broken: it is left out and named, and the robot goes on in its others."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.german import FILES, install, run
from tests.support.imports import HOUSE

Break = Callable[[Path], object]
TOLD = """
import json
from robot.health.brought_languages import broken, lines
from robot.texts.catalogue import words
from robot.texts.languages import languages
left_out = broken()
print(json.dumps({
    "left_out": {code: str(error) for code, error in left_out.items()},
    "languages": languages(),
    "lines": [[words(one.reason), words(one.reason, "fr"), words(one.remedy), one.condition] for one in lines("de")],
}))
"""
# A process for each site, with what all of them import imported once before; nothing has been asked yet.
EACH = """
import json, os, sys
from importlib import import_module
from robot.health.brought_languages import FORMS
for name in FORMS:
    import_module(name)
for site, script in json.loads(sys.argv[1]):
    if not os.fork():
        sys.path.insert(0, site)
        exec(script)
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""
TALK = """
import json
from robot.config.schema import Config, RobotTable
from robot.texts.catalogue import words
from sim.testing.sim_robot import SimRobot
with SimRobot(language="fr") as robot:
    ada = robot.person("Ada", x=1.2)
    robot.forward(seconds=6)
    ada.says("Quelle heure est-il ?")
    heard = robot.says("answer_what_time_is_it", within=4)
    health = robot.session.robot.vitals().health
print(json.dumps({"heard": heard, "health": [[one.part, one.name, words(one.reason)] for one in health]}))
"""
BUILT = """
import json, sys
from robot.app.build import build
from robot.app.context import RunContext
from robot.config.schema import load
from robot.core.clock import ManualClock
from robot.texts.catalogue import words
from pathlib import Path
robot = build(load(Path(sys.argv[1])), RunContext(ManualClock()))
health = [[one.part, one.name, words(one.reason)] for one in robot.vitals().health if one.name == "de"]
print(json.dumps({"language": robot.config.robot.language, "health": health}))
robot.close()
"""
CONFIG = """
[robot]
language = "de"
[parts]
body = "sim://"
camera = ""
ears = ""
speaker = ""
[talk]
reader = "tables"
[memory]
file = "{memory}"
"""


def changed(name: str, before: str, after: str) -> Break:
    def change(files: Path) -> None:
        text = (files / name).read_text(encoding="utf-8")
        assert before in text
        (files / name).write_text(text.replace(before, after, 1), encoding="utf-8")

    return change


def added(name: str, text: str) -> Break:
    def add(files: Path) -> None:
        (files / name).parent.mkdir(exist_ok=True)
        with (files / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return add


def gone(name: str) -> Break:
    return lambda files: (files / name).unlink()


BROKEN: dict[str, tuple[Break, str]] = {
    "a file of need is missing": (gone("emergency/emergency_de.toml"), "emergency/emergency_de.toml"),
    "what is understood is missing": (gone("phrases/heard_de.toml"), "heard_de.toml"),
    "no TOML": (added("words/de.toml", "\n[theme"), "de.toml"),
    "an unknown key": (changed("words/de.toml", "[turns]\n", "[turns]\nspin = 3\n"), "spin"),
    "a table of a behaviour's own": (changed("words/de.toml", "[play]\n", "[play]\nall = 'x'\n"), "[play]"),
    "no pattern": (changed("words/de.toml", "as_well = '", "as_well = '(("), "(("),
    "a row of need that finds nothing": (
        added("emergency/emergency_de.toml", "\n[[added]]\non = 2026-01-01\nby = 'x'\nrows = [['fire','zzz','qqq']]\n"),
        "zzz",
    ),
    "an unknown phrase": (added("phrases/said_stories_de.toml", '\nno_such_phrase = "Ach."\n'), "no_such_phrase"),
    "a sentence that breaks a duty": (added("phrases/asked.toml", '\n[heard]\nde = "nothing"\n'), "asked.toml"),
    "no catalogue": (added("texts/page.po", "\nnonsense\n"), "page.po"),
    "a gap that nothing fills": (added("texts/entry.po", '\nmsgid "entry.own"\nmsgstr "{what}"\n'), "{what}"),
    "no text": (lambda files: (files / "speech/concepts_de.toml").write_bytes(b"\xff\xfe\x00"), "concepts_de.toml"),
    "no reader": (lambda files: (files / "reader/by_lines_de.npz").write_bytes(b"no"), "by_lines_de.npz"),
    "no head": (lambda files: (files / "reader/own_head_de.npz").write_bytes(b"no"), "own_head_de.npz"),
    "an unknown animal": (added("animals/de.toml", "yeti = ['der Yeti']\n"), "yeti"),
    "the whole folder": (shutil.rmtree, "bowlby_german"),
}


def site(folder: Path, spoil: Break) -> Path:
    files = folder / "files"
    shutil.copytree(FILES, files)
    spoil(files)
    return install(folder / "site", files)


def last_of(folder: Path, script: str, *words: str) -> Any:
    done = run(folder, "-c", script, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def told_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is told of each broken one."""
    sites = [
        (
            str(site(tmp_path_factory.mktemp("broken"), spoil)),
            f"import behaviors.play\n{TOLD}" if "behaviour" in name else TOLD,
        )
        for name, (spoil, _) in BROKEN.items()
    ]
    done = run(tmp_path_factory.mktemp("none"), "-c", EACH, json.dumps(sites))
    assert done.returncode == 0, done.stderr
    return dict(zip(BROKEN, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", BROKEN)
def test_it_is_left_out_and_named_with_what_is_wrong_and_what_mends_it(told_of: dict[str, Any], name: str) -> None:
    named, told = BROKEN[name][1], told_of[name]
    assert told["languages"] == ["en", "fr"]
    assert named in told["left_out"]["de"]
    ((english, french, remedy, condition),) = told["lines"]
    assert named in english
    assert "English is spoken instead" in english
    assert "anglais" in french
    assert remedy
    assert condition == "fault"


def test_every_form_of_words_is_known_before_a_robot_is_made(tmp_path: Path) -> None:
    written = {
        one.group(1)
        for path in (HOUSE / "robot").rglob("*.py")
        for one in re.finditer(r'\(WordTable, section="(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert len(written) > 30
    script = f"{TOLD}from robot.core.language_words import _FORMS\nprint(json.dumps([name for name, _ in _FORMS]))"
    assert written <= set(last_of(install(tmp_path / "site"), script))


def test_a_whole_one_stays(tmp_path: Path) -> None:
    told = last_of(install(tmp_path / "site"), TOLD)
    assert told == {"left_out": {}, "languages": ["en", "fr", "de"], "lines": []}


@pytest.mark.slow  # a robot in a process of its own
def test_the_robot_goes_on_in_its_other_languages(tmp_path: Path) -> None:
    told = last_of(site(tmp_path, BROKEN["no TOML"][0]), TALK)
    assert told["heard"]
    (row,) = [one for one in told["health"] if one[:2] == ["language", "de"]]
    assert "de.toml" in row[2]


@pytest.mark.slow  # a robot in a process of its own
def test_where_it_was_to_be_spoken_english_is(tmp_path: Path) -> None:
    settings = tmp_path / "bowlby.toml"
    settings.write_text(CONFIG.format(memory=tmp_path / "memory.db"), encoding="utf-8")
    told = last_of(site(tmp_path, BROKEN["an unknown phrase"][0]), BUILT, str(settings))
    assert told["language"] == "en"
    ((part, code, reason),) = told["health"]
    assert (part, code) == ("language", "de")
    assert "no_such_phrase" in reason
    assert "English is spoken instead" in reason


def test_the_commands_name_it(tmp_path: Path) -> None:
    folder = site(tmp_path, BROKEN["no catalogue"][0])
    listed = run(folder, "-m", "robot", "language", "list")
    assert listed.returncode == 0, listed.stderr
    assert "left out: de" in listed.stdout
    asked = run(folder, "-m", "robot", "understand", "hallo", "--language", "de")
    assert asked.returncode == 2
    assert "page.po" in " ".join(asked.stderr.split())
    english = run(folder, "-m", "robot", "understand", "hello", "--json")
    assert json.loads(english.stdout)["meaning"] == "greeting"


@pytest.mark.slow  # every part is tried
def test_the_doctor_names_it(tmp_path: Path) -> None:
    folder = site(tmp_path, BROKEN["a gap that nothing fills"][0])
    done = run(folder, "-m", "robot", "doctor", "--json")
    rows = [one for one in json.loads(done.stdout)["parts"] if "{what}" in one["reason"]]
    assert [(one["part"], one["condition"]) for one in rows] == [("language", "fault")]
    assert done.returncode == 1


def test_one_of_two_is_no_fault_of_the_other(tmp_path: Path) -> None:
    """A second language beside a broken one: each is read beside the languages of the house alone."""
    folder = site(tmp_path, BROKEN["an unknown phrase"][0])
    told = folder / next(folder.glob("*.dist-info")).name / "entry_points.txt"
    told.write_text(f"{told.read_text()}nds = bowlby_low_german\n", encoding="utf-8")
    low = folder / "bowlby_low_german"
    shutil.copytree(FILES, low, ignore=shutil.ignore_patterns("__pycache__", "asked.toml"))
    for path in sorted(low.rglob("*")):
        if path.is_file() and "de." in path.name:
            path.rename(path.with_name(path.name.replace("de.", "nds.")))
    found = last_of(folder, TOLD)
    assert found["languages"] == ["en", "fr", "nds"]
    assert list(found["left_out"]) == ["de"]
