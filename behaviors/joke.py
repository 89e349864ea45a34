"""Joke: told when somebody asks for one, the point after a pause; then it laughs without a sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Teller, TellerConfig, ToldWording
from robot.sense.language.theme import by_theme

if TYPE_CHECKING:
    from robot import State


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

    def every(self, state: State) -> list[ToldWording]:
        return [ToldWording("joke", number) for number in range(len(state.wordings("joke")))]
