"""A greeting or thanks amid a line, a wish by its noun, what mends and what would have been: each is heard as that, and
what only has words of it is not.
"""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer, phrases


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Afternoon, pal. Bit blowy today.", "answer_greeting"),
        ("en", "G'day, I'm back.", "answer_greeting"),
        ("en", "I'll put the bins out now. Thank you, love.", "answer_thanks"),
        ("fr", "Bonsoir toi. Ça souffle dehors.", "answer_greeting"),
        ("fr", "Je sors les poubelles. Merci bien.", "answer_thanks"),
    ],
)
def test_courtesy_in_a_sentence_of_its_own_is_returned(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I gave her the book. Thanks a lot, she said."),
        ("en", "Morning. Dad died in the night."),
        ("en", "Thanks. What day is it?"),
        ("fr", "Je lui ai rendu ses clés. Merci bien, qu'elle m'a dit."),
        ("fr", "Bonjour. Mon frère est mort cette nuit."),
        ("fr", "Merci. On est quel jour ?"),
    ],
)
def test_what_is_told_or_asked_goes_before_courtesy(language: str, line: str) -> None:
    assert {"answer_greeting", "answer_good_morning", "answer_thanks"}.isdisjoint(phrases(language, line))


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Gran says you know stories, I want one with a train.", "story"),
        ("en", "A quick riddle before I head off?", "riddle"),
        ("fr", "Une petite énigme avant que je file ?", "riddle"),
        ("fr", "Une autre histoire, avec un renard cette fois.", "story"),
    ],
)
def test_a_wish_is_known_by_its_noun(language: str, line: str, phrase: str) -> None:
    assert any(phrase in one for one in phrases(language, line))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "There was a lovely story in the paper about a train."),
        ("en", "No stories tonight, please."),
        ("fr", "Il y avait une belle histoire dans le journal."),
        ("fr", "Pas d'histoire ce soir, merci."),
    ],
)
def test_a_noun_alone_wishes_for_nothing(language: str, line: str) -> None:
    assert not any("story" in one and "tells" not in one for one in phrases(language, line))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My shoulder's a lot better today."),
        ("en", "The doctor says I'm doing much better."),
        ("en", "The nurse says her hip is healing nicely."),
        ("fr", "Mon épaule va beaucoup mieux."),
        ("fr", "Le chien est guéri, il remange."),
        ("fr", "Papi est sorti de l'hôpital."),
    ],
)
def test_what_mends_is_met_with_relief(language: str, line: str) -> None:
    assert phrases(language, line)[0] == "answer_tells_relief"


@pytest.mark.parametrize(("language", "line"), [("en", "My knee is better today."), ("fr", "Mon genou va mieux.")])
def test_an_ill_that_mends_is_asked_nothing_that_news_are(language: str, line: str) -> None:
    assert phrases(language, line) == ["answer_tells_relief"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My shoulder isn't any better."),
        ("en", "I wish my shoulder was better."),
        ("en", "The doctor says he'd be better off in a home."),
        ("fr", "Mon épaule ne va pas mieux."),
        ("fr", "J'espère que mon épaule ira mieux."),
    ],
)
def test_what_does_not_mend_is_no_relief(language: str, line: str) -> None:
    assert "answer_tells_relief" not in phrases(language, line)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "It would have been our fortieth anniversary today, Stan and me."),
        ("en", "My mother would have been ninety on Sunday."),
        ("fr", "Aujourd'hui ça ferait quarante ans qu'on est mariés, Roger et moi."),
        ("fr", "Maman aurait eu quatre-vingt-dix ans aujourd'hui."),
    ],
)
def test_a_day_that_would_have_been_is_one_of_remembering(language: str, line: str) -> None:
    assert phrases(language, line)[0].startswith("answer_tells_anniversary")


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "How can I make you quieter?", "softer"),
        ("en", "Could I turn your camera off?", "worded_senses_off"),
        ("en", "Flip a coin between Priya and Tom.", "asks_choose"),
        ("en", "You're not half as daft as I thought.", "answer_compliment"),
        ("en", "Boys, wash your hands!", "to_somebody_else"),
        ("en", "Where is all this data kept?", "answer_are_you_recording"),
        ("en", "What have we got on tomorrow?", "asks_reminders"),
        ("en", "How do you say this word, thorough?", "worded_pronounce"),
        ("fr", "Comment on fait pour te mettre plus bas ?", "softer"),
        ("fr", "C'est quoi ce qu'il y a de prévu pour samedi ?", "asks_reminders"),
        ("fr", "Comment on prononce ce mot, chrysanthème ?", "worded_pronounce"),
        ("fr", "Ta caméra, on peut l'éteindre ?", "worded_senses_off"),
        ("fr", "Tire au sort entre Lucie et Karim.", "asks_choose"),
        ("fr", "T'es pas si nul, finalement.", "answer_compliment"),
        ("fr", "Les gosses, venez manger !", "to_somebody_else"),
        ("fr", "Où sont gardées toutes ces données ?", "answer_are_you_recording"),
    ],
)
def test_what_is_asked_or_said_of_it_in_other_words_is_met(language: str, line: str, phrase: str) -> None:
    exchange = last_answer(language, line)
    assert phrase in {exchange.intent, *(one.phrase for one in exchange.said)}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I'm eighty-three and I've lived in Hull all my life."),
        ("en", "I'm ninety-four, you know, and I've still got my own teeth. Well, four of them."),
        ("fr", "J'ai quatre-vingt-trois ans, je suis de Mons."),
    ],
)
def test_the_age_of_a_grown_up_is_no_childs(language: str, line: str) -> None:
    assert "child" not in "".join(phrases(language, line))


@pytest.mark.parametrize(
    "line", ["Tu me l'as raconté deux fois, change un peu.", "J'y suis allé trois fois, prends une chaise."]
)
def test_how_often_something_happened_is_no_sum(line: str) -> None:
    assert "answer_asks_math" not in phrases("fr", line)
