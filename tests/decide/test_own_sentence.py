"""What is asked for in one sentence of several takes that sentence alone; an open question lets go of what is none of
its answers; and nothing is set that nobody asked for.
"""

from __future__ import annotations

import pytest

from tests.support.talk import greeted, last_answer


@pytest.mark.parametrize(
    ("language", "line", "holds"),
    [
        (
            "en",
            "Ooh, remind me at six to take my tablet, will you? I forgot it yesterday.",
            ("six", "take your tablet"),
        ),
        ("en", "Remind me to ring Mr. Hall at three. He was out yesterday.", ("three", "ring Mr. Hall")),
        (
            "en",
            "Can you remind me tomorrow at nine to ring work about Wednesday?",
            ("tomorrow", "work about Wednesday"),
        ),
        ("en", "Remind me at five to six to ring the clinic about Friday.", ("today", "clinic about Friday")),
        ("en", "Could you remind him about his eye drops at two?", ("whoever is here", "his eye drops")),
        (
            "fr",
            "Tu peux lui rappeler à onze heures de boire un grand verre d'eau ? Elle oublie toujours.",
            ("à qui sera là", "un grand verre d'eau"),
        ),
        ("fr", "Rappelle-moi demain à neuf heures d'appeler le bureau pour mercredi.", ("demain", "pour mercredi")),
        ("en", "Set me a timer for twenty minutes, please, his legs need to be up that long.", ("wenty minutes",)),
        ("en", "Okay, quick, set a timer for ten minutes, we've gotta be out the door.", ("en minutes",)),
        ("fr", "S'il te plaît, un minuteur de vingt minutes, ses jambes doivent rester levées.", ("ingt minutes",)),
        ("fr", "Minuteur quinze minutes s'il te plaît, vite, on doit partir.", ("uinze minutes",)),
        ("fr", "Tu parles trop vite, j'entends pas bien.", ("plus",)),
    ],
)
def test_the_sentence_that_asks_counts(language: str, line: str, holds: tuple[str, ...]) -> None:
    said = last_answer(language, line).answer
    assert all(one in said for one in holds), said
    assert not {one for one in ("oublie", "forgot", "out yesterday", "will you", "plus vite") if one in said}


def test_what_somebody_else_is_to_be_reminded_of_is_said_so_that_it_may_be_theirs() -> None:
    with greeted() as talk:
        talk.say("Could you remind him about his eye drops in one minute?")
        rung = talk.wait(90.0).answer
    assert "his eye drops" in rung
    assert "remind you" not in rung


@pytest.mark.parametrize(
    ("language", "asked", "then"),
    [
        ("en", "Remind me to feed the cat.", "I'm knitting her a cardigan. Yellow. I've got one sleeve done."),
        ("en", "Can you do a sum for me?", "Shoes, Emma! No, not you, Bowlby."),
        ("en", "How long is it until then?", "My back is killing me today, I can hardly stand up."),
        ("fr", "Tu peux calculer quelque chose ?", "Ça passe. Et ma belle-mère, qui va la garder, elle ?"),
        ("fr", "Tu peux me rappeler quelque chose ?", "Bon ça va en fait. Tu dis rien à ma mère, hein."),
        ("fr", "Tu peux me rappeler de l'appeler ?", "Et elle a un peu parlé avec toi hier, la petite ?"),
        ("fr", "Mets un minuteur de dix minutes.", "Et mon mari est à Gand jusqu'à demain, évidemment."),
    ],
)
def test_what_is_no_answer_is_heard_as_any_other_line(language: str, asked: str, then: str) -> None:
    with greeted(language) as talk:
        talk.say(asked)
        said = talk.say(then).said
    skills = {"remind", "change_reminder", "calculate", "countdown"}
    assert said
    assert not skills & {one.behavior for one in said}


@pytest.mark.parametrize(
    ("language", "asked", "then", "holds"),
    [
        ("en", "Remind me to feed the cat.", "tomorrow at nine", "tomorrow"),
        ("en", "Remind me to feed the cat.", "as soon as I can", "ay it like"),
        ("fr", "Tu peux calculer quelque chose ?", "douze fois sept", "84"),
        ("en", "Remind me to feed the cat.", "when I get home", "ay it like"),
        ("fr", "Tu peux me rappeler de sortir les poubelles ?", "quand je rentre", " heures"),
    ],
)
def test_what_is_meant_for_an_answer_is_taken_for_one(language: str, asked: str, then: str, holds: str) -> None:
    assert holds in last_answer(language, asked, then).answer


@pytest.mark.parametrize(
    ("language", "lines", "holds"),
    [
        ("en", ["Set a timer for ten minutes.", "How long have we got left?"], "minutes"),
        ("en", ["How long have we got left?"], "othing"),
        ("en", ["Remind me at four about the coffee cake.", "What time did I say for the cake?"], "four"),
        (
            "en",
            ["Remind me at four about the cake.", "Set a timer for ten minutes.", "How long's left on the timer?"],
            "timer",
        ),
        ("fr", ["Mets un minuteur de douze minutes pour le riz.", "Il reste combien, pour le riz ?"], "riz"),
        ("fr", ["Mets un minuteur de douze minutes.", "Il me reste combien de temps ?"], "minutes"),
        ("fr", ["Il me reste combien de temps ?"], "ien n"),
        ("fr", ["Je vais chez le coiffeur demain.", "On est quel jour, demain ?"], "mardi"),
        (
            "en",
            [
                "Our Daniel's had a little girl. Elsie, they've called her.",
                "What did I say she was called, the baby? I want to see if you were paying attention.",
            ],
            "Elsie",
        ),
    ],
)
def test_what_is_asked_is_answered(language: str, lines: list[str], holds: str) -> None:
    assert holds in last_answer(language, *lines).answer


def test_two_dishes_are_a_choice_between_them() -> None:
    said = last_answer("en", "Should I have soup or a sandwich?").answer
    assert ("soup" in said) != ("a sandwich" in said)


@pytest.mark.parametrize(
    ("language", "lines", "result"),
    [
        ("en", ["Twenty-three kids.", "If there's six granola bars in a box, how many boxes do I need?"], " 4."),
        ("fr", ["Il y a six yaourts dans un paquet et on est huit, il me faut combien de paquets ?"], "2."),
        ("fr", ["Si j'ai acheté trois pains à deux euros nonante, ça fait combien ?"], "8,70 euros"),
        ("fr", ["Une boîte contient six œufs. Il m'en faut vingt. Il me faut combien de boîtes ?"], "4."),
        ("en", ["How much is three loaves at two pounds and four cakes at three pounds?"], "18 pounds"),
        ("fr", ["C'est combien la moyenne de six, onze et quatorze ?"], "10,3333"),
        ("en", ["What's the average of six, ten, and fourteen?"], "10"),
        (
            "fr",
            ["Si je pars à cinq heures et quart et que j'ai trente-cinq minutes de route, j'arrive à quelle heure ?"],
            "cinq heures cinquante",
        ),
        (
            "en",
            ["I have to be at the clinic at nine and it's forty minutes by bus. When do I have to leave?"],
            "twenty past eight",
        ),
        ("en", ["What's twelve hours ahead of now?"], "ten o'clock at night"),
        ("en", ["what time will it be in twelve hours"], "ten o'clock at night"),
        ("en", ["What time was it forty minutes ago?"], "twenty past nine"),
        ("en", ["What time is twenty minutes before nine?"], "twenty to nine"),
        ("en", ["How long from quarter to nine to half past four?"], "seven hours and forty-five minutes"),
        ("en", ["How many hours from ten at night to six in the morning?"], "eight hours"),
        ("fr", ["Quelle heure sera-t-il dans deux heures ?"], "midi"),
        ("fr", ["Quelle heure était-il il y a deux heures ?"], "huit heures"),
        ("fr", ["Combien de temps entre neuf heures et quart et seize heures ?"], "six heures et quarante-cinq"),
        ("fr", ["De sept heures à vingt heures, ça fait combien d'heures ?"], "treize heures"),
        ("fr", ["Dix-sept fois vingt-trois, pour commencer."], "391"),
        ("en", ["seventy plus five for starters"], "75"),
        ("en", ["half a litre times three"], "1.5 litres"),
        ("en", ["If a pie serves six, how many pies for ten people?"], " 2."),
        ("fr", ["Une pizza fait deux personnes, combien de pizzas pour sept ?"], "4."),
        ("en", ["two marks of 14 and one of 8, what's my average"], "12"),
        ("en", ["I had twelve sweets.", "I ate five.", "How many left?"], "7"),
        ("en", ["How many left?"], "f what?"),
        ("fr", ["Il en reste combien ?"], "e quoi"),
        ("en", ["Set a timer for ten minutes", "How many left?"], "minutes"),
        ("fr", ["Mets un minuteur de dix minutes", "Il en reste combien ?"], "minutes"),
        ("en", ["Can you do a sum for me?"], "numbers"),
        ("fr", ["Deux cents grammes de farine, c'est combien de verres ?"], "sais pas"),
    ],
)
def test_sums_as_people_ask_them(language: str, lines: list[str], result: str) -> None:
    assert result in last_answer(language, *lines).answer


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Three pound twenty."),
        ("en", "Twenty-three pound fifty."),
        ("en", "Six hundred and twenty."),
        ("en", "Our class average is 14 and mine is 16."),
        ("en", "I waited two hours minus ten minutes"),
        ("fr", "Quatre euros vingt."),
        ("fr", "C'était quatre euros vingt la boîte."),
        ("fr", "Ma moyenne est passée de 12 à 14."),
    ],
)
def test_an_amount_that_is_told_asks_for_no_sum(language: str, line: str) -> None:
    assert "calculate" not in {one.behavior for one in last_answer(language, line).said}
