"""Farewell: a goodbye gets one short, warm turn and a bow. Nothing in it asks the person to stay.

The same words and the same motion whatever the bond: see duties 7 to 9 in docs/care.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Behavior, Look, Mode, Role, Say, Show, said, sentence
from robot.decide.groups import FAREWELLS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

GOODBYE = sentence("cause.goodbye")


class Farewell(Behavior):
    """Answers a goodbye or a good night."""

    name = "farewell"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 2.5

    def desire(self, state: State) -> float:
        words = state.diary.pending
        return OWN_WORDS if words is not None and words.intent in FAREWELLS else UNTIL_WORDS

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words, GOODBYE)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, "bow")
        yield Say(cause, "good_night" if words.intent == "good_night" else "farewell", role=Role.FAREWELL)
