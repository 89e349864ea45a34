"""Remarks: particular things that many people say ("the dog was sick on the carpet"), each with replies of its own.

Each has its place in a space in which the lines of one remark lie close together (linear discriminant analysis, Rao
1948), and so has a line, by the network's encoding of it. It is the remark that it lies nearest to, unless it lies as
well anywhere, or means what no wording of that remark means. Made by `python -m training.remarks.train`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from robot.core.arrays import read_arrays, write_arrays
from robot.core.errors import MALFORMED, ModelError
from robot.core.manners import clashes
from robot.core.meanings import particular
from robot.core.uptake import KINDS, jars
from robot.sense.language.reader.learned import DIGITS, Adapter, data_folder

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from robot.core.percepts import Readings

NAME = "remarks.npz"
TRAIN = "run `python -m training.remarks.train`"
# How much a squared distance counts, and how much farther from the middle than from its own place a line lies that is a
# remark. By 340 ordinary lines, of which two readers judged whether the replies fit.
SHARPNESS, WIDER = 0.165, 1.5
ENOUGH = 0.3  # how probable the meanings of a remark's own lines must be together for a line that is it


class Remark(NamedTuple):
    """The likeliest remark of a line, and how probable it is."""

    name: str
    probability: float


class Remarks(NamedTuple):
    """What training found: `axes` has the space's own (rank, width) and each remark's place in it (rank, names);
    `middle` float32 (rank,) is where its lines lie on the whole; `meanings` uint8 (names, few) are the numbers of those
    that its own lines have most, the likeliest first; `kinds` uint8 (names,) how each is taken up.
    """

    names: tuple[str, ...]
    axes: Adapter
    middle: np.ndarray
    meanings: np.ndarray
    kinds: np.ndarray
    stamp: str

    def of(self, encoding: np.ndarray, readings: Readings, uptake: Readings = (), manners: Readings = ()) -> Remark:
        """The likeliest remark of a line, by its encoding float32 (width,), what it means, and how it is taken up and
        best gone along with.
        """
        here = self.axes.down.full() @ encoding - self.middle
        far = ((here[:, None] - self.axes.up.full()) ** 2).sum(axis=0).astype(np.float64)
        best = int(far.argmin())
        kind = KINDS[self.kinds[best]]
        if jars(kind, uptake) or clashes(kind, manners):
            return Remark(self.names[best], 0.0)
        near = np.exp(-SHARPNESS / 2 * (far - far[best]))
        anywhere = np.exp(-SHARPNESS / 2 * (float(here @ here) / WIDER - far[best]))
        known = particular()
        own = {known[n] for n in self.meanings[best]}
        agreed = min(sum(p for meaning, p in readings if meaning in own) / ENOUGH, 1.0)
        return Remark(self.names[best], round(float(agreed / (near.sum() + anywhere)), DIGITS))

    def save(self, path: str) -> None:
        """Write the file."""
        told = np.array(json.dumps({"names": self.names, "stamp": self.stamp}))
        each = {"meanings": self.meanings, "kinds": self.kinds}
        write_arrays(path, {"told": told, **self.axes.under(), "middle": self.middle, **each})

    @classmethod
    def load(cls, place: Traversable | None = None) -> Self:
        """The one that ships, or another. Raises ModelError."""
        path = data_folder() / NAME if place is None else place
        table = read_arrays(path, TRAIN)
        try:
            told = json.loads(str(table["told"]))
            made = cls(
                tuple(told["names"]),
                Adapter.among(table),
                table["middle"],
                table["meanings"],
                table["kinds"],
                str(told["stamp"]),
            )
        except MALFORMED as error:
            raise ModelError(f"the remarks cannot be read: {error}", place=str(path), remedy=TRAIN) from error
        if not len(made.names) == made.axes.up.values.shape[1] == len(made.meanings) == len(made.kinds):
            raise ModelError("the remarks and their places are not as many", place=str(path), remedy=TRAIN)
        if made.meanings.max(initial=0) >= len(particular()) or made.kinds.max(initial=0) >= len(KINDS):
            raise ModelError("the remarks have meanings or kinds that there are not", place=str(path), remedy=TRAIN)
        return made
