"""Timers, alarms, reminders and days in the words of people who had never met it: put right, leaning on one another."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer

HOLDS = [
    # A correction within one line.
    ("en", ["Set twenty minutes for the eggs. No, what am I saying, four minutes."], "Four minutes"),
    ("en", ["Timer for an hour, no hang on, make that half an hour."], "Thirty minutes"),
    ("en", ["Wake me at six. No, what am I saying? Seven."], "seven o'clock in the morning"),
    ("en", ["Set a timer for twelve minutes. I tell a lie, fifteen."], "Fifteen minutes"),
    ("en", ["Remind me at six to ring Bob. Scratch that, seven."], "at seven o'clock in the evening: ring Bob"),
    ("en", ["Start a ten minute timer, but no, what am I on about, thirty minutes."], "Thirty minutes"),
    ("fr", ["Mets vingt minutes pour les œufs. Non, qu'est-ce que je raconte, quatre minutes."], "Quatre minutes"),
    ("fr", ["Réveille-moi à six heures. Ah non, je dis n'importe quoi, sept heures."], "à sept heures"),
    ("fr", ["Un minuteur de dix minutes. Au temps pour moi, quinze."], "Quinze minutes"),
    ("fr", ["Rappelle-moi à midi d'appeler Paul. Non mais qu'est-ce que je dis ? Treize heures."], "treize heures : "),
    ("fr", ["Mets un minuteur de dix minutes, je me trompe, douze."], "Douze minutes"),
    # Words that only stress a time.
    ("en", ["Wake me at half three would you, and not a minute before."], "half past three in the afternoon"),
    ("fr", ["Réveille-moi à sept heures, et pas une minute avant."], "à sept heures"),
    # A time that leans on one that was named.
    ("en", ["I need to be up at two for the plumber, can you wake me at ten to?"], "ten to two in the afternoon"),
    ("en", ["The train goes at six tomorrow, so wake me at quarter to."], "a quarter to six in the morning"),
    ("en", ["My sister rings at four.", "Remind me at five to."], "five to four in the afternoon"),
    ("en", ["I've a call at three. Remind me at ten to, please."], "ten to three in the afternoon"),
    (
        "en",
        ["The film starts at eight, remind me at twenty to to feed the cat"],
        "twenty to eight in the evening: feed",
    ),
    ("en", ["Wake me at half past"], "half past ten"),
    ("en", ["Wake me at seven", "no, ten to"], "ten to seven"),
    ("fr", ["Le plombier vient à deux heures, tu peux me réveiller à moins dix ?"], "treize heures cinquante"),
    ("fr", ["Mon train est à huit heures demain, réveille-moi à moins le quart."], "sept heures quarante-cinq"),
    ("fr", ["Ma sœur appelle à seize heures.", "Rappelle-moi à moins cinq."], "quinze heures cinquante-cinq"),
    ("fr", ["Le film est à vingt heures, rappelle-moi à moins vingt de nourrir le chat"], "quarante : nourrir le chat"),
    ("fr", ["Mets un réveil à sept heures", "Non, moins le quart."], "six heures quarante-cinq"),
    # One more, for a reason.
    ("en", ["Wake me at ten to two", "And again at two, because I won't get up for the first one."], "at two o'clock"),
    ("en", ["Wake me at seven", "and once more at ten past seven"], "ten past seven"),
    (
        "fr",
        ["Réveille-moi à six heures", "Et encore à sept heures, sinon je reste au lit le premier."],
        "à sept heures",
    ),
    ("fr", ["Réveille-moi à sept heures", "et de nouveau à sept heures dix"], "sept heures dix"),
    # How long something cooks, and a word when it is done.
    ("en", ["Bake for forty minutes, shout when it's done."], "Forty minutes"),
    ("en", ["The stew needs two hours, give me a shout."], "Two hours"),
    ("en", ["It has to rest for half an hour. Let me know when it's ready."], "Thirty minutes"),
    ("en", ["Shout when the pasta is done, it needs eleven minutes."], "Eleven minutes"),
    ("en", ["Steep five minutes and let me know"], "Five minutes"),
    (
        "en",
        ["I'm roasting a chicken for ninety minutes, can you tell me when time's up?"],
        "One hour and thirty minutes",
    ),
    ("fr", ["Je fais une carbonnade, il faut que ça mijote trois heures, tu me préviens ?"], "Trois heures"),
    ("fr", ["Les œufs cuisent dix minutes, fais-moi signe."], "Dix minutes"),
    ("fr", ["Ça doit reposer une demi-heure, tu m'avertis quand c'est bon ?"], "Trente minutes"),
    ("fr", ["Préviens-moi quand les pâtes sont cuites, il faut onze minutes."], "Onze minutes"),
    ("fr", ["Le poulet met une heure et demie. Tu peux me dire quand c'est prêt ?"], "Une heure et trente minutes"),
    ("fr", ["Laisse infuser cinq minutes et sonne"], "Cinq minutes"),
    # At half of that.
    ("en", ["The stew needs two hours, give me a shout.", "Nudge me half way so I can stir it."], "one hour"),
    ("en", ["The bread bakes fifty minutes.", "Tell me when we're half way."], "Twenty-five minutes"),
    ("en", ["Ring me half way through.", "an hour"], "Thirty minutes"),
    (
        "fr",
        ["Ça mijote trois heures, tu me préviens ?", "D'accord, sonne-moi à la moitié pour que je le retourne."],
        "une heure et trente minutes",
    ),
    ("fr", ["Les œufs cuisent dix minutes, fais-moi signe.", "préviens-moi à mi-cuisson"], "cinq minutes"),
    ("fr", ["Sonne-moi à la moitié.", "une heure"], "Trente minutes"),
    # Quiet until a time, and an alarm at it.
    ("en", ["Can you stay quiet until three?", "And then wake me."], "three o'clock in the afternoon"),
    ("en", ["Please be silent until half past four and wake me up then"], "half past four in the afternoon"),
    ("en", ["Keep quiet till four", "At that time, wake me up"], "four o'clock in the afternoon"),
    ("en", ["I'm having a nap until five.", "Wake me then."], "five o'clock in the afternoon"),
    ("fr", ["Tu peux rester silencieux jusqu'à quinze heures ?", "Et là tu me réveilles"], "à quinze heures"),
    ("fr", ["Tais-toi jusqu'à midi et demi", "et ensuite réveille-moi"], "midi et demi"),
    ("fr", ["Reste silencieux jusqu'à seize heures et là tu me réveilles"], "à seize heures"),
    ("fr", ["Je dors jusqu'à seize heures.", "Réveille-moi à ce moment-là."], "à seize heures"),
]

PHRASES = [
    (
        "en",
        ["Set a pasta timer for ten minutes", "and one for the sauce, twenty", "cancel the sauce"],
        "cancelled_timer_named",
    ),
    ("en", ["set an egg timer for four minutes", "forget the egg one"], "cancelled_timer_named"),
    ("en", ["Remind me at twelve to call the plumber", "did you put twelve down?"], "reminder_stands"),
    ("en", ["Remind me at twelve to call the plumber", "Did you write one o'clock?"], "reminder_stands_not"),
    ("en", ["Wake me at seven", "You have got me down for seven, right?"], "reminder_stands"),
    ("en", ["Wake me at seven", "have you set it for six?"], "reminder_stands_not"),
    ("en", ["Wake me at half six", "it's half six you've noted, isn't it?"], "reminder_stands"),
    ("en", ["Set a timer for ten minutes", "Did you say ten minutes?"], "reminder_stands"),
    ("fr", ["Rappelle-moi à midi d'appeler Paul", "Enfin bon. C'est bien midi que tu as noté ?"], "reminder_stands"),
    ("fr", ["Réveille-moi à sept heures", "Tu as bien mis sept heures ?"], "reminder_stands"),
    ("fr", ["Réveille-moi à sept heures", "C'est à huit heures que tu me réveilles ?"], "reminder_stands_not"),
    ("fr", ["Mets un minuteur de dix minutes", "T'as mis dix minutes ?"], "reminder_stands"),
    ("fr", ["Réveille-moi à sept heures", "Tu l'as noté pour six heures ?"], "reminder_stands_not"),
]


@pytest.mark.parametrize(("language", "lines", "holds"), HOLDS)
def test_it_is_understood_as_people_say_it(language: str, lines: list[str], holds: str) -> None:
    assert holds in last_answer(language, *lines).answer


@pytest.mark.parametrize(("language", "lines", "phrase"), PHRASES)
def test_it_says_what_was_asked_for_or_that_it_cannot(language: str, lines: list[str], phrase: str) -> None:
    assert last_answer(language, *lines).said[0].phrase == phrase


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I sat there for two hours, tell me why I bother"),
        ("en", "She rang an hour ago, let me know if you mind"),
        ("fr", "J'ai attendu deux heures, dis-moi pourquoi"),
        ("fr", "Elle arrive à trois heures, tu me préviens ?"),
        ("fr", "Je dis ça à moitié."),
        ("en", "I always give up half way."),
        ("en", "Tell me the half-time score"),
        ("en", "I'll be out for ten minutes, just shout."),
        ("fr", "J'ai fait dix minutes de marche, sonne"),
        ("fr", "Dis-moi le score à la mi-temps"),
        ("fr", "L'arbitre sonne à la mi-temps après vingt minutes."),
    ],
)
def test_a_length_of_time_alone_sets_no_timer(language: str, line: str) -> None:
    assert "remind" not in {one.behavior for one in last_answer(language, line).said}


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "I've got the hairdresser on Thursday at two, can you remind me an hour before?", "thursday at one"),
        (
            "fr",
            "J'ai le coiffeur jeudi à deux heures, tu peux me le rappeler une heure avant ?",
            "jeudi à treize heures",
        ),
    ],
)
def test_so_long_before_a_day_that_is_told_is_on_that_day(language: str, line: str, told: str) -> None:
    assert told in last_answer(language, line).answer.lower()
    more = "What else have I got?" if language == "en" else "Et j'ai quoi d'autre ?"
    assert told in last_answer(language, line, more).answer.lower()


def test_when_something_is_that_was_never_told_is_no_question_for_a_name() -> None:
    assert [one.phrase for one in last_answer("en", "When is my hairdresser? Did I tell you?").said] == ["told_nothing"]


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "What day is it, Tuesday or Wednesday?", "what_day_is_it"),
        ("fr", "On est quel jour, mardi ou mercredi ? Avec la retraite je m'y perds.", "what_day_is_it"),
        ("fr", "Et maintenant faut le manger, onze kilos, à tout seul.", "unknown"),
    ],
)
def test_a_day_is_asked_for_and_nobody_leaves(language: str, line: str, intent: str) -> None:
    assert last_answer(language, line).intent == intent


@pytest.mark.parametrize(
    ("language", "lines", "phrase"),
    [
        ("en", ["Wake me at seven.", "Can you set a timer for ten minutes?"], "answer_wants_timer"),
        ("en", ["Right then, wake me at seven."], "answer_wants_alarm"),
    ],
)
def test_a_wish_is_a_wish_whatever_stands_beside_it(language: str, lines: list[str], phrase: str) -> None:
    answer = last_answer(language, *lines)
    assert [one.phrase for one in answer.said] == [phrase]
    assert "evening" not in answer.answer


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "Remind me in five minutes to please take the bins out", "in five minutes"),
        ("en", "Remind me in 20 minutes to, um, ring Bob", "in twenty minutes"),
        ("en", "Remind me at ten to, um, ring Bob", "at ten o'clock"),
        ("en", "Remind me tomorrow to take a coat in case it rains at eight", "tomorrow at eight o'clock"),
        ("fr", "Demain rappelle-moi de prendre le car à huit heures", "demain à huit heures : prendre le car"),
        ("fr", "Rappelle-moi demain de prendre un manteau au cas où il pleut à huit heures", "demain à huit heures"),
    ],
)
def test_a_time_stays_what_it_is_beside_other_words(language: str, line: str, told: str) -> None:
    assert told in last_answer(language, line).answer
