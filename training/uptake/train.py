"""Teaches how lines are taken up, over the network as it ships: `python -m training.uptake.train` (needs PyTorch; some
minutes, most of them to read the lines).

A logistic regression over the encodings. A perceptron knew no more lines of a new hand (50 of 100), and was surer where
it was wrong; discriminant analysis was surer still.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as f
import typer
from rich.progress import track

from robot.core.uptake import ASKING, KINDS, NO_TROUBLE, TROUBLE, TROUBLED
from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.learned import FINEST_HEAD, Judgement, Learned, Linear, Whole, data_folder
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.uptake import NAME, UptakeHead
from training import everyday
from training.uptake.lines import lines, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 11
ROUNDS, BATCH = 12, 256
STEP, DECAY, DROPPED = 1e-3, 1.0, 0.3


def fitted(encodings: np.ndarray, answers: Sequence[int], counts: Sequence[float]) -> Linear:
    """The layer that answers, by encodings float32 (lines, width)."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    given, right, weighs = torch.from_numpy(encodings), torch.tensor(answers), torch.tensor(counts)
    middle, spread = given.mean(0), given.std(0) + 1e-6
    given = (given - middle) / spread
    layer = torch.nn.Linear(given.shape[1], len(KINDS))
    optimiser = torch.optim.AdamW(layer.parameters(), STEP, weight_decay=DECAY)
    steps = ROUNDS * -(-len(given) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: 1.0 - n / steps)
    for _ in track(range(ROUNDS), "teaching"):
        for chosen in torch.randperm(len(given)).split(BATCH):
            optimiser.zero_grad()
            told = f.dropout(given[chosen], DROPPED)
            each = f.cross_entropy(layer(told), right[chosen], reduction="none")
            ((weighs[chosen] * each).sum() / weighs[chosen].sum()).backward()
            optimiser.step()
            schedule.step()
    weights = (layer.weight / spread).detach()
    bias = layer.bias.detach() - weights @ middle
    return Linear(Whole.of(weights.numpy(), FINEST_HEAD), bias.numpy().astype(np.float32))


def measured(head: UptakeHead, network: MeaningNetwork) -> None:
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
    layer = fitted(encodings, [KINDS.index(line.kind) for line in taught], [line.counts for line in taught])
    head = UptakeHead(Judgement(KINDS, layer, 1.0), stamp(taught, Learned.load().stamp))
    path = str(data_folder() / NAME)
    head.save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(taught)} lines")
    measured(head, network)


if __name__ == "__main__":
    main()
