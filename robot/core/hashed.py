"""What the linear classifiers over hashed features share: names of features become slots, and weights become scores.

Values are whole numbers (in 1 / GRAIN), so that sums are exact and the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, Self
from zlib import crc32

import numpy as np

from robot.core.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable

GRAIN = 4096


@lru_cache(maxsize=65536)
def code(name: str) -> int:
    """A feature's number, 32 bits; the lower ones are its slot."""
    return crc32(name.encode())


def codes(names: Iterable[str]) -> list[int]:
    """The numbers of some features."""
    return [code(name) for name in names]


def runs(mark: str, words: Sequence[str], length: int, edges: tuple[str, str] = ("<", ">")) -> list[int]:
    """All runs of so many words, with the edges of the line."""
    edged = [edges[0], *words, edges[1]]
    return [code(mark + " ".join(edged[i : i + length])) for i in range(len(edged) - length + 1)]


def letters(mark: str, words: Iterable[str]) -> list[int]:
    """The 3- to 5-grams of letters: what misspelt words share with well-spelt ones."""
    line = f"_{'_'.join(words)}_"
    return [code(mark + line[i : i + n]) for n in (3, 4, 5) for i in range(len(line) - n + 1)]


def weighed(kinds: Iterable[tuple[float, Sequence[int]]], bits: int) -> dict[int, int]:
    """Slots and values: each kind of feature has one length, its weight, however many there are."""
    mask = (1 << bits) - 1
    out: dict[int, int] = {}
    for weight, found in kinds:
        value = round(GRAIN * weight / sqrt(len(found))) if found else 0
        for number in found:
            slot = number & mask
            out[slot] = out.get(slot, 0) + value
    return out


class Machine(NamedTuple):
    """One linear model: int8 weights (a memoryview gives whole numbers, and quicker than numpy does)."""

    row: memoryview
    scale: float
    bias: float

    @classmethod
    def of(cls, table: Mapping[str, np.ndarray], slots: int, path: Traversable, remedy: str) -> Self:
        """The one that the arrays of a file make: `weights` int8 (`slots`,), `scale`, `bias`. Raises ModelError."""
        try:
            weights, scale, bias = table["weights"], float(table["scale"]), float(table["bias"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the weights cannot be read: {error}", place=str(path), remedy=remedy) from error
        if weights.shape != (slots,) or weights.dtype != np.int8:
            fault = f"the weights have the shape {weights.shape}, not {(slots,)}"
            raise ModelError(fault, place=str(path), remedy=remedy)
        return cls(np.ascontiguousarray(weights).data, scale, bias)

    def score(self, found: Mapping[int, int]) -> float:
        """Of slots and values; above 0 is yes."""
        row = self.row
        return sum(row[slot] * value for slot, value in found.items()) / GRAIN * self.scale + self.bias
