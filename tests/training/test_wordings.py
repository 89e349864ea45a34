"""What the listener says is what judges found fitting: they read lines and replies, and wrote neither."""

from __future__ import annotations

import pytest

from robot.sense.language import phrases
from training.wordings import judged

SAID = phrases.load()
ENOUGH = 4  # lines, from which on verdicts tell
FEWEST = 10  # wordings of a phrase that may be needed so that none comes back at once


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_ships_that_was_wrong_for_most_lines(language: str) -> None:
    wrong = [
        (phrase, one.text)
        for phrase, wordings in judged(language).items()
        for one in wordings[FEWEST:]
        if one.lines >= ENOUGH and 2 * one.wrong > one.lines and one.text in SAID.variants(phrase, language)
    ]
    assert not wrong


@pytest.mark.parametrize(("language", "fitting", "wrong"), [("en", 0.38, 0.18), ("fr", 0.33, 0.205)])
def test_what_ships_is_fitting_more_often_than_wrong(language: str, fitting: float, wrong: float) -> None:
    """The bars are what was measured as they were chosen, less a hundredth."""
    ships = [
        one
        for phrase, wordings in judged(language).items()
        for one in wordings
        if one.text in SAID.variants(phrase, language)
    ]
    lines = sum(one.lines for one in ships)
    assert sum(one.fitting for one in ships) >= fitting * lines
    assert sum(one.wrong for one in ships) <= wrong * lines
