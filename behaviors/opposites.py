"""Opposites: the robot says a word and hears its opposite, a few times; another answer is as good as its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import BehaviorConfig, Mode, Say, Show, ToldWording, VoiceGame, said
from robot.decide.telling import ToldPhrases
from robot.sense.language.answers import any_fits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

LONGEST_MOVE = 6  # words
GIVES_UP = frozenset({"give_up", "unsure"})


class OppositesConfig(BehaviorConfig):
    """What may be changed while it runs."""

    pairs: int = Field(6, ge=1, le=50, description="pairs in one game")


class Opposites(VoiceGame):
    """Plays by the list `opposite_pairs`: a word, a colon, and what fits."""

    name = "opposites"
    asked = "wants_word_game"
    config = OppositesConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._repertoire = ToldPhrases()
        self._fits: tuple[str, ...] = ()
        self._left = 0

    def wanted(self, state: State, words: Utterance) -> bool:
        return super().wanted(state, words) and "opposites" in state.answers(words)

    def means(self, state: State, words: Utterance) -> bool:
        short = len(words.text.split()) <= LONGEST_MOVE
        return (short and any_fits(words.text, self._fits)) or not GIVES_UP.isdisjoint(state.answers(words))

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        self._left = self.config.pairs
        yield Show(said(words), "playful", strength=0.7)
        yield self._next(state, words, "opposite_begin")

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:  # noqa: ARG002
        cause = said(words)
        if any_fits(words.text, self._fits):
            yield Show(cause, "nod", strength=0.6)
            yield Say(cause, "opposite_right")
        else:
            yield Show(cause, "tilt", strength=0.6)
            yield Say(cause, "opposite_other", (("answer", self._fits[0]),))
        if self._left:
            yield self._next(state, words)
        else:
            self.game.end()
            yield Say(cause, "opposite_end")

    def _next(self, state: State, words: Utterance, phrase: str = "opposite_ask") -> Say:
        self._left -= 1
        pairs = state.wordings("opposite_pairs")
        number = self._repertoire.choose(state, [ToldWording("opposite_pairs", n) for n in range(len(pairs))]).number
        word, _, fits = pairs[number].partition(":")
        self._fits = tuple(fits.split())
        return self.ask(state, said(words), phrase, word=word)
