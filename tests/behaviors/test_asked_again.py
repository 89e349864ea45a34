"""Right after a capital, a spelling, a sum, a measure or an animal's sound, "and X?" asks for another."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer

AGAIN = {
    "en": [
        (["What's the capital of Hungary?"], "Budapest"),
        (["What's the capital of Hungary?", "And Romania?"], "Bucharest"),
        (["What's the capital of Hungary?", "And Romania?", "What about the Ivory Coast, please?"], "Yamoussoukro"),
        (["How do you spell rhythm?", "And separate?"], "S, E, P, A, R, A, T, E"),
        (["How do you spell rhythm?", "And what about definitely?"], "D, E, F, I, N, I, T, E, L, Y"),
        (["How many letters are in elephant?", "And giraffe?"], "7"),
        (["What's seven times eight?", "And nine?"], "63"),
        (["What's ten percent of eighty?", "And of ninety?"], "9"),
        (["What is ten miles in kilometres?", "And twenty?"], "32.2 kilometres"),
        (["What does a cow say?", "And a duck?"], "Quack"),
        (["What's forty-seven times twelve?", "Correct. Now take away sixty-four."], "500"),
    ],
    "fr": [
        (["C'est quoi la capitale de la Hongrie ?"], "Budapest"),
        (["C'est quoi la capitale de la Hongrie ?", "Et de la Roumanie ?"], "Bucarest"),
        (["C'est quoi la capitale de l'Italie ?", "Et celle de la Côte d'Ivoire, s'il te plaît ?"], "Yamoussoukro"),
        (["Comment ça s'écrit, rythme ?", "Et séparer ?"], "S, E accent aigu, P, A, R, E, R"),
        (["Combien de lettres dans girafe ?", "Et dans éléphant ?"], "8"),
        (["Combien font sept fois huit ?", "Et neuf ?"], "63"),
        (["Dix miles en kilomètres, ça fait combien ?", "Et vingt ?"], "32,2 kilomètres"),
        (["Comment fait la vache ?", "Et le canard ?"], "Coin, coin"),
        (["Combien font douze fois douze ?", "Exact. Maintenant enlève quatre."], "140"),
    ],
}
NOT_AGAIN = {
    "en": [
        ["How do you spell rhythm?", "And why?"],
        ["How do you spell rhythm?", "And my tea is cold."],
        ["How do you spell rhythm?", "And thanks."],
        ["What's the capital of France?", "And the weather?"],
        ["What's the capital of France?", "Thanks.", "And Spain?"],
        ["What's three plus four?", "And seven?"],
    ],
    "fr": [
        ["Comment ça s'écrit, rythme ?", "Et pourquoi ?"],
        ["Comment ça s'écrit, rythme ?", "Et merci."],
        ["C'est quoi la capitale de la France ?", "Et toi ?"],
    ],
}
BEHAVIORS = {"capital", "spelling", "calculate", "convert", "animal_sound"}


@pytest.mark.parametrize(
    ("language", "lines", "part"), [(language, *case) for language, cases in AGAIN.items() for case in cases]
)
def test_the_same_is_asked_again_of_something_else(language: str, lines: list[str], part: str) -> None:
    assert part in last_answer(language, *lines).answer


@pytest.mark.parametrize(
    ("language", "lines"), [(language, lines) for language, cases in NOT_AGAIN.items() for lines in cases]
)
def test_what_only_begins_so_is_something_else(language: str, lines: list[str]) -> None:
    assert BEHAVIORS.isdisjoint(one.behavior for one in last_answer(language, *lines).said)


MORE = {
    "en": [
        "No, he doesn't like the sea, do one in the garden.",
        "Again! But this time he's got a sister.",
        "Do one about a cat.",
        "Another one, in the garden.",
    ],
    "fr": ["Non, une autre, dans la forêt.", "Encore, mais avec un chien."],
}
TALES = {"en": "Tell me a story.", "fr": "Raconte une histoire."}


@pytest.mark.parametrize(("language", "line"), [(language, line) for language, lines in MORE.items() for line in lines])
def test_another_story_is_asked_for_with_what_it_is_to_be_about(language: str, line: str) -> None:
    assert any(one.phrase.startswith("story_") for one in last_answer(language, TALES[language], line).said)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Again, my knee hurts."),
        ("en", "No, please don't tell me another one."),
        ("en", "No, I don't want to try another."),
        ("fr", "Encore mal au genou aujourd'hui."),
    ],
)
def test_but_no_story_is_told_to_who_wants_none_or_tells_of_pain(language: str, line: str) -> None:
    assert not any(one.phrase.startswith("story_") for one in last_answer(language, TALES[language], line).said)
