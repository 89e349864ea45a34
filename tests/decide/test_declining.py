"""Whoever does not want something is not given it; a no beside a wish, or beside something graver, declines nothing."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer, phrases


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "No, I don't want a joke."),
        ("en", "I don't want to play"),
        ("en", "No more riddles tonight, thanks."),
        ("en", "I'm not in the mood for a story."),
        ("en", "Please don't sing."),
        ("fr", "Pas de blague, s'il te plaît."),
        ("fr", "J'ai pas envie de jouer"),
        ("fr", "Non merci, pas d'histoire ce soir."),
        ("fr", "Ne chante pas, s'il te plaît."),
    ],
)
def test_what_is_not_wanted_is_not_told_or_played(language: str, line: str) -> None:
    assert phrases(language, line) == ["answer_no"]


@pytest.mark.parametrize(
    ("language", "line", "behavior"),
    [
        ("en", "No, tell me a joke.", "joke"),
        ("en", "I don't mind a joke.", "joke"),
        ("fr", "Je dis pas non à une blague.", "joke"),
        ("fr", "J'écouterais bien une histoire.", "story"),
        ("en", "I don't want to talk, tell me a story.", "story"),
        ("fr", "Non, raconte une blague.", "joke"),
        ("fr", "J'ai rien à faire, raconte-moi une histoire.", "story"),
    ],
)
def test_a_no_beside_a_wish_declines_nothing(language: str, line: str, behavior: str) -> None:
    assert last_answer(language, line).said[0].behavior == behavior


@pytest.mark.parametrize(
    ("line", "intents"),
    [
        ("I don't want company, I don't want to be here any more.", {"self_harm", "self_harm_maybe"}),
        ("I don't want to play any more, I just want it all to end", {"self_harm", "self_harm_maybe"}),
        ("Be quiet, no more jokes.", {"quiet"}),
        ("No music please, set a timer for ten minutes", {"wants_timer"}),
        ("No more stories, good night", {"good_night"}),
        ("Not a joke, a story please.", {"wants_story"}),
        ("Stop playing games and wake me at seven", {"wants_alarm"}),
    ],
)
def test_what_else_is_said_goes_before_a_no(line: str, intents: set[str]) -> None:
    assert last_answer("en", line).intent in intents


def test_whoever_does_not_want_to_play_on_has_ended_the_game() -> None:
    assert phrases("en", "Let's play guess the number", "I don't want to play.") == ["game_end"]
    assert phrases("fr", "On joue à deviner un nombre ?", "Je veux pas jouer.") == ["game_end"]
