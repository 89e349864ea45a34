"""Whatever the page can name has words in English and in French: behaviours, causes, modes, deeds, parts, faults."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from robot.app.behavior_loader import load_behaviors
from robot.core.decision import Mode
from robot.core.intents import Cause, Intent
from robot.core.messages import Band, Condition
from robot.core.tick import STEPS
from robot.express import keyframes, sounds
from robot.health.last_run import RunEnding
from robot.page import causes
from robot.page.causes import FIXED
from robot.page.texts import PageTexts
from robot.page.views.reasons import in_words
from robot.sense.language import phrases
from robot.texts.catalogue import SOURCE, languages
from sim.world.fault_names import FaultName
from tests.support.catalogues import texts_of
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = re.compile(r"[^\W\d_]+")
CAUSES_OF = {"because", "Cause"}


def made_causes() -> Iterator[ast.Call]:
    """Every cause that the program makes, as it stands in its files."""
    for folder in (HOUSE / "behaviors", HOUSE / "robot" / "decide", HOUSE / "robot" / "guard"):
        for path in sorted(folder.glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = getattr(getattr(node, "func", None), "id", "")
                if isinstance(node, ast.Call) and called in {*CAUSES_OF, "said"}:
                    yield node


def literals(node: ast.AST) -> Iterator[str]:
    """The fixed words in a value or a note; what a person said is none of them."""
    quoted = False
    formats = {id(part) for one in ast.walk(node) if isinstance(one, ast.FormattedValue) for part in _within(one)}
    for part in ast.walk(node):
        if id(part) in formats:
            continue
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            quoted = quoted or part.value.startswith("“")
            if not quoted:
                yield part.value.removeprefix("understood as ")


def _within(value: ast.FormattedValue) -> Iterator[ast.AST]:
    """How a value is to be written, ".2f"."""
    if value.format_spec is not None:
        yield from ast.walk(value.format_spec)


def test_every_cause_of_the_program_is_told_in_both_languages() -> None:
    calls = list(made_causes())
    assert len(calls) > 25
    for call in calls:
        first, *others = call.args
        if call.func.id in CAUSES_OF and isinstance(first, ast.Constant):  # type: ignore[attr-defined]
            assert first.value in causes.CAUSES
        for text in (text for one in others for text in literals(one)):
            assert not NAMES.search(FIXED.sub("", text)), f"no French for {text!r}"


def test_every_reason_of_the_attention_has_french() -> None:
    source = (HOUSE / "robot" / "attend" / "attention.py").read_text(encoding="utf-8")
    reason = next(
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef) and node.name == "_reason"
    )
    given = {
        part.value
        for node in ast.walk(reason)
        if isinstance(node, ast.Return)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    assert {"facing", "present"} <= given
    assert given | {"nobody", "kept"} <= causes.PHRASES.keys()


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        ({one.name for one in load_behaviors()}, "names.behavior."),
        (set(keyframes.load_shipped()), "names.expression."),
        (set(sounds.NAMES), "names.sound."),
        ({*phrases.load().intents, "unknown"}, "names.meaning."),
        (set(RunEnding) - {RunEnding.FIRST}, "names.ending."),
        ({*STEPS, "elsewhere"}, "names.step."),
        ({fault.value.replace(" ", "_") for fault in FaultName}, "names.fault."),
        (set(Mode), "page.mode_"),
        (set(Condition), "page.condition_"),
        (set(Band), "page.band_"),
        ({"stopped", "changed", "added"}, "page.verdict_"),
        (
            {kind.__name__.lower() for kind in Intent.__args__ if kind.__name__ not in {"Say", "Show", "Sound"}},
            "names.deed.",
        ),
    ],
)
def test_every_name_has_words_and_no_words_are_left_over(names: set[str], keys: str) -> None:
    assert len(names) >= 3
    for language in languages():
        known = {key.removeprefix(keys) for key in texts_of(keys.partition(".")[0], language) if key.startswith(keys)}
        assert known == names


def test_what_a_parameter_is_called_is_what_its_behaviour_says() -> None:
    declared = {
        f"parameters.{one.name}.{name}": field.description
        for one in load_behaviors()
        for name, field in type(one.config).model_fields.items()
    }
    assert len(declared) > 40
    assert texts_of("parameters", SOURCE) == declared
    for language in languages():
        assert texts_of("parameters", language).keys() == declared.keys()


def test_a_parameter_that_was_described_anew_is_told_as_it_is_described() -> None:
    french = PageTexts("fr")
    assert (
        french.parameter("touch", "stay_s", "how long a touch stays fresh")
        == "combien de temps un contact reste récent"
    )
    assert french.parameter("touch", "stay_s", "how long it purrs") == "how long it purrs"
    assert french.parameter("mine", "stay_s", "how long it purrs") == "how long it purrs"


def test_a_sentence_the_guard_stopped_is_told_by_its_words() -> None:
    for language in languages():
        words = PageTexts(language)
        for key in phrases.load().keys:
            told = words.deed(f"say {key}")
            assert key not in told or "_" not in key
            assert told.startswith(words.raw("deed_say").partition("{")[0])


def test_causes_read_as_a_person_would_put_them() -> None:
    french, english = PageTexts("fr"), PageTexts("en")
    heard = Cause("somebody said", "“hello there”", "understood as what_is_your_name")
    assert french.because("il est seul") == "parce qu’il est seul"
    assert french.because("ce sont") == "parce que ce sont"
    assert english.because("it is alone") == "because it is alone"
    assert in_words(heard, english) == "somebody said: “hello there” (understood as what it is called)"
    assert in_words(heard, french) == "quelqu’un a dit\u00a0: “hello there” (compris comme comment il s’appelle)"
    assert (
        in_words(Cause("touched", "head, stroke", "comfort 0.61"), french)
        == "on l’a touché\u00a0: tête, caresse (apaisement 0.61)"
    )
    assert (
        in_words(Cause("last run", "power"), french)
        == "sa dernière exécution s’est terminée par\u00a0: une coupure de courant"
    )
