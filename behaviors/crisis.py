"""Crisis: somebody speaks of self-harm. It interrupts whatever runs, gives the number of people who listen, and stays.

What is plainly said is answered with the number at once; what is doubtful is asked about gently, with the number. It
answers in every mode but the first seconds of the start: asleep, safe, told to be quiet, or after a goodbye.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.behavior import Behavior, said
from robot.decide.decision import Mode
from robot.decide.diary import CRISES
from robot.intents import Hold, Look, Role, Say
from robot.messages import Light

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.decide.behavior import State
    from robot.intents import Intent
    from robot.messages import Utterance

STAY_S = 30.0  # near and quiet, after the words
ASKED_FOR_S = 60.0  # how long a yes answers the question
CALM = Light((255, 120, 60), 0.25)


class Crisis(Behavior):
    """Gives the number, then stays; a yes to its question counts as plainly said."""

    name = "crisis"
    modes = frozenset({Mode.ASLEEP, Mode.AWAKE, Mode.ENGAGED, Mode.SAFE})
    min_stay_s = STAY_S

    def __init__(self) -> None:
        self._words: Utterance | None = None
        self._at = 0.0
        self._asked = False

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None:
            return 1.0 if words.intent in CRISES or self._is_yes(state, words) else 0.0
        staying = self._words is not None and state.t - self._at < STAY_S
        return 0.6 if staying and state.diary.farewell_at is None else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        fresh = words is not None and (words.intent in CRISES or self._is_yes(state, words))
        if fresh and words is not None:
            maybe = words.intent == "self_harm_maybe"
            self._words, self._at, self._asked = words, state.t, maybe
            cause = said(words, "words of self-harm" + (", perhaps" if maybe else ""))
            yield Say(cause, "crisis_ask" if maybe else "crisis", words.slots, Role.CRISIS, interrupt=True)
        if self._words is None:
            return
        cause = said(self._words, "stays near")
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if state.mode in {Mode.AWAKE, Mode.ENGAGED}:
            yield Hold(cause, lid=0.9, light=CALM)

    def _is_yes(self, state: State, words: Utterance) -> bool:
        return self._asked and words.intent == "yes" and state.t - self._at < ASKED_FOR_S
