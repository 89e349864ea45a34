"""Sums told as a story come out, in one line or over several; what asks for no number is none."""

from __future__ import annotations

import pytest

from robot.sense.language.told_sums import asks_of_story, told_sum

STORIES = {
    "en": {
        ("I have 1,200 euros and spend 300, how much is left?",): "900",
        ("If I've got 12 sweets and eat 5, how many are left?",): "7",
        ("I had twenty pounds and spent 12.50, how much have I left?",): "7.50",
        ("He spent it on a drone.", "Six hundred and twenty.", "We had nine hundred.", "What's left?"): "280",
        ("I had three apples and found two more, how many do I have now",): "5",
        ("I've got forty.", "It costs sixty-five.", "How much am I short?"): "25",
        ("I've got forty and the ticket needs sixty-five, how much am I short?",): "25",
        ("It's three hundred and forty and I've got two hundred, how much is left?",): "140",
        ("I've got one ninety and it's three hundred, how much is left?",): None,
        ("how many days are left",): None,
    },
    "fr": {
        ("J'ai 1 200 euros et j'en dépense 300, il me reste combien ?",): "900",
        ("Si j'ai 50 euros et que j'en dépense 32,80, il me reste combien ?",): "17.20",
        ("J'avais douze bonbons et j'en ai mangé cinq, il m'en reste combien ?",): "7",
        ("J'ai vingt œufs, j'en casse trois.", "Ma voisine m'en donne six.", "Ça fait combien maintenant ?"): "23",
        ("J'ai trente euros et il faut quarante-cinq euros, il me manque combien ?",): "15",
        ("Ça coûte trois cent quarante euros, j'en ai deux cents, combien il me reste à trouver ?",): "140",
        ("Il reste combien de jours ?",): None,
    },
}


@pytest.mark.parametrize(("language", "lines"), [(lang, lines) for lang, told in STORIES.items() for lines in told])
def test_what_is_asked_comes_out(language: str, lines: tuple[str, ...]) -> None:
    assert asks_of_story(lines[-1], language)
    found = told_sum(lines, language)
    assert (None if found is None else str(found.value)) == STORIES[language][lines]


def test_other_questions_are_no_story() -> None:
    assert not asks_of_story("what is twelve times seven", "en")
    assert not asks_of_story("Combien font deux et deux ?", "fr")
    assert not asks_of_story("I'm away to see what's left of the beans.", "en")
    assert not asks_of_story("Dis-moi l'heure, que je sache combien il reste de nuit.", "fr")
    assert asks_of_story("Dis-moi combien il en reste.", "fr")
    assert told_sum(["I had 3 and ate 1, how many are left?"], "de") is None
