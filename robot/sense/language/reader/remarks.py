"""Remarks: particular things that many people say ("the dog was sick on the carpet"), each with replies of its own.

A linear classifier over the network's encoding of a line, in two thin matrices of whole numbers; made by
`python -m training.remarks.train`. Its last answer is that a line is none of them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.sense.language.reader.learned import Adapter, data_folder

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

NAME = "remarks.npz"
TRAIN = "run `python -m training.remarks.train`"
DIGITS = 3  # of a probability: what lies behind them differs from processor to processor


class Remark(NamedTuple):
    """The likeliest remark of a line, and how probable it is."""

    name: str
    probability: float


class Remarks(NamedTuple):
    """What the classifier learned: `weights` (names + 1, width), `bias` float32 (names + 1,)."""

    names: tuple[str, ...]
    weights: Adapter
    bias: np.ndarray
    stamp: str

    def of(self, encoding: np.ndarray) -> Remark:
        """The likeliest remark of a line, by its encoding float32 (width,)."""
        down, up = self.weights
        told = up.full() @ (down.full() @ encoding) + self.bias
        grown = np.exp((told - told.max()).astype(np.float64))
        best = int(grown[:-1].argmax())
        return Remark(self.names[best], round(float(grown[best] / grown.sum()), DIGITS))

    def save(self, path: str) -> None:
        """Write the file."""
        told = np.array(json.dumps({"names": self.names, "stamp": self.stamp}))
        write_arrays(path, {"told": told, **self.weights.under(), "bias": self.bias})

    @classmethod
    def load(cls, place: Traversable | None = None) -> Self:
        """The one that ships, or another. Raises ModelError."""
        path = data_folder() / NAME if place is None else place
        table = read_arrays(path, TRAIN)
        try:
            told = json.loads(str(table["told"]))
            made = cls(tuple(told["names"]), Adapter.among(table), table["bias"], str(told["stamp"]))
        except MALFORMED as error:
            raise ModelError(f"the remarks cannot be read: {error}", place=str(path), remedy=TRAIN) from error
        if not len(made.names) + 1 == len(made.bias) == len(made.weights.up.values):
            raise ModelError("the remarks and their weights are not as many", place=str(path), remedy=TRAIN)
        return made
