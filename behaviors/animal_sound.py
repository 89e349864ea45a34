"""Animal sounds: the animal that was named, or one by chance, with its voice and a gesture; or that it has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Mode, Say, Teller, TellerConfig, ToldWording, said
from robot.core.language_words import WordTable, section
from robot.decide.dialogue.asked_again import asked_again
from robot.sense.language.answers import words_of
from robot.sense.language.lexicon import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance


class SoundWords(WordTable, section="animal_sounds"):
    """[animal_sounds]: patterns with the animal whose sound is asked for, and with that of a wording; and what else
    some are called.
    """

    named: str
    animal: str
    also: dict[str, str] = Field({})


class AnimalSound(Teller):
    """One of the wordings of `animal_sound`, and another on “more”."""

    name = "animal_sound"
    asked = "wants_animal_sound"
    config = TellerConfig(pause_s=0.4)
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    gestures = ("playful", "")

    def _asks(self, state: State, words: Utterance) -> bool:
        again = asked_again(state, words, self.name)
        return super()._asks(state, words) or not set().union(*_animals(state)).isdisjoint(_asked(state, again))

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is not None and self._asks(state, words) and self._lacks(state, words.text):
            yield Say(said(words), "animal_sound_lacks")
            return
        yield from super().act(state)

    def every(self, state: State) -> list[ToldWording]:
        animals = _animals(state)
        asked = set() if state.diary.pending is None else _asked(state, state.diary.pending.text)
        named = [number for number, names in enumerate(animals) if names & asked]
        return [ToldWording("animal_sound", number) for number in named or range(len(animals))]

    @staticmethod
    def _lacks(state: State, line: str) -> bool:
        """Whether a line names an animal, but none whose sound it has."""
        words = section(SoundWords, state.diary.manner.language)
        if words is None or not re.search(words.named, line.replace("\u2019", "'"), re.IGNORECASE):
            return False
        return set().union(*_animals(state)).isdisjoint(_asked(state, line))


def _animals(state: State) -> list[set[str]]:
    """The stems of the animal in each wording."""
    language = state.diary.manner.language
    words, stem, texts = section(SoundWords, language), stem_of(language), state.wordings("animal_sound")
    if words is None:
        return [set() for _ in texts]
    found = (re.search(words.animal, text, re.IGNORECASE) for text in texts)
    return [set() if one is None else {stem(name) for name in words_of(one["what"])} for one in found]


def _asked(state: State, line: str) -> set[str]:
    """The stems of a line's words, animals by what they are mostly called."""
    language = state.diary.manner.language
    words, stem = section(SoundWords, language), stem_of(language)
    also = {} if words is None else words.also
    return {stem(also.get(word, word)) for word in words_of(line)}
