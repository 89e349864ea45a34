"""Sums in words and figures are worked out exactly, in both languages; what is no sum is taken for none."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robot.sense.language.arithmetic import Result, work_out
from robot.sense.language.sum_values import Trouble

if TYPE_CHECKING:
    from decimal import Decimal

SUMS = {
    "en": {
        "what is (2+3)*4": "20",
        "2*(3+(4-1))": "12",
        "what is 12 times 7 (I forgot)?": "84",
        ".5 plus 1": "1.5",
        "what is point five plus one": "1.5",
        "two dozen plus three": "27",
        "half a dozen plus three": "9",
        "two and a half dozen plus three": "33",
        "two dozen and a half plus three": None,
        "add 20% to 50": "60",
        "take 20 percent from 50": "40",
        "25 times 4 percent": "1",
        "what is 100 and 4 percent": None,
        "what's three hundredths plus one": None,
        f"what is {'9' * 4400} plus 1": None,
        f"what is the sum of {' and '.join(['1'] * 25)}": None,
        "what is twelve times seven": "84",
        "half of ninety": "45",
        "15 percent of 80": "12",
        "add 3.50 and 2.20": "5.7",
        "what's two plus two?": "4",
        "a hundred divided by four": "25",
        "what is ten minus three": "7",
        "1 divided by 3": "about 0.3333",
        "add 3, 4 and 5": "12",
        "12 plus 4, and then times two": "32",
        "10 divided by 3, then times 3": "10",
        "the square root of nine": "3",
        "square root of two": "about 1.4142",
        "twelve squared": "144",
        "twenty percent off fifty euros": "40 €",
        "three pounds fifty plus two pounds twenty": "5.7 £",
        "how much is 19.99 euros times 3": "59.97 €",
        "what is the sum of 3, 4 and 5": "12",
        "what do three and four make": "7",
        "subtract three from ten": "7",
        "multiply six by seven": "42",
        "divide 10 by 4": "2.5",
        "what is double seventeen": "34",
        "two plus three times four": "14",
        "minus three plus two": "-1",
        "a third of 9": "3",
        "three quarters of 80": "60",
        "two and a half plus three": "5.5",
        "the difference between 5 and 12": "7",
        "1,200 plus 50": "1250",
        "7 x 8": "56",
        "12*7": "84",
        "what is 100 - 37 - 10": "53",
        "seven divided by zero": Trouble.BY_ZERO,
        "the square root of minus four": Trouble.NO_ROOT,
        "999999999999 times 999999999": Trouble.TOO_LARGE,
        "the dog is nice": None,
        "what is 12": None,
        "what is 12, then": None,
        "two to five": None,
        "what is 5 percent": None,
        "plus plus plus": None,
        "": None,
        "three pound forty a tin and I want seven tins, what's that come to": "23.8 £",
        "six apples at two euros each": "12 €",
        "what is 50 plus 20 percent": "60",
        "80 minus 25%": "60",
        "I got nineteen you know and then she went and got eighteen": None,
        "what's forty seven pounds twenty plus eighteen ninety five?": "66.15 £",
        "what does three pound fifty and two pound twenty come to?": "5.7 £",
        "three dollars fifty plus two dollars and seventy five cents": "6.25 $",
        "add up four pounds ninety nine, six twenty and three fifty": "14.69 £",
        "twenty quid minus six fifty": "13.5 £",
        "five pounds less 80p": "4.2 £",
        "what's nineteen ninety five plus thirty": None,
    },
    "fr": {
        "combien font (2+3)*4": "20",
        "combien font virgule cinq plus un": "1.5",
        "combien font deux douzaines plus trois": "27",
        "une demi-douzaine plus trois": "9",
        "ajoute 20 % à 50": "60",
        "retire 20 % de 50": "40",
        "combien font 25 fois 4 %": "1",
        "combien font trois centièmes plus un": None,
        "trois fois quatre, et ensuite moins deux": "10",
        "combien font douze fois sept": "84",
        "la moitié de quatre-vingt-dix": "45",
        "quinze pour cent de quatre-vingts": "12",
        "combien font deux et deux ?": "4",
        "trois virgule cinq plus un": "4.5",
        "cent divisé par quatre": "25",
        "combien font 3,50 plus 2,20": "5.7",
        "trois euros cinquante plus deux euros vingt": "5.7 €",
        "20 % de remise sur 50 euros": "40 €",
        "le double de dix-sept": "34",
        "le tiers de neuf": "3",
        "la racine carrée de seize": "4",
        "additionne trois et quatre": "7",
        "la différence entre 5 et 12": "7",
        "multiplie six par sept": "42",
        "divise dix par quatre": "2.5",
        "vingt et un plus un": "22",
        "soixante-dix et dix": "80",
        "cinq au carré": "25",
        "mille deux cents plus cinquante": "1250",
        "deux et demi plus trois": "5.5",
        "un divisé par trois": "about 0.3333",
        "sept divisé par zéro": Trouble.BY_ZERO,
        "à 3 euros 40 la boîte, j'en prends sept, ça fait combien": "23.8 €",
        "deux euros le kilo et trois kilos": "6 €",
        "trois cent quarante plus vingt pour cent de TVA": "408",
        "calcule-moi 1 250 divisé par 16": "78.125",
        "le chien est gentil": None,
        "un plus un": "2",
        "combien font un euro plus un euro ?": "2 €",
        "j'ai 82 ans": None,
        "combien font quarante-sept euros vingt plus dix-huit quatre-vingt-quinze ?": "66.15 €",
        "trois euros cinquante plus deux euros et soixante-quinze centimes": "6.25 €",
        "additionne quatre euros quatre-vingt-dix-neuf, six vingt et trois cinquante": "14.69 €",
        "dix euros moins cinquante centimes": "9.5 €",
    },
}
ROWS = [(language, line, value) for language, sums in SUMS.items() for line, value in sums.items()]
DECIMALS = st.decimals(min_value=0, max_value=9999, places=2)
OPERATORS = {
    "en": {"plus": "+", "minus": "-", "times": "*", "divided by": "/"},
    "fr": {"plus": "+", "moins": "-", "fois": "*", "divisé par": "/"},
}


@pytest.mark.parametrize(("language", "line", "expected"), ROWS)
def test_what_people_ask(language: str, line: str, expected: str | Trouble | None) -> None:
    found = work_out(line, language)
    if isinstance(found, Result):
        about = "" if found.exact else "about "
        assert f"{about}{found.value.normalize():f} {found.currency}".strip() == expected
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "It's minus four out there, I've just been round to check the bins."),
        ("en", "It's minus four out here and we have two dogs"),
        ("en", 'Six across: "unwilling host of barnacles", four letters.'),
        ("fr", "Une fois je l'ai lâchée pour de bon, à cause d'un éternuement."),
        ("fr", "Un gamin sur un pont m'a fait le signe du klaxon."),
        ("fr", "Test numéro un: cite-moi une chose que tu ignores."),
    ],
)
def test_a_tale_with_a_sign_in_it_is_no_sum_where_none_is_asked(language: str, line: str) -> None:
    assert work_out(line, language, plainly=True) is None


@pytest.mark.parametrize(
    ("language", "line", "value"),
    [
        ("en", "one euro plus one euro", 2),
        ("en", "12 pounds on the bus to town, plus 6 on the way back, what is that?", 18),
        ("fr", "une pomme plus une pomme", 2),
    ],
)
def test_a_sum_of_things_is_worked_out(language: str, line: str, value: int) -> None:
    found = work_out(line, language)
    assert isinstance(found, Result)
    assert found.value == value


@given(DECIMALS, DECIMALS, st.sampled_from(["en", "fr"]), st.integers(0, 3))
def test_it_counts_as_python_does(a: Decimal, b: Decimal, language: str, which: int) -> None:
    word, operator = list(OPERATORS[language].items())[which]
    mark = "." if language == "en" else ","
    found = work_out(f"{a} {word} {b}".replace(".", mark), language)
    if operator == "/" and not b:
        assert found is Trouble.BY_ZERO
        return
    exact = {"+": Fraction(a) + Fraction(b), "-": Fraction(a) - Fraction(b), "*": Fraction(a) * Fraction(b)}
    value = exact[operator] if operator in exact else Fraction(a) / Fraction(b)
    assert isinstance(found, Result)
    assert abs(Fraction(found.value) - value) <= Fraction(1, 20000)
    assert found.exact == (Fraction(found.value) == value)


@given(st.text(max_size=60), st.sampled_from(["en", "fr"]))
def test_any_line_can_be_asked(line: str, language: str) -> None:
    work_out(line, language)


@given(st.text("0123456789+-*/.,() plusandofhalfet", max_size=60), st.sampled_from(["en", "fr"]))
def test_any_line_like_a_sum_can_be_asked(line: str, language: str) -> None:
    work_out(line, language)
