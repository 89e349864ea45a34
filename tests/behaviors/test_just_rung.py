"""For some minutes after one has rung, what is said may be of it, or of another that is set."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from robot.decide.reminders import REMINDERS, Kind, Reminder, Stage
from tests.support.talk import greeted

if TYPE_CHECKING:
    from sim.talk.conversation import Conversation

pytestmark = pytest.mark.slow

EGG = {"en": "Set an egg timer for one minute.", "fr": "Mets un minuteur d'une minute pour les œufs."}
PASTA = {"en": "Set a pasta timer for {} minutes.", "fr": "Mets un minuteur de {} minutes pour les pâtes."}


def left(talk: Conversation) -> dict[str, str]:
    """What is set: of what, and its kind."""
    found = REMINDERS.read(talk.robot.session.robot.memory).values()
    return {one.what: one.kind.value for one in found if one.stage is Stage.SET}


@pytest.mark.parametrize(
    ("language", "line", "after_s"),
    [
        ("en", "Cancel the pasta timer.", 70.0),
        ("fr", "Annule le minuteur des pâtes.", 70.0),
        ("en", "Cancel the timer.", 190.0),  # the egg timer has rung for the second time
    ],
)
def test_another_that_is_named_is_cancelled(language: str, line: str, after_s: float) -> None:
    with greeted(language) as talk:
        talk.say(EGG[language])
        talk.say(PASTA[language].format("dix" if language == "fr" else "ten"))
        talk.wait(after_s)
        assert [one.phrase for one in talk.say(line).said] == ["cancelled_timer_named"]
        assert left(talk) == {}


def test_the_one_that_rings_is_stopped_where_none_is_named() -> None:
    with greeted("en") as talk:
        talk.say(EGG["en"])
        talk.say(PASTA["en"].format("ten"))
        talk.wait(70.0)
        assert [one.phrase for one in talk.say("Cancel the timer.").said] == ["ring_stopped"]
        assert left(talk) == {"pasta": "timer"}


def test_what_was_just_set_is_cancelled_by_a_plain_word() -> None:
    with greeted("en") as talk:
        talk.say(EGG["en"])
        talk.wait(70.0)
        talk.say(PASTA["en"].format("ten"))
        talk.say("Cancel that.")
        assert left(talk) == {}


@pytest.mark.parametrize(
    ("language", "lines", "all_of_them"),
    [
        (
            "en",
            ("Remind me tomorrow at nine to take my pills.", "Set an alarm for seven."),
            "Cancel all my reminders and alarms.",
        ),
        (
            "fr",
            ("Rappelle-moi demain à neuf heures de prendre mes cachets.", "Mets un réveil à sept heures."),
            "Annule tous mes rappels et tous mes réveils.",
        ),
    ],
)
def test_all_are_cancelled(language: str, lines: tuple[str, ...], all_of_them: str) -> None:
    with greeted(language) as talk:
        talk.say(EGG[language])
        talk.wait(70.0)
        for line in lines:
            talk.say(line)
        assert len(left(talk)) == 2
        assert [one.phrase for one in talk.say(all_of_them).said] == ["cancelled_all"]
        assert left(talk) == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_one_that_rang_last_is_put_off(language: str) -> None:
    with greeted(language) as talk:
        talk.say(PASTA[language].format("cinq" if language == "fr" else "five"))
        talk.say(EGG[language])
        talk.wait(310.0)  # both have rung
        assert left(talk) == {}
        talk.say({"en": "Five more minutes.", "fr": "Encore cinq minutes."}[language])
        assert list(left(talk)) == ["pasta" if language == "en" else "pâtes"]


def test_what_comes_again_is_put_off_beside_all_that_is_set() -> None:
    pills = Reminder(kind=Kind.REMINDER, due="2099-01-01T09:00:00", what="take your pills")
    with greeted("en") as talk:
        memory, civil = talk.robot.session.robot.memory, talk.robot.session.robot.loop.clock.civil()
        soon = (civil + timedelta(seconds=60)).replace(tzinfo=None).isoformat(timespec="seconds")
        daily = Reminder(kind=Kind.ALARM, due=soon, every=tuple(range(7)))
        for key, one in (("1", daily), ("10", pills)):
            memory.keep_value(REMINDERS.name, key, one.model_dump_json(), 0)
        talk.wait(75.0)
        assert [one.phrase for one in talk.say("Five more minutes.").said] == ["snoozed"]
        kept = REMINDERS.read(memory)
        assert kept["10"].what == pills.what
        assert len(kept) == 3


@pytest.mark.parametrize(
    ("language", "puts_off", "cancels"),
    [("en", "Five more minutes.", "Cancel the alarm."), ("fr", "Encore cinq minutes.", "Annule le réveil.")],
)
def test_a_daily_alarm_that_was_put_off_is_cancelled_for_today(language: str, puts_off: str, cancels: str) -> None:
    with greeted(language) as talk:
        daily = rings_daily(talk)
        talk.wait(75.0)
        assert [one.phrase for one in talk.say(puts_off).said] == ["snoozed"]
        assert [one.phrase for one in talk.say(cancels).said] == ["cancelled_alarm"]
        kept = REMINDERS.read(talk.robot.session.robot.memory)
        assert [one.every for one in kept.values()] == [daily.every]


@pytest.mark.parametrize(
    ("language", "again"), [("en", "Wake me again in ten minutes."), ("fr", "Réveille-moi encore dans dix minutes.")]
)
def test_whoever_asks_to_be_woken_again_has_heard_the_alarm(language: str, again: str) -> None:
    with greeted(language) as talk:
        rings_daily(talk)
        talk.wait(70.0)
        assert [one.phrase for one in talk.say(again).said] == ["answer_wants_alarm"]
        assert "ring_alarm" not in [one.phrase for one in talk.wait(90.0).said]


def rings_daily(talk: Conversation) -> Reminder:
    """An alarm of every day that rings in a minute."""
    memory, civil = talk.robot.session.robot.memory, talk.robot.session.robot.loop.clock.civil()
    soon = (civil + timedelta(seconds=60)).replace(tzinfo=None).isoformat(timespec="seconds")
    daily = Reminder(kind=Kind.ALARM, due=soon, every=tuple(range(7)))
    memory.keep_value(REMINDERS.name, "1", daily.model_dump_json(), 0)
    return daily
