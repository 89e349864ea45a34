"""Danger to life or health now, found in a line: edited cues (`data/emergency_<language>.toml`) and a linear machine
over them, words and letters (weights in `data/emergency_weights.npz`, made by `python -m training.emergency.train`).

The cues alone find most of it, so that a list which somebody edits takes effect at once; the machine hears what no cue
has, and lets go what a cue takes too far. The same line gives the same answer on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, Self
from zlib import crc32

import numpy as np

from robot.core.errors import ModelError
from robot.guard.crisis.meaning import COMMA, STEMMERS
from robot.guard.cues import ASKED, Cues

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

BITS = 18
SLOTS = 1 << BITS  # of the hashed weights
GRAIN = 4096  # features are whole numbers of this part: sums are exact, and the same on every machine
WEIGHTS = "emergency_weights.npz"
DANGERS = (  # kinds of cues; where a line bears several, the first in this order is answered
    *("fire", "gas", "poison", "violence", "intruder", "bleeding", "breath", "collapse", "child", "stroke", "chest"),
    *("fall", "call"),
)
ENDING = ("past", "idiom", "fiction", "asks", "denied")  # kinds that take danger away
SURE = 0.2  # of the score: from where on it is one, without a cue
WITH_CUE = -0.9  # the same, where a cue of danger stands and none takes it away
PART = 0.25  # how much surer it must be of one sentence of several
LEAST = -9.0  # the score of a line that says nothing
WORDS, PAIRS, GAPS, CUES, LETTERS = 1.0, 1.0, 0.6, 1.2, 0.9  # how much each kind of feature weighs


class Danger(NamedTuple):
    """How a line is taken: `kind` is one of DANGERS, empty where it is no emergency; `unsure` where it may be one."""

    kind: str
    score: float = LEAST
    unsure: bool = False


NONE = Danger("")


def data_folder() -> Traversable:
    """Where cues and weights lie."""
    return files("robot.guard.emergency") / "data"


class EmergencyReader:
    """Judges lines. Thread-safe once made."""

    def __init__(self, cues: dict[str, Cues], weights: EmergencyWeights) -> None:
        self._cues = cues
        self._weights = weights

    @classmethod
    def load(cls) -> Self:
        """With what ships. Raises ModelError, ConfigError."""
        return cls(load_cues(), EmergencyWeights.load())

    def assess(self, text: str, language: str) -> Danger:
        """How a line is to be taken. Cues of other languages count too: people change theirs when it matters."""
        found = [self._judge(text, name, foreign=name != language) for name in self._cues]
        return max(found, key=lambda one: (bool(one.kind), one.score))

    def _judge(self, text: str, language: str, *, foreign: bool) -> Danger:
        cues = self._cues[language]
        best = NONE
        told = ""  # what an earlier sentence takes away from those after it: a film, long ago
        for n, stems in enumerate(pieces(cues.stems(text))):
            kinds = tuple(dict.fromkeys(cue.kind for cue in cues.find(stems)))
            told = told or next((kind for kind in kinds if kind in {"past", "fiction"}), "")
            danger = next((kind for kind in DANGERS if kind in kinds), "")
            ended = not set(ENDING).isdisjoint(kinds) or (n > 0 and bool(told))
            if foreign and (not danger or ended):
                continue
            score = self._weights.score(features(stems, kinds)) - PART * (n > 0)
            bar = WITH_CUE if danger and not ended else SURE + 0.3 * (n > 0 and bool(told))
            if score > bar and (not best.kind or score > best.score):
                best = Danger(danger or "call", score)
            elif not best.kind and score > best.score:
                best = Danger("", score)
        return best


def load_cues() -> dict[str, Cues]:
    """The edited tables, by language. Raises ConfigError."""
    return {name: Cues(data_folder() / f"emergency_{name}.toml", name) for name in STEMMERS}


class EmergencyWeights:
    """One hashed linear model."""

    def __init__(self, quantised: NDArray[np.int8], scale: float, bias: float) -> None:
        """`quantised` int8 (SLOTS,)."""
        self._row = quantised.data  # gives whole numbers, and quicker than numpy does
        self._scale = scale
        self._bias = bias

    @classmethod
    def load(cls) -> Self:
        """Raises ModelError."""
        path = data_folder() / WEIGHTS
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as table:
                weights, scale, bias = table["weights"], float(table["scale"]), float(table["bias"])
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"the weights cannot be read: {error}",
                place=str(path),
                remedy="run `python -m training.emergency.train`",
            ) from error
        if weights.shape != (SLOTS,) or weights.dtype != np.int8:
            raise ModelError(
                f"the weights have the shape {weights.shape}, not {(SLOTS,)}",
                place=str(path),
                remedy="run `python -m training.emergency.train`",
            )
        return cls(weights, scale, bias)

    def score(self, found: dict[int, int]) -> float:
        """Of a line's features; above 0 is yes."""
        row = self._row
        return sum(row[slot] * value for slot, value in found.items()) / GRAIN * self._scale + self._bias


def pieces(stems: Sequence[str]) -> list[tuple[str, ...]]:
    """The whole line, and its clauses where it has several of three words or more."""
    out = [tuple(stems)] if stems else []
    clauses: list[list[str]] = [[]]
    for stem in stems:
        if stem == COMMA:
            clauses.append([])
        else:
            clauses[-1].append(stem)
    long = [tuple(clause) for clause in clauses if len(clause) > 2]
    return out + (long if len(long) > 1 else [])


def features(stems: Sequence[str], kinds: Sequence[str]) -> dict[int, int]:
    """A line as slots and values (in 1 / GRAIN): words, pairs, pairs with a gap, cues, letters."""
    edged = ["<", *stems, ">"]
    dangers = [kind for kind in kinds if kind in DANGERS]
    ends = [kind for kind in kinds if kind not in DANGERS]
    cues = [f"@{kind}" for kind in kinds] or ["@"]
    cues += [f"@{bool(dangers)} {bool(ends)}", *(f"@danger {end}" for end in ends if dangers)]
    kinds_of_feature = (
        (WORDS, [_slot(stem) for stem in stems]),
        (PAIRS, [_slot(f"{a} {b}") for a, b in pairwise(edged)]),
        (GAPS, [_slot(f"{edged[i]}~{edged[i + n]}") for n in (2, 3) for i in range(len(edged) - n)]),
        (CUES, [_slot(cue) for cue in cues]),
        (LETTERS, _letters(stems)),
    )
    out: dict[int, int] = {}
    for weight, slots in kinds_of_feature:
        value = round(GRAIN * weight / sqrt(len(slots))) if slots else 0
        for slot in slots:
            out[slot] = out.get(slot, 0) + value
    return out


def _letters(stems: Sequence[str]) -> list[int]:
    """Slots of the 3- to 5-grams of letters: what misspelt words share with well-spelt ones."""
    line = f"_{'_'.join(stem for stem in stems if stem not in {COMMA, ASKED})}_"
    return [_slot("#" + line[i : i + n]) for n in (3, 4, 5) for i in range(len(line) - n + 1)]


@lru_cache(maxsize=65536)
def _slot(name: str) -> int:
    return crc32(name.encode()) & (SLOTS - 1)
