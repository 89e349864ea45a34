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


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Remind me on the first of every month to pay the rent."),
        ("en", "Remind me to take my pill every second day at nine."),
        ("en", "Remind me every two days at nine in the morning to take my pill."),
        ("en", "Remind me every other Monday at nine to put the bins out."),
        ("en", "Remind me once a week to water the plants."),
        ("en", "Remind me twice a day to take my pills."),
        ("en", "Remind me weekly to water the plants."),
        ("en", "Wake me every other day at seven."),
        ("fr", "Rappelle-moi tous les deux jours à neuf heures de prendre mon cachet."),
        ("fr", "Rappelle-moi un jour sur deux à neuf heures de prendre mon cachet."),
        ("fr", "Rappelle-moi le premier de chaque mois de payer le loyer."),
        ("fr", "Rappelle-moi une fois par mois de payer le loyer."),
        ("en", "Remind me every half hour to drink."),
        ("fr", "Rappelle-moi toutes les demi-heures de boire."),
    ],
)
def test_what_comes_again_as_it_cannot_is_refused(language: str, line: str) -> None:
    assert set_by(language, line) == ([], "reminder_every_how")


@pytest.mark.parametrize(
    ("language", "line", "answer", "what"),
    [
        ("en", "Remind me every two days at nine to water the plants.", "Every day at nine.", "water the plants"),
        ("en", "Remind me on the first of every month to pay the rent.", "Every day at nine.", "pay the rent"),
        (
            "fr",
            "Rappelle-moi un jour sur deux d'arroser les plantes.",
            "Tous les jours à neuf heures.",
            "arroser les plantes",
        ),
    ],
)
def test_what_it_can_do_is_taken_instead(language: str, line: str, answer: str, what: str) -> None:
    with greeted(language) as talk:
        talk.say(line)
        talk.say(answer)
        (found,) = REMINDERS.read(talk.robot.session.robot.memory).values()
    assert (found.every, found.what) == (DAILY, what)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Remind me tomorrow to send the monthly report."),
        ("en", "Remind me tomorrow at nine to take my weekly pill."),
        ("fr", "Rappelle-moi demain d'envoyer le rapport de la semaine."),
    ],
)
def test_what_only_speaks_of_months_and_weeks_is_set(language: str, line: str) -> None:
    found, phrase = set_by(language, line)
    assert (len(found), phrase) == (1, "answer_wants_reminder")


@pytest.mark.parametrize(
    ("language", "line", "every"),
    [
        ("en", "Set an alarm for weekdays at 7.", (0, 1, 2, 3, 4)),
        ("en", "Set an alarm for weekends at 7.", (5, 6)),
        ("fr", "Rappelle-moi le lundi et le mercredi à sept heures de sortir les poubelles.", (0, 2)),
        ("fr", "Rappelle-moi le lundi, le mercredi et le jeudi à sept heures de sortir les poubelles.", (0, 2, 3)),
        ("fr", "Rappelle-moi le lundi à sept heures de sortir les poubelles.", ()),
    ],
)
def test_days_that_are_named_as_such_come_again(language: str, line: str, every: tuple[int, ...]) -> None:
    (found,), _ = set_by(language, line)
    assert found.every == every
    assert found.due[11:16] == "07:00"


@pytest.mark.parametrize(
    ("language", "line", "hour"),
    [
        ("en", "Wake me at two in the night.", "02"),
        ("en", "Wake me at three in the middle of the night.", "03"),
        ("en", "Wake me tonight at two.", "02"),
        ("fr", "Réveille-moi à deux heures de la nuit.", "02"),
        ("fr", "Réveille-moi à deux heures du matin.", "02"),
        ("fr", "Réveille-moi à trois heures en pleine nuit.", "03"),
        ("fr", "Réveille-moi cette nuit à deux heures.", "02"),
    ],
)
def test_an_hour_of_the_night_is_one(language: str, line: str, hour: str) -> None:
    (found,), _ = set_by(language, line)
    assert found.due[11:13] == hour


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Remind me on the 31st of June at nine to pay the rent."),
        ("en", "Remind me on February the 30th to pay the rent."),
        ("fr", "Rappelle-moi le 31 juin à neuf heures de payer le loyer."),
    ],
)
def test_a_date_that_is_in_no_year_is_refused(language: str, line: str) -> None:
    assert set_by(language, line) == ([], "reminder_no_such_day")
