"""Dictation: sentences that no table lists, by the model that an installation brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE
from robot.core.errors import ModelError
from robot.sense.hearing import models, recognisers
from robot.sense.hearing.models import WHISPER
from robot.sense.hearing.recognisers import choose
from robot.sense.hearing.vosk_engine import VoskRecogniser
from robot.sense.hearing.whisper_engine import WhisperRecogniser
from robot.sense.language.grammar import Grammar, spoken
from tests.support.tables import TABLES
from tests.support.voices import KOREAN_MODEL, between_silences, joe

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
SENTENCES = [
    "the museum is closed on mondays",
    "my brother drives a red car to work",
    "please put the dishes in the cupboard",
    "i do not want to live anymore",
]


@pytest.fixture(scope="module")
def whisper() -> WhisperRecogniser:
    (folder,) = models.find("en", engine=WHISPER)
    return WhisperRecogniser(folder, "en", TABLES.grammar("en"))


def taken_down(whisper: WhisperRecogniser, sound: np.ndarray) -> str:
    whisper.feed(sound)
    whisper.pause()
    return spoken(whisper.finish().text)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_any_sentence_is_taken_down(whisper: WhisperRecogniser, sentence: str) -> None:
    assert taken_down(whisper, between_silences(joe(sentence))) == sentence


@pytest.mark.parametrize("command", ["stop", "be quiet", "look left", "go to sleep", "i am lonely"])
def test_a_word_alone_is_made_out_by_what_is_listed(whisper: WhisperRecogniser, command: str) -> None:
    assert taken_down(whisper, between_silences(joe(command))) == command


@pytest.mark.parametrize("command", ["stop", "look left", "go to sleep"])
def test_a_command_does_not_wait_for_pocketsphinx(
    whisper: WhisperRecogniser, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper, "_spotter", None)
    assert taken_down(whisper, between_silences(joe(command))) == command


def test_what_is_not_speech_is_no_words(whisper: WhisperRecogniser) -> None:
    chance = np.random.default_rng(0)
    for loud in (1e-3, 1e-2, 0.1):
        assert taken_down(whisper, chance.normal(0, loud, HEARD_RATE).astype(np.float32)) == ""
    assert taken_down(whisper, np.zeros(HEARD_RATE, np.float32)) == ""
    assert whisper.finish().text == ""


def test_what_was_read_ahead_is_dropped_when_speech_goes_on(whisper: WhisperRecogniser) -> None:
    whole = between_silences(joe("the museum is closed on mondays"))
    whisper.feed(whole[: len(whole) // 2])
    whisper.pause()
    assert "mondays" not in spoken(whisper.so_far().text)
    whisper.feed(whole[len(whole) // 2 :])
    whisper.pause()
    assert spoken(whisper.so_far().text) == "the museum is closed on mondays"
    assert whisper.finish().text.endswith("Mondays.")


def test_an_accent_and_any_letter_come_back_from_tokens(whisper: WhisperRecogniser) -> None:
    vocabulary = whisper._vocabulary
    for text in ("Où es-tu, ma chérie ?", "naïve œuvre", "안녕"):
        assert vocabulary.text(vocabulary.tokens(text)) == text


def test_a_machine_that_is_too_slow_takes_the_lighter_engine_if_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    (folder,) = models.find("en", engine=WHISPER)
    grammar = Grammar(("멈춰",), {})
    assert isinstance(choose("fr", grammar, (folder, KOREAN_MODEL)), WhisperRecogniser)
    monkeypatch.setattr(recognisers, "SLOW_S", 0.0)
    assert isinstance(choose("fr", grammar, (folder, KOREAN_MODEL)), VoskRecogniser)
    assert isinstance(choose("fr", grammar, (folder,)), WhisperRecogniser), "slow is better than deaf"


def test_a_model_that_is_broken_is_told_with_what_mends_it(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "vocabulary.txt"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match="bowlby models fetch en"):
        WhisperRecogniser(tmp_path, "en", Grammar((), {}))
