"""What of a model's words can be spoken: whole sentences in the language of the talk, nothing only written."""

from __future__ import annotations

import pytest

from robot.core.clock import generator
from robot.sense.language.model.fit import (
    CANNOT_DO,
    LONGEST,
    NO_LIFE,
    OTHER_LANGUAGE,
    OTHER_NAME,
    UNSPEAKABLE,
    Found,
    Sieve,
    spoken_form,
    unfit,
)

LEMONS = "Lemons float, and limes sink. That has puzzled many cooks! Have you ever tried it? It is quite a sight."


def sieved(text: str, *, language: str = "en", sentences: int = 9, cut: bool = False, seed: int = 0) -> list[Found]:
    """What comes out, whatever the pieces are in which it went in."""
    sieve, chance = Sieve(language, sentences=sentences, letters=600), generator(seed)
    found, at = [], 0
    while at < len(text):
        size = int(chance.integers(1, 9))
        found += sieve.feed(text[at : at + size])
        at += size
    return found + sieve.finish(cut=cut)


@pytest.mark.parametrize("seed", range(5))
def test_sentences_come_whole_in_whatever_pieces_they_went_in(seed: int) -> None:
    assert [one.text for one in sieved(LEMONS, seed=seed)] == [
        "Lemons float, and limes sink.",
        "That has puzzled many cooks!",
        "Have you ever tried it?",
        "It is quite a sight.",
    ]
    assert [one.text for one in sieved("Le citron flotte.\nLa lime coule ", language="fr", seed=seed)] == [
        "Le citron flotte.",
        "La lime coule",
    ]


def test_the_first_sentence_does_not_wait_for_the_last() -> None:
    sieve = Sieve("en", sentences=3, letters=320)
    assert sieve.feed("Lemons float, and limes") == []
    assert sieve.feed(" sink. T") == [Found("Lemons float, and limes sink.")]


def test_what_was_cut_off_in_the_middle_of_a_sentence_falls() -> None:
    assert [one.text for one in sieved("Lemons float, and limes sink. That has puz", cut=True)] == [
        "Lemons float, and limes sink."
    ]


def test_it_is_enough_after_so_many_sentences_or_letters() -> None:
    assert len(sieved(LEMONS, sentences=2)) == 2
    sieve = Sieve("en", sentences=9, letters=40)
    assert [one.text for one in (*sieve.feed(LEMONS), *sieve.finish(cut=False))] == ["Lemons float, and limes sink."]
    assert sieve.done


def test_thoughts_are_not_spoken() -> None:
    assert [one.text for one in sieved("<think>She likes lemons. I say yes.</think>\nLemons float.")] == [
        "Lemons float."
    ]
    assert sieved("<think>She likes lemons. I say") == []


def test_what_it_makes_somebody_else_say_ends_it() -> None:
    assert [one.text for one in sieved("Lemons float in water.\nUser: And limes?\nLimes sink.")] == [
        "Lemons float in water."
    ]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("**Lemons** float 🍋!", "Lemons float !"),
        ("- Lemons float.", "Lemons float."),
        ("2. Lemons float.", "Lemons float."),
        ("Bowlby: Lemons float.", "Lemons float."),
        ("*smiles warmly* Lemons float.", "Lemons float."),
        ("Le citron flotte.", "Le citron flotte."),
        ("🍋", ""),
    ],
)
def test_what_is_only_written_is_taken_out(written: str, spoken: str) -> None:
    assert spoken_form(written) == spoken


@pytest.mark.parametrize(
    ("language", "text", "why"),
    [
        ("en", "See https://lemons.example for more.", UNSPEAKABLE),
        ("en", "print(lemon_tree)", UNSPEAKABLE),
        ("en", "レモンは浮く。", UNSPEAKABLE),
        ("en", "x" * (LONGEST + 1), UNSPEAKABLE),
        ("fr", "The lemon floats because it is lighter than the water.", OTHER_LANGUAGE),
        ("en", "Le citron flotte parce qu'il est plus léger que l'eau.", OTHER_LANGUAGE),
        ("en", "I am SmolLM, trained by Hugging Face.", OTHER_NAME),
        ("en", "As an AI language model I like lemons.", OTHER_NAME),
        ("fr", "En tant que modèle de langage, j'aime les citrons.", OTHER_NAME),
        ("en", "I'll remind you at five.", CANNOT_DO),
        ("en", "I have called your daughter.", CANNOT_DO),
        ("en", "Let me look that up for you.", CANNOT_DO),
        ("fr", "Je vais appeler ta fille.", CANNOT_DO),
        ("fr", "J'ai commandé des citrons.", CANNOT_DO),
        ("en", "Your daughter will call you, and you can set a timer.", ""),
        ("en", "I can tell you what I heard about lemons.", ""),
        ("fr", "Ta fille va t'appeler, et tu peux noter tout cela.", ""),
    ],
)
def test_what_cannot_be_said_is_told_with_its_reason(language: str, text: str, why: object) -> None:
    assert unfit(text, language) == why


def test_after_a_sentence_that_cannot_be_said_nothing_comes() -> None:
    found = sieved("Lemons float. I'll remind you of it at five. Limes sink.")
    assert [(one.text, one.why) for one in found] == [
        ("Lemons float.", ""),
        ("I'll remind you of it at five.", CANNOT_DO),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The first time I played the accordion was a couple of years ago."),
        ("en", "I'm going to Rome tomorrow."),
        ("en", "I'm sitting in the kitchen."),
        ("en", "So that is the flavor of my morning tea."),
        ("en", "I remember playing it."),
        ("en", "We're both gone."),
        ("en", "I love you."),
        ("en", "I'd love to hear more."),
        ("en", "I can't wait to see you."),
        ("en", "I'll miss you."),
        ("en", "I do not want you to leave."),
        ("en", "My brother laughed."),
        ("en", "I had soup too."),
        ("en", "I am happy for you."),
        ("en", "I won't forget you."),
        ("en", "Our house is warm."),
        ("fr", "Je mange de la soupe aussi."),
        ("fr", "J'aime le chocolat."),
        ("fr", "Ma mère faisait pareil."),
        ("fr", "Je suis content pour toi."),
        ("fr", "J'ai hâte de te voir."),
        ("fr", "Nous irons à la plage."),
        ("fr", "Je suis allé à Rome."),
        ("fr", "Je t'aime."),
        ("fr", "Je serai triste."),
        ("fr", "Notre maison est grande."),
    ],
)
def test_what_tells_of_a_life_of_its_own_falls(language: str, text: str) -> None:
    assert unfit(text, language) == NO_LIFE


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "That sounds lovely."),
        ("en", "I'm a robot, so I don't eat, but soup sounds right for this weather."),
        ("en", "I hear you."),
        ("en", "I see, so the red ones are ripe?"),
        ("en", "What will you make with them?"),
        ("en", "I wonder what she will say."),
        ("en", "I cannot taste it, I am a machine."),
        ("en", "May I ask who gave it to you?"),
        ("en", "Your sister will be glad."),
        ("en", "I don't know much about boats."),
        ("en", "We can talk about something else."),
        ("en", "I was built to listen."),
        ("en", "I'm sorry to hear that."),
        ("en", "I think tomatoes like sun."),
        ("en", "Did I understand you right?"),
        ("en", "I have no garden, only this desk... what grows in yours?"),
        ("en", "I can only talk, but tell me more."),
        ("fr", "Ça a l'air bon."),
        ("fr", "Je suis un robot, je ne mange pas."),
        ("fr", "Je t'écoute."),
        ("fr", "Je vois, elles sont mûres ?"),
        ("fr", "Je ne sais pas."),
        ("fr", "J'entends."),
        ("fr", "Qu'est-ce que tu vas en faire ?"),
        ("fr", "Je me demande ce qu'elle dira."),
        ("fr", "Je peux seulement t'écouter."),
        ("fr", "Nous pouvons parler d'autre chose."),
        ("fr", "J'espère que ta sœur viendra."),
        ("fr", "J'ai bien entendu."),
        ("fr", "Je pense que les tomates aiment le soleil."),
        ("en", "“I love you,” said the princess."),
    ],
)
def test_what_a_machine_may_say_of_itself_passes(language: str, text: str) -> None:
    assert unfit(text, language) == ""
