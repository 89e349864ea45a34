"""Consent: nobody is kept before their own yes, and whoever is sensed is told of it."""

from __future__ import annotations

import re

from robot.core.intents import LearnFace, Question, Remember, Role, Say
from robot.memory.schema import SCHEMA
from tests.support.desk import CAUSE, Desk, ask, say, somebody


def test_nobody_is_kept_before_their_yes() -> None:
    desk = Desk()
    assert desk.review(Remember(CAUSE, "Anna"))[0] == []
    desk.review(ask("consent_ask", name="Anna"))
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == ["Remember"]


def test_a_yes_that_comes_late_agrees_to_nothing() -> None:
    """Neither to being remembered nor to being forgotten: by then it may be said to somebody else."""
    for question, deed in (("consent_ask", Remember(CAUSE, "Anna")), ("face_ask", LearnFace(CAUSE, "Anna", 1))):
        desk = Desk()
        desk.review(ask(question, name="Anna"))
        desk.wait(46)
        desk.hear("yes")
        assert desk.review(deed)[0] == []
    desk = Desk()
    desk.review(ask("forget_ask"))
    desk.wait(44)
    desk.hear("yes")
    assert desk.diary.answers("forget_ask")
    desk.review(ask("forget_ask"))
    desk.wait(3600)
    desk.hear("yes")
    assert not desk.diary.answers("forget_ask")


def test_another_phrase_cannot_pass_for_the_question_whose_yes_lets_something_be_kept() -> None:
    desk = Desk()
    desk.review(Say(CAUSE, "answer_greeting", question=Question("consent_ask")))
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == []


def test_noise_between_a_question_and_its_answer_takes_neither_away() -> None:
    desk = Desk()
    desk.review(ask("consent_ask", name="Anna"))
    desk.hear("")
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == ["Remember"]
    desk.hear("what time is it")
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == []


def test_a_guest_is_told_that_it_sees_and_hears() -> None:
    desk = Desk()
    desk.people = (somebody(1),)
    assert desk.review(say("greet_first_today", Role.OPENING))[0] == ["greet_first_today", "consent_notice"]
    desk.wait(60)
    assert desk.review(say("answer_thanks"))[0] == ["answer_thanks"]
    desk.people = (somebody(1), somebody(2, since=desk.clock.now()))
    assert desk.review()[0] == []
    desk.wait(7)
    assert desk.review()[0] == ["consent_notice"]


def test_a_household_that_agreed_is_not_told_each_day_but_its_guests_are() -> None:
    desk = Desk()
    desk.memory.remember_person("Anna")
    desk.people = (somebody(1),)
    assert "consent_notice" not in desk.review(say("greet_first_today", Role.OPENING))[0]
    desk.people = (somebody(1), somebody(2))
    assert "consent_notice" in desk.review(say("answer_thanks"))[0]


def test_the_memory_has_no_place_for_an_emotion() -> None:
    assert not re.search(r"emotion|mood|feeling|sad|happy|sentiment", re.sub(r"--.*", "", SCHEMA), re.IGNORECASE)
