"""Learns the weights of the crisis classifier from the lines in this folder: `python -m training.crisis.train`.

Lines that are set aside by their hash are never learned from: the figures that are printed come from them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import typer

from robot.core.arrays import read_arrays, write_arrays
from robot.guard.crisis.classifier import SLOTS, WEIGHTS, CrisisClassifier, gathered, spread
from robot.guard.crisis.meaning import Reader, data_folder
from robot.guard.crisis.signs import Signs
from training.crisis.examples import examples
from training.crisis.linear_machine import learn
from training.crisis.lines import LANGUAGES, Phrase, phrases, teaching
from training.crisis.measure import measure

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 31.0  # of a weight in whole numbers: finer ones change no verdict worth the room
# Weights up to here, of the risk and of how plain it is, hardly change a verdict, and are more than half of the file.
LIGHT = (1, 10)
# Of the risk, also those up to LIGHT_SELDOM whose slot no more than so many examples have: a fifth of the file, which
# the wheel wants for other things. What is missed changes by less than 0.1 of a hundred, alarms by 0.3 either way.
LIGHT_SELDOM, SELDOM = 2, 9
SAMPLE = 40  # the stamp reads and learns every so many lines


class Learned(NamedTuple):
    """What is shipped: int8 (2, SLOTS), float64 (2,), float64 (2,)."""

    weights: np.ndarray
    scale: np.ndarray
    bias: np.ndarray


def train(lines: Sequence[Phrase]) -> Learned:
    """Learn both machines from those of `lines` that teach."""
    readers = {language: Reader(language) for language in LANGUAGES}
    rows = examples(teaching(lines), readers, Signs())
    found = [learn(rows, answers) for answers in (rows.risk, rows.urgent)]
    scale = np.array([float(np.abs(weights).max()) / MOST for weights, _ in found])
    quantised = np.stack([np.rint(weights / s).astype(np.int8) for (weights, _), s in zip(found, scale, strict=True)])
    quantised[np.abs(quantised) <= np.array(LIGHT)[:, None]] = 0
    seldom = np.bincount(np.concatenate(rows.slots), minlength=SLOTS) <= SELDOM
    quantised[0, seldom & (np.abs(quantised[0]) <= LIGHT_SELDOM)] = 0
    return Learned(quantised, scale, np.array([bias for _, bias in found]))


def stamp(lines: Sequence[Phrase], learned: Learned) -> str:
    """What ties weights to their training, in seconds where that takes minutes: a digest of all lines that teach, of
    the tables, of how every 40th of these lines is read and what is learned from them, and of the weights.
    """
    taught = teaching(lines)
    told = hashlib.sha256(repr(taught).encode())
    for name in ("signs", *(f"concepts_{language}" for language in LANGUAGES)):
        told.update((data_folder() / f"{name}.toml").read_bytes())
    rows = examples(taught[::SAMPLE], {language: Reader(language) for language in LANGUAGES}, Signs())
    for answers in (rows.risk, rows.urgent):
        weights, bias = learn(rows, answers)
        told.update(weights.tobytes() + np.float64(bias).tobytes())
    for part in learned:
        told.update(part.tobytes())
    return told.hexdigest()


def shipped() -> tuple[Learned, str]:
    """The weights that ship, and their stamp."""
    table = read_arrays(data_folder() / WEIGHTS, "run `python -m training.crisis.train`")
    weights = spread(table["used"], table["weights"])
    return Learned(weights, table["scale"], table["bias"]), str(table["stamp"])


def write(path: Path, learned: Learned, stamped: str) -> None:
    """Write the file that ships."""
    used, kept = gathered(learned.weights)
    told = {"scale": learned.scale, "bias": learned.bias, "stamp": np.array(stamped)}
    write_arrays(str(path), {"used": used, "weights": kept, **told})


def main() -> None:
    """Train, write the weights, and print the figures of the lines that were set aside."""
    lines = phrases()
    learned = train(lines)
    path = Path(str(data_folder() / WEIGHTS))
    write(path, learned, stamp(lines, learned))
    typer.echo(f"wrote {path} ({path.stat().st_size // 1000} kB)")
    crisis = CrisisClassifier.load()
    for language in LANGUAGES:
        aside = [line for line in lines if line.aside and line.language == language]
        typer.echo(f"set aside {language}: {measure(crisis, aside)}")


if __name__ == "__main__":
    main()
