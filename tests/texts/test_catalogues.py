"""What is to be told stands in the catalogues by its key: in every language, with the same gaps, nothing besides."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError, DeviceError
from robot.health.conditions import line, title
from robot.texts import catalogue
from robot.texts.catalogue import SOURCE, called, languages, words
from robot.texts.sentence import Sentence, about, listed, sentence
from tests.support.catalogues import forms_of, texts_of
from tests.support.imports import HOUSE, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUES = sorted(Path(catalogue.__file__).parent.glob("*/*.po"))
ROOMS = ("robot", "behaviors", "firmware_bridge", "hardware", "sim")
FILES = ("common", "health", "doctor", "cause", "verdict", "doors")
KEY = re.compile(rf"({'|'.join(FILES)})\.[a-z0-9_]+")
COMMAND = re.compile(r"(sudo|make|pip|bowlby|chmod) .*")  # reads the same in every language
TOLD = {  # what holds what is told, and in which fields
    "Health": ("reason", "remedy"),
    "SenseTurned": ("reason",),
    "Cause": ("note",),
    "because": ("note",),
    "said": ("note",),
}
FIELDS = {
    "Health": ("part", "condition", "reason", "remedy"),
    "SenseTurned": ("t", "sense", "condition", "reason"),
    "Cause": ("variable", "value", "note"),
    "because": ("variable", "value", "note"),
    "said": ("words", "note"),
}
PARTS_TOLD = (
    "camera",
    "microphone",
    "body",
    "memory",
)  # of which a behaviour makes the causes `<part>_lost` and `_back`
COMMAND_LINE = {  # errors that a person meets at the command line alone, which is English
    *("robot/cli", "robot/page/server", "robot/sense/hearing/models.py", "robot/sense/hearing/fetching.py"),
    *("robot/core/arrays.py", "robot/core/hashed.py", "robot/guard"),
    *("robot/memory/hold.py", "robot/memory/store.py"),
    "robot/sense/language/reader",
    *("robot/doors/client", "robot/doors/assistant.py"),
    *("firmware_bridge/flash.py", "firmware_bridge/calibrate.py", "firmware_bridge/commands.py", "sim/board"),
    *("sim/study", "sim/senses/camera.py"),
}


class Made(NamedTuple):
    """A call that stands in the program."""

    place: str
    call: ast.Call

    def given(self, name: str, fields: tuple[str, ...]) -> ast.expr | None:
        """What it gives for a field, by place or by name."""
        named = next((word.value for word in self.call.keywords if word.arg == name), None)
        at = fields.index(name)
        return self.call.args[at] if named is None and at < len(self.call.args) else named


@cache
def calls(*names: str) -> tuple[Made, ...]:
    """Every call of these names."""
    return tuple(
        Made(f"{path.relative_to(HOUSE)}:{node.lineno}", node)
        for room in ROOMS
        for path in sorted((HOUSE / room).rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names
    )


@cache
def keys_in_code() -> dict[str, str]:
    """Every key that stands in the program, and where."""
    return {
        node.value: f"{path.relative_to(HOUSE)}:{node.lineno}"
        for room in ROOMS
        for path in sorted((HOUSE / room).rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value)
    }


def gaps(text: str) -> set[str]:
    """The names of a text's gaps, whatever the form of each."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def fixed(node: ast.expr | None) -> Iterator[str]:
    """The English words that stand in an expression."""
    match node:
        case ast.Constant(value=str(told)) if not COMMAND.fullmatch(told):
            yield told
        case ast.JoinedStr(values=parts):
            told = "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)
            yield from fixed(ast.Constant(told))
        case ast.IfExp(body=one, orelse=other):
            yield from fixed(one)
            yield from fixed(other)
        case ast.BinOp(left=one, right=other):
            yield from fixed(one)
            yield from fixed(other)


@pytest.mark.parametrize("language", languages())
def test_each_key_of_the_program_is_in_every_language(language: str) -> None:
    known = {key for file in FILES for key, forms in forms_of(file, language).items() if all(forms)}
    assert len(keys_in_code()) > 250
    assert {key: place for key, place in keys_in_code().items() if key not in known} == {}


@cache
def words_in_code() -> frozenset[str]:
    """Every string that stands in the program."""
    return frozenset(
        node.value
        for room in ROOMS
        for path in (HOUSE / room).rglob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize("language", languages())
def test_no_catalogue_has_what_nobody_tells(language: str) -> None:
    known = {key for file in FILES for key in forms_of(file, language)}
    made = {f"cause.{word}" for word in words_in_code()}  # a cause is made by its variable alone
    made |= {f"cause.{part}_{way}" for part in PARTS_TOLD for way in ("lost", "back")}
    assert known - keys_in_code().keys() - made == set()


def test_every_cause_of_the_program_has_its_text_and_its_value() -> None:
    made = [
        (one.place, str(given.value))
        for one in calls("because", "Cause")
        if isinstance(given := one.given("variable", FIELDS["Cause"]), ast.Constant)
    ]
    assert len(made) > 20
    texts = forms_of("cause", SOURCE)
    assert [(place, variable) for place, variable in made if f"cause.{variable}" not in texts] == []
    filled = {variable: set.union(*map(gaps, texts[f"cause.{variable}"])) for _, variable in made}
    assert {variable: names for variable, names in filled.items() if not names <= {"value"}} == {}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("file", FILES)
def test_a_text_has_the_same_gaps_in_every_language(file: str, language: str) -> None:
    theirs = {key: set.union(*map(gaps, forms)) for key, forms in forms_of(file, SOURCE).items()}
    assert {key: set.union(*map(gaps, forms)) for key, forms in forms_of(file, language).items()} == theirs


def test_what_fills_the_gaps_of_a_text_is_what_it_asks_for() -> None:
    texts = {key: set.union(*map(gaps, forms)) for file in FILES for key, forms in forms_of(file, SOURCE).items()}
    made = [one for one in calls("sentence") if one.call.args and isinstance(one.call.args[0], ast.Constant)]
    assert len(made) > 250
    wrong = {
        one.place: key
        for one in made
        if isinstance(key := one.call.args[0].value, str)  # type: ignore[attr-defined]
        and key in texts
        and texts[key] != {word.arg for word in one.call.keywords}
    }
    assert wrong == {}


@pytest.mark.parametrize("kind", TOLD)
def test_no_part_tells_how_it_does_in_finished_words(kind: str) -> None:
    made = calls(kind)
    finished = {
        one.place: told
        for one in made
        for field in TOLD[kind]
        for told in fixed(one.given(field, FIELDS[kind]))
        if re.search("[a-z]{3}", told)
    }
    assert finished == {}
    assert made


def test_an_error_of_a_part_is_told_in_no_finished_words() -> None:
    made = [
        one
        for one in calls("DeviceError", "LinkError", "PartError", "ModelError")
        if not one.place.startswith(tuple(COMMAND_LINE))
    ]
    finished = {
        one.place: told
        for one in made
        for field in ("what", "remedy")
        for told in fixed(one.given(field, ("what", *("",) * 9, "remedy")))
        if re.search("[a-z]{3}", told)
    }
    assert len(made) > 20
    assert finished == {}


@pytest.mark.parametrize("kind", ["Health", "fault"])
def test_every_part_has_a_name_in_every_language(kind: str) -> None:
    parts = {
        str(given.value)
        for one in calls(kind)
        if isinstance(given := one.given("part", FIELDS["Health"]), ast.Constant)
    }
    for language in languages():
        assert {f"names.part.{part}" for part in parts} - forms_of("names", language).keys() == set()


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs gettext")
@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_catalogue_is_one_that_gettext_takes(path: Path) -> None:
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_line_of_the_list_is_put_together_in_each_language() -> None:
    lost = Health("camera", Condition.FAULT, sentence("health.camera_frozen"), sentence("health.plug_camera_again"))
    assert line(lost) == "camera: the picture stands still (plug the camera in again)"
    assert line(lost, "fr") == "caméra : l’image est figée (rebranchez la caméra)"
    greet = Health("behaviour", Condition.FAULT, "KeyError: 'x'", name="greet")
    assert [title(greet, language) for language in ("en", "fr")] == ["behaviour greet", "comportement greet"]
    assert title(Health("third_arm", Condition.OK, "")) == "third arm"  # of somebody else's package


def test_gaps_and_lists_are_put_into_each_language() -> None:
    away = sentence("health.card_not_opened", part=sentence("names.part.microphone"), why="no such device")
    assert words(away) == "no microphone can be opened: no such device"
    assert words(away, "fr") == "rien ne s’ouvre comme micro : no such device"
    several = listed(["PocketSphinx", sentence("health.simulated_sound"), sentence("health.muted")])
    assert words(several) == "PocketSphinx; simulated, as sound; muted"
    assert words(several, "fr") == "PocketSphinx ; simulé, en son ; en sourdine"
    assert listed([]) == ""
    starved = sentence("health.recogniser_starved", recogniser="Vosk", percent=20.4)
    assert "of the time only" in words(starved)
    assert "20 % du temps" in words(starved, "fr")


def test_an_error_is_english_as_a_string_and_a_sentence_for_whoever_shows_it() -> None:
    lost = DeviceError(sentence("health.camera_lost", place="/dev/video0"), place="camera", remedy="plug it in")
    assert str(lost) == "camera: the camera at /dev/video0 was lost (plug it in)"
    assert words(lost.text, "fr") == "camera : la caméra à /dev/video0 s’est perdue (plug it in)"
    assert str(ConfigError("it is odd")) == "it is odd"
    assert about("a", "b") == sentence("common.about", subject="a", told="b")


def test_what_nobody_has_written_is_refused_and_a_strangers_name_is_kept() -> None:
    with pytest.raises(KeyError, match=r"en/health\.po has no text"):
        words(Sentence("health.nobody_wrote_this"))
    assert called("sound", "wag_ears", "fr") == "wag ears"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "/".join(path.parts[-2:]))
def test_what_tells_a_number_is_found_whether_it_has_one_text_or_two(path: Path) -> None:
    language, file = path.parts[-2], path.stem
    for key, told in texts_of(file, language).items():
        if "n" in gaps(told):
            assert "3" in catalogue.text(key, language, {name: 3 if name == "n" else "x" for name in gaps(told)})
