"""Somebody's own behaviours bring their own words, held to the same duties; other packages do so by entry points."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from robot.app.plugins import Library
from robot.core.condition import Condition
from robot.loop.renewal import Renewal
from robot.sense.language import phrases
from robot.texts.catalogue import words
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

TEA = """
[said.en]
tea_ready = ["The tea is ready.", "Tea time."]
answer_tea_how_long = "Three minutes."
[said.fr]
tea_ready = "Le thé est prêt."
answer_tea_how_long = "Trois minutes."
[heard.en]
tea_how_long = ["how long does tea take"]
[heard.fr]
tea_how_long = ["combien de temps infuse le thé"]
"""


def write(folder: Path, text: str, name: str = "tea") -> Path:
    path = folder / "phrases" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def fault(library: Library) -> str:
    (line,) = library.health()
    assert line.condition is Condition.FAULT
    return words(line.reason)


def test_its_phrases_are_said_and_understood_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path, TEA)
    tables = Library(tmp_path, lambda: TABLES).phrases
    assert tables.variants("tea_ready", "en") == ("The tea is ready.", "Tea time.")
    assert tables.variants("tea_ready", "fr") == ("Le thé est prêt.",)
    assert tables.understand("How long does the tea take?", "en").intent == "tea_how_long"
    assert tables.understand("Combien de temps infuse le thé ?", "fr").intent == "tea_how_long"
    assert tables.understand("What is your name?", "en").intent == "what_is_your_name"
    assert "how long does tea take" in tables.grammar("en").phrases


def test_what_a_file_adds_is_learned_once_for_robots_that_are_made_one_after_another(tmp_path: Path) -> None:
    path = write(tmp_path, TEA)
    tables = Library(tmp_path, lambda: TABLES).phrases
    assert Library(tmp_path, lambda: TABLES).phrases is tables
    path.write_text(TEA.replace("how long does tea take", "when is the tea ready"), encoding="utf-8")
    others = Library(tmp_path, lambda: TABLES).phrases
    assert others.understand("When is the tea ready?", "en").intent == "tea_how_long"
    assert tables.understand("When is the tea ready?", "en").intent != "tea_how_long"


MISTAKES = [
    (("Three minutes.", "I love you."), r"tea.toml:4: answer_tea_how_long would break duty 4: “I love you.”"),
    (("Trois minutes.", "Tu me manques."), r"tea.toml:7: answer_tea_how_long would break duty 4"),
    (("Three minutes.", "I am a human person."), r"tea.toml:4: answer_tea_how_long would break duty 3"),
    (
        ("Three minutes.", "Please stay with me, do not leave me."),
        r"tea.toml:4: answer_tea_how_long would break duty 7",
    ),
    (("Trois minutes.", "Ta sœur est paresseuse et stupide."), r"tea.toml:7: answer_tea_how_long would break duty 17"),
    (('tea_ready = "Le thé est prêt."\n', ""), r"tea.toml:3: tea_ready is not in [said.fr] (add it there too)"),
    (("Trois minutes", "{minutes} minutes"), r"tea.toml:7: the wordings of answer_tea_how_long have different slots"),
    (("tea_ready", "farewell"), r"tea.toml:3: farewell is there already (begin it with the behaviour's name)"),
    (("tea_how_long = [", "self_harm = ["), r"tea.toml:9: self_harm is there already"),
    (("answer_tea_how_long", "tea_minutes"), r"tea.toml:9: tea_how_long has no answer (add answer_tea_how_long under"),
    (("how long does tea take", "what is your name"), r"tea.toml:9: 'what is your name' means what_is_your_name alr"),
    (("how long does tea take", "tea for {nam}"), r"tea.toml:9: the slot {nam} is unknown (did you mean name?)"),
    (('"Three minutes."', "3"), r"tea.toml:4: answer_tea_how_long must be a text or a list of texts, none empty"),
    (("[heard.fr]", "[heard.de]"), r"tea.toml:10: no language is called de (use en and fr)"),
    (("[said.en]", "[sayd.en]"), r"tea.toml:2: sayd is not known here"),
]


@pytest.fixture(scope="module")
def shipped() -> phrases.Phrases:
    """Read by nobody else."""
    return phrases.load()


@pytest.mark.parametrize(("change", "message"), MISTAKES, ids=[change[1] for change, _ in MISTAKES])
def test_a_mistake_is_named_with_its_line_and_the_robot_starts_without_it(
    tmp_path: Path, shipped: phrases.Phrases, change: tuple[str, str], message: str
) -> None:
    assert change[0] in TEA
    write(tmp_path, TEA.replace(*change))
    library = Library(tmp_path, lambda: TABLES)
    assert message in fault(library)
    assert "tea_ready" not in library.phrases.keys
    assert library.phrases.variants("farewell", "en") == shipped.variants("farewell", "en")


def test_they_are_taken_up_while_it_runs_and_a_broken_file_leaves_the_last_one_in_place(tmp_path: Path) -> None:
    library = Library(tmp_path, lambda: TABLES)

    def look() -> Renewal:
        return library.look() or Renewal()

    path = write(tmp_path, TEA)
    renewed = look().phrases
    assert renewed is not None
    assert "tea_ready" in renewed.keys
    path.write_text(TEA.replace("Three minutes.", "I miss you."), encoding="utf-8")
    look()
    assert "duty 4" in fault(library)
    assert library.phrases.variants("answer_tea_how_long", "en") == ("Three minutes.",)
    path.unlink()
    look()
    assert "tea_ready" not in library.phrases.keys
    assert library.health() == []


def test_two_files_cannot_word_the_same_phrase(tmp_path: Path) -> None:
    write(tmp_path, TEA)
    write(tmp_path, TEA, "zzz")
    told = fault(Library(tmp_path, lambda: TABLES))
    assert "zzz.toml:3: tea_ready is in " in told
    assert "tea.toml already" in told


BEHAVIOR = '''
from robot.decide.behavior import Behavior, because
from robot.core.decision import Mode
from robot.core.intents import Role, Say


class Tea(Behavior):
    """Tells when the tea is ready."""

    name = "tea"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state):
        return 0.8 if 6.0 < state.t < 8.0 else 0.0

    def act(self, state):
        if state.first:
            yield Say(because("minutes", 3.0), "tea_ready", role=Role.NOTICE)
'''
SCENE = """
about = "The tea gets ready."
duration_s = 10
[[person]]
name = "Ada"
[[person.way]]
at = 1
x = 1.2
[[expect]]
what = "says"
text = "tea"
by = 9
"""


@pytest.mark.slow
def test_another_package_brings_behaviours_and_phrases_by_its_entry_point(tmp_path: Path) -> None:
    package = tmp_path / "tea_for_bowlby"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "tea.py").write_text(BEHAVIOR, encoding="utf-8")
    write(package, TEA)
    info = tmp_path / "tea_for_bowlby-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tea-for-bowlby\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[bowlby.behaviors]\ntea = tea_for_bowlby\n", encoding="utf-8")
    scene = tmp_path / "scene.toml"
    scene.write_text(SCENE, encoding="utf-8")

    def bowlby(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "robot", *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=os.environ | {"PYTHONPATH": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    bowlby("behavior", "check", "tea_for_bowlby")
    listed = json.loads(bowlby("behavior", "list", "--json"))["behaviors"]
    assert {"tea_for_bowlby.tea"} == {row["from"] for row in listed if row["name"] == "tea"}
    report = bowlby("sim", str(scene), "--headless", "--fast", "--senses", "truth", "--report", "-")
    assert json.loads(report)["expectations"][0]["passed"]
