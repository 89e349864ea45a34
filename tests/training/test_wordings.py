"""What the listener says is what judges found fitting: they read lines and replies, and wrote neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.sense.language import phrases
from training.wordings import judged, replies

if TYPE_CHECKING:
    from training.wordings import Judged

SAID = phrases.load()
ENOUGH = 4  # lines, from which on verdicts tell
# For these nothing better was written: they answer what the robot cannot do, does not know or did not understand.
NONE_BETTER = frozenset({"listen_unsure", "unknown_if_me", "unknown_in_talk", "unknown_of_me", "unknown_wish"})


def ships(language: str) -> dict[str, list[Judged]]:
    """The wordings that were judged and are said, by phrase."""
    return {
        phrase: [one for one in wordings if one.text in SAID.variants(phrase, language)]
        for phrase, wordings in judged(language).items()
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_ships_that_was_wrong_for_most_lines_of_its_kind(language: str) -> None:
    wrong = [
        (phrase, one.text)
        for phrase, wordings in ships(language).items()
        for one in wordings
        if phrase not in NONE_BETTER and one.lines >= ENOUGH and 2 * one.wrong > one.lines
    ]
    assert not wrong


@pytest.mark.parametrize(("language", "fitting", "wrong"), [("en", 0.434, 0.153), ("fr", 0.391, 0.146)])
def test_what_ships_is_fitting_more_often_than_wrong(language: str, fitting: float, wrong: float) -> None:
    """Of the verdicts by which it was chosen; what was measured then, less or more a hundredth."""
    kept = [one for wordings in ships(language).values() for one in wordings]
    lines = sum(one.lines for one in kept)
    assert sum(one.fitting for one in kept) >= fitting * lines
    assert sum(one.wrong for one in kept) <= wrong * lines


@pytest.mark.parametrize("language", ["en", "fr"])
def test_single_replies_are_to_phrases_that_there_are(language: str) -> None:
    told = replies(language)
    assert len(told) > 700
    assert all(SAID.has(phrase, language) for line in told for phrase, _, _ in line.said)
