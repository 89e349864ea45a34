"""Who waits for words or somebody is left alone until then, and nothing that is decided differs by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.core.decision import Mode
from robot.core.intents import Look
from robot.core.percepts import Band
from robot.core.scene import Departure, Person
from robot.decide.behavior import UNTIL_SOMEBODY, UNTIL_WORDS, Behavior, because
from robot.decide.bidders import Bidders
from robot.decide.skill import Skill
from tests.support.room import Room, words
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.decision import Decision
    from robot.core.intents import Cause, Intent
    from robot.core.percepts import Utterance
    from robot.core.tick import Tick
    from robot.decide.behavior import Rest, State

ADA = Person(1, 0.2, 0.1, 0.0, 0.0, 0.9, Band.MIDDLE, 0.0, 0.0, 0.0)
LINES = ("tell me a joke", "more", "let us play guess the number", "fifty", "stop", "dance", "hello", "goodbye")


class Waits(Behavior):
    """Counts how often it is asked, and waits for words."""

    name = "waits"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self.asked = 0

    def desire(self, state: State) -> float:
        self.asked += 1
        return 0.5 if state.diary.pending is not None else UNTIL_WORDS

    def act(self, state: State) -> Iterable[Intent]:  # noqa: ARG002 - the signature
        yield Look(because("words", 0.0))


class Alone(Waits):
    """The same, and waits for somebody."""

    def desire(self, state: State) -> float:
        self.asked += 1
        return 0.5 if state.scene.people else UNTIL_SOMEBODY


class Hourly(Skill):
    """A skill that has more to wait for than words."""

    name = "hourly"
    asked = frozenset({"greeting"})

    def desire(self, state: State) -> float:
        return 0.6 if state.t > 1.0 else super().desire(state)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:  # noqa: ARG002 - the signature
        return ()


def test_a_behaviour_that_waits_for_words_is_asked_once_and_then_while_they_wait() -> None:
    waits = Waits()
    room = Room(waits)
    room.run(2.0)
    before = waits.asked
    assert room.run(2.0)[-1] == ""
    assert waits.asked == before
    room.run(0.1, **words("greeting", room.n * 0.02))
    assert waits.asked > before


def test_a_behaviour_that_waits_for_somebody_is_asked_until_they_have_left() -> None:
    alone = Alone()
    room = Room(alone)
    room.run(1.0, alone_since=0.0)
    before = alone.asked
    room.run(1.0)
    assert alone.asked == before
    assert room.run(1.0, people=(ADA,), alone_since=None)[-1] == "waits"
    left = Departure(ADA.track, 3.0, 0.0, 1.0, "left")
    before = alone.asked
    assert room.run(0.1, people=(), alone_since=3.0, departures=(left,))[-1] == ""
    assert alone.asked > before
    room.run(0.2, departures=())
    before = alone.asked
    room.run(1.0)
    assert alone.asked == before


def test_a_skill_with_a_desire_of_its_own_is_asked_all_the_while() -> None:
    assert Room(Hourly()).run(2.0)[-1] == "hourly"


@pytest.mark.slow
def test_nothing_that_is_decided_differs_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    left_alone = _decisions()
    monkeypatch.setattr(Bidders, "rest", _never)
    assert _decisions() == left_alone


def _never(bidders: Bidders, place: int, until: Rest) -> None:
    """All are asked in each thought."""


class _Decided:
    def __init__(self) -> None:
        self.all: list[Decision] = []

    def see(self, tick: Tick) -> None:
        self.all.append(tick.decision)


def _decisions() -> list[Decision]:
    decided = _Decided()
    with Talk("en") as talk:
        talk.robot.watch(decided)
        for line in LINES:
            talk.says(line, seconds=5.0)
        talk.ada.leaves()
        talk.wait(30.0)
    return decided.all
