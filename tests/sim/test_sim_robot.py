"""The fixture for people who write behaviours: a whole robot, to which a test says what happens."""

from __future__ import annotations

import importlib
import math
import sys
from typing import TYPE_CHECKING

import pytest

from robot.core.decision import Mode
from robot.core.errors import BehaviorError, ConfigError, InputError
from robot.decide.behavior import Behavior

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from robot.core.intents import Intent
    from robot.decide.behavior import State
    from sim.testing.sim_robot import SimRobot


def test_somebody_comes_talks_and_goes(bowlby: SimRobot) -> None:
    bowlby.forward(seconds=3)
    assert bowlby.mode == "awake"
    ada = bowlby.person("Ada", x=1.2, y=0.8)
    bowlby.forward(seconds=3)
    assert bowlby.mode == "engaged"
    assert bowlby.says("robot", within=5)  # first words of the day
    assert abs(bowlby.pose.yaw - math.atan2(0.8, 1.2)) < 0.1
    ada.says("What is your name?")
    assert bowlby.says("answer_what_is_your_name", within=4)
    ada.walks(x=1.0, y=-0.8)
    bowlby.forward(seconds=6)
    assert bowlby.pose.yaw < -0.4
    ada.leaves()
    bowlby.forward(seconds=15)
    assert bowlby.mode == "awake"
    assert not bowlby.says("this was never said")


@pytest.mark.bowlby(language="fr", civil="2026-01-05T23:30", seed=3)
def test_a_test_says_how_its_robot_begins(bowlby: SimRobot) -> None:
    ada = bowlby.person(x=1.2)
    bowlby.forward(seconds=8)
    assert bowlby.says("je suis un robot")
    assert not any(sentence.phrase.startswith("greet") for sentence in bowlby.said)  # quiet hours
    ada.says("Comment tu t'appelles ?")
    assert bowlby.says("answer_what_is_your_name", within=4)


def test_a_hand_is_felt(bowlby: SimRobot) -> None:
    bowlby.forward(seconds=3)
    before = bowlby.feelings.comfort
    bowlby.touch("head", seconds=4)
    bowlby.forward(seconds=3)
    assert bowlby.behavior == "touch"
    assert bowlby.feelings.comfort > before


class Raises(Behavior):
    name = "raises"
    modes = frozenset(Mode)

    def desire(self, state: State) -> float:
        raise ZeroDivisionError(f"at {state.t}")

    def act(self, state: State) -> list[Intent]:
        raise NotImplementedError(state)


def test_a_behaviour_that_raises_fails_the_test(bowlby: SimRobot) -> None:
    bowlby.add(Raises())
    with pytest.raises(BehaviorError, match=r"raises: a behaviour raised ZeroDivisionError: at"):
        bowlby.forward(seconds=1)


BY_HAND: dict[str, tuple[Callable[[SimRobot], None], str]] = {
    "phrase": (lambda bowlby: bowlby.say("time_iss"), r"say\('time_iss'\): no phrase .* \(did you mean time_is\?\)"),
    "gap": (lambda bowlby: bowlby.say("time_is"), r"say\('time_is'\): nothing fills {time} \(write: say\(.*time="),
    "motion": (lambda bowlby: bowlby.show("gladd"), r"show\('gladd'\): no expression .* \(did you mean 'glad'\?\)"),
}


@pytest.mark.parametrize("what", BY_HAND)
def test_what_cannot_be_done_by_hand_is_refused_at_once(bowlby: SimRobot, what: str) -> None:
    does, told = BY_HAND[what]
    with pytest.raises(InputError, match=told):
        does(bowlby)
    bowlby.forward(seconds=3)


def test_robots_are_strangers_to_one_another(bowlby: SimRobot) -> None:
    bowlby.forward(seconds=1)
    assert "raises" not in {bid.behavior for bid in bowlby.tick.decision.bids}


@pytest.mark.bowlby(civil="2026-01-05T23:30")
@pytest.mark.parametrize(
    ("words", "greeted"),
    [("Good evening, I am Ada", True), ("", False), ("and now the weather for tomorrow, it will rain", False)],
)
def test_in_quiet_hours_only_who_speaks_first_is_greeted(bowlby: SimRobot, words: str, *, greeted: bool) -> None:
    bowlby.forward(seconds=3)
    ada = bowlby.person("Ada", x=1.2)
    if words:
        ada.says(words)
    bowlby.forward(seconds=10)
    assert greeted is any(sentence.phrase.startswith("greet") for sentence in bowlby.said)
    assert bowlby.contacts == 0


def test_who_comes_silent_is_a_contact_that_it_begins_and_who_speaks_is_let_finish(bowlby: SimRobot) -> None:
    bowlby.forward(seconds=3)
    bowlby.person("Ada", x=1.2, y=0.3)
    bowlby.forward(seconds=4)
    assert bowlby.contacts == 1
    bowlby.forward(seconds=70)
    ben = bowlby.person("Ben", look=2, x=1.2, y=-0.5)
    ben.says("Good evening, what a lovely robot you have there")
    begun = bowlby.now
    bowlby.forward(seconds=12)
    assert min(sentence.t for sentence in bowlby.said if sentence.t > begun) > begun + 3.0


@pytest.mark.bowlby(civil="2026-01-05T23:30")
def test_after_a_goodbye_nobody_is_greeted_whatever_is_heard(bowlby: SimRobot) -> None:
    bowlby.forward(seconds=3)
    ada = bowlby.person("Ada", x=1.2)
    bowlby.forward(seconds=3)
    ada.says("Goodbye")
    bowlby.forward(seconds=8)
    ada.leaves()
    bowlby.forward(seconds=240)
    back = bowlby.person("Ada", x=1.2)
    back.says("and now the weather for tomorrow, it will rain")
    bowlby.forward(seconds=12)
    assert not any(sentence.phrase.startswith("greet") for sentence in bowlby.said)


OWN = """
from robot import Behavior, Mode, Say, because

class Tea(Behavior):
    name = "tea"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state):
        return 0.8 if state.t > 2.0 else 0.0

    def act(self, state):
        if state.first:
            yield Say(because("tea", "3 min"), "tea_ready")
"""
TEA = '[said.en]\ntea_ready = "The tea is ready."\n[said.fr]\ntea_ready = "Le thé est prêt."\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody's folder with a behaviour and a phrase, from which a test imports."""
    (tmp_path / "tea_of_mine.py").write_text(OWN)
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "tea.toml").write_text(TEA, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "tea_of_mine", raising=False)
    return tmp_path


def test_an_own_behaviour_brings_its_own_phrases(bowlby: SimRobot, own: Path) -> None:
    assert own.exists()
    bowlby.person("Ada")
    bowlby.add(importlib.import_module("tea_of_mine").Tea())
    assert bowlby.says("The tea is ready.", within=6)


def test_a_mistake_in_its_own_phrases_fails_the_test_that_adds_it(bowlby: SimRobot, own: Path) -> None:
    (own / "phrases" / "tea.toml").write_text(TEA.replace("[said.fr]", "[said.es]"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"tea\.toml:3: no language is called es"):
        bowlby.add(importlib.import_module("tea_of_mine").Tea())
