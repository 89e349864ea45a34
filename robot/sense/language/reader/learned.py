"""What training found: small changes to the base network's matrices, and the heads over its encoding.

One file, `data/reader.npz`, made by `python -m training.meaning.train`. A change to a matrix is the product of two thin
ones (LoRA, Hu et al. 2021), each in whole numbers with a scale a row; so is each head.
"""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.texts.languages import file_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

NAME = "reader.npz"
# Of a learned weight in whole numbers, since the package has little room; finer ones read no line better.
FINEST, FINEST_UP, FINEST_HEAD = 31, 63, 15
TRAIN = "run `python -m training.meaning.train`"
SHELF = "reader"  # of a brought language's folder
BEST = 8  # readings that are told of a line
DIGITS = 3  # of a probability: what lies behind them differs from processor to processor


def data_folder() -> Traversable:
    """Where this room's data lies."""
    return files("robot.sense.language") / "data"


def brought(pattern: str, language: str) -> Traversable | None:
    """A file of the shelf that a brought language has, its code set into `pattern`; None where it brings none."""
    return file_of(data_folder(), SHELF, pattern.format(language), language)


class Reading(NamedTuple):
    """A meaning that a line may have, and how probable it is: of all lines with 0.8, about 80 % mean it."""

    meaning: str
    probability: float


def likeliest(chances: Mapping[str, float]) -> tuple[Reading, ...]:
    """The best few of them, the best first; of two that are as likely, the one that stands first."""
    best = sorted(chances.items(), key=lambda one: -one[1])[:BEST]
    return tuple(Reading(name, round(p, DIGITS)) for name, p in best)


def softmax(weighed: np.ndarray) -> np.ndarray:
    """What they weigh, (n,), as probabilities of the same kind, which sum to one."""
    grown = np.exp(weighed - weighed.max())
    out: np.ndarray = grown / grown.sum()
    return out


class Whole(NamedTuple):
    """A matrix in whole numbers: int8 (rows, columns), and float32 (rows,) by which each row is multiplied."""

    values: np.ndarray
    scales: np.ndarray

    @classmethod
    def of(cls, matrix: np.ndarray, most: int = 127) -> Self:
        """The nearest one with values from -`most` to `most`."""
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-12).astype(np.float32) / np.float32(most)
        return cls(np.rint(matrix / scales[:, None]).astype(np.int8), scales)

    @classmethod
    def among(cls, table: Mapping[str, np.ndarray], key: str) -> Self:
        """The one of that key in a file. Raises KeyError."""
        return cls(table[key], table[f"{key}.scales"])

    def under(self, key: str) -> dict[str, np.ndarray]:
        """As it stands in a file under that key."""
        return {key: self.values, f"{key}.scales": self.scales}

    def full(self) -> np.ndarray:
        """Float32 (rows, columns)."""
        out: np.ndarray = self.values.astype(np.float32) * self.scales[:, None]
        return out


class Adapter(NamedTuple):
    """What is added to a matrix: `up` (rank, rows), transposed, times `down` (rank, columns)."""

    down: Whole
    up: Whole

    @classmethod
    def of(cls, down: np.ndarray, up: np.ndarray) -> Self:
        """The nearest one: `down` (rank, columns), `up` (rank, rows)."""
        return cls(Whole.of(down, FINEST), Whole.of(up, FINEST_UP))

    @classmethod
    def among(cls, table: Mapping[str, np.ndarray], key: str = "") -> Self:
        """The one of that key in a file. Raises KeyError."""
        return cls(Whole.among(table, f"{key}down"), Whole.among(table, f"{key}up"))

    def under(self, key: str = "") -> dict[str, np.ndarray]:
        """As it stands in a file under that key."""
        return {**self.down.under(f"{key}down"), **self.up.under(f"{key}up")}

    def full(self) -> np.ndarray:
        """Float32 (rows, columns)."""
        out: np.ndarray = self.up.full().T @ self.down.full()
        return out


class Linear(NamedTuple):
    """A layer: `weights` (outputs, inputs) and `bias` float32 (outputs,)."""

    weights: Whole
    bias: np.ndarray

    @classmethod
    def among(cls, table: Mapping[str, np.ndarray], key: str) -> Self:
        """The one of that key in a file. Raises KeyError."""
        return cls(Whole.among(table, key), table[f"{key}.bias"])

    def under(self, key: str) -> dict[str, np.ndarray]:
        """As it stands in a file under that key."""
        return {**self.weights.under(key), f"{key}.bias": self.bias}

    def over(self, inputs: np.ndarray) -> np.ndarray:
        """Float32 (outputs,)."""
        out: np.ndarray = self.weights.full() @ inputs + self.bias
        return out


class Judgement(NamedTuple):
    """A head over the encoding: a layer gives what `names` weigh; `hidden`, where there is one, comes before it, and
    what it gives below zero counts as zero (a perceptron).

    `temperature` divides what they weigh, so that the probabilities are true of people who taught nothing.
    """

    names: tuple[str, ...]
    layer: Linear
    temperature: float
    hidden: Linear | None = None

    def probabilities(self, encoding: np.ndarray) -> np.ndarray:
        """Float64 (answers,), summing to one, of an encoding float32 (width,)."""
        inputs = encoding if self.hidden is None else np.maximum(self.hidden.over(encoding), 0.0)
        return softmax(self.layer.over(inputs).astype(np.float64) / self.temperature)

    def weighed(self, encoding: np.ndarray) -> dict[str, float]:
        """What each answer to an encoding float32 (width,) weighs by itself."""
        return dict(zip(self.names, map(float, self.layer.over(encoding)), strict=True))

    def chances(self, encoding: np.ndarray) -> dict[str, float]:
        """All answers to an encoding float32 (width,), each with its probability."""
        return dict(zip(self.names, map(float, self.probabilities(encoding)), strict=True))


class Learned(NamedTuple):
    """All of it. `adapters` by layer and matrix; `taps` are the layers (from 1) whose mean over the line is taken."""

    adapters: Mapping[tuple[int, str], Adapter]
    taps: tuple[int, ...]
    heads: Mapping[str, Judgement]
    stamp: str

    def save(self, path: str) -> None:
        """Write the file."""
        table: dict[str, np.ndarray] = {}
        for (layer, matrix), adapter in self.adapters.items():
            table |= adapter.under(f"l{layer}.{matrix}.")
        for name, head in self.heads.items():
            table |= head.layer.under(f"head.{name}")
            if head.hidden is not None:
                table |= head.hidden.under(f"hidden.{name}")
        told = {
            "arrays": [(key, array.dtype.name, array.shape) for key, array in table.items()],
            "taps": self.taps,
            "stamp": self.stamp,
            "heads": {
                name: {"names": head.names, "temperature": head.temperature} for name, head in self.heads.items()
            },
        }
        write_arrays(path, {"told": np.array(json.dumps(told)), **_joined(table)})

    @classmethod
    def load(cls, place: Traversable | None = None) -> Self:
        """The one that ships, or another. Raises ModelError."""
        path = data_folder() / NAME if place is None else place
        table = read_arrays(path, TRAIN)
        try:
            told = json.loads(str(table["told"]))
            table = _parted(table, told["arrays"])
            adapters = {}
            for key in table:
                layer, _, rest = key.partition(".")
                matrix, _, part = rest.partition(".")
                if part == "down":
                    adapters[int(layer[1:]), matrix] = Adapter.among(table, f"{layer}.{matrix}.")
            heads = {
                name: Judgement(
                    tuple(head["names"]),
                    Linear.among(table, f"head.{name}"),
                    float(head["temperature"]),
                    Linear.among(table, f"hidden.{name}") if f"hidden.{name}" in table else None,
                )
                for name, head in told["heads"].items()
            }
        except MALFORMED as error:
            raise ModelError(
                f"what the reader learned cannot be read: {error}", place=str(path), remedy=TRAIN
            ) from error
        return cls(adapters, tuple(told["taps"]), heads, str(told["stamp"]))


def _joined(table: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """All arrays of a kind in one, in their order: several hundred of their own would take a tenth more room."""
    kinds: dict[str, list[np.ndarray]] = {}
    for array in table.values():
        kinds.setdefault(array.dtype.name, []).append(array.ravel())
    return {kind: np.concatenate(arrays) for kind, arrays in kinds.items()}


def _parted(joined: Mapping[str, np.ndarray], order: Sequence[tuple[str, str, Sequence[int]]]) -> dict[str, np.ndarray]:
    """The arrays again, by key; `order` has a key, a kind and a shape for each. Raises ValueError, KeyError."""
    out: dict[str, np.ndarray] = {}
    used = dict.fromkeys(joined, 0)
    for key, kind, shape in order:
        begins, ends = used[kind], used[kind] + math.prod(shape)
        out[key], used[kind] = joined[kind][begins:ends].reshape(shape), ends
    return out
