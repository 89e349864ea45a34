"""What the page and a terminal ask of the catalogues is there in every language, and nothing besides."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple, get_args

import pytest
from nicegui.language import Language

from robot.core.body_frame import JOINTS
from robot.texts.catalogue import SOURCE, Texts, languages
from robot.texts.yes_or_no import agrees
from tests.support.catalogues import forms_of, gaps, texts_of
from tests.support.imports import HOUSE, tree
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = tuple(sorted((HOUSE / "robot" / "page").rglob("*.py")))
SETUP = (*sorted((HOUSE / "robot" / "cli" / "setup").glob("*.py")), HOUSE / "robot" / "cli" / "commands" / "setup.py")
CHART = (HOUSE / "sim" / "attachment" / "chart.py", HOUSE / "sim" / "attachment" / "strange_situation.py")
CONSOLE = tuple(HOUSE / f"firmware_bridge/{name}.py" for name in ("commands", "calibrate", "by_hand", "questions"))
ASKED_BY_KEY = ("robot/texts/yes_or_no.py", "robot/cli/setup/dialog.py")  # with the file before the name
ANY = r"\w+"
FILES = {"page": PAGE, "setup": SETUP, "console": CONSOLE, "chart": CHART}
ASKING = re.compile(r"(self\.)?(_?words|say|self)(\.raw)?")  # as PageTexts and Texts are called by those who have one
GIVEN_BY = {"console": set(JOINTS)}

READS_ENGLISH = """
import sys
sys.addaudithook(lambda event, args: event == "open" and str(args[0]).endswith(".po") and print(args[0]))
from robot.page.texts import PageTexts, language_names
words = PageTexts("en")
words("hush"), words.behavior("idle"), words.parameter("touch", "stay_s", ""), language_names()
"""


class AskedText(NamedTuple):
    """One place where a text is asked for: the names it may have, as patterns, and the gaps that are filled there."""

    place: str
    names: tuple[str, ...]
    filled: frozenset[str | None]
    by_script: bool  # that fills the gaps later


def names_in(node: ast.expr) -> Iterator[str]:
    """Each name that an expression may give, as a pattern; none for a variable."""
    match node:
        case ast.Constant(value=str(name)):
            yield re.escape(name)
        case ast.IfExp(body=one, orelse=other):
            yield from names_in(one)
            yield from names_in(other)
        case ast.JoinedStr(values=parts):
            fixed = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ANY for p in parts]
            yield "".join(fixed)


def asked(paths: tuple[Path, ...]) -> list[AskedText]:
    """Every text that is asked for by name."""
    found = []
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and (by := ASKING.fullmatch(ast.unparse(node.func))) and node.args:
                filled = frozenset(word.arg for word in node.keywords)
                names = tuple(names_in(node.args[0]))
                found.append(AskedText(f"{path.name}:{node.lineno}", names, filled, by[0].endswith(".raw")))
    return found


def strings(paths: tuple[Path, ...]) -> set[str]:
    """Every string that stands in the files: some names come by way of a table."""
    return {
        node.value
        for path in paths
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", languages())
def test_every_text_that_is_asked_for_is_there(file: str, language: str) -> None:
    known = {key.partition(".")[2] for key in forms_of(file, language)}
    calls = [(one.place, name) for one in asked(FILES[file]) for name in one.names]
    assert len(calls) > 3
    lacking = [f"{place}: {name}" for place, name in calls if not any(re.fullmatch(name, key) for key in known)]
    assert not lacking


@pytest.mark.parametrize("file", FILES)
def test_every_gap_is_filled_where_the_text_is_asked_for(file: str) -> None:
    forms = {key.partition(".")[2]: forms for key, forms in forms_of(file, SOURCE).items()}
    wrong = []
    for one in asked(FILES[file]):
        if not one.names or one.by_script or None in one.filled:
            continue
        texts = [text for name in one.names for key in forms if re.fullmatch(name, key) for text in forms[key]]
        lacking = set().union(*(gaps(text) for text in texts)) ^ one.filled
        if lacking:
            wrong.append(f"{one.place}: {lacking}")
    assert not wrong


@pytest.mark.parametrize("file", FILES)
def test_no_text_is_never_asked_for(file: str) -> None:
    told = strings(FILES[file]) | GIVEN_BY.get(file, set())
    by_key = strings(tuple(HOUSE / path for path in ASKED_BY_KEY))
    patterns = [name for one in asked(FILES[file]) for name in one.names if ANY in name]
    unused = [
        key
        for key in forms_of(file, SOURCE)
        if not told & {key.partition(".")[2], key}
        and key not in by_key
        and not any(re.fullmatch(pattern, key.partition(".")[2]) for pattern in patterns)
    ]
    assert not unused


@pytest.mark.parametrize("file", ["entry", "languages"])
def test_every_text_that_is_asked_for_by_its_key_is_there_and_no_other(file: str) -> None:
    keys = {text for text in strings(PAGE) if re.fullmatch(rf"{file}\.\w+", text)}
    assert keys == forms_of(file, SOURCE).keys()


@pytest.mark.parametrize(
    "file", ["page", "names", "parameters", "entry", "languages", "setup", "console", "duties", "chart", "spoken"]
)
@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_texts_with_the_same_gaps(file: str, language: str) -> None:
    source, mine = forms_of(file, SOURCE), forms_of(file, language)
    assert mine.keys() == source.keys()
    for key, forms in mine.items():
        assert all(forms), key
        assert gaps(forms[-1]) == gaps(source[key][-1]), key
        assert all(gaps(form) <= gaps(forms[-1]) for form in forms), key


@pytest.mark.parametrize("language", languages())
def test_the_button_that_lets_it_move_again_is_understood(language: str) -> None:
    assert TABLES.understand(texts_of("page", language)["page.limp_go_on"], language).intent == "move_again"


@pytest.mark.parametrize("language", languages())
def test_each_language_names_itself_and_its_words_for_the_page(language: str) -> None:
    texts = texts_of("languages", language)
    assert texts["languages.name"].lower() in texts["languages.switch"].lower()
    assert texts["languages.pack"] in get_args(Language)
    assert texts["languages.pack"].startswith(language)


def test_a_language_that_nobody_reads_is_not_loaded() -> None:
    opened = subprocess.run([sys.executable, "-c", READS_ENGLISH], capture_output=True, text=True, check=True)
    read = {"/".join(line.split("/")[-2:]) for line in opened.stdout.splitlines()}
    assert {"en/page.po", "en/names.po", "fr/languages.po"} <= read
    assert not read & {"fr/page.po", "fr/names.po", "fr/parameters.po"}


def test_one_and_many_are_told_apart() -> None:
    assert [Texts("page", "en")("sees", n=n) for n in (1, 2)] == ["It sees one person", "It sees 2 people"]
    assert [Texts("page", "fr")("sees", n=n) for n in (1, 2)] == ["Il voit une personne", "Il voit 2 personnes"]
    assert [Texts("setup", "fr")("faces", n=n) for n in (1, 3)] == ["Je vois un visage.", "Je vois 3 visages."]


@pytest.mark.parametrize(
    ("language", "yes", "no", "neither"),
    [("fr", ("Oui", " o ", "yes"), ("non", "N", "no"), ("", "aucun")), ("en", ("Y", "yes"), ("n", "No"), ("", "oui"))],
)
def test_a_typed_yes_is_known_in_the_language_and_in_english(
    language: str, yes: tuple[str, ...], no: tuple[str, ...], neither: tuple[str, ...]
) -> None:
    assert {agrees(typed, language) for typed in yes} == {True}
    assert {agrees(typed, language) for typed in no} == {False}
    assert {agrees(typed, language) for typed in neither} == {None}


def test_nothing_of_the_page_names_a_language() -> None:
    named = [
        f"{path.name}:{node.lineno}"
        for path in PAGE
        if path.name != "causes.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in set(languages())
    ]
    assert not named
