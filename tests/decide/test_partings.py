"""Whoever goes is let go without a question, whatever stands before it; what only tells of a goodbye is none."""

from __future__ import annotations

import pytest

from robot.sense.language.leaving import GOES, STAYS
from tests.support.talk import greeted, phrases


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
    with greeted(language) as talk:
        told = talk.say(line)
    assert told.intent == intent
    assert len(told.said) == 1
    assert "?" not in told.answer


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "So I'm getting a divorce."),
        ("en", "Well, I'm having a baby!"),
        ("en", "So I'm having a really hard time of it."),
        ("en", "Right, we're going to Leeds on Friday."),
        ("fr", "Bon, je vais devoir vendre la maison."),
    ],
)
def test_news_that_only_begins_like_a_goodbye_is_none(language: str, line: str) -> None:
    with greeted(language) as talk:
        assert talk.say(line).intent not in {GOES, STAYS}


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Here's my lift, she's early for once. See you Tuesday, sunshine.", "farewell"),
        ("en", "Right, I'm away to the shops, do you need anything? Ha, listen to me, asking a robot.", "farewell"),
        ("en", "Better find me teeth, then. We'll have a rematch later", "farewell"),
        ("en", "You're a star. I'm going up now before I fall down.", "good_night"),
        ("en", "My film's starting. Sleep tight.", "good_night"),
        ("en", "I'm gonna call her. The drains can wait.", "answer_tells_off_to"),
        ("fr", "Ah ben j'ai encore le temps d'éplucher mes poireaux. Merci mon grand, à tout à l'heure.", "farewell"),
        ("fr", "Allez, bonne soirée, la boîte à musique.", "farewell"),
        ("fr", "Bon, il m'appelle pour écosser les haricots, la vie de rêve. À plus !", "farewell"),
        ("fr", "Bon, je file, je suis déjà en retard. Garde la maison, hein !", "farewell"),
        ("fr", "C'est l'heure de mon feuilleton. On continue demain.", "farewell"),
        ("fr", "Merci de m'avoir tenu compagnie, fieu. Dors bien.", "good_night"),
        ("en", "Thanks a million. Good night, or good morning, whatever it is.", "good_night"),
        ("en", "Okay, I'm gonna go find a burrito. Later, Bowlby.", "farewell"),
        ("fr", "Bonne nuit, et merci de pas t'être foutu de moi.", "good_night"),
        ("fr", "Pas mal, je vais la garder. Allez, à tantôt, je vais éplucher mes chicons.", "farewell"),
        ("fr", "Je lui ai prêté mes lunettes. Bon, maman m'appelle pour goûter, salut !", "farewell"),
    ],
)
def test_a_parting_counts_whatever_it_stands_behind(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I didn't even get to say goodbye."),
        ("en", "She said see you later, and I never did."),
        ("en", "Take care of my mother."),
        ("fr", "Il est parti sans dire au revoir."),
        ("en", "Good night's sleep at last, I slept like a log."),
        ("en", "So long, it's been a whole year since I saw her."),
        ("fr", "Salut, ça va ?"),
        ("fr", "Bonne journée hier, on a ri."),
    ],
)
def test_a_goodbye_that_is_told_of_is_none(language: str, line: str) -> None:
    assert not {"farewell", "good_night"} & set(phrases(language, line))
