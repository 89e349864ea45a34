"""Whatever the page can name has words in English and in French: behaviours, causes, modes, deeds, parts, faults."""

from __future__ import annotations

import ast

import pytest

from robot.app.behavior_loader import load_behaviors
from robot.core.condition import Condition
from robot.core.decision import Mode
from robot.core.intents import Cause, Intent, Say
from robot.core.meanings import meanings
from robot.core.percepts import Band, Utterance
from robot.core.tick import STEPS
from robot.decide.behavior import said
from robot.express import keyframes, sounds
from robot.guard.need_meanings import OWN
from robot.guard.rules.rule import name_of
from robot.health.last_run import RunEnding
from robot.page.texts import PageTexts
from robot.texts.catalogue import SOURCE, languages
from robot.texts.sentence import sentence
from sim.world.fault_names import FaultName
from tests.support.catalogues import texts_of
from tests.support.imports import HOUSE
from tests.support.tables import TABLES


def test_every_reason_of_the_attention_has_a_name() -> None:
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
    for language in languages():
        known = texts_of("names", language).keys()
        assert {f"names.attention.{why}" for why in (*given, "nobody", "kept")} <= known


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        ({one.name for one in load_behaviors()}, "names.behavior."),
        (set(keyframes.load_shipped()), "names.expression."),
        (set(sounds.NAMES), "names.sound."),
        ({*TABLES.intents, *meanings(), *OWN, "unknown"}, "names.meaning."),
        (set(RunEnding) - {RunEnding.FIRST}, "names.ending."),
        ({f"{pad}_{kind}" for pad in ("head", "back") for kind in ("tap", "stroke", "hold")}, "names.touch."),
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
        for key in TABLES.keys:
            told = words.deed(name_of(Say(Cause("test", 1), key, text="of no table")))
            assert "of no table" not in told
            assert key not in told or "_" not in key
            assert told.startswith(words.raw("deed_say").partition("{")[0])


@pytest.mark.parametrize("line", ["greet", "it's fine", 'it\'s "hi"'])
def test_a_sentence_that_no_table_has_is_told_as_it_is(line: str) -> None:
    asked = name_of(Say(Cause("test", 1), text=line))
    assert PageTexts("en").deed(asked) == f"say “{line}”"
    assert PageTexts("fr").deed(asked) == f"dire « {line} »"


def test_causes_read_as_a_person_would_put_them() -> None:
    french, english = PageTexts("fr"), PageTexts("en")
    heard = said(Utterance(0.0, "hello there", "what_is_your_name"))
    assert french.because("il est seul") == "parce qu’il est seul"
    assert french.because("ce sont") == "parce que ce sont"
    assert english.because("it is alone") == "because it is alone"
    assert heard.words() == "somebody said “hello there” (understood as a question about its name)"
    assert heard.words("fr") == "quelqu’un a dit « hello there » (compris comme une question sur son nom)"
    stroked = Cause("touched", sentence("names.touch.head_stroke"), sentence("cause.at_comfort", level=0.61))
    assert stroked.words("fr") == "on l’a touché : tête, caresse (apaisement 0.61)"
    ended = Cause("last_run", sentence("names.ending.power"))
    assert ended.words("fr").endswith("pas terminée sur demande : une coupure de courant")
    assert Cause("arousal", 0.5).words() == str(Cause("arousal", 0.5)) == "arousal is 0.50"


def test_a_cause_of_another_package_is_told_by_its_own_name() -> None:
    wag = Cause("wag_speed", 0.8, "because it likes to")
    assert wag.words("fr") == "wag speed : 0.80 (because it likes to)"
    assert wag.words() == "wag speed: 0.80 (because it likes to)"
