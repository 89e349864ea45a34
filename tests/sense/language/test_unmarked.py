"""A question that bears no mark is one all the same; nothing else becomes one."""

from __future__ import annotations

import pytest

from robot.sense.language.unmarked import marked
from tests.support.talk import last_answer


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "he's called Kevin. what do beetles eat"),
        ("en", "ok whatever. i have maths hw. whats the formula for the area of a trapezium again"),
        ("en", "wait do you think going red is good or bad"),
        ("en", "is it weird if you like someone"),
        ("en", "how many legs does a millipede have really, is it actually a thousand"),
        ("fr", "c'est quoi la différence entre une métaphore et une comparaison"),
        ("fr", "bon. tu sais comment on enlève une tache de gras toi"),
        ("fr", "mais pourquoi la mer est salée"),
    ],
)
def test_a_question_gets_its_mark(language: str, line: str) -> None:
    assert marked(line, language) == f"{line}?"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "what a night"),
        ("en", "when I was young we had no telly"),
        ("en", "how nice"),
        ("en", "is that so. I see"),
        ("en", "what mum says goes"),
        ("en", "do the dishes"),
        ("en", "where I live it always rains"),
        ("fr", "quelle nuit"),
        ("fr", "quand j'étais petit on avait pas la télé"),
        ("fr", "pourquoi pas"),
        ("fr", "tu sais j'ai mal dormi"),
    ],
)
def test_what_is_told_gets_none(language: str, line: str) -> None:
    assert marked(line, language) == line


def test_it_is_answered_as_a_question() -> None:
    assert last_answer("en", "he's called Kevin. what do beetles eat").said[0].phrase == "unknown_question"
