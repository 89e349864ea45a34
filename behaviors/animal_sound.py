"""Animal sounds: the animal that was named, or one by chance, with its voice and a gesture; or that it has none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Mode, Say, Teller, TellerConfig, ToldWording, said
from robot.core.language_words import WordTable, section
from robot.sense.language.answers import words_of
from robot.sense.language.lexicon import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

SHORT = 3  # letters; a shorter word names no animal


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

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is not None and self._asks(state, words) and self._lacks(state, words.text):
            yield Say(said(words), "animal_sound_lacks")
            return
        yield from super().act(state)

    def every(self, state: State) -> list[ToldWording]:
        texts = [set(words_of(text)) for text in state.wordings("animal_sound")]
        words, also = state.diary.pending, _also(state)
        asked = set() if words is None else {also.get(one, one) for one in words_of(words.text) if len(one) >= SHORT}
        names = {word for word in asked if sum(word in text for text in texts) == 1}
        named = [number for number, text in enumerate(texts) if text & names]
        return [ToldWording("animal_sound", number) for number in named or range(len(texts))]

    @staticmethod
    def _lacks(state: State, line: str) -> bool:
        """Whether a line names an animal, but none whose sound it has."""
        language = state.diary.manner.language
        words = section(SoundWords, language)
        if words is None or not re.search(words.named, line.replace("\u2019", "'"), re.IGNORECASE):
            return False
        stem, texts = stem_of(language), state.wordings("animal_sound")
        found = (re.search(words.animal, text, re.IGNORECASE) for text in texts)
        known = {stem(name) for one in found if one is not None for name in words_of(one["what"])}
        return known.isdisjoint(stem(words.also.get(word, word)) for word in words_of(line))


def _also(state: State) -> dict[str, str]:
    words = section(SoundWords, state.diary.manner.language)
    return {} if words is None else words.also
