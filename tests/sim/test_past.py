"""What was before a scene: whoever has met the robot today is greeted shortly, and told nothing anew."""

from __future__ import annotations

import pytest

from sim.talk.conversation import Conversation

DUE = ["greet_first_today", "consent_notice"]  # what it is, and what it senses


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("civil", "met", "phrases"),
    [
        ("2026-01-05T10:00:00", None, DUE),
        ("2026-01-05T10:00:00", 30.0, ["greet_again"]),
        ("2026-01-05T10:00:00", 0.1, []),  # the visit goes on
        ("2026-01-05T08:00:00", 600.0, DUE),  # that was yesterday
    ],
)
def test_what_a_day_s_first_meeting_tells_is_told_once_a_day(
    language: str, civil: str, met: float | None, phrases: list[str]
) -> None:
    with Conversation(language=language, civil=civil, met=met) as talk:
        assert [sentence.phrase for sentence in talk.greeting().said] == phrases


def test_whoever_comes_once_that_visit_is_over_is_greeted() -> None:
    with Conversation(met=0.1) as talk:
        assert talk.greeting().said == ()
        talk.leave(90.0)
        talk.come()
        assert [sentence.phrase for sentence in talk.greeting().said] == ["greet_again"]
