"""Teaches how lines are taken up, over the network as it ships: `python -m training.uptake.train` (needs PyTorch; some
minutes, most of them to read the lines).

A logistic regression over the encodings. A perceptron knew no more lines of a new hand (50 of 100), and was surer where
it was wrong; discriminant analysis was surer still.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import typer
from rich.progress import track

from robot.core.uptake import ASKING, KINDS, NO_TROUBLE, TROUBLE, TROUBLED
from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.learned import Judgement, Learned, data_folder
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.probe import UPTAKE, Probe
from training import everyday
from training.heads import Course, Given, logistic
from training.uptake.lines import lines, stamp

COURSE = Course(rounds=12, step=1e-3, decay=1.0)


def measured(head: Probe, network: MeaningNetwork) -> None:
    """How the turns of a hand fare that taught nothing."""
    turns = everyday.measuring()
    found = np.stack([head.head.probabilities(network.encode(as_read(turn.text))) for turn in turns])
    right = np.array([KINDS.index(turn.uptake) for turn in turns])
    best = found.argmax(axis=1)
    typer.echo(f"{len(turns)} turns of another hand: {100 * np.mean(best == right):.0f} % as their reader took them")
    for n, kind in enumerate(KINDS):
        sure = found[:, n] >= TROUBLED
        typer.echo(f"  {kind}: {np.sum(right == n)}, sure of {sure.sum()}, {np.sum(right[sure] == n)} of these right")
    asking, trouble = ([KINDS.index(kind) for kind in kinds] for kinds in (ASKING, TROUBLE))
    told = ~np.isin(right, asking)
    amount = found[:, trouble].sum(axis=1)
    for name, some in (("hardly any", amount < NO_TROUBLE), ("surely some", amount > TROUBLED)):
        share = 100 * np.mean(np.isin(right[some & told], trouble))
        typer.echo(f"{name} trouble: {np.sum(some & told)} that are told, {share:.0f} % of trouble")


def main() -> None:
    """Teach, and write what ships."""
    network = MeaningNetwork.load()
    taught = lines()
    encodings = np.stack([network.encode(as_read(line.text)) for line in track(taught, "reading")])
    given = Given(encodings, [KINDS.index(line.kind) for line in taught], [line.counts for line in taught])
    layer = logistic(given, len(KINDS), COURSE)
    head = Probe(UPTAKE, Judgement(KINDS, layer, 1.0), stamp(taught, Learned.load().stamp))
    path = str(data_folder() / UPTAKE.file)
    head.save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(taught)} lines")
    measured(head, network)


if __name__ == "__main__":
    main()
