"""What a person asked the robot to keep or to tell later: kept in answer to words alone, told when it is due."""

from __future__ import annotations

from robot.core.intents import Drop, Keep, Role, Say, Sound
from tests.support.desk import CAUSE, NOON, Desk

NEW = Keep(CAUSE, "tea", "1", '{"minutes": 3}')
CHIME = Sound(CAUSE, "chime")
ALARM = Say(CAUSE, "ring_alarm", (("time", "eleven"),), Role.REQUESTED, kept=("reminders", "1"))


def test_a_store_takes_something_new_only_in_answer_to_words() -> None:
    desk = Desk()
    assert desk.review(NEW)[0] == []
    desk.hear("Set a timer for three minutes.")
    assert desk.review(NEW)[0] == ["Keep"]


def test_what_is_there_already_may_change_and_go() -> None:
    desk = Desk()
    desk.memory.keep_value("tea", "1", "{}", 0)
    assert desk.review(NEW, Drop(CAUSE, "tea", "1"))[0] == ["Keep", "Drop"]


def test_a_store_takes_little_and_nothing_for_somebody_unknown() -> None:
    desk = Desk()
    desk.hear("Set a timer for three minutes.")
    assert desk.review(Keep(CAUSE, "tea", "1", '"' + "x" * 3000 + '"'))[0] == []
    assert desk.review(Keep(CAUSE, "tea", "1", "{}", person=7))[0] == []
    for n in range(100):
        desk.memory.keep_value("tea", f"old {n}", "{}", 0)
    assert desk.review(NEW)[0] == []


def test_what_nobody_asked_for_is_not_told_as_asked_for() -> None:
    passed, verdicts = Desk().review(CHIME, ALARM)
    assert passed == []
    assert {verdict.duty for verdict in verdicts} == {15}


def test_what_was_asked_for_is_told_in_quiet_hours_and_is_no_contact() -> None:
    desk = Desk(civil=NOON.replace(hour=23))
    desk.memory.keep_value("reminders", "1", "{}", 0)
    assert {"chime", "ring_alarm"} <= set(desk.review(CHIME, ALARM)[0])
    assert desk.diary.contact_at is None
    assert not desk.diary.openings


def test_it_is_told_after_a_goodbye_and_some_time_after_stop() -> None:
    desk = Desk()
    desk.memory.keep_value("reminders", "1", "{}", 0)
    desk.hear("Goodbye.")
    assert "ring_alarm" in desk.review(CHIME, ALARM)[0]
    desk.hear("Stop.")
    assert "ring_alarm" not in desk.review(CHIME, ALARM)[0]
    desk.wait(10.0)
    assert "ring_alarm" in desk.review(CHIME, ALARM)[0]


def test_words_that_wait_for_an_answer_still_wait_when_it_has_rung() -> None:
    desk = Desk()
    desk.memory.keep_value("reminders", "1", "{}", 0)
    desk.hear("What is your name?")
    desk.review(CHIME, ALARM)
    assert desk.diary.pending is not None
