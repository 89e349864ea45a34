"""A sentence is said back turned and right, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from robot.sense.language.reflection import MOST, reflected

SAID_BACK = {
    "en": {
        "I've been up with Dad since four.": "You've been up with your dad since four",
        "My teacher shouted at me in front of everybody.": "Your teacher shouted at you in front of everybody",
        "Well, I was alone then, you know.": "You were alone then",
        "He thinks I'm his sister. He calls me Joan.": "He calls you Joan",
        "Six hundred and twenty.": "Six hundred and twenty",
        "We had nine hundred": "You had nine hundred",
        "Dad's away on the boat till Friday.": "Your dad's away on the boat till Friday",
        "Because of Emily.": "Because of Emily",
    },
    "fr": {
        "Je suis debout depuis quatre heures.": "Tu es debout depuis quatre heures",
        "J\u2019ai perdu mes clés.": "Tu as perdu tes clés",
        "Je me suis coupé le doigt.": "Tu t'es coupé le doigt",
        "Maman dit que je dois dormir maintenant.": "Ta maman dit que tu dois dormir maintenant",
        "Mon chef m'a encore crié dessus hier.": "Ton chef t'a encore crié dessus hier",
        "Elle adore les crêpes, alors j'en ferai.": "Elle adore les crêpes, alors tu en feras",
        "Ben je cherche du boulot depuis six mois, hein.": "Tu cherches du boulot depuis six mois",
    },
}
NOT = {
    "en": [
        "me leeks won first prize",
        "I love you",
        "Is Frank back?",
        "Tell me a joke",
        "Stop it",
        "He said \u201cno\u201d to me",
    ],
    "fr": ["Je t'aime", "On avait faim", "Raconte-moi une blague", "Il vient quand ?", "nous avons mangé"],
}


@pytest.mark.parametrize(("language", "line"), [(lang, line) for lang, lines in SAID_BACK.items() for line in lines])
def test_it_is_said_back_to_whoever_said_it(language: str, line: str) -> None:
    assert reflected(line, language) == SAID_BACK[language][line]


@pytest.mark.parametrize(("language", "line"), [(lang, line) for lang, lines in NOT.items() for line in lines])
def test_what_cannot_be_turned_surely_is_not_said_back(language: str, line: str) -> None:
    assert reflected(line, language) == ""


@example("0<0-I", "en")
@given(st.text(max_size=80), st.sampled_from(["en", "fr", "de"]))
def test_whatever_comes_nothing_of_the_speaker_is_left(line: str, language: str) -> None:
    back = reflected(line, language)
    words = set(re.findall(r"[^\W_]+", back.lower()))
    assert not words & {"en": {"i", "my", "me"}, "fr": {"je", "moi", "mon"}}.get(language, set())
    assert len(back.split()) <= MOST + 3  # "your dad", "tu es"
    if language == "de":
        assert back == ""
