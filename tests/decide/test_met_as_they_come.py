"""Visitors, helpers, sceptics and whoever is about to go are met as they come; little is said back, and that well."""

from __future__ import annotations

import pytest

from robot.sense.language.leaving import GOES, STAYS
from sim.talk.conversation import Conversation
from tests.support.talk import last_answer


def phrases(language: str, *lines: str) -> list[str]:
    """The phrases in which the last of the lines is answered."""
    return [one.phrase for one in last_answer(language, *lines).said]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My name's Tyler, can you remember that?"),
        ("en", "My name's Jean, love. Will you remember that?"),
        ("en", "Hi, I'm Denise, I come in on Tuesdays to help out."),
        ("fr", "Je m'appelle Odette, tu t'en souviendras ?"),
    ],
)
def test_a_name_that_is_to_be_kept_is_asked_about_and_kept_after_a_yes(language: str, line: str) -> None:
    assert phrases(language, line) == ["consent_ask"]
    assert phrases(language, line, "Yes." if language == "en" else "Oui.") == ["consent_yes"]


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "Morning, Bowlby, it's Blessing. Is he up yet?", "Blessing"),
        ("fr", "Bonjour, c'est Nadia, je viens pour la toilette de madame Perrin.", "Nadia"),
    ],
)
def test_whoever_comes_in_with_a_task_is_greeted_and_not_questioned(language: str, line: str, name: str) -> None:
    with Conversation(language=language) as talk:
        talk.greeting()
        answer = talk.say(line).answer
    assert name in answer
    assert "?" not in answer


@pytest.mark.parametrize(("language", "line"), [("en", "Morning, it's Monday."), ("fr", "Bonjour, c'est lundi.")])
def test_a_day_is_nobodys_name(language: str, line: str) -> None:
    assert "answer_greeting_named" not in phrases(language, line)


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "Okay, we're going. Be good. Keep Grandma company, would you?", GOES),
        ("en", "Okay, I'm heading out to the store, be back in a bit.", GOES),
        ("en", "Whatever, I'm getting some cereal.", STAYS),
        ("fr", "Bon, je vais me coiffer, à tout à l'heure.", GOES),
        ("fr", "Bon, je vais regarder le film. Merci de la compagnie.", STAYS),
        ("fr", "Bon allez, je vais faire ma sieste.", STAYS),
    ],
)
def test_whoever_goes_is_let_go_without_a_question(language: str, line: str, intent: str) -> None:
    with Conversation(language=language) as talk:
        talk.greeting()
        told = talk.say(line)
    assert told.intent == intent
    assert len(told.said) == 1
    assert "?" not in told.answer


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "So I'm getting a divorce."),
        ("en", "Well, I'm having a baby!"),
        ("en", "Right, we're going to Leeds on Friday."),
        ("fr", "Bon, je vais devoir vendre la maison."),
    ],
)
def test_news_that_only_begins_like_a_goodbye_is_none(language: str, line: str) -> None:
    with Conversation(language=language) as talk:
        talk.greeting()
        assert talk.say(line).intent not in {GOES, STAYS}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "J'ai pas demandé, c'est la honte."),
        ("en", "He's eaten all the biscuits again, the greedy beggar."),
        ("en", "Still had dirt on 'em."),
        ("en", "My dear, I had a short haircut."),
    ],
)
def test_blame_and_what_is_not_of_the_person_are_not_said_back(language: str, line: str) -> None:
    assert not any(phrase.startswith("reflect_") for phrase in phrases(language, line))


def test_nobody_is_pitied_for_what_is_not_clearly_sad() -> None:
    assert not any("hard" in phrase for phrase in phrases("en", "Last time he put my remote in the dishwasher."))
    assert phrases("fr", "J'ai raté mon contrôle")[0] == "reflect_hard"


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("fr", "Et la caméra, elle filme tout le temps ? Ça part où, ces images ?", "answer_are_you_recording"),
        ("en", "How much did she pay for you, anyway?", "remark_robot_price"),
        ("en", "Thanks, love.", "answer_thanks"),
        ("fr", "Je m'ennuie.", "answer_tells_bored"),
        ("en", "I've no idea what to make for dinner.", "remark_dinner_ideas"),
        ("en", "I lost my tooth! Look!", "remark_lost_a_tooth"),
    ],
)
def test_small_questions_and_news_are_taken_as_what_they_are(language: str, line: str, phrase: str) -> None:
    found = phrases(language, line)[0]
    assert found == phrase or found.startswith(f"{phrase}_")  # what it says of recording goes by how it is


def test_liking_is_no_wish_to_move_a_reminder() -> None:
    assert "answer_wants_move_reminder" not in phrases("fr", "T'es moche mais je t'aime bien.")
