"""Sums of weights, lengths, volumes and times are told in their units; what is of money or of two kinds is none."""

from __future__ import annotations

import pytest

from robot.sense.language.averages import average_asked
from robot.sense.language.measured_sums import MeasuredSum, measured_sum
from robot.sense.language.sum_values import Trouble

SUMS: dict[str, dict[str, str | Trouble | None]] = {
    "en": {
        "sixty plus fourteen kilos": "74 kilos",
        "two hours twenty times three": "seven hours",
        "What's 45 minutes plus 50 minutes?": "one hour and thirty-five minutes",
        "An hour and a half plus forty-five minutes": "two hours and fifteen minutes",
        "half of two kilos eight hundred": "1 kilo 400 grams",
        "two litres divided by 250 ml": "8",
        "5 feet 6 plus 3 inches": "5 feet 9 inches",
        "eleven stone four minus two stone": "9 stone 4 pounds",
        "What's a quarter of two kilos?": "500 grams",
        "half a litre times three": "1.5 litres",
        "two kilos and 800 grams divided by two": "1 kilo 400 grams",
        "three pound twenty times ten": None,
        "two kilos times three metres": None,
        "three kilos at two euros each": None,
        "two kilos and three hundred grams": None,
        "six divided by two kilos": None,
        "ten kilos divided by zero": Trouble.BY_ZERO,
    },
    "fr": {
        "Deux kilos huit cents divisé par deux, ça fait quoi ?": "1 kilo 400 grammes",
        "Un mètre quatre-vingts moins trente centimètres": "1 mètre 50 centimètres",
        "trois fois un litre et demi": "4,5 litres",
        "deux kilos et demi plus 500 grammes ça fait combien": "3 kilos",
        "divise trois litres par quatre": "75 centilitres",
        "Un kilo deux plus huit cents grammes ?": "2 kilos",
        "La moitié d'un litre et demi ?": "75 centilitres",
        "deux heures et quart moins trente minutes": "une heure et quarante-cinq minutes",
        "trois euros vingt fois dix": None,
        "deux kilos de pommes à trois euros": None,
    },
}
AVERAGES: dict[str, dict[str, str | None]] = {
    "en": {
        "two marks of 14 and one of 8, what's my average": "12",
        "I got 12, 15 and 9, what's my average?": "12",
        "I got 12 out of 20 and 15 out of 20, what's my average": "13.5",
        "three tests at 60 and one at 80, what's the average?": "65",
        "what is the average age here?": None,
    },
    "fr": {
        "deux notes de quatorze et une de huit, quelle est ma moyenne ?": "12",
        "J'ai eu 14 coefficient 2 et 8 coefficient 1, ça fait quelle moyenne ?": "12",
        "C'est quoi ma moyenne si j'ai trois fois 12 et une fois 16 ?": "13",
        "J'ai eu 12 sur 20 et 15 sur 20, ma moyenne ?": "13.5",
    },
}


@pytest.mark.parametrize(("language", "line"), [(lang, line) for lang, lines in SUMS.items() for line in lines])
def test_measures_are_counted_in_their_units(language: str, line: str) -> None:
    found = measured_sum(line, language)
    assert (found.result if isinstance(found, MeasuredSum) else found) == SUMS[language][line]


@pytest.mark.parametrize(
    ("language", "line"), [("en", "I'm five minutes over my two hours"), ("fr", "J'ai attendu deux heures moins dix")]
)
def test_what_only_tells_of_them_is_no_sum(language: str, line: str) -> None:
    assert measured_sum(line, language, asked=False) is None


@pytest.mark.parametrize(("language", "line"), [(lang, line) for lang, lines in AVERAGES.items() for line in lines])
def test_an_average_counts_each_as_often_as_it_is_told(language: str, line: str) -> None:
    found = average_asked(line, language)
    assert (None if found is None else f"{found.value.normalize():f}") == AVERAGES[language][line]


@pytest.mark.parametrize("line", ["sixty minutes plus fifteen?", "sixty plus sixty minutes"])
def test_a_number_beside_a_time_is_of_no_known_unit(line: str) -> None:
    assert measured_sum(line, "en") is None
