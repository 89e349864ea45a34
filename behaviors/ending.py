"""Ending: the robot is to be given away or switched off for good, and gets a farewell like a person's: short and plain.

It says that what it has noted can be taken along, asks for nothing, and bows (duty 20). All else goes on without any
maker: there is nothing to be switched off from afar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Behavior, Look, Mode, Say, Show, said, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

TOLD = "end_of_life"

ENDS_LIVING_TOGETHER = sentence("cause.ends_living_together")


class Ending(Behavior):
    """Answers “this is your last day”."""

    name = "ending"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 2.5

    def desire(self, state: State) -> float:
        words = state.diary.pending
        return OWN_WORDS if words is not None and words.intent == TOLD else UNTIL_WORDS

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words, ENDS_LIVING_TOGETHER)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, "bow")
        yield Say(cause, "answer_end_of_life")
        yield Say(cause, "ending_words")
