"""How long a silence is waited for, by what was said before it."""

from __future__ import annotations

import pytest

from robot.sense.hearing.completeness import Completeness
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
        ("I went to the shop.", "en", HANGOVER_S),
        ("What are you waiting for?", "en", HANGOVER_S),
        ("i went to the shop", "en", HANGOVER_S),
        ("I went to the shop", "en", UNSURE_S),
        ("Hier je suis allé au marché.", "fr", HANGOVER_S),
        ("Because.", "en", HANGOVER_S),
        ("what can you do", "en", HANGOVER_S),
        ("", "en", HANGOVER_S),
    ],
)
def test_an_open_end_is_waited_for_and_a_command_is_not(text: str, language: str, wait: float) -> None:
    """Where no melody is heard."""
    assert Turns(language, TABLES.grammar(language), Completeness.load()).hangover_s(text) == wait


@pytest.mark.parametrize(
    ("text", "language", "ended", "wait"),
    [
        ("Stop!", "en", 0.0, COMMAND_S),
        ("The doctor told my sister.", "en", 0.02, UNFINISHED_S),
        ("The doctor told my sister.", "en", 0.3, MAY_END_S),
        ("The doctor told my sister about.", "en", 0.1, UNFINISHED_S),
        ("The doctor told my sister", "en", 0.97, HANGOVER_S),
        ("I went to the shop and", "en", 0.9, UNFINISHED_S),
        ("We are taking the...", "en", 0.99, UNFINISHED_S),
        ("That is what I was looking for.", "en", 0.98, HANGOVER_S),
        ("I had soup for lunch.", "en", 0.5, HANGOVER_S),
        ("So yesterday my neighbour.", "en", 0.5, UNFINISHED_S),
        ("Can you remind me to?", "en", 0.9, UNFINISHED_S),
        ("Qu'est-ce que je fais, avec les.", "fr", 0.9, UNFINISHED_S),
        ("Because.", "en", 0.02, UNFINISHED_S),
        ("Because.", "en", 0.6, HANGOVER_S),
        ("Sorry. Never.", "en", 0.2, HANGOVER_S),
        ("what can you do", "en", 0.3, HANGOVER_S),
        ("my daughter called me", "en", 0.01, UNFINISHED_S),
        ("my daughter called me", "en", 0.05, HANGOVER_S),
        ("What can you do?", "en", 0.01, HANGOVER_S),
        ("I am sad", "en", 0.01, HANGOVER_S),
        ("We still have to buy.", "en", 0.6, UNFINISHED_S),
    ],
)
def test_words_and_their_melody_are_weighed_together(text: str, language: str, ended: float, wait: float) -> None:
    assert Turns(language, TABLES.grammar(language), Completeness.load()).hangover_s(text, ended) == wait


@pytest.mark.parametrize(
    ("text", "ended", "wait"),
    [
        ("Ich war im Laden", None, UNSURE_S),
        ("Ich war im Laden.", None, HANGOVER_S),
        ("ich war im laden", None, HANGOVER_S),
        ("Ich war im Laden.", 0.02, UNFINISHED_S),
        ("Ich war im Laden.", 0.1, MAY_END_S),
        ("Ich war im Laden.", 0.6, HANGOVER_S),
    ],
)
def test_of_a_language_that_taught_nothing_the_end_tells(text: str, ended: float | None, wait: float) -> None:
    assert Turns("de", Grammar((), {}), Completeness.load()).hangover_s(text, ended) == wait
