"""What a brought language adds to the network's head of meanings: a layer over the same encoding, taught in it alone.

Nobody taught the network's own head that language, but its base has read many; so some thousand lines, taught in
seconds by `python -m training.meaning.own_head`, are enough for it to read half as many more rightly (weights on the
shelf `reader` of the language's folder).
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.sense.language.reader.learned import Whole, brought, likeliest, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from robot.core.percepts import Readings

NAME = "own_head_{}.npz"
LENGTH = 4.0  # of an encoding as the layer gets it
SHARE, LEAST = 0.7, 1e-5  # how much the logarithm of what the network's own head gives counts, and the least of it
TRAIN = "make it anew: python -m training.meaning.own_head"


class OwnHead(NamedTuple):
    """`layer` (meanings, width); `middle` float32 (width,) is where the lines that taught it lie on the whole."""

    names: tuple[str, ...]
    layer: Whole
    middle: np.ndarray

    def of(self, encoding: np.ndarray, known: Mapping[str, float]) -> Readings:
        """The likeliest meanings of a line, by its encoding float32 (width,) and what the network's own head gives."""
        told = self.layer.full() @ inward(encoding, self.middle) + beside(self.names, known)
        return likeliest(dict(zip(self.names, map(float, softmax(told)), strict=True)))

    def save(self, path: str) -> None:
        """Write the file."""
        told = np.array(json.dumps({"names": self.names}))
        write_arrays(path, {"told": told, **self.layer.under("layer"), "middle": self.middle})


def inward(encodings: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Encodings float32 (..., width) as the layer gets them: from the middle, of one length."""
    away = encodings - middle
    out: np.ndarray = away * (LENGTH / np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-6))
    return out


def beside(names: tuple[str, ...], known: Mapping[str, float]) -> np.ndarray:
    """What is added to the layer's answers, float32 (names,): what the network's own head gives counts, too."""
    return np.array([SHARE * np.log(max(known.get(name, 0.0), LEAST)) for name in names], np.float32)


@cache
def own_head(language: str) -> OwnHead | None:
    """That of a language; None where it brings none. Raises ModelError."""
    place = brought(NAME, language)
    return None if place is None else read(place)


def read(place: Traversable) -> OwnHead:
    """The one in a file. Raises ModelError."""
    table = read_arrays(place, TRAIN)
    try:
        names = tuple(json.loads(str(table["told"]))["names"])
        made = OwnHead(names, Whole.among(table, "layer"), table["middle"])
        shape = made.layer.values.shape
    except MALFORMED as error:
        raise ModelError(f"the language's own head cannot be read: {error}", place=str(place), remedy=TRAIN) from error
    if shape != (len(names), *made.middle.shape) or made.layer.scales.shape != (len(names),):
        raise ModelError(f"its weights have the shape {shape}", place=str(place), remedy=TRAIN)
    return made
