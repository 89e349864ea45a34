"""Talk of self-harm and suicide, found by its meaning: concepts in their order, and a linear classifier over stems,
concepts and character n-grams (weights in `data/crisis_weights.npz`, made by `python -m robot.guard.train`).

Recall comes first: what is doubtful is asked about gently. No word of the line is kept, and `why` names concepts only.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple, Self
from zlib import crc32

import numpy as np

from robot.errors import ModelError
from robot.guard.meaning import IDIOM, STEMMERS, Item, Reader, data_folder
from robot.guard.signs import Sign, Signs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

Level = Literal["none", "ask", "crisis"]

BITS = 17
SLOTS = 1 << BITS  # of the hashed weights
WEIGHTS = "crisis_weights.npz"
WINDOW, STEP = 14, 6  # items: long talk without full stops is also judged piece by piece
LEAST = -9.0  # the score of a line that says nothing
DOUBT = {"en": 0.4, "fr": 0.3}  # of the risk, by language: from where on it asks
SURE = 0.6  # of the urgency: from where on it takes it as plainly said
DENIED = 0.5  # how much surer it must be where something was denied,
SHORT, BRIEF = 5, 0.25  # and, in so few words, where no sign was seen
NEAR = 4  # concepts: how far apart two of them may stand to count as a pair
STEMS, CONCEPTS, LETTERS, SIGNS = 0.8, 1.0, 0.6, 1.2  # how much each kind of feature weighs


class Assessment(NamedTuple):
    """How a line is taken: `score` above 0 is a risk; `why` names the concepts that were found."""

    level: Level
    score: float
    why: str


class Crisis:
    """Judges lines; the same line gives the same answer. Thread-safe once made."""

    def __init__(self, readers: dict[str, Reader], signs: Signs, weights: Weights) -> None:
        self._readers = readers
        self._signs = signs
        self._weights = weights

    @classmethod
    def load(cls) -> Self:
        """With the shipped weights. Raises ModelError, ConfigError."""
        return cls({language: Reader(language) for language in STEMMERS}, Signs(), Weights.load())

    def assess(self, text: str, language: str) -> Assessment:
        """How a line is to be taken. The signs of other languages count too: people change theirs when it matters."""
        best = Assessment("none", LEAST, "")
        for name, reader in self._readers.items():
            doubt = DOUBT[name] if name == language else None
            for piece in pieces(reader.sentences(text)):
                found = self._judge(piece, doubt)
                if (LEVELS[found.level], found.score) > (LEVELS[best.level], best.score):
                    best = found
        return best

    def _judge(self, items: Sequence[Item], doubt: float | None) -> Assessment:
        """One piece, by its signs, then by the classifier; with no `doubt` by its signs alone."""
        signs = self._signs.find(items)
        sure = next((sign for sign in signs if sign.standing == "own" and sign.strength != "hint"), None)
        risk = urgent = LEAST
        if doubt is not None:
            risk, urgent = self._weights.scores(features(items, signs))
            eased = any(sign.standing == "denied" for sign in signs) or any(i.concept == "RECOVERED" for i in items)
            risk -= doubt + DENIED * eased + BRIEF * (len(items) < SHORT)
        if sure is not None:
            return Assessment("crisis" if sure.strength == "crisis" else "ask", max(risk, 0.0), sure.name)
        if risk <= 0.0:
            return Assessment("none", risk, "")
        why = " ".join(item.concept for item in items if item.concept)
        return Assessment("crisis" if urgent > SURE else "ask", risk, why)


LEVELS: dict[Level, int] = {"none": 0, "ask": 1, "crisis": 2}


class Weights:
    """Two hashed linear models: is there a risk at all, and is it plainly said."""

    def __init__(self, quantised: np.ndarray, scale: np.ndarray, bias: np.ndarray) -> None:
        """`quantised` int8 (2, SLOTS); `scale`, `bias` float64 (2,)."""
        self._rows = [array("b", row.tobytes()) for row in quantised]
        self._scale = [float(x) for x in scale]
        self._bias = [float(x) for x in bias]

    @classmethod
    def load(cls, place: Traversable | None = None) -> Self:
        """Raises ModelError."""
        path = data_folder() / WEIGHTS if place is None else place
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
                quantised, scale, bias = table["weights"], table["scale"], table["bias"]
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"the weights cannot be read: {error}", place=str(path), remedy="run `python -m robot.guard.train`"
            ) from error
        if quantised.shape != (2, SLOTS) or quantised.dtype != np.int8:
            raise ModelError(
                f"the weights have the shape {quantised.shape}, not {(2, SLOTS)}",
                place=str(path),
                remedy="run `python -m robot.guard.train`",
            )
        return cls(quantised, scale, bias)

    def scores(self, found: dict[int, float]) -> tuple[float, float]:
        """Risk and urgency of a line's features; above 0 is yes."""
        first, second = self._rows
        risk = urgent = 0.0
        for slot, value in found.items():
            risk += first[slot] * value
            urgent += second[slot] * value
        return risk * self._scale[0] + self._bias[0], urgent * self._scale[1] + self._bias[1]


def pieces(sentences: list[list[Item]]) -> list[list[Item]]:
    """The whole line, its sentences, and windows over what is long; each is judged, and the worst counts."""
    whole = [item for items in sentences for item in items]
    out = [whole] if len(sentences) == 1 or len(whole) <= WINDOW else []
    if len(sentences) > 1:
        out += sentences
    for items in sentences:
        if len(items) > WINDOW:
            out += [items[i : i + WINDOW] for i in range(0, len(items) - WINDOW + STEP, STEP)]
    return out


# ---------------------------------------------------------------- features


def features(items: Sequence[Item], signs: Sequence[Sign]) -> dict[int, float]:
    """A line as slots and values: stems, concepts and letters in their order; each kind has one length."""
    stems = [stem for item in items for stem in (item.stems or (IDIOM,))]
    concepts = [item.concept for item in items if item.concept]
    kinds = (
        (STEMS, [*map(_slot, stems), *(_slot(f"{a} {b}") for a, b in pairwise(["<", *stems, ">"]))]),
        (CONCEPTS, _order(concepts)),
        (SIGNS, [_slot(name) for sign in signs if _weighed(sign) for name in _standing(sign)]),
        (LETTERS, [slot for stem in stems for slot in _letters(stem)]),
    )
    out: dict[int, float] = {}
    for weight, slots in kinds:
        value = weight / sqrt(len(slots)) if slots else 0.0
        for slot in slots:
            out[slot] = out.get(slot, 0.0) + value
    return out


def _weighed(sign: Sign) -> bool:
    """What decides by itself is not shown to the classifier, which is there for what the signs do not know."""
    return sign.strength == "hint" or sign.standing != "own"


def _standing(sign: Sign) -> tuple[str, str]:
    return f"@{sign.strength} {sign.standing}", f"@{sign.name} {sign.standing}"


def _order(concepts: list[str]) -> list[int]:
    """Concepts alone, in pairs and threes; neighbours are told from pairs with something between."""
    names = [*concepts]
    for i, first in enumerate(concepts):
        after = concepts[i + 1 : i + 1 + NEAR]
        names += [f"{first}{'>' if n == 0 else '~'}{second}" for n, second in enumerate(after)]
        if len(after) > 1:
            names.append(f"{first}>{after[0]}>{after[1]}")
    return [_slot("/" + name) for name in names]


@lru_cache(maxsize=65536)
def _slot(name: str) -> int:
    return crc32(name.encode()) & (SLOTS - 1)


@lru_cache(maxsize=8192)
def _letters(stem: str) -> tuple[int, ...]:
    """Slots of the 3- and 4-grams of a word with its edges: what misspelt words share with well-spelt ones."""
    edged = f"_{stem}_"
    return tuple(_slot("#" + edged[i : i + n]) for n in (3, 4) for i in range(len(edged) - n + 1))
