"""Probes (Alain & Bengio 2016): what the network's encoding of a line tells besides its meaning.

Each is taught after the network, by a command of its own, and lies in a file of its own: how a line is taken up
(`robot/core/uptake.py`), and whether it tells that somebody is harmed by another (`robot/guard/harm`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.core.messages import HARMED
from robot.core.uptake import KINDS
from robot.sense.language.reader.learned import Judgement, Linear, data_folder, likeliest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from robot.sense.language.reader.learned import Reading


class Asked(NamedTuple):
    """What a probe is asked: its name, of which its file and its command are called, and the answers."""

    name: str
    answers: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.npz"

    @property
    def train(self) -> str:
        """How it is made anew."""
        return f"run `python -m training.{self.name}.train`"


UPTAKE = Asked("uptake", KINDS)
HARM = Asked("harm", ("unharmed", HARMED))


class Probe(NamedTuple):
    """What training found; `stamp` tells of which lines and which network."""

    asked: Asked
    head: Judgement
    stamp: str

    def of(self, encoding: np.ndarray) -> tuple[Reading, ...]:
        """The likeliest answers of a line, the best first, by its encoding float32 (width,)."""
        return likeliest(self.head.chances(encoding))

    def save(self, path: str) -> None:
        """Write the file."""
        told = np.array(json.dumps({"stamp": self.stamp, "temperature": self.head.temperature}))
        hidden = {} if self.head.hidden is None else self.head.hidden.under(f"hidden.{self.asked.name}")
        write_arrays(path, {"told": told, **self.head.layer.under(self.asked.name), **hidden})

    @classmethod
    def load(cls, asked: Asked, place: Traversable | None = None) -> Self:
        """The one that ships, or another. Raises ModelError."""
        path = data_folder() / asked.file if place is None else place
        table = read_arrays(path, asked.train)
        many = len(asked.answers)
        try:
            told = json.loads(str(table["told"]))
            layer, key = Linear.among(table, asked.name), f"hidden.{asked.name}"
            hidden = Linear.among(table, key) if key in table else None
            head = Judgement(asked.answers, layer, float(told["temperature"]), hidden)
            made = cls(asked, head, str(told["stamp"]))
        except MALFORMED as error:
            fault = f"the probe for {asked.name} cannot be read: {error}"
            raise ModelError(fault, place=str(path), remedy=asked.train) from error
        if len(made.head.layer.weights.values) != many or made.head.layer.bias.shape != (many,):
            raise ModelError(f"the probe for {asked.name} has other answers", place=str(path), remedy=asked.train)
        return made
