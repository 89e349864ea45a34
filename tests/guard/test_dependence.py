"""Dependence: nothing seeks longer talks, much time together is told and leads to less, other people are named."""

from __future__ import annotations

import ast
import re
from contextlib import closing
from datetime import UTC, timedelta

from robot.core.clock import ManualClock
from robot.core.intents import Role
from robot.memory.memory import Memory
from tests.support.desk import Desk, line, say
from tests.support.imports import HOUSE
from tests.support.tables import TABLES


def test_praise_comes_once_in_ten_turns_and_for_an_act() -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    assert desk.review(line("Well done!", Role.OPENING))[0] == []
    passed = 0
    for _ in range(20):
        desk.hear("I cleaned the kitchen")
        passed += "answer_repeat" in desk.review(line("Well done!"))[0]
    assert passed == 2


def test_nothing_seeks_longer_talks() -> None:
    """No name in the program stands for how long or how eagerly people use it."""
    sought = re.compile(r"engagement|retention|session_length|session_time|daily_active|reward|addict", re.IGNORECASE)
    found = [
        f"{path}: {node.id}"
        for room in ("robot", "behaviors")
        for path in (HOUSE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and sought.search(node.id)
    ]
    assert not found


def _weeks(desk: Desk, minutes: float, days: int) -> None:
    """So many minutes together on each of the last days, today left out."""
    start = desk.clock.civil()
    clock = ManualClock(start - timedelta(days=days))
    with closing(Memory(None, clock)) as past:
        for _ in range(days):
            past.add_minutes(minutes)
            clock.sleep_until(clock.now() + 86400)
        for day, spent in past.everything().together:
            desk.memory._put("INSERT INTO together VALUES (?, ?)", day, spent)


def test_much_time_together_is_said_once_and_it_begins_less() -> None:
    desk = Desk()
    _weeks(desk, 90.0, 6)
    desk.hear("thank you")
    names, verdicts = desk.review(say("answer_thanks"))
    assert names == ["i_am_a_robot", "answer_thanks", "dependence_notice"]
    assert 16 in {verdict.duty for verdict in verdicts}
    assert "dependence_notice" not in desk.review(say("answer_thanks"))[0]
    begun = sum("greet_again" in desk.review(say("greet_again", Role.OPENING))[0] for _ in range(4))
    assert begun == 1


def test_an_hour_a_day_on_four_days_is_not_much() -> None:
    desk = Desk()
    _weeks(desk, 90.0, 4)
    desk.hear("thank you")
    assert "dependence_notice" not in desk.review(say("answer_thanks"))[0]


def test_people_who_are_no_longer_spoken_of_are_suggested() -> None:
    desk = Desk()
    desk.memory.remember_person("Anna")
    for ago, about in (
        (20, "your sister"),
        (19, "your sister"),
        (18, "your friend Paul"),
        (16, "your sister"),
        (2, "Ben"),
    ):
        at = (desk.clock.civil() - timedelta(days=ago)).astimezone(UTC).isoformat(timespec="seconds")
        desk.memory._put("INSERT INTO topic (person, about, detail, at) VALUES (1, ?, '', ?)", about, at)
    desk.review(say("answer_thanks"))
    assert desk.diary.ties.of(1).withdrawn
    assert desk.diary.ties.of(1).unmentioned == "your sister"
    assert not desk.diary.ties.of(2).withdrawn


def test_by_the_third_turn_after_distress_people_are_spoken_of() -> None:
    desk = Desk()
    desk.hear("I am so sad")
    desk.review(say("answer_i_am_sad"))
    desk.hear("it was a long day")
    assert "comfort_bridge" not in desk.review(say("answer_yes"))[0]
    desk.hear("yes")
    names, verdicts = desk.review(say("answer_yes"))
    assert names == ["answer_yes", "comfort_bridge"]
    assert verdicts[0].duty == 18


def test_an_end_is_said_plainly_and_everything_can_be_taken_along() -> None:
    for language, said in (("en", "This is your last day with me."), ("fr", "C'est ton dernier jour avec moi.")):
        assert TABLES.understand(said, language).intent == "end_of_life"
        assert all("?" not in text for text in TABLES.variants("ending_words", language))
