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
