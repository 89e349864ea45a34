"""Whether words make a whole sentence, by a linear machine over what they end with, begin with and hold.

It knows no sound; `turn.py` weighs it with the melody. Weights in `data/completeness_weights.npz`, made by
`python -m training.turns.train` from whole sentences and the same cut on the way. The same words give the same score on
every machine.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Self

from robot.core.arrays import read_arrays
from robot.core.errors import ModelError
from robot.core.hashed import GRAIN, Machine, codes
from robot.core.sentences import each_sentence
from robot.sense.language.grammar import spoken
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

SLOTS = 1 << 19  # of the hashed weights
WEIGHTS = "completeness_weights.npz"
REMEDY = "run `python -m training.turns.train`"
LONG = 4  # letters of a word whose ending tells something by itself
MANY = 9  # words: so many are as good as more


def data_folder() -> Traversable:
    """Where the weights lie."""
    return files("robot.sense.hearing") / "data"


def last_sentence(text: str) -> list[str]:
    """The words of the last sentence, however they are written."""
    return spoken(each_sentence(text)[-1]).split()


def features(language: str, words: Sequence[str]) -> dict[int, int]:
    """Slots and values of at least one word: how they end, how they begin, and which there are."""
    before, last = ["<", "<", *words][-3:], words[-1]
    held = set(words)
    names = (
        f"1 {last}",
        f"2 {before[1]} {last}",
        f"3 {before[0]} {before[1]} {last}",
        f"-{last[-3:]}",
        f"--{last[-2:]}",
        f"2- {before[1][-3:]} {last[-3:]}",
        f"2 {before[1]}",
        f"3 {before[0]}",
        f"^ {words[0]}",
        f"^2 {' '.join(words[:2])}",
        f"^3 {' '.join(words[:3])}",
        f"^1 {words[0]} {last}",
        f"^- {words[0]} {last[-2:]}",
        f"# {min(len(words), MANY)}",
        *(f"b {word}" for word in held),
        *(f"b- {word[-3:]}" for word in held if len(word) > LONG),
    )
    return {number & (SLOTS - 1): GRAIN for number in codes(f"{language} {one}" for one in names)}


class Completeness:
    """Judges words of the languages that were taught."""

    def __init__(self, machine: Machine, languages: Sequence[str]) -> None:
        self._machine = machine
        self._languages = frozenset(languages)

    @classmethod
    def load(cls) -> Self:
        """With what ships. Raises ModelError."""
        path = data_folder() / WEIGHTS
        try:
            table = read_arrays(path, REMEDY)
            return cls(Machine.of(table, SLOTS, path, REMEDY), [str(one) for one in table["languages"]])
        except (ModelError, KeyError, TypeError) as error:
            what = error.what if isinstance(error, ModelError) else error
            fault = sentence("health.turn_model_not_loaded", error=str(what))
            raise ModelError(fault, place=str(path), remedy=REMEDY) from error

    def score(self, text: str, language: str) -> float | None:
        """Above 0 where the last sentence is rather whole; None where nothing is known of the language, or no word
        is there.
        """
        words = last_sentence(text)
        if language not in self._languages or not words:
            return None
        return self._machine.score(features(language, words))
