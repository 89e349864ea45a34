"""Word chain: each word begins with the last letter of the one before. It takes anybody's word for a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import BehaviorConfig, Mode, Say, Show, VoiceGame, said
from robot.sense.language.answers import words_of
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

LONGEST_MOVE = 6  # words
GIVES_UP = frozenset({"give_up", "unsure"})


class WordChainConfig(BehaviorConfig):
    """What may be changed while it runs."""

    rounds: int = Field(10, ge=2, le=100, description="words of the robot's in one game")


class WordChain(VoiceGame):
    """Plays by the list `chain_words`."""

    name = "word_chain"
    asked = "wants_word_game"
    config = WordChainConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []  # all words of this game, plain
        self._letter = ""
        self._rounds = 0

    def wanted(self, state: State, words: Utterance) -> bool:
        return super().wanted(state, words) and "opposites" not in state.answers(words)

    def means(self, state: State, words: Utterance) -> bool:
        move = len(words_of(words.text)) <= LONGEST_MOVE and self._word(words) is not None
        return move or not GIVES_UP.isdisjoint(state.answers(words))

    def begin(self, state: State, words: Utterance) -> Iterable[Intent]:
        self._said, self._rounds = [], 0
        letters = sorted({plain(word)[0] for word in state.wordings("chain_words")})
        first = letters[int(state.rng.integers(len(letters)))]
        yield Show(said(words), "playful", strength=0.7)
        yield self._mine(state, words, first, "chain_begin")

    def play(self, state: State, words: Utterance, answers: frozenset[str]) -> Iterable[Intent]:
        cause, word = said(words), self._word(words)
        if word is None and answers & GIVES_UP:
            yours = self._choose(state, self._letter)
            if yours:
                yield Show(cause, "thinking", strength=0.6)
                yield self._mine(state, words, plain(yours)[-1], "chain_helped", yours=yours)
            else:
                self.game.end()
                yield Say(cause, "chain_end")
        elif word is None:
            yield Show(cause, "tilt", strength=0.6)
            yield self.ask(state, cause, "chain_wrong", letter=self._letter.upper())
        elif word in self._said:
            yield Show(cause, "tilt", strength=0.6)
            yield self.ask(state, cause, "chain_used", letter=self._letter.upper())
        else:
            self._said.append(word)
            self._rounds += 1
            if self._rounds >= self.config.rounds:
                self.game.end()
                yield Show(cause, "glad")
                yield Say(cause, "chain_end")
                return
            yield Show(cause, "nod" if self._rounds % 2 else "thinking", strength=0.5)
            yield self._mine(state, words, word[-1], "chain_mine")

    def _mine(self, state: State, words: Utterance, letter: str, phrase: str, **slots: str) -> Say:
        """Its own word with this letter; where it knows none, it has lost."""
        word = self._choose(state, letter)
        if not word:
            self.game.end()
            return Say(said(words), "chain_out", (("letter", letter.upper()),))
        self._letter = plain(word)[-1]
        return self.ask(state, said(words), phrase, word=word, letter=self._letter.upper(), **slots)

    def _choose(self, state: State, letter: str) -> str:
        """A word of the list that begins so, and counts as said; none where all were."""
        left = [w for w in state.wordings("chain_words") if plain(w)[0] == letter and plain(w) not in self._said]
        if not left:
            return ""
        word = left[int(state.rng.integers(len(left)))]
        self._said.append(plain(word))
        return word

    def _word(self, words: Utterance) -> str | None:
        """The word that somebody gave: the last of the line that begins with the letter."""
        fitting = [word for word in words_of(words.text) if word[0] == self._letter and len(word) > 1]
        return fitting[-1] if fitting else None
