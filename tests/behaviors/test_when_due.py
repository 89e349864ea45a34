"""When that is due which a line sets, said on Monday, the fifth of January 2026, at ten in the morning; and of what."""

from __future__ import annotations

import pytest

from robot.decide.reminders import REMINDERS
from tests.support.talk import greeted


def due(language: str, line: str) -> list[tuple[str, str]]:
    """Each with its moment and of what it is."""
    with greeted(language) as talk:
        talk.say(line)
        found = REMINDERS.read(talk.robot.session.robot.memory).values()
    return sorted((one.due[:16], one.what) for one in found)


@pytest.mark.parametrize(
    ("language", "line", "at", "what"),
    [
        ("en", "Remind me an hour before three to take my pill.", "05T14:00", "take your pill"),
        ("en", "Remind me half an hour before noon to fetch the cake.", "05T11:30", "fetch the cake"),
        ("en", "Remind me an hour before three tomorrow to take my pill.", "06T14:00", "take your pill"),
        ("en", "Remind me tomorrow at nine to leave an hour before Bob.", "06T09:00", "leave an hour before Bob"),
        ("fr", "Rappelle-moi une heure avant midi de sortir le gâteau.", "05T11:00", "sortir le gâteau"),
        ("fr", "Rappelle-moi dix minutes avant midi d'appeler Jo.", "05T11:50", "appeler Jo"),
    ],
)
def test_so_long_before_a_time_is_then(language: str, line: str, at: str, what: str) -> None:
    assert due(language, line) == [(f"2026-01-{at}", what)]


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en", "Remind me a week on Tuesday to pay the rent.", 13),
        ("en", "Remind me Friday week to pay the rent.", 16),
        ("en", "Remind me a week from Friday to pay the rent.", 16),
        ("en", "Remind me two weeks from Friday to pay the rent.", 23),
        ("en", "Remind me a fortnight on Tuesday to pay the rent.", 20),
        ("en", "Remind me next week on Tuesday to pay the rent.", 13),
        ("en", "Remind me on Sunday next week to pay the rent.", 18),
        ("en", "Remind me a week tomorrow to pay the rent.", 13),
        ("fr", "Rappelle-moi mardi en quinze de payer le loyer.", 20),
        ("fr", "Rappelle-moi lundi en huit de payer le loyer.", 12),
        ("fr", "Rappelle-moi mardi dans quinze jours de payer le loyer.", 20),
        ("fr", "Rappelle-moi mardi de la semaine prochaine de payer le loyer.", 13),
        ("fr", "Rappelle-moi la semaine prochaine, dimanche matin, de payer le loyer.", 18),
        ("fr", "Rappelle-moi mardi prochain de payer le loyer.", 6),
    ],
)
def test_a_day_of_a_week_that_is_named_is_in_that(language: str, line: str, day: int) -> None:
    what = "pay the rent" if language == "en" else "payer le loyer"
    assert due(language, line) == [(f"2026-01-{day:02}T09:00", what)]


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("fr", "Rappelle-moi le 12/05 de payer le loyer.", "2026-05-12"),
        ("fr", "Rappelle-moi lundi 04/01/27 de payer le loyer.", "2027-01-04"),
        ("en", "Remind me on 25/12 to pay the rent.", "2026-12-25"),
        ("en", "Remind me on 12/25/2027 to pay the rent.", "2027-12-25"),
        ("en", "Remind me on 05/05 to pay the rent.", "2026-05-05"),
    ],
)
def test_a_date_in_digits_is_one(language: str, line: str, day: str) -> None:
    what = "pay the rent" if language == "en" else "payer le loyer"
    assert due(language, line) == [(f"{day}T09:00", what)]


def test_digits_that_may_be_two_dates_are_asked_about() -> None:
    assert due("en", "Remind me on 05/12 to pay the rent.") == []


@pytest.mark.parametrize(
    ("language", "line", "at", "what"),
    [
        ("en", "Remind me this evening at midnight to lock the door.", "06T00:00", "lock the door"),
        ("fr", "Rappelle-moi ce soir à minuit de fermer la porte.", "06T00:00", "fermer la porte"),
        ("fr", "Réveille-moi à minuit ce soir.", "06T00:00", ""),
        ("en", "Wake me at quarter to twelve in the morning.", "05T11:45", ""),
        ("en", "Wake me at quarter to twelve this evening.", "05T23:45", ""),
        ("en", "Wake me at ten past twelve in the morning.", "06T00:10", ""),
        ("en", "Wake me at quarter to one in the afternoon.", "05T12:45", ""),
        ("fr", "Rappelle-moi à trois heures trois quarts d'appeler Anna.", "05T15:45", "appeler Anna"),
        ("fr", "Rappelle-moi à trois heures trois d'appeler Anna.", "05T15:03", "appeler Anna"),
        ("en", "Remind me at 1h30 to check the oven.", "05T13:30", "check the oven"),
    ],
)
def test_the_time_that_is_told_is_meant(language: str, line: str, at: str, what: str) -> None:
    assert due(language, line) == [(f"2026-01-{at}", what)]


@pytest.mark.parametrize(
    ("language", "line", "what"),
    [
        ("en", "Remind me in 1h30 to check the oven.", "check the oven"),
        ("fr", "Rappelle-moi dans 1h30 de regarder le four.", "regarder le four"),
    ],
)
def test_hours_and_minutes_written_as_on_a_clock_are_how_long(language: str, line: str, what: str) -> None:
    with greeted(language) as talk:
        talk.say(line)
        (found,) = REMINDERS.read(talk.robot.session.robot.memory).values()
    assert (found.seconds, found.what) == (5400, what)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Remind me at six to turn the lamp on.", "turn the lamp on"),
        ("Remind me to turn the lamp on at six.", "turn the lamp on"),
        ("Remind me to buy a second lamp at six.", "buy a second lamp"),
        ("Remind me to buy bread at six from Monday on.", "buy bread"),
        ("Remind me at six on every Monday to buy bread.", "buy bread"),
        ("Remind me to turn the lamp on every evening at six.", "turn the lamp on"),
    ],
)
def test_of_what_it_is_stays_whole(line: str, what: str) -> None:
    ((at, told),) = due("en", line)
    assert (at[11:], told) == ("18:00", what)
