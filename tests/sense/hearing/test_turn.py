"""How long a silence is waited for, by what was said before it."""

from __future__ import annotations

import pytest

from robot.sense.hearing.endpoint import HANGOVER_S
from robot.sense.hearing.turn import COMMAND_S, MAY_END_S, UNFINISHED_S, UNSURE_S, Turns
from robot.sense.language.grammar import Grammar
from tests.support.tables import TABLES


@pytest.mark.parametrize(
    ("text", "language", "wait"),
    [
        ("Stop!", "en", COMMAND_S),
        ("look left", "en", COMMAND_S),
        ("Tais-toi.", "fr", COMMAND_S),
        ("I went to the shop and", "en", UNFINISHED_S),
        ("I went to the shop, and", "en", UNFINISHED_S),
        ("Well, today I,", "en", UNFINISHED_S),
        ("My daughter called because...", "en", UNFINISHED_S),
        ("Je voulais te dire que", "fr", UNFINISHED_S),
        ("Hier, je suis allé chez le", "fr", UNFINISHED_S),
        ("I had soup for lunch.", "en", HANGOVER_S),
        ("What are you waiting for?", "en", HANGOVER_S),
        ("i had soup for lunch", "en", HANGOVER_S),
        ("So yesterday my neighbour.", "en", UNFINISHED_S),
        ("Can you remind me to?", "en", UNFINISHED_S),
        ("L'été dernier avec les enfants.", "fr", MAY_END_S),
        ("Hier je suis allé au marché.", "fr", HANGOVER_S),
        ("Because.", "en", HANGOVER_S),
        ("what can you do", "en", HANGOVER_S),
        ("", "en", HANGOVER_S),
    ],
)
def test_an_open_end_is_waited_for_and_a_command_is_not(text: str, language: str, wait: float) -> None:
    assert Turns(language, TABLES.grammar(language)).hangover_s(text) == wait


@pytest.mark.parametrize(
    ("text", "ended", "wait"),
    [
        ("Stop!", 0.0, COMMAND_S),
        ("The doctor told my sister.", 0.02, UNFINISHED_S),
        ("The doctor told my sister.", 0.1, UNFINISHED_S),
        ("The doctor told my sister.", 0.3, MAY_END_S),
        ("The doctor told my sister", 0.1, UNFINISHED_S),
        ("The doctor told my sister about.", 0.1, UNFINISHED_S),
        ("The doctor told my sister", 0.97, HANGOVER_S),
        ("I went to the shop and", 0.9, UNFINISHED_S),
        ("We are taking the...", 0.99, UNFINISHED_S),
        ("That is what I was looking for.", 0.98, HANGOVER_S),
        ("Because.", 0.02, UNFINISHED_S),
        ("Because.", 0.6, HANGOVER_S),
        ("what can you do", 0.3, HANGOVER_S),
        ("my daughter called me", 0.01, UNFINISHED_S),
        ("my daughter called me", 0.05, HANGOVER_S),
        ("What can you do?", 0.01, HANGOVER_S),
        ("I am sad", 0.01, HANGOVER_S),
        ("We still have to buy.", 0.6, UNFINISHED_S),
    ],
)
def test_words_and_their_melody_are_weighed_together(text: str, ended: float, wait: float) -> None:
    assert Turns("en", TABLES.grammar("en")).hangover_s(text, ended) == wait


@pytest.mark.parametrize(
    ("text", "wait"),
    [("Ich war im Laden", UNSURE_S), ("Ich war im Laden.", HANGOVER_S), ("ich war im laden", HANGOVER_S)],
)
def test_of_a_language_that_taught_nothing_the_written_end_tells(text: str, wait: float) -> None:
    assert Turns("de", Grammar((), {})).hangover_s(text) == wait
