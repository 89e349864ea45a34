"""Timers, alarms and reminders as people speak of them: put right in a few words, told again, and asked for."""

from __future__ import annotations

import pytest

from tests.support.talk import last_answer

BRIEFLY = [
    ("en", ["Remind me to call mum at six", "half past, I mean"], "half past six"),
    ("en", ["Remind me to call mum at six", "Sorry, quarter past six."], "quarter past six"),
    ("en", ["Remind me to call mum at six", "On Thursday."], "on Thursday at six"),
    ("en", ["Remind me to call mum at six", "No, half five."], "half past five"),
    ("en", ["Remind me to call mum at six", "Not six, seven"], "at seven"),
    ("en", ["Wake me at seven", "in the evening, I mean"], "seven o'clock in the evening"),
    ("en", ["Wake me at seven", "Every Monday, I mean"], "every Monday at seven"),
    ("en", ["Set a timer for twenty minutes", "Actually, two."], "two minutes"),
    ("en", ["Wake me at half six tomorrow", "Hmm, quarter to seven would be better."], "quarter to seven"),
    ("en", ["Set a timer for five minutes", "Call it six"], "six minutes"),
    ("en", ["Set a timer for twenty minutes", "No, ten minutes"], "ten minutes"),
    ("en", ["Set a timer for twenty minutes", "Change it to ten minutes"], "ten minutes"),
    ("en", ["Set a timer for twenty minutes", "five more minutes"], "twenty-five minutes"),
    ("en", ["Set a timer for ten minutes", "Make it twelve", "no wait, fifteen"], "fifteen minutes"),
    ("fr", ["Mets-moi un réveil à quinze heures.", "Non, quinze heures trente, tant pis."], "quinze heures trente"),
    ("fr", ["Rappelle-moi le dentiste ce soir.", "Vers dix-huit heures."], "à dix-huit heures"),
    ("fr", ["Mets un réveil à sept heures", "Huit heures plutôt."], "à huit heures"),
    ("fr", ["Mets un réveil à sept heures", "Et demie, pardon."], "sept heures trente"),
    ("fr", ["Mets un minuteur de dix minutes", "Enfin non, un quart d'heure"], "quinze minutes"),
    ("fr", ["Mets un minuteur de dix minutes", "Pas dix, quinze."], "quinze minutes"),
    ("fr", ["Mets un minuteur de dix minutes", "encore cinq minutes"], "quinze minutes"),
]


@pytest.mark.parametrize(("language", "lines", "holds"), BRIEFLY)
def test_what_was_just_set_is_put_right_in_a_few_words(language: str, lines: list[str], holds: str) -> None:
    answer = last_answer(language, *lines)
    assert answer.said[0].phrase.startswith("moved_")
    assert holds in answer.answer


@pytest.mark.parametrize(
    ("language", "line", "holds"),
    [
        ("en", "set timer 12 mins no wait 10", "Ten minutes"),
        ("en", "wake me at six no make that half past seven", "half past seven"),
        ("en", "Set a timer for ten minutes.  No, twelve.", "Twelve minutes"),
        ("en", "My brother is coming.  He brings a cake.  Remind me of that at six.  No, seven.", "at seven"),
        ("en", "Remind me at five to wait for the bus at six", "at five"),
        ("fr", "mets un minuteur de douze minutes non attends dix", "Dix minutes"),
        ("fr", "réveille-moi à six heures euh non sept heures", "à sept heures"),
        ("fr", "rappelle-moi à six heures de dire non à Paul à sept heures", "dire non à Paul"),
    ],
)
def test_what_is_put_right_at_once_counts_where_it_is_meant_to(language: str, line: str, holds: str) -> None:
    answer = last_answer(language, line)
    assert answer.said[0].phrase.startswith("answer_wants_")
    assert holds in answer.answer


@pytest.mark.parametrize(
    ("language", "line", "of_what"),
    [
        ("en", "Remind me to ring Jean at four, she'll be back from the chiropodist by then.", ": ring Jean."),
        ("en", "Remind me to check at five whether she's home", ": check whether she's home."),
        ("fr", "Rappelle-moi d'appeler Jeanne à quatre heures, elle sera rentrée du kiné.", " : appeler Jeanne."),
    ],
)
def test_why_something_is_to_be_done_is_no_part_of_it(language: str, line: str, of_what: str) -> None:
    assert last_answer(language, line).answer.endswith(of_what)


def test_it_is_the_last_one_that_is_put_right() -> None:
    answer = last_answer(
        "en",
        "Remind me to call Paul at six",
        "Remind me to take the bins out at seven",
        "No, eight.",
        "Repeat my two reminders.",
    ).answer
    assert "at six o'clock in the evening: call Paul" in answer
    assert "bins out: today at eight" in answer


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Set an alarm for seven", "And not too loud"]),
        ("en", ["Set an alarm for seven", "Seven is so early."]),
        ("en", ["Set an alarm for seven", "It is ten now."]),
        ("en", ["Set a timer for ten minutes", "No chit-chat, please."]),
        ("fr", ["Mets un minuteur de dix minutes", "Pas de bavardage, hein."]),
        ("fr", ["Mets un réveil à sept heures", "Et pas trop fort"]),
        ("fr", ["Mets un réveil à sept heures", "Sept heures, c'est tôt."]),
    ],
)
def test_what_names_no_other_time_moves_nothing(language: str, lines: list[str]) -> None:
    assert "change_reminder" not in {one.behavior for one in last_answer(language, *lines).said}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Remind me to call Paul at six", "Remind me of the bins at seven", "Go over all my reminders."]),
        ("fr", ["Rappelle-moi Paul à six heures", "Rappelle-moi le pain à sept heures", "Répète mes deux rappels"]),
        ("fr", ["Rappelle-moi Paul à six heures", "Rappelle-moi le pain à sept heures", "Redis-moi les deux rappels"]),
    ],
)
def test_what_is_set_is_told_again(language: str, lines: list[str]) -> None:
    assert [one.phrase for one in last_answer(language, *lines).said] == ["list_reminder"] * 2
