"""A danger that may be none: it is asked about with the number, and the talk goes on where nobody is in danger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.config.schema import Config
from tests.support.talk import greeted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.talk.conversation import Conversation, Exchange

pytestmark = pytest.mark.slow

# Nobody says that they are in danger; network and machine together are not sure of it.
PERHAPS = {
    "en": "There's a funny smell in the kitchen.",
    "fr": "Il y a une drôle d'odeur dans la cuisine.",
}
COUNTRY, NUMBER = {"en": "GB", "fr": "FR"}, {"en": "999", "fr": "112"}
YES, NO = {"en": "yes", "fr": "oui"}, {"en": "no", "fr": "non"}
WITHOUT_PHONE = {"en": "I can't get to the phone", "fr": "je peux pas atteindre le téléphone"}
AGAIN = {"en": "what was the number again", "fr": "c'est quoi le numéro déjà"}
CALM = {"en": "what time is it?", "fr": "quelle heure est-il ?"}
UNCLEAR = {"en": "that green one", "fr": "le vert, là"}


@pytest.fixture(params=["en", "fr"])
def here(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def talk(here: str) -> Iterator[Conversation]:
    """A talk in which it has just been asked whether anybody is in danger."""
    country = Config().changed("care", country=COUNTRY[here])
    with greeted(here, config=country) as talk:
        asked = talk.say(PERHAPS[here])
        assert phrases(asked) == ["emergency_maybe"]
        assert NUMBER[here] in asked.answer
        yield talk


def phrases(exchange: Exchange) -> list[str]:
    return [sentence.phrase for sentence in exchange.said]


def test_a_yes_makes_it_an_emergency(talk: Conversation, here: str) -> None:
    said = talk.say(YES[here])
    assert phrases(said) == ["emergency_call"]
    assert NUMBER[here] in said.answer
    assert phrases(talk.say(CALM[here])) == ["emergency_stays"]


def test_a_danger_in_few_words_is_none_to_ask_about_again(talk: Conversation, here: str) -> None:
    plainly = {"en": ("Not breathing", "emergency_other"), "fr": ("elle étouffe", "emergency_body")}
    line, phrase = plainly[here]
    assert phrases(talk.say(line)) == [phrase]


def test_who_cannot_call_is_in_an_emergency(talk: Conversation, here: str) -> None:
    assert phrases(talk.say(WITHOUT_PHONE[here])) == ["emergency_no_phone"]
    assert phrases(talk.say(CALM[here])) == ["emergency_stays"]


def test_a_no_ends_it(talk: Conversation, here: str) -> None:
    assert phrases(talk.say(NO[here])) == ["emergency_denied"]
    assert phrases(talk.say(CALM[here])) == ["answer_what_time_is_it"]


def test_an_ordinary_line_ends_it_and_is_answered(talk: Conversation, here: str) -> None:
    assert phrases(talk.say(CALM[here])) == ["answer_what_time_is_it"]
    again = talk.say(AGAIN[here])
    assert NUMBER[here] in again.answer


def test_what_answers_nothing_is_asked_about_once_more_and_then_let_be(talk: Conversation, here: str) -> None:
    assert phrases(talk.say(UNCLEAR[here])) == ["emergency_asked"]
    assert not set(phrases(talk.say(UNCLEAR[here]))) & {"emergency_asked", "emergency_stays", "emergency_again"}


def test_who_says_plainly_that_they_want_to_die_is_heard(talk: Conversation, here: str) -> None:
    plainly = {"en": "I want to kill myself", "fr": "je veux me tuer"}
    assert phrases(talk.say(plainly[here])) == ["crisis"]
