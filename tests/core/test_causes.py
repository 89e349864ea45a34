"""Asked why, the robot tells a cause in a person's words: no number of its own, no word of the model."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from robot.core.intents import Cause
from robot.texts.catalogue import knows
from sim.testing.sim_robot import SimRobot

HOUSE = Path(__file__).parents[2]
NAMED = re.compile(r'\b(?:because|Cause)\(\s*"(\w+)"')
VARIABLES = sorted(
    {
        name
        for room in ("behaviors", "robot/decide", "robot/guard", "robot/express")
        for file in (HOUSE / room).rglob("*.py")
        for name in NAMED.findall(file.read_text(encoding="utf-8"))
    }
)
OWN = re.compile(r"exploration|arousal|activation|comfort|apaisement|novelty|nouveauté|\d|_")


def test_each_cause_has_words_to_be_told_in() -> None:
    assert len(VARIABLES) > 15
    assert [name for name in VARIABLES if not knows(f"told_cause.{name}")] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_they_have_no_number_and_no_word_of_the_model(language: str) -> None:
    for name in VARIABLES:
        told = Cause(name, 0.98, "a note").spoken(language)
        assert not OWN.search(told.replace("0.98", "")), told
    assert "0.98" not in Cause("exploration", 0.98).spoken(language)


def test_a_cause_of_another_package_is_told_by_its_own_name() -> None:
    assert Cause("wag_speed", 0.8).spoken("fr") == "wag speed : 0.80"


@pytest.mark.parametrize(("language", "asked"), [("en", "Why did you do that?"), ("fr", "Pourquoi as-tu fait ça ?")])
def test_whoever_asks_why_is_told_so(language: str, asked: str) -> None:
    causes = {Cause(name, 0.98).spoken(language).partition("0.98")[0] for name in VARIABLES}
    with SimRobot(language=language) as robot:
        ada = robot.person()
        robot.forward(seconds=20)
        ada.says(asked)
        assert robot.says("answer_why_did_you_do_that", within=6.0)
        told = robot.said[-1].text
    assert any(cause in told for cause in causes), told
    assert not OWN.search(told), told
