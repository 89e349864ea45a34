"""Complaints, digs and remarks about its body are met as what they are: with an apology, good humour or thanks."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer

SAID = {
    "en": {
        "remark_robot_interrupts": (
            "You interrupted me just now.",
            "You interrupted me again.",
            "You always interrupt me.",
            "You cut me off",
            "You didn't let me finish!",
            "Let me finish",
        ),
        "worded_robot_failed": (
            "You told me the wrong time this morning!",
            "I asked for seven and you went off at eight",
            "You got that wrong",
            "I missed my bus because of you",
            "You never woke me up this morning.",
            "You forgot to remind me about the dentist.",
            "The alarm didn't go off",
            "It's your fault I was late.",
        ),
        "remark_robot_stupid": (
            "You're not as clever as I thought you'd be.",
            "You're dimmer than I thought",
        ),
        "answer_compliment": ("You're a lifesaver.", "You're an absolute godsend.", "You saved my life there"),
        "worded_lights": ("That light of yours is too bright in the evening.", "Your light keeps me awake."),
        "worded_body_fault": (
            "Your left ear lags behind the right one a little.",
            "Your head's a bit crooked.",
            "You make a funny noise when you move.",
        ),
    },
    "fr": {
        "remark_robot_interrupts": (
            "Tu m'as coupé la parole.",
            "Tu m'as encore interrompu.",
            "Tu n'arrêtes pas de m'interrompre.",
            "Laisse-moi finir.",
        ),
        "worded_robot_failed": (
            "Tu m'as donné la mauvaise heure ce matin !",
            "J'avais demandé sept heures et tu as sonné à huit",
            "Tu t'es encore trompé.",
            "J'ai raté mon bus à cause de toi",
            "Tu m'as pas réveillé ce matin.",
            "Tu as oublié de me rappeler le dentiste.",
            "C'est de ta faute si je suis en retard.",
        ),
        "remark_robot_stupid": (
            "Franchement, je croyais que tu serais plus malin que ça.",
            "T'es pas aussi malin que je pensais.",
        ),
        "answer_compliment": ("Tu me sauves la vie.", "Tu es un trésor."),
        "worded_lights": ("Ta lumière est trop forte le soir.", "Tes yeux m'empêchent de dormir."),
        "worded_body_fault": (
            "Ton oreille gauche est un peu en retard sur la droite.",
            "Ta tête est de travers.",
            "Tu fais un drôle de bruit quand tu bouges.",
        ),
    },
}


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [(code, line, phrase) for code, of in SAID.items() for phrase, lines in of.items() for line in lines],
)
def test_what_is_said_of_the_robot_is_met_as_what_it_is(language: str, line: str, phrase: str) -> None:
    assert last_answer(language, line).said[0].phrase == phrase


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "It's your fault he's dead."),
        ("en", "You told me he was wrong"),
        ("en", "My alarm didn't ring and I missed maths."),
        ("en", "I asked about the bins and you told me about the Romans."),
        ("en", "Your ear's got a fever, so I'm putting this flannel on it, don't move."),
        ("en", "Can you make a funny noise?"),
        ("fr", "Le train avait du retard à cause de la neige"),
        ("fr", "Bon, un coup de chiffon sur ta tête, bouge pas."),
        ("fr", "C'est ta faute s'il est mort."),
    ],
)
def test_what_is_no_such_complaint_is_met_otherwise(language: str, line: str) -> None:
    phrases = {one.phrase for one in last_answer(language, line).said}
    assert phrases.isdisjoint({"worded_robot_failed", "worded_body_fault", "remark_robot_interrupts"})
