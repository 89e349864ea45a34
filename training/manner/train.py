"""Teaches what each manner of going along with a line is worth: `python -m training.manner.train` (a minute or two,
most of it to read the lines).

A linear regression of the worth over the reader's encodings, held small (ridge; Hoerl & Kennard 1970), but less so in
the directions that tell how a line is taken up, which ten thousand other lines taught (`training/uptake`). With each
hand of strangers left out in turn, this fits 2 % more lines and is wrong for 1 % fewer. A perceptron over the encodings
was no better by more than judges differ; to teach the choice itself (expected worth under a softmax) was worse.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import typer
from rich.progress import track

from robot.core.manners import MANNERS
from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.learned import FINEST_HEAD, Judgement, Linear, Whole, data_folder
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.probe import MANNER, UPTAKE, Probe
from training.manner.lines import ONE_IN, lines, stamp, worths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.manner.lines import JudgedLine

HELD = 1.0  # how strongly a weight is held to zero, a line
TOLD_BY_UPTAKE = 5.0  # by how much one is less so that goes by what a kind of uptake weighs


def taught(encodings: np.ndarray, worth: np.ndarray, uptake: Linear) -> Linear:
    """The layer that gives the worth, float64 (lines, manners), by encodings float32 (lines, width)."""
    middle, usual = encodings.mean(axis=0, dtype=np.float64), worth.mean(axis=0)
    away = encodings - middle
    kinds = away @ uptake.weights.full().T.astype(np.float64)
    spread, spread_kinds = away.std(axis=0) + 1e-6, kinds.std(axis=0) / TOLD_BY_UPTAKE
    even = np.hstack([away / spread, kinds / spread_kinds])
    held = HELD * len(even) * np.eye(even.shape[1])
    found = np.linalg.solve(even.T @ even + held, even.T @ (worth - usual)).T
    weights = found[:, : len(spread)] / spread
    weights += (found[:, len(spread) :] / spread_kinds) @ uptake.weights.full()
    return Linear(Whole.of(weights, FINEST_HEAD), (usual - weights @ middle).astype(np.float32))


def measured(layer: Linear, told: Sequence[JudgedLine], encodings: np.ndarray) -> None:
    """How the best manner fares with lines that taught nothing, beside the plain one for all."""
    chosen = [MANNERS[int(layer.over(encoding).argmax())] for encoding in encodings]
    for language in sorted({line.language for line in told}):
        of = [(line, manner) for line, manner in zip(told, chosen, strict=True) if line.language == language]
        for name, some in (("the best", of), ("plain", [(line, MANNERS[0]) for line, _ in of])):
            fitting = sum(manner in line.fitting for line, manner in some)
            harmless = sum(manner in line.acceptable for line, manner in some)
            shares = (100 * many / len(some) for many in (fitting, harmless, len(some) - fitting - harmless))
            typer.echo(
                f"{language}, {len(some)} lines, {name}: "
                + ", ".join(f"{share:.0f} % {of}" for share, of in zip(shares, ("fit", "do", "wrong"), strict=True))
            )


def main() -> None:
    """Measure with one line in some set aside; then teach by all, and write what ships."""
    network = MeaningNetwork.load()
    told = lines()
    encodings = np.stack([network.encode(as_read(line.text)) for line in track(told, "reading")])
    worth = worths(told)
    aside = np.arange(len(told)) % ONE_IN == 0
    uptake = Probe.load(UPTAKE)
    measured(
        taught(encodings[~aside], worth[~aside], uptake.head.layer),
        [line for line, apart in zip(told, aside, strict=True) if apart],
        encodings[aside],
    )
    head = Judgement(MANNERS, taught(encodings, worth, uptake.head.layer), 1.0)
    path = str(data_folder() / MANNER.file)
    Probe(MANNER, head, stamp(told, uptake.stamp)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(told)} lines")


if __name__ == "__main__":
    typer.run(main)
