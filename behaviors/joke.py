"""Joke: told when somebody asks for one or has told theirs, the point after a pause; then it laughs without a sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Teller, TellerConfig, ToldWording
from robot.decide.behavior import SURE_WORDS
from robot.decide.teller import spoke_last
from robot.sense.language.theme import by_theme

if TYPE_CHECKING:
    from robot import State, Utterance

YOUR_TURN = "your_turn"  # under [answers]: one is wanted in turn
IN_TURN = ("joke", "hear_joke", "knock_knock")  # behaviours after which that is a joke


class Joke(Teller):
    """Tells a joke, and another on “more”."""

    name = "joke"
    asked = "wants_joke"
    config = TellerConfig(pause_s=0.9)
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    gestures = ("playful", "")
    closing = "laugh"
    lacks = "joke_not_about"
    fitting = staticmethod(by_theme)

    def _wish(self, state: State, words: Utterance) -> float:
        return SURE_WORDS if _in_turn(state, words) else super()._wish(state, words)

    def _asks(self, state: State, words: Utterance) -> bool:
        return super()._asks(state, words) or _in_turn(state, words)

    def every(self, state: State) -> list[ToldWording]:
        return [ToldWording("joke", number) for number in range(len(state.wordings("joke")))]


def _in_turn(state: State, words: Utterance) -> bool:
    """Whether somebody who has just told or heard a joke wants one in turn."""
    return YOUR_TURN in state.answers(words) and any(spoke_last(state, behavior) for behavior in IN_TURN)
