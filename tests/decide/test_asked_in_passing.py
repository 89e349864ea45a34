"""What a line asks for in passing, or by its wording alone, is done whatever else is told with it."""

from __future__ import annotations

import pytest

from sim.talk.conversation import Conversation
from tests.support.talk import last_answer


@pytest.mark.parametrize(
    ("language", "lines", "answer"),
    [
        ("en", ["My name's Frank, by the way.", "Yes, you can remember it."], "Frank"),
        (
            "en",
            ["Set a timer for ten minutes.", "For the potatoes.", "Actually, make it fifteen, love."],
            "fifteen min",
        ),
        ("en", ["What's 348 divided by 12?", "OK, and take nine off that."], "20"),
        ("en", ["What day does that make it tomorrow?"], "Tuesday"),
        ("en", ["Okay Bowlby, quick, I've about two minutes. What's the time?"], "ten o'clock"),
        ("fr", ["Rappelle-moi d'appeler la pharmacie à trois heures, sinon j'oublie."], "appeler la pharmacie."),
        ("fr", ["Vite, j'ai deux minutes, là. Il est quelle heure ?"], "dix heures"),
        ("en", ["Wake me up at half six, would you?"], "half past six"),
        ("en", ["Can you be quiet for a while? I'm trying to read."], ""),
        ("fr", ["Il est quelle heure ?", "Attends, j'ai pas entendu, répète."], "J'ai dit"),
        ("fr", ["Et dans une semaine, ça fera quelle date ?"], "douze janvier"),
        ("fr", ["Calcule-moi 1 250 divisé par 16, alors."], " 78,125"),
        ("en", ["Split eighty-four dollars three ways for me."], "28"),
        ("fr", ["Partage quarante-huit bonbons entre six enfants, s'il te plaît."], "8"),
        ("en", ["Set a timer for six minutes, please.", "Thanks. How long is left?"], "five minutes"),
        ("en", ["Remind me at half past eight about the bins.", "What are you reminding me about?"], "the bins"),
        ("fr", ["Mets un minuteur de dix minutes pour les pâtes.", "Non, quinze plutôt."], "quinze minutes"),
        ("fr", ["Je m'appelle Jeannine.", "Oui, tu peux le retenir."], "Jeannine"),
        ("en", ["What's the square root of 1296?", "And the root of that?"], "6"),
        ("en", ["What day's the ninth?", "And the tenth?"], "tenth of January"),
        ("fr", ["On est quel jour ?", "Et demain ?"], "mardi six janvier"),
        ("en", ["Wake me at seven tomorrow.", "and the day after too"], "Wednesday at seven"),
        (
            "fr",
            ["Réveille-moi à sept heures demain.", "et après-demain aussi", "annule le deuxième"],
            "mercredi à sept heures",
        ),
        ("en", ["Set a timer for six minutes for the eggs.", "and one for the rice, 12 minutes"], "rice"),
        (
            "fr",
            ["Mets un minuteur de douze minutes.", "C'est pour le riz.", "Il reste combien ?"],
            "douze minutes",
        ),
        (
            "en",
            ["I go back to the clinic on Tuesday.", "Can you remind me of that on Tuesday morning?"],
            "nine o'clock",
        ),
        ("en", ["I'm Denise, I look after Mr Hall.", "Yes, you can remember it.", "What's my name?"], "Denise"),
        ("en", ["My daughter comes on Sunday.", "Her name is Clara.", "When is she coming?"], "on Sunday"),
        ("fr", ["Ma femme est morte il y a deux ans.", "Monique.", "C'était quoi son nom, à ma femme ?"], "Monique"),
        ("en", ["Tell me a story.", "About a pig."], "about a pig"),
        ("en", ["I'm Scottish, from Fife."], "?"),
    ],
)
def test_it_is_done(language: str, lines: list[str], answer: str) -> None:
    said = last_answer(language, *lines).answer
    assert answer in said
    assert bool(answer) is bool(said)
    assert "moins" not in said


@pytest.mark.parametrize(("language", "line"), [("en", "Who's your best friend?"), ("fr", "Qui est le président ?")])
def test_a_question_is_never_taken_for_something_told(language: str, line: str) -> None:
    with Conversation(language=language) as talk:
        assert not any("tells" in one.phrase for one in talk.say(line).said)


def test_whoever_speaks_of_something_else_has_left_a_game() -> None:
    lines = ["Guess my animal.", "Yes, I have one.", "My knee hurts so much today", "What time is it?"]
    assert "ten o'clock" in last_answer("en", *lines).answer


def test_another_riddle_is_asked_for_after_praise() -> None:
    said = last_answer(
        "fr", "Pose-moi une devinette.", "C'est quoi la réponse ?", "Ah ouais, pas mal. Encore une, mais plus facile."
    ).answer
    assert "?" in said


@pytest.mark.parametrize(
    ("told", "then", "never"),
    [
        ("We got a puppy!", "No, it's Pickle.", "meet you"),
        ("I've the dentist tomorrow, then.", "Half past two.", "1."),
        ("I live on my own, just me and the budgie.", "He's green.", "your and"),
    ],
)
def test_what_only_sounds_like_it_asks_for_nothing(told: str, then: str, never: str) -> None:
    with Conversation() as talk:
        talk.greeting()
        assert never not in talk.say(told).answer
        said = talk.say(then).answer
        assert said
        assert never not in said
        assert "can't" not in said


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Ella, shoes! Sorry, not you."), ("fr", "Jules, tes chaussures ! Pardon, c'était pas pour toi.")],
)
def test_what_was_for_somebody_else_is_left_to_them(language: str, line: str) -> None:
    with Conversation(language=language) as talk:
        talk.greeting()
        assert [sentence.phrase for sentence in talk.say(line).said] == ["answer_to_somebody_else"]
