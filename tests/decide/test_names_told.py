"""The name of somebody else, told in passing, with more or when it is asked for, is theirs, and known from then on."""

from __future__ import annotations

import pytest

from tests.support.talk import greeted, last_answer


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "My grandson set you up, that's Daniel.", "Daniel"),
        ("en", "It was my grandson who set you up, Daniel.", "Daniel"),
        ("en", "His name's Frank.", "Frank"),
        ("en", "Her name was Prudence.", "Prudence"),
        ("en", "My wife was called Colette, we were married forty-four years.", "Colette"),
        ("fr", "C'est mon petit-fils qui t'a installé, Daniel.", "Daniel"),
        ("fr", "Il s'appelle Frank.", "Frank"),
        ("fr", "Son nom, c'était Odile.", "Odile"),
        ("fr", "Ma femme s'appelait Colette, on a été mariés quarante-quatre ans.", "Colette"),
    ],
)
def test_a_name_that_is_told_of_somebody_is_taken_soberly(language: str, line: str, name: str) -> None:
    (said,) = last_answer(language, line).said
    assert said.phrase == "told_of_name"
    assert name in said.text


ASKED = {
    "en": ("My grandson set you up.", "What did I say my grandson was called?"),
    "fr": ("Mon petit-fils t'a installé.", "Comment j'ai dit que s'appelait mon petit-fils ?"),
}


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "It's Daniel, and he's a good boy.", "Daniel"),
        ("en", "It's Piotr.", "Piotr"),
        ("en", "Piotr.", "Piotr"),
        ("en", "He's called Piotr", "Piotr"),
        ("fr", "C'est Daniel, et c'est un bon garçon.", "Daniel"),
        ("fr", "C'est Piotr.", "Piotr"),
        ("fr", "Piotr.", "Piotr"),
    ],
)
def test_whose_name_it_asked_for_is_known_by_the_answer(language: str, line: str, name: str) -> None:
    with greeted(language) as talk:
        told, asks = ASKED[language]
        talk.say(told)
        assert [one.phrase for one in talk.say(asks).said] == ["told_no_name"]
        assert [one.phrase for one in talk.say(line).said] == ["told_of_name"]
        assert name in talk.say(asks).answer


@pytest.mark.parametrize(
    ("language", "asked", "line"),
    [
        ("en", "What's my son called?", "My name's Steve."),
        ("en", "What's my name?", "It's Daniel."),
        ("fr", "Comment s'appelle mon fils ?", "Moi, je m'appelle Paul."),
        ("fr", "Comment je m'appelle ?", "C'est Daniel."),
    ],
)
def test_ones_own_name_stays_ones_own(language: str, asked: str, line: str) -> None:
    assert last_answer(language, asked, line).intent == "my_name_is"


@pytest.mark.parametrize("line", ["I'm not telling you.", "I forget."])
def test_who_tells_no_name_is_thanked_for_none(line: str) -> None:
    assert last_answer("en", "What's my son called?", line).said[0].phrase != "told_of_name"


def test_the_name_of_a_dog_is_not_its_owners() -> None:
    asked = last_answer("en", "My sister has a dog, he's called Rex.", "What's my sister called?")
    assert "Rex" not in asked.answer
