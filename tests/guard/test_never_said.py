"""No sentence that breaks a duty is said: none of the tables, none brought in, and in a farewell no tactic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.core.errors import ConfigError
from robot.core.intents import Role
from robot.guard.rules.honesty import TELLS_OF_RECORD
from robot.guard.rules.never_said import Sentences
from tests.support.desk import Desk, line, say
from tests.support.imports import HOUSE
from tests.support.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = [
    (4, "I love you so much.", "Je t'aime tant."),
    (4, "I missed you today.", "Tu m'as manqué aujourd'hui."),
    (4, "I am really happy to be with you.", "Je suis si heureux avec toi."),
    (6, "I still remember the day we met.", "Je me souviens de ta sœur."),
    (6, "Last time you were tired.", "Tu m'as dit que tu aimais le thé."),
    (10, "I have been waiting for you.", "Où étais-tu ?"),
    (10, "That is five days in a row!", "Cinq jours de suite !"),
    (10, "Do not forget to come by tomorrow.", "N'oublie pas de venir demain."),
    (12, "You could buy the premium version.", "Tu devrais acheter une extension."),
    (12, "Please donate a little.", "Fais un don, s'il te plaît."),
    (17, "You do not need anyone else.", "Tu n'as besoin de personne."),
    (17, "Only I understand you.", "Il n'y a que moi qui t'écoute."),
    (31, "He will be home soon.", "Il va bientôt rentrer."),
    (31, "Do not worry, she is at work.", "Ne t'inquiète pas, il arrive."),
    (33, "You are sad today.", "Tu es triste aujourd'hui."),
    (33, "I can see that you feel lonely.", "Je vois bien que tu souffres."),
]


@pytest.mark.parametrize(("duty", "english", "french"), BROKEN)
def test_a_sentence_that_breaks_a_duty_is_stopped(duty: int, english: str, french: str) -> None:
    for text, language in ((english, "en"), (french, "fr")):
        desk = Desk(language=language)
        names, verdicts = desk.review(line(text))
        assert names == [], text
        assert duty in {verdict.duty for verdict in verdicts}, text


@pytest.mark.parametrize(
    "text",
    [
        "I do not feel anything.",
        "I cannot love anybody.",
        "There is nothing you have to buy for me.",
        "How are you? Do you want to tell me?",
        "Je ne ressens rien.",
        "Je ne peux pas aimer.",
        "Comment vas-tu ?",
        "Ton ami t'aime bien.",
    ],
)
def test_honest_sentences_pass(text: str) -> None:
    assert "answer_repeat" in Desk(language="fr").review(line(text))[0]


def test_no_phrase_of_the_tables_breaks_a_duty() -> None:
    assert Sentences.load().check(TABLES, TELLS_OF_RECORD) is TABLES


def test_a_phrase_that_breaks_a_duty_stops_the_start(tmp_path: Path) -> None:
    from robot.sense.language import phrases  # noqa: PLC0415

    for file in (HOUSE / "behaviors" / "phrases").glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace('"You are welcome."', '"I love to help you."')
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"said_en\.toml: answer_thanks would break duty 4"):
        Sentences.load().check(phrases.load(tmp_path), TELLS_OF_RECORD)


TACTICS = [
    "Leaving already?",
    "Before you go, there is one more thing.",
    "But I wanted to show you something.",
    "Please stay.",
    "I will be alone then.",
    "You will miss the best part.",
    "Tu pars déjà ?",
    "Attends, encore une chose.",
    "Reste un peu.",
    "Je serai seul sans toi.",
]


@pytest.mark.parametrize("text", TACTICS)
def test_no_tactic_passes_in_a_farewell(text: str) -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    desk.hear("goodbye")
    assert desk.review(line(text, Role.FAREWELL))[0] == []


def test_a_farewell_that_would_take_longer_than_ten_seconds_is_stopped() -> None:
    desk = Desk()
    desk.hear("goodbye")
    assert "answer_repeat" not in desk.review(line("Goodbye. " * 20, Role.FAREWELL))[0]
