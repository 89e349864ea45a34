"""Whoever wants some game hears which there are, and chooses in a word or two."""

from __future__ import annotations

import pytest

from tests.support.talk import greeted, last_answer

WANTS = {"en": "Let's play a game.", "fr": "On joue à quelque chose ?"}


@pytest.mark.parametrize(
    ("language", "choice", "behavior"),
    [
        ("en", "ok number game", "guess_number"),
        ("en", "The number one, then.", "guess_number"),
        ("en", "the animal one please", "guess_animal"),
        ("en", "hide and seek", "play"),
        ("fr", "ok le nombre", "guess_number"),
        ("fr", "Plutôt les mots.", "word_chain"),
        ("fr", "cache-cache", "play"),
    ],
)
def test_a_game_is_chosen_by_what_it_is_about(language: str, choice: str, behavior: str) -> None:
    answer = last_answer(language, WANTS[language], choice)
    assert {one.behavior for one in answer.said} == {behavior}


@pytest.mark.parametrize(("language", "line"), [("en", "I counted the animals."), ("fr", "J'ai compté les animaux.")])
def test_nothing_is_chosen_where_no_game_was_named(language: str, line: str) -> None:
    assert "guess_animal" not in {one.behavior for one in last_answer(language, line).said}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("number", ["15", "17", "18", "18!"])
def test_the_number_of_an_ambulance_is_a_guess_like_any_other(language: str, number: str) -> None:
    with greeted(language) as talk:
        talk.say(WANTS[language])
        talk.say("number" if language == "en" else "le nombre")
        assert {one.behavior for one in talk.say(number).said} == {"guess_number"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_outside_a_game_a_bare_call_number_is_a_call(language: str) -> None:
    assert last_answer(language, "112").intent == "emergency"
    assert last_answer(language, "15").intent not in {"emergency", "emergency_maybe"}
