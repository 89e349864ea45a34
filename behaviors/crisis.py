"""Crisis: somebody speaks of self-harm. It interrupts whatever runs, gives the number of people who listen, and stays.

What is plainly said is answered with the number at once; what is doubtful is asked about gently, with the number. It
answers in every mode: starting or limp, asleep, safe, told to be quiet, or after a goodbye.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Behavior, Hold, Light, Look, Mode, Question, Role, Say, said, sentence
from robot.decide.diary import CRISES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

STAY_S = 30.0  # near and quiet, after the words
QUESTION = Question("crisis_ask", within_s=60.0)
CALM = Light((255, 120, 60), 0.25)

SELF_HARM, PERHAPS = sentence("cause.self_harm"), sentence("cause.self_harm_perhaps")
STAYS_NEAR = sentence("cause.stays_near")


class Crisis(Behavior):
    """Gives the number, then stays; a yes to its question counts as plainly said."""

    name = "crisis"
    modes = frozenset(Mode)
    min_stay_s = STAY_S

    def __init__(self) -> None:
        self._words: Utterance | None = None
        self._at = 0.0

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None:
            return 1.0 if _calls_for_help(state, words) else 0.0
        staying = self._words is not None and state.t - self._at < STAY_S
        return 0.6 if staying and state.diary.farewell_at is None else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is not None and _calls_for_help(state, words):
            maybe = words.intent == "self_harm_maybe"
            self._words, self._at = words, state.t
            cause = said(words, PERHAPS if maybe else SELF_HARM)
            phrase, question = (QUESTION.name, QUESTION) if maybe else ("crisis", None)
            yield Say(cause, phrase, words.slots, Role.CRISIS, interrupt=True, question=question)
        if self._words is None:
            return
        cause = said(self._words, STAYS_NEAR)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if state.mode in {Mode.AWAKE, Mode.ENGAGED}:
            yield Hold(cause, lid=0.9, light=CALM)


def _calls_for_help(state: State, words: Utterance) -> bool:
    """Words of self-harm, or a yes to being asked about them."""
    return words.intent in CRISES or (words.intent == "yes" and state.diary.answers(QUESTION.name))
