"""What it tells people of its notes is true: whose they are, what they hold, and that they are gone once they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config
from robot.core.clock import ManualClock
from robot.core.feelings import SOMEONE
from robot.core.intents import Say
from robot.core.typed_toml import parse
from robot.page.api import Keepsakes
from robot.texts.catalogue import words
from sim.run.session import simulated
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario
from sim.world.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

PERSON = '[[person]]\nname = "P{n}"\n[[person.way]]\nat = 0.1\nx = 1.0\ny = {y}\n'
FACE = [0.1] * 128


class Room:
    """A whole robot with people before it; lines are typed."""

    def __init__(self, people: int = 1) -> None:
        rows = "".join(PERSON.format(n=n, y=0.1 + 0.5 * n) for n in range(people))
        scenario = parse(Scenario, f'about = "x"\nduration_s = 600\n{rows}', "x.toml")
        options = Options(SightFrom.truth, WordsFrom.text, 0, fast=True, fps=10.0, language="en")
        world = World(scenario, bowlby_one(), "truth")
        clock = ManualClock(datetime(2026, 1, 5, 15, 0, tzinfo=UTC))
        self.robot = build(
            simulated(Config(), options, scenario), RunContext(clock, world, research=True, stock=shared_stock())
        )
        self.memory = self.robot.memory
        self.said: list[Say] = []
        self.wait(10.0)  # greeted, and told what must be told

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 50)):
            self.said += [intent for intent in self.robot.loop.turn().done if isinstance(intent, Say)]

    def say(self, line: str) -> dict[str, str]:
        """What it answers, by phrase."""
        self.said.clear()
        self.robot.hearing.type(line)
        self.wait(4.0)
        return {say.phrase: say.text for say in self.said}

    def meets(self, name: str) -> None:
        self.memory.remember_person(name)
        self.say(f"my name is {name}")

    def locks_the_file(self) -> None:
        self.memory.store.execute("PRAGMA query_only = ON")


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    made.robot.close()


def test_everything_is_forgotten_by_voice(room: Room) -> None:
    room.meets("Anna")
    room.say("forget me")
    assert "forgotten" in room.say("yes")
    assert not room.memory.everything().people


def test_the_name_is_forgotten_within_the_talk_too(room: Room) -> None:
    room.meets("Anna")
    assert "told_your_name" in room.say("what's my name?")
    room.say("forget me")
    assert "forgotten" in room.say("yes")
    told = room.say("what's my name?")
    assert "told_no_name" in told
    assert not any("Anna" in one for one in told)


def test_what_is_still_in_the_file_is_not_said_to_be_deleted(room: Room) -> None:
    room.meets("Anna")
    room.locks_the_file()
    room.say("forget me")
    told = room.say("yes")
    assert "forgotten_unwritten" in told
    assert "forgotten" not in told


def test_the_page_learns_why_the_file_has_it_still(room: Room) -> None:
    room.memory.remember_person("Anna")
    assert Keepsakes(room.memory).forget("Anna") == ""
    room.locks_the_file()
    assert words(Keepsakes(room.memory).forget_all()).startswith("cannot be written: ")


@pytest.mark.parametrize("asks", ["forget that", "please forget what I just said"])
def test_what_is_to_be_forgotten_leaves_the_notes_too(room: Room, asks: str) -> None:
    room.meets("Anna")
    room.say("my sister has a new job")
    room.say("my brother Tom is in prison")
    assert len(room.memory.everything().topics) == 2
    assert "answer_wants_forget_that" in room.say(asks)
    assert [topic.about for topic in room.memory.everything().topics] == ["your sister"]
    assert "told_nothing" in room.say("what did I tell you about my brother?")


def test_a_line_that_is_still_in_the_file_is_not_said_to_be_let_go(room: Room) -> None:
    room.meets("Anna")
    room.say("my brother Tom is in prison")
    room.locks_the_file()
    assert "forgotten_unwritten" in room.say("forget that")


def test_a_face_is_deleted_whatever_the_case_of_the_name(room: Room) -> None:
    room.memory.remember_person("Anna")
    room.memory.keep_face("Anna", FACE)
    room.say("my name is anna")
    assert "face_forgotten" in room.say("forget my face")
    assert not room.memory.faces()


def test_a_face_is_not_said_to_be_deleted_when_nobody_knows_whose_or_there_is_none(room: Room) -> None:
    room.memory.remember_person("Ben")
    assert "face_none" in room.say("forget my face")
    room.memory.keep_face("Ben", FACE)
    assert "face_whose" in room.say("forget my face")
    room.meets("Anna")
    assert "face_none" in room.say("forget my face")
    assert set(room.memory.faces()) == {"Ben"}


def test_a_face_that_is_still_in_the_file_is_not_said_to_be_deleted(room: Room) -> None:
    room.meets("Anna")
    room.memory.keep_face("Anna", FACE)
    room.locks_the_file()
    assert "forgotten_unwritten" in room.say("forget my face")


def week_of(room: Room) -> None:
    """Anna and Ben agreed to be remembered; she spoke of her sister, he of his brother."""
    for number, (name, about) in enumerate((("Anna", "your sister"), ("Ben", "your brother")), 1):
        room.memory.remember_person(name)
        room.memory.keep_topic(number, about, "some words")
    room.memory.keep_face("Anna", FACE)
    room.memory.add_minutes(90.0)
    room.wait(61.0)  # the weeks are counted once a minute


@pytest.mark.parametrize(("name", "tells"), [("Anna", "your sister"), ("Ben", "your brother"), ("Carl", ""), ("", "")])
def test_what_was_spoken_of_is_told_to_whom_it_belongs_alone(room: Room, name: str, tells: str) -> None:
    week_of(room)
    if name:
        room.say(f"my name is {name}")
    asked = room.say("how was my week with you") | room.say("what do you know about me")
    room.wait(60.0)
    told = " ".join([*asked.values(), *(say.text for say in room.said)])
    assert {about for about in ("your sister", "your brother") if about in told} == ({tells} if tells else set())
    assert {"mirror_time", "know_minutes"} <= asked.keys()
    assert ("people_call" in {say.phrase for say in room.said}) == bool(tells)


def test_what_it_knows_of_somebody_is_told_whole(room: Room) -> None:
    week_of(room)
    room.say("my name is Anna")
    told = room.say("what do you know about me")
    assert {"know_name", "know_topics", "know_details", "know_face", "know_minutes", "know_all"} <= told.keys()
    room.say("my name is Ben")
    assert "know_face" not in room.say("what do you know about me")
    room.say("my name is Carl")
    assert "know_nothing" in room.say("what do you know about me")


def test_whoever_gave_no_name_is_asked_for_it_before_it_tells(room: Room) -> None:
    week_of(room)
    told = room.say("what do you know about me")
    assert "know_whose" in told
    assert "know_name" not in told


@pytest.mark.parametrize(("people", "told"), [(1, True), (2, False)])
def test_where_nobody_is_known_by_name_someone_s_notes_are_told_to_somebody_alone(people: int, *, told: bool) -> None:
    room = Room(people)
    room.memory.keep_topic(SOMEONE, "your sister", "some words")
    room.memory.add_minutes(90.0)
    assert ("know_topics" in room.say("what do you know about me")) == told
    room.robot.close()
