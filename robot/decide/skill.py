"""What a skill is: a behaviour that answers words of a kind, and perhaps what answers its own questions."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from robot.core.decision import Mode
from robot.core.intents import Look, Show
from robot.decide.behavior import OWN_WORDS, SURE_WORDS, Behavior, said, until_words
from robot.decide.dialogue.questions import is_guess
from robot.decide.groups import HUSHES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.intents import Cause, Intent
    from robot.core.percepts import Utterance
    from robot.decide.behavior import State


class Skill(Behavior):
    """Base of behaviours that look at whoever spoke, make one gesture, and answer."""

    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    asked: ClassVar[frozenset[str]]  # the meanings that it answers
    gesture: ClassVar[str] = "nod"

    def worded(self, state: State, words: Utterance) -> bool:  # noqa: ARG002 - what most need: their meanings
        """Whether words are surely for it by their wording, whatever they were taken for."""
        return False

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return until_words(self, Skill.desire)
        if words.intent not in HUSHES and self.worded(state, words):
            return SURE_WORDS
        answering = state.diary.answering
        mine = answering in self.questions or (words.intent in self.asked and not (answering and is_guess(words)))
        return OWN_WORDS if mine else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, self.gesture, strength=0.6)
        yield from self.answer(state, words, cause)

    @abstractmethod
    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        """What it says to these words."""
