"""What broke while nobody could hear of it is told as soon as somebody can, unless it was mended by then."""

from __future__ import annotations

import pytest

from robot.app.behavior_loader import load_behaviors
from robot.core.condition import Condition
from robot.core.decision import Mode
from robot.core.intents import Role, Say
from robot.core.percepts import Band, SenseTurned
from robot.core.scene import Person
from tests.support.room import Room, words

HOURS = 3 * 3600.0


class Home(Room):
    """A robot whose microphone worked when it was alone."""

    def __init__(self) -> None:
        super().__init__(*load_behaviors(), asleep_after_s=60.0)
        self.microphone(Condition.OK)

    def microphone(self, condition: Condition, ailment: str = "") -> None:
        self.run(0.2, senses=(SenseTurned(self.scene.t, "microphone", condition, "", ailment),))

    def come(self) -> None:
        now = self.scene.t
        ada = Person(1, 0.2, 0.1, 0.0, 0.0, 0.9, Band.MIDDLE, now + 0.02, now, now)
        self.run(5.0, people=(ada,), focus=1, alone_since=None)

    def leave(self) -> None:
        self.run(5.0, people=(), focus=None, alone_since=self.scene.t)

    def told(self) -> list[str]:
        """What it has said of its parts since it was last asked."""
        said = [one.phrase for one in self.done if isinstance(one, Say) and one.role is Role.NOTICE]
        self.done.clear()
        return said


def test_what_breaks_while_nobody_is_there_is_told_once_when_somebody_comes() -> None:
    home = Home()
    home.microphone(Condition.FAULT)
    home.run(30.0)
    assert home.told() == []
    home.come()
    assert home.told() == ["microphone_lost"]
    home.run(60.0)
    home.leave()
    home.come()
    assert home.told() == []


@pytest.mark.parametrize("ailment", ["memory_full", "memory_lost"])
def test_a_memory_that_cannot_be_written_from_the_start_is_told(ailment: str) -> None:
    home = Home()
    home.run(0.2, senses=(SenseTurned(home.scene.t, "memory", Condition.FAULT, "", ailment),))
    home.come()
    assert home.told() == [ailment]


def test_what_breaks_while_it_sleeps_is_told_when_it_is_awake() -> None:
    home = Home()
    home.run(70.0)
    assert home.mode() is Mode.ASLEEP
    home.microphone(Condition.FAULT)
    home.skip(HOURS)
    assert home.mode() is Mode.ASLEEP
    home.come()
    assert home.told() == ["microphone_lost"]


def test_what_was_mended_before_anybody_came_is_not_told_at_all() -> None:
    home = Home()
    home.microphone(Condition.FAULT)
    home.microphone(Condition.OK)
    home.come()
    assert home.told() == []


def test_of_each_part_the_newest_is_told_and_that_it_is_back_to_whoever_knew_it_lost() -> None:
    home = Home()
    home.microphone(Condition.FAULT)
    home.microphone(Condition.FAULT, "microphone_silent")
    home.come()
    assert home.told() == ["microphone_silent"]
    home.leave()
    home.microphone(Condition.OK)
    home.run(20.0)
    assert home.told() == []
    home.come()
    assert home.told() == ["microphone_back"]


def test_what_comes_and_goes_is_told_as_it_is_half_a_minute_later() -> None:
    home = Home()
    home.come()
    for condition in (Condition.FAULT, Condition.OK, Condition.FAULT):
        home.microphone(condition)
        home.run(5.0)
    assert home.told() == ["microphone_lost", "microphone_back"]
    home.run(25.0)
    assert home.told() == ["microphone_lost"]


@pytest.mark.parametrize("hushed", [True, False])
def test_what_breaks_after_quiet_is_told_when_it_may_speak_again(*, hushed: bool) -> None:
    home = Home()
    home.come()
    home.run(1.0, **words("quiet" if hushed else "goodbye", home.scene.t))
    home.microphone(Condition.FAULT)
    home.run(10.0)
    assert home.told() == ([] if hushed else ["microphone_lost"])
    home.run(5.0, **words("hello", home.scene.t))
    assert home.told() == (["microphone_lost"] if hushed else [])


def test_what_somebody_switched_off_is_no_news() -> None:
    home = Home()
    home.microphone(Condition.FAULT)
    home.microphone(Condition.OFF)
    home.come()
    assert home.told() == []
