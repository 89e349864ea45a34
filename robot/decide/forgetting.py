"""Forgetting on request: it is said only when the disk has it no more, since until then it would be a promise.

The memory writes in a thread of its own, so the answer waits for a moment of fixed length: a run repeats the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Say, Show
from robot.decide.behavior import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.intents import Forget, ForgetFace, ForgetNotes, Intent
    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

WRITTEN_WITHIN_S = 1.0  # a Pi's card takes about a tenth of that


class Forgetting:
    """One for each behaviour that has something forgotten."""

    def __init__(self) -> None:
        self._words: Utterance | None = None  # those that asked for it
        self._since = 0.0

    def answers(self, words: Utterance) -> bool:
        """Whether it is about what these words asked for."""
        return words is self._words

    def act(
        self, state: State, words: Utterance, intent: Forget | ForgetFace | ForgetNotes, phrase: str
    ) -> Iterable[Intent]:
        """The intent once, and after a moment `phrase`, or that the file has it still. For each act until then."""
        if not self.answers(words):
            self._words, self._since = words, state.t
            yield Show(said(words), "thinking", strength=0.6)
            yield intent
        elif state.t - self._since >= WRITTEN_WITHIN_S:
            yield Say(said(words), phrase if state.memory.forgotten else "forgotten_unwritten")
