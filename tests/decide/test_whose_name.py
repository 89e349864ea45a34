"""A name holds for whoever told it: who takes their place, or stays when they go, is told nothing of theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from robot.core.percepts import Band
from robot.core.scene import Departure, Person, Scene
from robot.core.voice_commands import Manner
from robot.decide.diary import DiaryWriter
from sim.talk.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.talk.conversation import Exchange


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Ada agreed to be remembered, and told of her sister."""
    with Conversation() as made:
        made.greeting()
        for line in ("I'm Ada.", "Yes.", "My sister Clara has cancer."):
            made.say(line)
        yield made


def of_ada(exchange: Exchange) -> bool:
    return any(word in exchange.answer for word in ("Ada", "sister", "Clara"))


def test_to_her_it_is_told(talk: Conversation) -> None:
    assert of_ada(talk.say("What do you know about me?"))


def test_whoever_stays_when_she_goes_is_somebody_else(talk: Conversation) -> None:
    talk.robot.person("Ben", x=1.3, y=0.6)
    talk.robot.forward(seconds=10)
    talk.leave(20)
    assert not of_ada(talk.say("What do you know about me?"))
    assert not of_ada(talk.say("What is my name?"))


def test_whoever_comes_once_she_is_gone_is_somebody_else_and_nothing_is_kept_of_them(talk: Conversation) -> None:
    talk.leave(30)
    talk.come()
    talk.robot.forward(seconds=5)
    kept = talk.robot.session.robot.memory.everything().topics
    talk.say("My boss found out that I drink.")
    assert not of_ada(talk.say("What do you know about me?"))
    assert talk.robot.session.robot.memory.everything().topics == kept


def test_whoever_turns_away_for_a_moment_is_still_who_they_were(talk: Conversation) -> None:
    talk.leave(6)
    talk.come()
    talk.robot.forward(seconds=3)
    assert of_ada(talk.say("What do you know about me?"))


ADA = Person(1, 0.2, 0.0, 0.0, 0.0, 1.0, Band.NEAR, since=0.0, seen=9.0, t=9.0)
GONE = Departure(1, 11.0, 0.2, 9.0, "inside")


@pytest.mark.parametrize(
    ("comes", "partner"),
    [
        (replace(ADA, since=14.0), "Ada"),  # of the same track
        (replace(ADA, track=2, since=14.0), "Ada"),  # to the same place, soon
        (replace(ADA, track=2, since=40.0), ""),  # late
        (replace(ADA, track=2, since=14.0, yaw=-0.3), ""),  # to another place
        (replace(ADA, track=2, since=2.0), ""),  # who was there all the while
        (replace(ADA, track=2, since=14.0, who="Ben"), "Ben"),
        (replace(ADA, track=2, since=40.0, who="Ada"), "Ada"),
    ],
)
def test_who_takes_over_a_name(comes: Person, partner: str) -> None:
    diary = DiaryWriter(Manner("en"))
    diary.hear(Scene(t=9.0, people=(replace(ADA, who="Ada"),), focus=1, alone_since=None))
    assert diary.partner == "Ada"
    diary.hear(Scene(t=11.0, departures=(GONE,), alone_since=11.0))
    diary.hear(Scene(t=41.0, people=(comes,), focus=comes.track, alone_since=None))
    assert diary.partner == partner


def test_a_face_that_is_known_has_its_own_name() -> None:
    diary = DiaryWriter(Manner("en"))
    diary.hear(Scene(t=9.0, people=(replace(ADA, who="Ada"),), focus=1, alone_since=None))
    ben = replace(ADA, track=2, who="Ben")
    diary.hear(Scene(t=10.0, people=(replace(ADA, who="Ada"), ben), focus=2, alone_since=None))
    assert diary.partner == "Ben"
