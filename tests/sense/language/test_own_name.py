"""Whoever tells their name is greeted by that, and by nothing around it; a child is greeted, and never asked."""

from __future__ import annotations

import pytest

from tests.support.talk import greeted, last_answer

NAMES = {
    "en": {
        "You can call me Nan, everybody does.": "Nan",
        "you can call me nan everybody does": "nan",
        "Good afternoon. I am Mrs Hargreaves, but you may call me Pauline.": "Pauline",
        "My name's Margaret but everybody calls me Peg.": "Peg",
        "I'm Susan, most people call me Sue.": "Sue",
        "It's William on my birth certificate but call me Bill.": "Bill",
        "I'd like to be called Mary Ann.": "Mary Ann",
        "I'm Mrs Hargreaves.": "Mrs Hargreaves",
        "I'm Doctor Patel and I live here.": "Doctor Patel",
        "Steve here.": "Steve",
        "Hello, Steve here.": "Steve",
        "It's me, Steve": "Steve",
        "It's only me, Gerald.": "Gerald",
        "Steve speaking.": "Steve",
        "Hello. I'm Moira. My nephew set you up.": "Moira",
        "my name is ANNA": "Anna",
        "call me JR": "JR",
        "my name is jean-pierre": "Jean-Pierre",
        "My name is Pieter van der Berg.": "Pieter van der Berg",
    },
    "fr": {
        "Bonjour. Je suis Josiane. Mon neveu t'a installé.": "Josiane",
        "Vous pouvez m'appeler Mamie, tout le monde le fait.": "Mamie",
        "tu peux m'appeler mamie tout le monde le fait": "mamie",
        "Bonjour. Je suis Madame Dupré, mais vous pouvez m'appeler Pauline.": "Pauline",
        "Je m'appelle Marguerite mais tout le monde m'appelle Margot.": "Margot",
        "Bonjour, je m'appelle Monsieur Diallo mais appelez-moi Amadou.": "Amadou",
        "Moi c'est Mme Dupré.": "Mme Dupré",
        "C'est Paul.": "Paul",
        "Ici Ghislain.": "Ghislain",
        "C'est encore moi, Ghislain.": "Ghislain",
        "Bonjour, Paul à l'appareil.": "Paul",
        "Je me fais appeler Jo.": "Jo",
        "JE M'APPELLE ANNA": "Anna",
        "je m'appelle jean-pierre": "Jean-Pierre",
        "Je m'appelle d'Artagnan.": "d'Artagnan",
        "mon nom est de La Fontaine": "de La Fontaine",
        "Je m'appelle Jean de La Fontaine.": "Jean de La Fontaine",
    },
}


@pytest.mark.parametrize(
    ("language", "line", "name"), [(code, line, name) for code, of in NAMES.items() for line, name in of.items()]
)
def test_somebody_is_greeted_by_the_name_they_give(language: str, line: str, name: str) -> None:
    greets = {"en": f"Good to meet you, {name}. ", "fr": f"Enchanté, {name}. "}
    assert last_answer(language, line).answer.startswith(greets[language])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        *(("en", line) for line in ("Same here.", "Lovely here.", "Generally speaking.", "It's me, your favourite.")),
        *(("en", line) for line in ("She's called me Fatty", "You can call me whatever you like")),
        *(("fr", line) for line in ("Ici il fait froid.", "tu peux m'appeler comme tu veux", "Elle m'appelle Momo")),
    ],
)
def test_what_is_no_name_introduces_nobody(language: str, line: str) -> None:
    assert last_answer(language, line).intent != "my_name_is"


@pytest.mark.parametrize(
    ("language", "lines", "name"),
    [
        ("en", ["Hello! I'm Poppy! I'm five!"], "Poppy"),
        ("en", ["I'm Ellie, I'm ten, he's my brother Jack and he's seven."], "Ellie"),
        ("en", ["I'm Poppy and I'm five"], "Poppy"),
        ("en", ["I'm five!", "My name's Poppy."], "Poppy"),
        ("fr", ["Bonjour ! Moi c'est Zoé ! J'ai cinq ans !"], "Zoé"),
        ("fr", ["Je m'appelle Élie, j'ai dix ans, lui c'est mon frère Jules et il a sept ans."], "Élie"),
        ("fr", ["J'ai cinq ans !", "Je m'appelle Zoé."], "Zoé"),
    ],
)
def test_a_child_is_greeted_by_its_name_and_never_asked(language: str, lines: list[str], name: str) -> None:
    (said,) = last_answer(language, *lines).said
    assert said.phrase == "answer_i_am_a_child_named"
    assert name in said.text


def test_a_yes_lets_no_child_be_remembered() -> None:
    with greeted() as talk:
        for line in ("I'm Tom.", "I'm seven and a half.", "yes"):
            talk.say(line)
        assert "Tom" not in talk.say("What do you know about me?").answer
