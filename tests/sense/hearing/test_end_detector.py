"""Whether a voice has ended, by its melody."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE
from robot.core.errors import ModelError
from robot.sense.hearing import completeness, models, worker
from robot.sense.hearing.end_detector import EndDetector, features
from robot.sense.hearing.endpoint import Cut, Edge
from robot.sense.hearing.recogniser import NOTHING
from robot.sense.hearing.worker import LEAD_IN, LONG_PAUSE, TAIL, _Ear
from robot.sense.hearing.worker_messages import Ready
from tests.support.tables import TABLES
from tests.support.voices import between_silences, joe

# What the model's makers (pipecat 1.14) take for a chirp of 3 s, and of 10 s: values here and there, mean, deviation.
PLACES = ((0, 0), (5, 510), (12, 600), (40, 700), (79, 799))
REFERENCE = {
    3: ([-0.007602, 1.855746, 0.409204, -0.061863, -0.061863], -0.0068272, 0.2492330),
    10: ([1.566761, -0.06432, -0.06432, -0.06432, -0.06432], 0.0187724, 0.2828417),
}


@pytest.mark.parametrize("length_s", [3, 10])
def test_it_takes_sound_as_its_makers_do(length_s: int) -> None:
    t = np.arange(length_s * HEARD_RATE) / HEARD_RATE
    found = features((0.2 * np.sin(2 * np.pi * (180 + 40 * t) * t) * np.exp(-t)).astype(np.float32))
    values, mean, deviation = REFERENCE[length_s]
    assert found.shape == (80, 800)
    assert [found[place] for place in PLACES] == pytest.approx(values, abs=1e-5)
    assert (float(found.mean()), float(found.std())) == pytest.approx((mean, deviation), abs=1e-6)


def test_a_voice_that_goes_on_is_told_from_one_that_has_ended() -> None:
    detector = EndDetector()
    unfinished = ("My daughter called because", "When I was young I lived in the", "The best thing about it was")
    assert max(detector.probability(between_silences(joe(text))) for text in unfinished) < 0.3
    finished = ("The museum is closed on Mondays.", "I went to the shop this morning.", "Go to sleep.")
    assert min(detector.probability(between_silences(joe(text))) for text in finished) > 0.9


@pytest.mark.parametrize("content", [None, b"no network"])
def test_without_the_model_words_alone_count_and_that_is_told(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "broken.onnx"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(models, "turn_model", lambda: file if content is not None else None)
    with pytest.raises(ModelError, match=re.escape("smart-turn-v3.2")):
        EndDetector()
    (ready,) = _Ear().grammar("en", TABLES.grammar("en"), models.find("en"))
    assert isinstance(ready, Ready)
    assert ready.dictates
    assert ready.by_words


def test_without_what_was_learned_of_sentences_the_last_word_counts_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completeness, "data_folder", lambda: tmp_path)
    ear = _Ear()
    (ready,) = ear.grammar("en", TABLES.grammar("en"), models.find("en"))
    assert isinstance(ready, Ready)
    assert ready.dictates
    assert "weights" in str(ready.by_words)
    assert ear._turns.hangover_s("I went to the shop and", 0.5) > ear._turns.hangover_s("I went to the shop.", 0.5)


def test_it_is_loaded_once_and_kept_as_long_as_what_hears_dictates(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, recogniser = Mock(), Mock()
    monkeypatch.setattr(worker, "EndDetector", loaded)
    monkeypatch.setattr(worker, "choose", lambda *_: recogniser)
    ear, grammar = _Ear(), TABLES.grammar("en")
    for n, (dictates, times) in enumerate(((True, 1), (True, 1), (False, 1), (True, 2))):
        recogniser.dictates = dictates
        list(ear.grammar("en", grammar, (Path(f"model {n}"),)))
        assert loaded.call_count == times
        assert (ear._ending is not None) == dictates


def test_a_recogniser_is_loaded_anew_where_another_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    choose = Mock()
    monkeypatch.setattr(worker, "choose", choose)
    ear, here, fewer = _Ear(), TABLES.grammar("en"), TABLES.grammar("en")._replace(commands=())
    for grammar, times in ((here, 1), (TABLES.grammar("en"), 1), (fewer, 2), (here, 3)):
        list(ear.grammar("en", grammar, ()))
        assert choose.call_count == times


@pytest.mark.parametrize(("resumed", "heard"), [(LONG_PAUSE, HEARD_RATE + LONG_PAUSE), (LONG_PAUSE + 1, LEAD_IN)])
def test_what_came_before_a_long_pause_is_not_heard_again(resumed: int, heard: int) -> None:
    ear, detector = _Ear(), Mock()
    detector.probability.return_value = 1.0
    ear._ending, ear._recogniser = detector, Mock(so_far=lambda: NOTHING)
    for edge, length in ((Edge.MORE, 400), (Edge.BEGIN, HEARD_RATE), (Edge.MORE, resumed)):
        ear._keep(Cut(edge, 0.0, 0.0, np.ones(length, np.float32)))
    ear._weigh()
    (sound,) = detector.probability.call_args.args
    assert len(sound) == heard - TAIL, "and nothing of what was said before it began"
