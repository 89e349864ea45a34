"""A list that is kept: things come on it and off it, in one's own words, until it is emptied."""

from __future__ import annotations

import pytest

from behaviors import shopping_list
from tests.support.talk import greeted

TALKS = {
    "en": (
        ("Add milk to the shopping list", "list_added", "milk"),
        ("And eggs", "list_added", "ggs"),
        ("Put some bread and butter on my list please", "list_added", "bread and butter"),
        ("What's on my shopping list?", "list_told", "milk, eggs, bread and butter"),
        ("Remove the milk", "list_removed", "milk"),
        ("Take eggs off the list", "list_removed", "eggs"),
        ("Take the caviar off the list", "list_lacks", ""),
        ("What do I need to buy?", "list_told", "bread and butter"),
        ("Clear the list", "list_cleared", ""),
        ("What's on the list?", "list_empty", ""),
    ),
    "fr": (
        ("Ajoute du lait à la liste", "list_added", "lait"),
        ("Et des œufs", "list_added", "ufs"),
        ("Mets du pain et du beurre sur la liste de courses", "list_added", "pain et beurre"),
        ("Qu'est-ce qu'il y a sur la liste ?", "list_told", "lait, œufs, pain et beurre"),
        ("Enlève le lait", "list_removed", "lait"),
        ("Raye les œufs de la liste", "list_removed", "œufs"),
        ("Enlève le caviar de la liste", "list_lacks", ""),
        ("Qu'est-ce qu'il faut acheter ?", "list_told", "pain et beurre"),
        ("Vide la liste", "list_cleared", ""),
        ("Lis-moi la liste", "list_empty", ""),
    ),
}


@pytest.mark.parametrize("language", TALKS)
def test_things_come_on_the_list_and_off_it(language: str) -> None:
    with greeted(language) as talk:
        for line, phrase, part in TALKS[language]:
            said = talk.say(line).said[0]
            assert (said.phrase, part in said.text) == (phrase, True), f"{line} -> {said.text}"


@pytest.mark.parametrize(
    "line",
    [
        *("And how are you?", "Have you heard, she is top of the list", "and then we went home", "Not now"),
        *("And my husband died last year", "And set a timer for ten minutes", "And thank you", "Not really"),
        *("They have put my husband on the list for a transplant", "Don't put eggs on the list"),
        *("Did I put eggs on the list?", "Don't forget my shopping list!", "I always forget my list"),
    ],
)
def test_what_is_no_thing_comes_on_no_list(line: str) -> None:
    with greeted("en") as talk:
        talk.say("Add milk to the list")
        talk.say(line)
        assert talk.say("What's on the list?").said[0].text.endswith("milk.")


def test_a_full_list_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shopping_list, "MOST", 2)
    with greeted("en") as talk:
        talk.say("Add milk and honey to the list")
        assert talk.say("Add bread to the list").said[0].phrase == "list_full"
        assert talk.say("What's on the list?").said[0].text.endswith("milk and honey.")


@pytest.mark.parametrize(
    "line", ["Et mon mari est mort", "Et rappelle-moi d'appeler Anne à six heures", "J'oublie ma liste"]
)
def test_what_is_no_thing_comes_on_no_french_list(line: str) -> None:
    with greeted("fr") as talk:
        talk.say("Ajoute du lait à la liste")
        talk.say(line)
        assert talk.say("Qu'est-ce qu'il y a sur la liste ?").said[0].text.endswith("lait.")


AROUND = {
    "en": ("Add milk to the shopping list", "How are you?", "What's on the list?"),
    "fr": ("Ajoute du lait à la liste", "Comment vas-tu ?", "Qu'est-ce qu'il y a sur la liste ?"),
}
CLEARS = {
    "en": (
        *(
            "Delete everything on the list",
            "Please clear all the items from my shopping list",
            "Remove all from the list",
        ),
        *("Take everything off the list", "Erase everything that's on our list", "Cross it all off the grocery list"),
        *("Wipe everything in my shopping list", "Strike them all off the list", "Erase my list"),
    ),
    "fr": (
        *("Enlève tout de la liste", "Supprime tout sur la liste de courses", "Efface tout ce qu'il y a sur ma liste"),
        *("Retire tous les articles de la liste", "Raye tout de notre liste de courses", "Efface toute la liste"),
    ),
}


@pytest.mark.parametrize(("language", "line"), [(code, line) for code, some in CLEARS.items() for line in some])
def test_everything_on_it_is_the_list_and_nothing_of_the_person(language: str, line: str) -> None:
    add, between, ask = AROUND[language]
    with greeted(language) as talk:
        talk.say(add)
        talk.say(between)
        assert [one.phrase for one in talk.say(line).said] == ["list_cleared"]
        assert talk.say(ask).said[0].phrase == "list_empty"
