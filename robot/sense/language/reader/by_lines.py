"""A small reader of meanings for a language whose package brings one: what lines are likest to, by their letters.

It is asked where the network of meanings is not: a linear machine over runs of letters and words, made of lines by
`python -m training.meaning.by_lines` (weights on the shelf `reader` of the language's folder).
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from robot.core.arrays import read_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.sense.language.lexicon import plain
from robot.sense.language.reader.learned import BEST, DIGITS, brought, softmax

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from robot.core.percepts import Readings

NAME = "by_lines_{}.npz"
SLOTS = 4096  # of hashed features
RUNS = (2, 3, 4, 5)  # letters
MOST_LETTERS = 200
TRAIN = "make it anew: python -m training.meaning.by_lines"


class LineLikeness(NamedTuple):
    """`weights` int8 (meanings, SLOTS) with `scales` float32 (meanings,); `temperature` divides what they give."""

    names: tuple[str, ...]
    weights: np.ndarray
    scales: np.ndarray
    temperature: float

    def of(self, text: str) -> Readings:
        """The likeliest meanings of a line with their probabilities; none for a line without a letter."""
        found = features(text)
        if not found.any():
            return ()
        told = (self.weights.astype(np.float32) @ found) * self.scales / self.temperature
        chances = softmax(told)
        best = np.argsort(-chances)[:BEST]
        return tuple((self.names[n], round(float(chances[n]), DIGITS)) for n in best)


def features(text: str) -> np.ndarray:
    """A line as float32 (SLOTS,) of length one; zeros for one without letters."""
    out = np.zeros(SLOTS, np.float32)
    for run in _runs(text):
        out[crc32(run.encode()) % SLOTS] += 1.0
    length = float(np.linalg.norm(out))
    return out / np.float32(length) if length else out


def _runs(text: str) -> Iterator[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in plain(text[:MOST_LETTERS])).split()
    yield from (f"w {word}" for word in words)
    yield from (f"p {first} {second}" for first, second in zip(["<", *words], [*words, ">"], strict=True) if words)
    for word in words:
        edged = f"<{word}>"
        yield from (edged[n : n + run] for run in RUNS for n in range(len(edged) - run + 1))
    if text.rstrip().endswith("?"):
        yield "?"


@cache
def likeness(language: str) -> LineLikeness | None:
    """That of a language; None where it brings none. Raises ModelError."""
    place = brought(NAME, language)
    return None if place is None else read(place)


def read(place: Traversable) -> LineLikeness:
    """The one in a file. Raises ModelError."""
    table = read_arrays(place, TRAIN)
    try:
        told = json.loads(str(table["told"]))
        made = LineLikeness(tuple(told["names"]), table["weights"], table["scales"], float(told["temperature"]))
    except MALFORMED as error:
        raise ModelError(f"the reader by lines cannot be read: {error}", place=str(place), remedy=TRAIN) from error
    if made.weights.shape != (len(made.names), SLOTS):
        raise ModelError(f"its weights have the shape {made.weights.shape}", place=str(place), remedy=TRAIN)
    return made
