"""Animal sounds: the animal that was named, or one by chance, with its voice and a gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Mode, Teller, TellerConfig, ToldWording
from robot.sense.language.answers import words_of

if TYPE_CHECKING:
    from robot import State

SHORT = 3  # letters; a shorter word names no animal


class AnimalSound(Teller):
    """One of the wordings of `animal_sound`, and another on “more”."""

    name = "animal_sound"
    asked = "wants_animal_sound"
    config = TellerConfig(pause_s=0.4)
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    gestures = ("playful", "")

    def every(self, state: State) -> list[ToldWording]:
        texts = [set(words_of(text)) for text in state.wordings("animal_sound")]
        words = state.diary.pending
        asked = set() if words is None else {word for word in words_of(words.text) if len(word) >= SHORT}
        names = {word for word in asked if sum(word in text for text in texts) == 1}
        named = [number for number, text in enumerate(texts) if text & names]
        return [ToldWording("animal_sound", number) for number in named or range(len(texts))]
