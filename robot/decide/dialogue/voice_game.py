"""Voice game: the base of games that are played by words, one behaviour a game."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from robot.core.intents import Look, Say, Show
from robot.decide.behavior import OWN_WORDS, SURE_WORDS, Behavior, said, until_words
from robot.decide.dialogue.game import ENOUGH, Game, Move
from robot.decide.dialogue.which_game import chosen
from robot.decide.teller import MORE, goes_on, spoke_last, takes_offer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.intents import Cause, Intent
    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

WAITS = 0.62  # while somebody thinks about their move: no chance thought comes between


class VoiceGame(Behavior):
    """Begins when it is asked for, makes a move for each of the person's, and ends friendly at any word against it."""

    asked: ClassVar[str]  # the intent that asks for it
    closed: ClassVar[bool] = False  # whether each move is one of a few kinds, such as yes and no
    longest: ClassVar[int] = 0  # words of what may be a move, though not surely; 0: any
    min_stay_s = 1.0

    def __init__(self) -> None:
        self.game = Game(self.name, self.asked, closed=self.closed, longest=self.longest)

    def wanted(self, state: State, words: Utterance) -> bool:  # noqa: ARG002 - games that share an intent look at it
        """Whether words ask for this game."""
        return words.intent == self.asked

    def means(self, state: State, words: Utterance) -> bool:
        """Whether words can only be a move in it, however else they might be read."""
        raise NotImplementedError

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        """The first move."""
        raise NotImplementedError

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        """The answer to a move. It says something, and `ask`s where it goes on."""
        raise NotImplementedError

    def wait(self, state: State) -> Iterable[Intent]:  # noqa: ARG002 - what most games need
        """What it does while it waits for a move."""
        return ()

    def ask(self, state: State, cause: Cause, phrase: str, **slots: str) -> Say:
        """A sentence that a move may follow."""
        return Say(cause, phrase, tuple(slots.items()), question=self.game.ask(state.t))

    def desire(self, state: State) -> float:
        self.game.look(state)
        words = state.diary.pending
        if words is not None:
            return self._wish(state, words)
        if self.game.on:
            return WAITS if state.scene.people or state.scene.in_talk else 0.0
        return until_words(self, VoiceGame.desire)

    def _wish(self, state: State, words: Utterance) -> float:
        """How much it wants to answer these words."""
        if self._begins(state, words):
            return OWN_WORDS
        move = self._move(state)
        return 0.0 if move is None else SURE_WORDS if move.sure else OWN_WORDS

    def _begins(self, state: State, words: Utterance) -> bool:
        again = words.intent == MORE and not self.game.on and spoke_last(state, self.name)
        offered = takes_offer(state, words, self.name) or chosen(state, words, self.name)
        return again or offered or self.wanted(state, words)

    def _move(self, state: State) -> Move | None:
        return self.game.move(state, lambda words: self.means(state, words))

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            if state.scene.focus is not None:
                yield Look(goes_on("playing", self.name), person=state.scene.focus)
            if self.game.on:
                yield from self.wait(state)
            return
        if state.scene.focus is not None:
            yield Look(said(words), person=state.scene.focus)
        if self._begins(state, words):
            yield from self.begin(state, words)
        elif self._move(state) is not None:
            answers = state.answers(words)
            if ENOUGH in answers:
                self.game.end()
                yield Show(said(words), "nod")
                yield Say(said(words), "game_end")
                return
            yield from self.play(state, words, answers)
            yield from self.wait(state)
