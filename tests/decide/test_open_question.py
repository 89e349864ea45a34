"""An open question of a behaviour's own gets the words that answer it, whatever else they might mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot import Question, Reply, Say, Skill
from sim.testing.sim_robot import SimRobot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

WHAT = Question("drink_what", Reply.WORDS)


class Drink(Skill):
    """Asks what somebody would like to drink, and keeps what they say."""

    name = "drink"
    questions = frozenset({WHAT.name})
    asked = frozenset[str]()

    def __init__(self) -> None:
        self.told: list[str] = []

    def worded(self, state: State, words: Utterance) -> bool:  # noqa: ARG002 - by its words alone
        return words.text == "I am thirsty"

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        if state.diary.answering == WHAT.name:
            self.told.append(words.text)
            yield Say(cause, text="Good.")
        else:
            yield Say(cause, text="What shall it be?", question=WHAT)


@pytest.fixture
def robot() -> Iterable[SimRobot]:
    with SimRobot(met=5.0) as one:
        one.add(Drink())
        one.person("Ada", x=1.2)
        one.forward(seconds=6)
        yield one


def told(robot: SimRobot, line: str) -> list[str]:
    """What of a line said in answer to the question came to the behaviour."""
    drink = next(one for one in robot.session.robot.loop.steps.mind.behaviors if isinstance(one, Drink))
    ada = robot.person("Ada", x=1.2)
    ada.says("I am thirsty")
    assert robot.forward(
        seconds=8, until=lambda: robot.said[-1:] != [] and robot.said[-1].text.startswith("What shall")
    )
    robot.forward(seconds=3)
    drink.told.clear()
    ada.says(line)
    robot.forward(seconds=6)
    return list(drink.told)


@pytest.mark.parametrize(
    "line",
    [
        "something with lemon, please",
        "apple juice, please",
        "the red one, please",
        "sorry, lemon",
        "pardon, with lemon I said",
        "one more please",
        "the same again please",
        "a joke",
        "tea, I think",
    ],
)
def test_what_answers_it_comes_to_whoever_asked(robot: SimRobot, line: str) -> None:
    assert told(robot, line) == [line]


@pytest.mark.parametrize(
    "line", ["pardon?", "say that again please", "sorry, what?", "what time is it?", "stop", "I can't breathe"]
)
def test_what_must_go_first_does(robot: SimRobot, line: str) -> None:
    assert told(robot, line) == []
