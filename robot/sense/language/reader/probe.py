"""Linear probes (Alain & Bengio 2016): what the network's encoding of a line tells besides its meaning.

Each is taught after the network, by a command of its own, and lies in a file of its own: how a line is taken up
(`robot/core/uptake.py`), what each manner of going along with it is worth (`robot/core/manners.py`), and whether it
tells that somebody is harmed by another (`robot/guard/harm`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.core.manners import MANNERS
from robot.core.percepts import HARMED
from robot.core.uptake import KINDS
from robot.sense.language.reader.learned import Judgement, Linear, data_folder, likeliest

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from robot.sense.language.reader.learned import Reading


class ProbeKind(NamedTuple):
    """What a probe tells of a line: its name, after which its file and its command are called, and the answers, each
    with a probability, or with what it is `worth`.
    """

    name: str
    answers: tuple[str, ...]
    worth: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.npz"

    @property
    def train(self) -> str:
        """How it is made anew."""
        return f"run `python -m training.{self.name}.train`"


UPTAKE = ProbeKind("uptake", KINDS)
MANNER = ProbeKind("manner", MANNERS, worth=True)
HARM = ProbeKind("harm", ("unharmed", HARMED))


class Probe(NamedTuple):
    """What training found; `stamp` tells of which lines and which network."""

    kind: ProbeKind
    head: Judgement
    stamp: str

    def of(self, encoding: np.ndarray) -> tuple[Reading, ...]:
        """The likeliest answers of a line, or those worth most, the best first, by its encoding float32 (width,)."""
        return likeliest(self.head.weighed(encoding) if self.kind.worth else self.head.chances(encoding))

    def save(self, path: str) -> None:
        """Write the file."""
        told = np.array(json.dumps({"stamp": self.stamp, "temperature": self.head.temperature}))
        write_arrays(path, {"told": told, **self.head.layer.under(self.kind.name)})

    @classmethod
    def load(cls, kind: ProbeKind, place: Traversable | None = None) -> Self:
        """The one that ships, or another. Raises ModelError."""
        path = data_folder() / kind.file if place is None else place
        table = read_arrays(path, kind.train)
        many = len(kind.answers)
        try:
            told = json.loads(str(table["told"]))
            head = Judgement(kind.answers, Linear.among(table, kind.name), float(told["temperature"]))
            made = cls(kind, head, str(told["stamp"]))
        except MALFORMED as error:
            fault = f"the probe for {kind.name} cannot be read: {error}"
            raise ModelError(fault, place=str(path), remedy=kind.train) from error
        if len(made.head.layer.weights.values) != many or made.head.layer.bias.shape != (many,):
            raise ModelError(f"the probe for {kind.name} has other answers", place=str(path), remedy=kind.train)
        return made
