"""How a line is taken up (`robot/core/uptake.py`), by the network's encoding of it.

A linear head of its own, made by `python -m training.uptake.train`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.core.uptake import KINDS
from robot.sense.language.reader.learned import Judgement, Linear, data_folder, likeliest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from robot.sense.language.reader.learned import Reading

NAME = "uptake.npz"
TRAIN = "run `python -m training.uptake.train`"
KEY = "uptake"


class UptakeHead(NamedTuple):
    """What training found; `stamp` tells of which lines and which network."""

    head: Judgement
    stamp: str

    def of(self, encoding: np.ndarray) -> tuple[Reading, ...]:
        """The likeliest kinds of a line, the best first, by its encoding float32 (width,)."""
        return likeliest(self.head.chances(encoding))

    def save(self, path: str) -> None:
        """Write the file."""
        told = np.array(json.dumps({"stamp": self.stamp, "temperature": self.head.temperature}))
        write_arrays(path, {"told": told, **self.head.layer.under(KEY)})

    @classmethod
    def load(cls, place: Traversable | None = None) -> Self:
        """The one that ships, or another. Raises ModelError."""
        path = data_folder() / NAME if place is None else place
        table = read_arrays(path, TRAIN)
        try:
            told = json.loads(str(table["told"]))
            head = Judgement(KINDS, Linear.among(table, KEY), float(told["temperature"]))
            made = cls(head, str(told["stamp"]))
        except MALFORMED as error:
            raise ModelError(f"the head of uptake cannot be read: {error}", place=str(path), remedy=TRAIN) from error
        if len(made.head.layer.weights.values) != len(KINDS) or made.head.layer.bias.shape != (len(KINDS),):
            raise ModelError("the head of uptake has other kinds", place=str(path), remedy=TRAIN)
        return made
