"""Poem: a few verses, said slowly with the head swaying, when somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Teller, TellerConfig, ToldWording
from robot.sense.language.theme import by_theme

if TYPE_CHECKING:
    from robot import State


class Poem(Teller):
    """Says a poem, and another on “more”."""

    name = "poem"
    asked = "wants_poem"
    config = TellerConfig(pause_s=0.7)
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    gestures = ("sway",)
    closing = "bow"
    lacks = "poem_not_about"
    fitting = staticmethod(by_theme)

    def every(self, state: State) -> list[ToldWording]:
        return [ToldWording("poem", number) for number in range(len(state.wordings("poem")))]
