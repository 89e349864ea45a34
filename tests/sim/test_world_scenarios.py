"""The shipped scenarios of the world: each goes as expected, and each is missed when its cause is taken away."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.typed_toml import parse
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario

pytestmark = pytest.mark.slow

WORLD = {name: path for name, path in scenarios.shipped().items() if path.parent.name == "world"}
LOOKED_AT = frozenset({"at-the-window", "le-soir-tombe"})  # what a camera does to light shows in pixels only


class Spoilt(NamedTuple):
    """What is changed in a scenario's text, and the expectation that is then missed."""

    what: str
    by: str
    missed: str


SPOILT = {
    "at-the-window": Spoilt("x = 0.8\ny = 1.25", "x = 0.8\ny = 1.25\nleave = true", "in the eyes"),
    "cable-pulled": Spoilt("lasts_s = 5", "lasts_s = 20", "engaged"),
    "day-rhythm": Spoilt('text = "Good night"', 'text = "Hello"', "asleep"),
    "dors-et-reveille-toi": Spoilt('text = "Va dormir"', 'text = "Bonjour"', "asleep"),
    "enfant-et-grand-mere": Spoilt("smile = 0.9", 'smile = 0.9\nface = "left"', "Tom in the eyes"),
    "le-soir-tombe": Spoilt("level = 0.05", "level = 0.0", "Léa in the eyes"),
    "noisy-party": Spoilt('text = "What is your name?"', 'text = "Good night"', "Bowlby"),
    "s-endort": Spoilt("at = 8\ntext", "at = 30\ntext", "says nothing"),
    "two-in-talk": Spoilt(
        "at = 18\nx = 1.2\ny = -0.45", 'at = 18\nx = 1.2\ny = -0.45\nface = "right"', "Ben in the eyes"
    ),
    "two-people-cross": Spoilt("x = 1.1\ny = 0.1", "x = 1.1\ny = 0.1\nleave = true", "Ada in the eyes"),
}


def play(name: str, script: Scenario) -> list[str]:
    """What was expected and not seen."""
    senses = SightFrom.pixels if name in LOOKED_AT else SightFrom.truth
    options = Options(senses, WordsFrom.text, 7, fast=True, fps=None, language=None)
    with SimSession(name, script, Config(), options, shared_stock()) as session:
        session.play(script.duration_s)
        return [f"{finding.text}: {finding.figure}" for finding in session.examiner.findings() if not finding.passed]


@pytest.mark.parametrize("name", sorted(WORLD))
def test_each_scenario_of_the_world_goes_as_expected(name: str) -> None:
    assert play(name, scenarios.load(name)[1]) == []


@pytest.mark.soak  # each scenario once more, to miss what it expects
@pytest.mark.parametrize("name", sorted(WORLD))
def test_what_a_scenario_expects_is_missed_when_its_cause_is_taken_away(name: str) -> None:
    spoilt, text = SPOILT[name], WORLD[name].read_text(encoding="utf-8")
    assert spoilt.what in text
    missed = play(name, parse(Scenario, text.replace(spoilt.what, spoilt.by), name))
    assert any(spoilt.missed in one for one in missed), missed


def test_at_least_thirty_scenarios_ship_and_the_new_ones_are_lean() -> None:
    assert len(scenarios.shipped()) >= 30
    assert all(10 <= scenarios.load(name)[1].duration_s <= 60 for name in WORLD)
