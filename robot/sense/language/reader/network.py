"""`MeaningNetwork`: a line becomes its likeliest meanings; English and French it was taught, and others are brought."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

import numpy as np

from robot.core.errors import ModelError
from robot.sense.language.reader import prepare
from robot.sense.language.reader.base import unpacked
from robot.sense.language.reader.engine import Engine
from robot.sense.language.reader.learned import Learned, likeliest
from robot.sense.language.reader.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from robot.sense.language.reader.learned import Judgement, Reading

# The heads: what a line means, and whether somebody in need speaks (for `robot/guard`).
MEANING, NEED = "meaning", "need"
SIGNS = ".?!\u2026"  # at the end of a sentence


def as_heard(text: str) -> str:
    """A line as it is judged for need. Ordinary lines are written with a full stop, calls for help often without: one
    that has no sign at its end is heard with one, or it would alarm.
    """
    bare = text.rstrip()
    return text if not bare or bare[-1] in SIGNS else f"{bare}."


class MeaningNetwork:
    """Reads lines on one core, some milliseconds each; the same line gives the same answer."""

    def __init__(
        self, pieces: Pieces, vectors: np.ndarray, positions: np.ndarray, engine: Engine, learned: Learned
    ) -> None:
        """`vectors` uint8 (pieces, bytes) as in the base network; `positions` float32 (positions, width)."""
        self._pieces = pieces
        self._vectors = vectors
        self._positions = positions
        self._engine = engine
        self._heads: Mapping[str, Judgement] = learned.heads

    @classmethod
    def load(
        cls,
        progress: Callable[[float], None] = lambda _: None,
        place: Path | None = None,
        source: Traversable | None = None,
    ) -> Self:
        """The reader of this installation. Its folder is made first where it is missing, which takes some seconds and
        tells `progress` the share done. `place` is where such folders are kept, `source` what was learned, if they are
        not the usual ones. Raises ModelError.
        """
        folder = prepare.prepared(progress, place, source)
        try:
            told = json.loads((folder / prepare.PIECES).read_text(encoding="utf-8"))
            vectors = np.load(folder / prepare.VECTORS, mmap_mode="r")
            positions = np.load(folder / prepare.POSITIONS, mmap_mode="r")
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the reader's folder cannot be read: {error}", place=str(folder), remedy="remove that folder"
            ) from error
        return cls(Pieces(**told), vectors, positions, Engine(folder), Learned.load(source))

    def vectors(self, text: str) -> np.ndarray:
        """A line as the network gets it: float32 (pieces, width)."""
        numbers = self._pieces.of(text)
        out: np.ndarray = unpacked(self._vectors[numbers], self._positions.shape[1]) + self._positions[: len(numbers)]
        return out

    def encode(self, text: str) -> np.ndarray:
        """The encoding of a line, float32 (width,), for `judge`."""
        return self._engine.run(self.vectors(text))

    def judge(self, head: str, encoding: np.ndarray) -> tuple[Reading, ...]:
        """What a head makes of an encoding: its best few answers, the best first."""
        return likeliest(self.chances(head, encoding))

    def chances(self, head: str, encoding: np.ndarray) -> dict[str, float]:
        """All answers of a head to an encoding, each with its probability."""
        return self._heads[head].chances(encoding)

    def need(self, text: str, encoding: np.ndarray) -> tuple[Reading, ...]:
        """Whether somebody in need speaks. `encoding`: of the line as it is."""
        heard = as_heard(text)
        return self.judge(NEED, encoding if heard == text else self.encode(heard))

    def read(self, text: str) -> tuple[Reading, ...]:
        """The likeliest meanings of a line, the best first; it may be in either language."""
        return self.judge(MEANING, self.encode(text))
