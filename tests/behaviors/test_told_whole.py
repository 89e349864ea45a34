"""What the robot owes to say counts as told when it sounded to its end: whoever talked over it is told again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.intents import Hush, Say
from robot.decide.groups import TELLS_ROBOT
from sim.run.session import SimSession
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario

if TYPE_CHECKING:
    from robot.core.tick import Tick

CAME = 1.0


class Ear:
    """Notes when it says that it is a robot, and when it is cut."""

    def __init__(self) -> None:
        self.told: list[float] = []
        self.cut: list[float] = []

    def see(self, tick: Tick) -> None:
        for intent in tick.done:
            if isinstance(intent, Say) and intent.phrase in TELLS_ROBOT:
                self.told.append(tick.t)
            elif isinstance(intent, Hush):
                self.cut.append(tick.t)


def heard(*says: tuple[float, str]) -> Ear:
    person: dict[str, Any] = {
        "name": "Ada",
        "way": [{"at": CAME, "x": 1.1, "y": 0.1}],
        "say": [{"at": at, "text": text} for at, text in says],
    }
    scenario = Scenario.model_validate({"about": "talked over", "duration_s": 30.0, "person": [person]})
    options = Options(SightFrom.truth, WordsFrom.text, 3, fast=True, fps=10.0, language=None)
    ear = Ear()
    with SimSession("talked over", scenario, Config(), options, shared_stock()) as session:
        session.robot.loop.watch(ear)
        session.play(30.0)
    return ear


def test_talked_over_it_says_again_that_it_is_a_robot() -> None:
    undisturbed = heard((20.0, "hello"))
    (first,) = undisturbed.told
    ear = heard((first + 0.8, "what is your name"), (20.0, "thank you"))
    assert len(ear.told) == 2
    assert first < ear.cut[0] < ear.told[1]


@pytest.mark.parametrize("later", [12.0, 15.0])
def test_what_was_heard_to_its_end_is_not_said_twice(later: float) -> None:
    assert len(heard((later, "what is your name"), (20.0, "thank you")).told) == 1
