"""How far words make a whole sentence: strangers' sentences against the same stopped on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robot.core.errors import ModelError
from robot.sense.hearing import completeness
from robot.sense.hearing.completeness import Completeness, last_sentence
from training.turns.train import measure

if TYPE_CHECKING:
    from pathlib import Path

FOUND = Completeness.load()


@pytest.mark.parametrize(
    ("hand", "language", "share"), [("a", "en", 60), ("a", "fr", 50), ("b", "en", 60), ("b", "fr", 70)]
)
def test_what_stops_on_the_way_is_less_whole_than_what_is_finished(hand: str, language: str, share: int) -> None:
    assert measure(FOUND, hand, language).known >= share


def test_only_the_last_sentence_counts_however_it_is_written() -> None:
    assert last_sentence("I saw Mr. Brown. He’s got A NEW cat") == ["he's", "got", "a", "new", "cat"]
    assert FOUND.score("Good night. I went to the", "en") == FOUND.score("i went TO the...", "en")


def test_of_another_language_and_of_no_words_nothing_is_said() -> None:
    assert FOUND.score("Ich gehe in den", "de") is None
    assert FOUND.score("?!", "en") is None


@given(st.text())
def test_any_text_has_a_score_or_none(text: str) -> None:
    assert isinstance(FOUND.score(text, "en"), float | None)


def test_damaged_weights_are_told_with_their_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / completeness.WEIGHTS).write_bytes(b"PK nonsense")
    monkeypatch.setattr(completeness, "data_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="by words alone: the weights are damaged") as told:
        Completeness.load()
    assert told.value.remedy == completeness.REMEDY
