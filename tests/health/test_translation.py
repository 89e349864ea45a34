"""Whatever a part may say of its health exists in French."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from firmware_bridge import faults
from firmware_bridge.body import Phase
from robot.core import body_description
from robot.health import last_run
from robot.health.translation import in_french, sentences
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOLD_BY = (
    *("robot/*.py", "robot/health/doctor/*.py", "robot/sense/*.py", "robot/express/*.py", "robot/memory/memory.py"),
    *("hardware/*.py", "hardware/network/*.py", "firmware_bridge/body.py", "firmware_bridge/link.py"),
    *("robot/recording/recorder.py", "sim/senses/camera.py", "sim/senses/ears.py", "sim/senses/speaker.py"),
)
CALLS = {"Health", "DeviceError", "LinkError", "PartError", "ModelError", "replace"}
ELSEWHERE = {
    "robot/cli/main.py",
    "robot/sense/hearing/models.py",
    "robot/sense/language/own_phrases.py",
}  # told at the command line alone
COMMAND = re.compile(r"(?:sudo|make|pip|bowlby|chmod|python)\b(?:(?!, |; |: ).)*")
KEYS = {"reason", "remedy"}


def filled(part: ast.expr, names: dict[str, str]) -> str:
    """A piece of an f-string, with a word where the program puts something in."""
    match part:
        case ast.Constant(value=text):
            return str(text)
        case ast.FormattedValue(value=ast.Name(id=name)) if name in names:
            return names[name]
    return "word"


def written(node: ast.expr, names: dict[str, str]) -> Iterator[str]:
    """The texts that an expression may give."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(filled(part, names) for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from written(one, names)
            yield from written(other, names)
        case ast.Name(id=name) if name in names:
            yield names[name]


def told(path: Path) -> Iterator[str]:
    """Each reason and remedy that stands in a file, whole or kept in a name first."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            for text in written(node.value, {}):
                names[node.targets[0].id] = text
                if node.targets[0].id in KEYS:
                    yield text
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            given = node.args[2:4] if node.func.id == "Health" else node.args[:1]
            for value in [*given, *(key.value for key in node.keywords if key.arg in KEYS)]:
                yield from written(value, names)


def everything() -> dict[str, str]:
    """Sentence -> where it stands."""
    found = {
        text: str(path.relative_to(HOUSE))
        for pattern in TOLD_BY
        for path in HOUSE.glob(pattern)
        if str(path.relative_to(HOUSE)) not in ELSEWHERE
        for text in told(path)
    }
    for table in (last_run.WORDS, last_run.REMEDIES, faults.REFUSALS, faults.RESETS, body_description.WITHOUT_PUPILS):
        found |= dict.fromkeys(table.values(), "a table")
    found |= dict.fromkeys((phase.value for phase in Phase), "firmware_bridge/body.py")
    found |= {
        f"no {joint}: {less}": "robot/core/body_description.py" for joint, less in body_description.WITHOUT.items()
    }
    return found


def test_all_that_parts_say_of_their_health_exists_in_french() -> None:
    found = everything()
    assert len(found) > 120
    lacking = {
        text: place
        for text, place in found.items()
        if re.search("[a-z]{3}", text.replace("word", ""))
        and not COMMAND.fullmatch(text)
        and in_french(text) == text
        and not any(sentence.english.fullmatch(text) for sentence in sentences())
    }
    assert lacking == {}


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("the picture stands still", "l’image est figée"),
        ("no left_ear: it does not tilt its head", "pas d’oreille gauche : il ne penche pas la tête"),
        ("begun 2026-11-24T18:00: the power went", "commencée le 2026-11-24T18:00 : le courant a manqué"),
        ("no microphone can be opened: no such device", "rien ne s’ouvre comme micro : no such device"),
        (
            "falls silent 40 ms late, or it would stutter: the machine was too busy",
            "se tait avec 40 ms de retard, sinon ça bégaierait : la machine était trop occupée",
        ),
        (
            "PocketSphinx (US English) works 20% of the time only: its share of the processor was used up",
            "PocketSphinx (US English) ne travaille que 20 % du temps : sa part du processeur était épuisée",
        ),
        ("PocketSphinx (US English); simulated, as sound", "PocketSphinx (US English) ; simulé, en son"),
        ("behaviour greet", "comportement greet"),
        ("sudo apt-get install avrdude", "sudo apt-get install avrdude"),
        ("", ""),
    ],
)
def test_sentences_with_gaps_and_lists_are_put_into_french(english: str, french: str) -> None:
    assert in_french(english) == french
