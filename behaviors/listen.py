"""Listen: somebody tells something, so it answers in the tone of it, and asks about it now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import UNTIL_WORDS, Behavior, Look, Mode, Show, said
from robot.core.meanings import tone_of
from robot.decide.behavior import noted
from robot.decide.dialogue.listener import hears_out, reply
from robot.decide.groups import CRISES, HUSHES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

LISTENS = 0.93  # before the general answer, after what one behaviour alone is made for
SHOWN = {  # what the body shows, by the tone of an answer
    "plain": "nod",
    "warm": "listening",
    "glad": "glad",
    "sad": "sad_lowered",
    "worried": "tilt",
    "calm": "nod",
    "playful": "playful",
}


class Listen(Behavior):
    """Hears people out."""

    name = "listen"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 0.5

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None or words.intent in HUSHES or words.intent in CRISES:
            return UNTIL_WORDS
        return LISTENS if hears_out(state, words) else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, SHOWN[tone_of(words.intent)] if words.understood else "tilt", strength=0.6)
        yield from reply(state, words)
        yield from noted(words, cause)
