"""Units, capitals, the days of a month: what is asked in a kitchen is told; what it does not know, it says."""

from __future__ import annotations

import pytest

from robot.sense.language.conversions import conversion_asked
from tests.support.talk import last_answer

CONVERTED = {
    "en": {
        "how many seconds in an hour": "3600 seconds",
        "How many minutes are there in 3 hours?": "180 minutes",
        "how many minutes in an hour and a half": "90 minutes",
        "how many hours does a week have?": "168 hours",
        "90 minutes in hours": "1.5 hours",
        "1,500 grams in kilos": "1.5 kilos",
        "how many pounds in 1,000 kilos": "2205 pounds",
        "How many kilometres is ten miles?": "16.1 kilometres",
        "it says 350 degrees, what's that in celsius?": "177 degrees Celsius",
        "What's gas mark 4 in degrees?": "180 degrees Celsius",
        "how many grams is a cup of flour": "125 grams",
        "How many cups is 250 grams of sugar?": "1.25 US cups",
        "how many ounces in a pound": "16 ounces",
        "what's twelve stone four in kilos": "78 kilos",
        "what's five foot ten in centimetres": "178 centimetres",
        "What's 70 kilos in stone?": "11 stone",
        "How many feet is a metre and what's it matter?": "3 feet 3 inches",
        "Convert half a pound to grams, please.": "227 grams",
        "minus five Celsius in Fahrenheit": "23 degrees Fahrenheit",
        "What's minus 40 fahrenheit in celsius?": "minus 40 degrees Celsius",
        "70 inches in feet": "5 feet 10 inches",
        "12 stone in kilos please": "76.2 kilos",
        "How many spoons of sugar is 50 grams?": "4 tablespoons",
        "What's a kilo and a half in pounds?": "3.31 pounds",
        "Do you know how many ounces one pound has?": "16 ounces",
    },
    "fr": {
        "combien de secondes dans une journée ?": "86400 secondes",
        "combien de minutes fait un quart d'heure ?": "15 minutes",
        "Trois heures, ça fait combien de minutes ?": "180 minutes",
        "combien de kilos dans 1 500 grammes ?": "1,5 kilo",
        "combien de grammes dans une livre": "500 grammes",
        "Vous savez combien de grammes une livre fait ?": "500 grammes",
        "dix miles ça fait combien de kilomètres": "16,1 kilomètres",
        "180 degrés ça fait combien en fahrenheit": "356 degrés Fahrenheit",
        "Thermostat 6, ça fait combien de degrés ?": "180 degrés Celsius",
        "Combien de grammes de farine dans une demi-tasse ?": "65 grammes",
        "Deux cuillères à soupe d'huile, ça fait combien de millilitres ?": "30 millilitres",
        "Un mètre quatre-vingts, ça fait combien en pieds ?": "5 pieds 11 pouces",
        "deux cents grammes de farine, c'est combien de cuillères ?": "25,5 cuillères à soupe",
        "Moins cinq degrés Celsius, ça fait combien en Fahrenheit ?": "23 degrés Fahrenheit",
    },
}
NONE = {
    "en": (
        "How many hours a day do you sleep?",
        "I ran ten kilometres, and my sister ran six miles, can you believe it?",
        "How many minutes are left on the two hour timer?",
        "I weigh twelve stone.",
        "five foot two in heels",
        "How many miles did you walk? I'd say ten kilometres.",
        "What's ten pounds in pounds?",
        "How many degrees is that in grams, 20 degrees?",
    ),
    "fr": (
        "Combien d'heures par jour tu dors ?",
        "J'ai couru dix kilomètres, et ma sœur six miles, tu te rends compte ?",
        "Il reste combien de minutes sur le minuteur de deux heures ?",
        "J'ai acheté une livre de beurre et trois litres de lait.",
    ),
}


@pytest.mark.parametrize(("language", "line"), [(lang, line) for lang, lines in CONVERTED.items() for line in lines])
def test_so_much_is_told_in_another_unit(language: str, line: str) -> None:
    found = conversion_asked(line, language)
    assert found is not None
    assert found.result == CONVERTED[language][line]


@pytest.mark.parametrize(("line", "exact"), [("70 inches in feet", True), ("What's 70 kilos in stone?", False)])
def test_what_comes_out_to_the_last_inch_is_exact(line: str, exact: bool) -> None:  # noqa: FBT001 - of the table
    found = conversion_asked(line, "en")
    assert found is not None
    assert found.exact == exact


@pytest.mark.parametrize(("language", "line"), [(lang, line) for lang, lines in NONE.items() for line in lines])
def test_other_lines_ask_for_no_unit(language: str, line: str) -> None:
    assert conversion_asked(line, language) is None


@pytest.mark.parametrize(
    ("language", "lines", "answer"),
    [
        ("en", ["How many grams is a cup?", "flour"], "125 grams"),
        ("fr", ["Combien de grammes dans une tasse ?", "de sucre"], "209 grammes"),
        ("en", ["A cup in grams?", "flour"], "125 grams"),
        ("en", ["How many cups is 200 grams of lentils?"], "not"),
        ("fr", ["Deux cents grammes de lentilles, ça fait combien de tasses ?"], "ne sais pas"),
        ("en", ["What's the capital of France?"], "Paris"),
        ("en", ["What's Spain's capital?"], "Madrid"),
        ("en", ["What's the capital of Bhutan?"], "know"),
        ("en", ["What is the capital of Australia?"], "Canberra"),
        ("fr", ["C'est quoi, la capitale du Portugal, déjà ?"], "Lisbonne"),
        ("fr", ["La capitale du Kirghizistan ?"], "connais"),
        ("en", ["How many days are there in February?"], "28 days"),
        ("en", ["How many days has April?"], "30 days"),
        ("fr", ["Combien de jours en avril ?"], "30 jours"),
        ("fr", ["Février a combien de jours ?"], "28 jours"),
        ("en", ["it's four o'clock, so it's what, eleven in the morning in Ohio?"], "ten o'clock"),
        ("en", ["What time is it in Tokyo now?"], "clocks of other places"),
        ("fr", ["Quelle heure il est chez ma sœur à Montréal, si ici c'est midi ?"], "ailleurs"),
    ],
)
def test_what_is_asked_of_the_world_is_answered_or_owned_up_to(language: str, lines: list[str], answer: str) -> None:
    said = last_answer(language, *lines).answer
    assert answer in said, said


def test_what_is_told_of_a_capital_or_a_time_asks_for_none() -> None:
    for line in (
        "I live in the capital of Ireland, it's dear enough.",
        "It's four o'clock when he lands in Dublin.",
        "Dublin is the capital of Ireland.",
        "He put some capital in shares.",
    ):
        answered = {one.behavior for one in last_answer("en", line).said}
        assert not answered & {"capital", "time_of_day"}, line


@pytest.mark.parametrize(
    ("language", "line", "answer"),
    [
        ("en", "How many seconds in an hour?", "3600 seconds"),
        ("en", "how many minutes in 3 hours", "180 minutes"),
        ("fr", "combien de secondes dans une journée", "86400 secondes"),
    ],
)
def test_time_is_told_in_another_unit(language: str, line: str, answer: str) -> None:
    assert answer in last_answer(language, line).answer
