"""Fun fact: something true and surprising, when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Teller, TellerConfig, ToldWording
from robot.sense.language.theme import by_theme

if TYPE_CHECKING:
    from robot import State


class FunFact(Teller):
    """Tells a fact, and another on “more”."""

    name = "fun_fact"
    asked = "wants_fun_fact"
    config = TellerConfig(pause_s=0.4)
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    gestures = ("curious", "surprised", "")
    lacks = "fun_fact_not_about"
    fitting = staticmethod(by_theme)

    def every(self, state: State) -> list[ToldWording]:
        return [ToldWording("fun_fact", number) for number in range(len(state.wordings("fun_fact")))]
