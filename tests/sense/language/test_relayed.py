"""A question that somebody hands on for another is answered as if that one had asked."""

from __future__ import annotations

import pytest

from robot.sense.language.relayed import as_put
from tests.support.talk import last_answer


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "Isla wants to know if you have a mummy.", "asks_family"),
        ("en", "My granddaughter is asking if you are alive", "are_you_alive"),
        ("en", "Tom wants to know what your name is", "what_is_your_name"),
        ("en", "Ben asks if you know a joke", "wants_joke"),
        ("fr", "Zoé veut savoir si tu as une maman", "asks_family"),
        ("fr", "Ma fille demande si t'es vivant", "are_you_alive"),
        ("fr", "Jules veut savoir comment tu t'appelles", "what_is_your_name"),
        ("fr", "mon fils demande si tu connais une blague", "wants_joke"),
    ],
)
def test_it_answers_who_asks_through_another(language: str, line: str, intent: str) -> None:
    assert last_answer(language, line).intent == intent


@pytest.mark.parametrize(
    ("language", "line", "put"),
    [
        ("en", "He keeps asking whether you're real", "Are you real?"),
        ("en", "The wee one wants to know why you're staring", "Why are you staring?"),
        ("en", "she wants to know what you eat", "What do you eat?"),
        ("fr", "Il veut savoir ce que tu manges", "Qu'est-ce que tu manges ?"),
        ("fr", "Lucas demande pourquoi tu bouges les oreilles", "Pourquoi tu bouges les oreilles ?"),
    ],
)
def test_the_question_is_put_as_one(language: str, line: str, put: str) -> None:
    assert as_put(line, language) == put


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My mum asked me if I was ok"),
        ("en", "The doctor wants to know if I sleep"),
        ("en", "I wonder if you could come"),
        ("en", "the nurse wants to know if you want me"),
        ("fr", "Mon médecin me demande si je dors bien"),
        ("fr", "Il veut savoir ce que je mange"),
    ],
)
def test_what_is_asked_of_others_stays_as_it_was_told(language: str, line: str) -> None:
    assert as_put(line, language) == line
