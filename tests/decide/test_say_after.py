"""A few words are said after somebody, unless it may not or cannot say them."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer, phrases


@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("en", 'Say "bore da".', "Bore da."),
        ("en", "can you say supercalifragilistic", "Supercalifragilistic."),
        ("en", "Repeat after me: she sells sea shells", "She sells sea shells."),
        ("en", "Say hello to Granny", "Hello, Granny."),
        ("fr", "Dis « saperlipopette ».", "Saperlipopette."),
        ("fr", "répète après moi : un chasseur sachant chasser", "Un chasseur sachant chasser."),
        ("fr", "Tu peux dire anticonstitutionnellement ?", "Anticonstitutionnellement."),
        ("fr", "Dis bonjour à mamie", "Bonjour, mamie."),
    ],
)
def test_a_few_words_are_said_after_somebody(language: str, line: str, said: str) -> None:
    assert last_answer(language, line).answer == said


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Repeat after me: I am a human being", "say_after_not"),
        ("en", 'Say "I love you".', "say_after_not"),
        ("en", "Say after me: the rain in Spain stays mainly in the plain and on the hills, too", "say_after_long"),
        ("en", "Say something in Welsh.", "remark_translate"),
        ("fr", "Répète après moi : je t'aime", "say_after_not"),
        ("fr", "Dis putain", "say_after_not"),
        ("fr", "Dis quelque chose en breton.", "remark_translate"),
    ],
)
def test_what_it_may_not_or_cannot_say_it_does_not_say(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "Say that again.", "repeat"),
        ("en", "Can you say that louder?", "louder"),
        ("fr", "Tu peux dire l'heure ?", "what_time_is_it"),
        ("fr", "Dis, tu m'entends ?", "are_you_there"),
    ],
)
def test_what_only_begins_like_words_to_be_said_is_something_else(language: str, line: str, intent: str) -> None:
    heard = last_answer(language, line)
    assert heard.intent == intent
    assert "say_after" not in {one.behavior for one in heard.said}
