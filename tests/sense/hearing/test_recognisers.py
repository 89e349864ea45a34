"""Real voices through the real recognisers, and every trap of theirs."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
import vosk as vosk_library

from robot.core.audio import HEARD_RATE
from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.errors import ModelError
from robot.core.percepts import VoiceActivity
from robot.sense.hearing.hearing import Hearing
from robot.sense.hearing.recognisers import choose
from robot.sense.hearing.sphinx_engine import SphinxRecogniser
from robot.sense.hearing.vosk_engine import VoskRecogniser, check_grammar, check_model
from robot.sense.language.grammar import Grammar
from robot.texts.catalogue import words
from tests.support.ears import SoundEars, play, utterances
from tests.support.tables import TABLES
from tests.support.voices import KOREAN_MODEL, between_silences, in_a_room, joe, korean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMANDS = ["hello", "stop", "be quiet", "go to sleep", "what is your name", "do you love me", "what can you do"]
COMMANDS += ["i am sad", "look left", "goodbye"]
FOREIGN = ["Please put the dishes in the cupboard.", "My brother drives a red car to work."]
FOREIGN += ["There are twelve months in a year.", "The museum is closed on Mondays."]
KOREAN = ["안녕하세요", "감사합니다", "멈춰", "노래 불러", "이름이 뭐야", "왼쪽", "오른쪽", "도와줘"]


@pytest.fixture(scope="module")
def sphinx() -> SphinxRecogniser:
    return SphinxRecogniser(TABLES.grammar("en"))


@pytest.fixture(autouse=True, scope="module")
def _model_loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vosk.Model", cache(vosk_library.Model))
        yield


@pytest.fixture(scope="module")
def vosk() -> VoskRecogniser:
    return VoskRecogniser(KOREAN_MODEL, Grammar(tuple(KOREAN), {}), dictate=False)


@pytest.mark.slow
def test_a_clear_voice_is_understood_with_nothing_downloaded() -> None:
    ears = SoundEars(in_a_room([joe(text) for text in [*COMMANDS, *FOREIGN]]))
    clock = ManualClock()
    hearing = Hearing(ears, TABLES, clock, engine="pocketsphinx", lockstep=True)
    try:
        heard = utterances(play(hearing, clock, ears.length + 1))
        assert hearing.recogniser == "PocketSphinx (US English)"
        assert hearing.health().condition is Condition.FAULT
        assert "harming themselves is not understood" in words(hearing.health().reason)
    finally:
        hearing.close()
    assert len(heard) == len(COMMANDS) + len(FOREIGN)
    right = [one.intent == TABLES.understand(text, "en").intent for one, text in zip(heard, COMMANDS, strict=False)]
    assert sum(right) >= 9, [one.text for one in heard]
    assert [one.intent for one in heard[len(COMMANDS) :]].count("unknown") >= 3


@pytest.mark.soak  # of the lesser engine
def test_sphinx_does_not_carry_anything_from_one_utterance_to_the_next(sphinx: SphinxRecogniser) -> None:
    sphinx.feed(joe("what is your name"))
    first = sphinx.finish()
    sphinx.feed((np.random.default_rng(1).normal(0, 0.2, 3 * HEARD_RATE)).astype(np.float32))
    sphinx.finish()
    sphinx.feed(joe("what is your name"))
    again = sphinx.finish()
    assert (first.text, again.text) == ("what is your name", "what is your name")
    assert again.confidence == pytest.approx(first.confidence, abs=0.03)


def test_what_was_worked_out_at_a_pause_is_dropped_when_speech_goes_on(sphinx: SphinxRecogniser) -> None:
    whole = joe("what is your name")
    sphinx.feed(whole[: len(whole) // 2])
    sphinx.pause()
    sphinx.feed(whole[len(whole) // 2 :])
    sphinx.pause()
    assert sphinx.finish().text == "what is your name"


def test_words_that_sphinx_does_not_know_cost_only_their_phrases() -> None:
    sphinx = SphinxRecogniser(Grammar(("hello", "xyzzyx now", "my name is <name>"), {"name": ("anna", "qqqqx")}))
    assert sphinx.unknown_words == ("xyzzyx", "qqqqx")
    sphinx.feed(joe("my name is anna"))
    assert sphinx.finish().text == "my name is anna"


def test_noise_and_nothing_are_no_words(sphinx: SphinxRecogniser) -> None:
    assert sphinx.finish().text == ""
    sphinx.feed(np.random.default_rng(0).normal(0, 0.1, 2 * HEARD_RATE).astype(np.float32))
    assert sphinx.finish().text == ""


# ---------------------------------------------------------------- Vosk


def test_vosk_understands_eight_of_eight(vosk: VoskRecogniser) -> None:
    heard = []
    for sound in korean(KOREAN):
        vosk.feed(between_silences(sound))
        heard.append(vosk.finish().text)
    assert heard == KOREAN


def test_vosk_accepts_whole_phrases_only(vosk: VoskRecogniser) -> None:
    (part,) = korean(["노래"])
    vosk.feed(between_silences(part))
    assert vosk.finish().text == ""


@pytest.mark.slow
def test_vosk_dictates_what_its_grammar_does_not_list() -> None:
    free = VoskRecogniser(KOREAN_MODEL, Grammar(("멈춰",), {}), dictate=True)
    (sound,) = korean(["안녕하세요"])
    free.feed(between_silences(sound))
    assert free.finish().text.endswith("하세요")


def test_vosk_tells_which_words_it_does_not_know() -> None:
    vosk = VoskRecogniser(KOREAN_MODEL, Grammar(("멈춰", "qqqzz 멈춰", "왼쪽"), {}), dictate=False)
    assert vosk.unknown_words == ("qqqzz",)


@pytest.mark.parametrize("words", [[], [""], ["  "], ["stop", 3], ["stop", None]])
def test_a_grammar_that_would_end_the_process_is_refused_before_vosk_sees_it(words: list[str]) -> None:
    with pytest.raises(ModelError, match="the grammar is empty"):
        check_grammar(words)


def test_accents_survive_in_a_grammar() -> None:
    assert check_grammar(["où es-tu"]) == '["où es-tu"]'
    assert json.loads(check_grammar(['say "hi"'])) == ['say "hi"']


@pytest.mark.slow
def test_vosk_itself_dies_of_such_a_grammar() -> None:
    """Why the check stands: should a later Vosk raise instead, this test says so."""
    program = """
import os, sys, vosk
vosk.SetLogLevel(-1)
model = vosk.Model(sys.argv[1])
for grammar in sys.argv[2:]:
    child = os.fork()
    if not child:
        try:
            vosk.KaldiRecognizer(model, 16000, grammar)
        finally:
            os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    grammars = ['["멈춰"]', "[]", "[1", "{}"]
    run = subprocess.run(
        [sys.executable, "-c", program, str(KOREAN_MODEL), *grammars], capture_output=True, text=True, check=True
    )
    good, *bad = map(int, run.stdout.split())
    assert good == 0
    assert len(bad) == 3
    assert 0 not in bad


def test_a_missing_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="bowlby models fetch"):
        check_model(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="holds no Vosk model"):
        check_model(tmp_path)
    with pytest.raises(ModelError, match="bowlby models fetch fr"):
        choose("fr", Grammar(("oui",), {}), ())


def test_the_listener_outlives_a_missing_model_and_says_so(tmp_path: Path) -> None:
    clock = ManualClock()
    ears = SoundEars(in_a_room([joe("hello")]))
    hearing = Hearing(ears, TABLES, clock, language="fr", models=tmp_path, lockstep=True)
    try:
        heard = play(hearing, clock, ears.length + 0.5)
        assert utterances(heard) == []
        assert [percept.speaking for _, percept in heard if isinstance(percept, VoiceActivity)] == [True, False]
        assert hearing.deaf
        assert "holds no Vosk model" in words(hearing.health().reason)
        hearing.type("bonjour")
        assert utterances(play(hearing, clock, clock.now() + 0.1))[0].intent == "greeting"
    finally:
        hearing.close()
