"""What a line sets: at which times of day, and how often each comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.decide.reminders import REMINDERS
from tests.support.talk import greeted

if TYPE_CHECKING:
    from robot.decide.reminders import Reminder

DAILY = tuple(range(7))


def set_by(language: str, line: str) -> tuple[list[Reminder], str]:
    """What it sets, by the time of day, and the phrase in which it is answered."""
    with greeted(language) as talk:
        phrase = talk.say(line).said[0].phrase
        found = REMINDERS.read(talk.robot.session.robot.memory).values()
    return sorted(found, key=lambda one: one.due[11:]), phrase


@pytest.mark.parametrize(
    ("language", "line", "times"),
    [
        (
            "en",
            "Remind me every day at eight in the morning and at eight in the evening to take my pills.",
            ["08:00", "20:00"],
        ),
        ("en", "Remind me every day at nine and at eight in the evening to take my pills.", ["09:00", "20:00"]),
        ("en", "Remind me at eight and eight in the evening every day to take my pills.", ["08:00", "20:00"]),
        ("en", "Remind me every morning at eight and every evening at seven to take my pills.", ["08:00", "19:00"]),
        (
            "en",
            "Remind me every day at eight, at one and at eight in the evening to take my pills.",
            ["08:00", "13:00", "20:00"],
        ),
        (
            "fr",
            "Rappelle-moi tous les jours à huit heures du matin et à huit heures du soir de prendre mes cachets.",
            ["08:00", "20:00"],
        ),
        ("fr", "Rappelle-moi tous les jours à huit et à vingt heures de prendre mes cachets.", ["08:00", "20:00"]),
    ],
)
def test_each_time_of_a_day_is_set_for_every_day(language: str, line: str, times: list[str]) -> None:
    found, _ = set_by(language, line)
    assert [one.due[11:16] for one in found] == times
    assert {one.every for one in found} == {DAILY}
    assert {one.what for one in found} == {"take your pills" if language == "en" else "prendre tes cachets"}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Remind me every day at eight and eight to take my pills."),
        ("fr", "Rappelle-moi tous les jours à huit heures du matin et à huit heures de prendre mes cachets."),
    ],
)
def test_two_times_that_are_the_same_are_asked_about(language: str, line: str) -> None:
    assert set_by(language, line) == ([], "reminder_when")
