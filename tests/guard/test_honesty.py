"""Honesty: it says what it is, why it did something, what is recorded, and remembers nothing without a record."""

from __future__ import annotations

import re

import pytest

from robot.config.schema import Config
from robot.core.intents import Say, Show
from robot.core.profile import Profile
from tests.support.desk import CAUSE, Desk, say, somebody


def test_with_a_minor_it_tells_again_after_an_hour() -> None:
    for minor, told in ((True, True), (False, False)):
        desk = Desk(profile=Profile(minor=minor))
        desk.review(say("answer_thanks"))
        desk.wait(3700)
        assert ("i_am_a_robot" in desk.review(say("answer_thanks"))[0]) is told


def test_why_is_answered_from_the_recorded_cause() -> None:
    desk = Desk()
    desk.judged(Show(CAUSE, "nod"))
    assert desk.diary.deeds[-1].intent.cause == CAUSE


def test_it_claims_no_memory_without_a_record() -> None:
    desk = Desk()
    claim = say("people_suggestion", person="your sister")
    desk.review(say("answer_thanks"))
    assert desk.review(claim)[0] == []
    desk.memory.remember_person("Anna")
    desk.memory.keep_topic(1, "your sister", "I saw my sister")
    assert desk.review(claim)[0] == ["people_suggestion"]


@pytest.mark.parametrize("recorded", [False, True])
@pytest.mark.parametrize("network", [{}, {"sight": "tcp://desk.local"}, {"topics": "tcp://desk.local"}])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_it_says_of_recording_and_sending_is_true(
    language: str, network: dict[str, str], *, recorded: bool
) -> None:
    config = Config.model_validate({"care": {"recorded": recorded}, "network": network})
    desk = Desk(language=language, beyond=config.beyond)
    desk.people = (somebody(1),)
    told = [one.text for one in desk.judged(say("answer_are_you_recording"))[0] if isinstance(one, Say)]
    denied = r"Nothing is recorded|No\.|record nothing|Rien n'est|Non\.|n'enregistre rien"
    assert len(told) == 3, "the first words of the day and the notice come with it"
    for text in told[1:]:
        assert bool(re.search(denied, text)) != recorded
        assert bool(re.search(r"another machine|autre machine", text)) == bool(network)
