"""Sums in the words of people who had never met it: to so many places, told as a story, or no sum at all."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer

HOLDS = [
    ("en", ["4096 divided by 37, two decimal places"], "110.70"),
    ("en", ["what is 10 divided by 3 to one decimal"], "3.3."),
    ("en", ["22 over 7 rounded to three decimal places please"], "3.143"),
    ("en", ["What's 100 divided by 7, to the nearest whole number?"], "14."),
    ("en", ["work out 15 percent of 83 to 1 decimal place"], "12.5"),
    ("en", ["10 divided by 4 with two decimals"], "2.50"),
    ("fr", ["4096 divisé par 37, arrondi à deux décimales"], "110,70"),
    ("fr", ["combien font 10 divisé par 3, à une décimale près ?"], "3,3."),
    ("fr", ["racine carrée de deux avec trois chiffres après la virgule"], "1,414"),
    ("fr", ["racine carrée de seize"], "4."),
    ("fr", ["Calcule 100 divisé par 7 arrondi à l'unité"], "14."),
    ("fr", ["22 sur 7 à deux décimales"], "3,14."),
    ("fr", ["15 pour cent de 83, arrondi au dixième"], "12,5"),
]


@pytest.mark.parametrize(("language", "lines", "holds"), HOLDS)
def test_it_is_understood_as_people_say_it(language: str, lines: list[str], holds: str) -> None:
    assert holds in last_answer(language, *lines).answer


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Ring Colin before eight.", "My back's bad.", "I'm off to see what's left of the beans."]),
        ("en", ["I've had two cups.", "Just tell me what time it is so I know how much of the night's left."]),
        ("fr", ["Un jour sur deux ? Mouais. Et qui a le dimanche ?"]),
    ],
)
def test_numbers_in_a_talk_are_no_sum(language: str, lines: list[str]) -> None:
    assert "calculate" not in {one.behavior for one in last_answer(language, *lines).said}


@pytest.mark.parametrize(
    ("language", "line", "result"),
    [
        ("en", "22 over 7 to three places", "3.143."),
        ("en", "I have 4 places at 12 pounds each, how much is that?", "48 pounds."),
        ("en", "I had 12 sweets and ate 5. Tell me how many are left.", "7."),
        ("en", "I had 12 sweets and ate 5. Let's see how many are left.", "7."),
        ("fr", "J'avais douze bonbons et j'en ai mangé cinq. Dis-moi combien il en reste.", "7."),
        ("fr", "combien font un million sur quatre ?", "250000."),
        ("fr", "combien font un tiers sur deux ?", "0,1667."),
        ("fr", "un quart fois huit", "2."),
        ("fr", "combien fait un tiers de six ?", "2."),
        ("fr", "vingt et un mille sur trois", "7000."),
    ],
)
def test_a_sum_is_worked_out_however_it_is_worded(language: str, line: str, result: str) -> None:
    assert last_answer(language, line).answer.endswith(f" {result}")


def test_places_that_are_no_decimals_round_nothing() -> None:
    line = "I have two tickets and 4 places at 12 pounds each, how much is that?"
    assert "0000" not in last_answer("en", line).answer
