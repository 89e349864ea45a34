"""Teaches the head of need anew, over the network as it ships: `python -m training.need.head` (needs PyTorch; a quarter
of an hour, most of it to read the lines).

The network's changes were learned with a plain head beside that of meanings (`training/meaning/train.py`). This one has
a hidden layer, since need is no one direction: a perceptron over the encodings, each line as it is heard. Of talks set
aside the plain head took five times as many turns for danger at equal misses.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
import typer
from rich.progress import track

from robot.sense.language.reader.learned import NAME, Judgement, Learned, Linear, Whole, data_folder
from robot.sense.language.reader.network import NEED, MeaningNetwork, as_heard
from training.heads import Course, teach
from training.meaning.lines import every_line, taught
from training.meaning.stamp import stamp
from training.need.in_talks import NONE
from training.need.lines import DANGER, KINDS, NeedLine, NeedLines
from training.ordinary import Ordinary

if TYPE_CHECKING:
    from collections.abc import Sequence

HIDDEN = 80
COURSE = Course(rounds=16, step=1e-3, decay=0.02)
DROPPED, DROPPED_HIDDEN = 0.1, 0.3
# How often a line counts: few lines stand for very much of what is said.
ORDINARY, EVERYDAY, TOLD, REMARKED = 3.0, 5.0, 5.0, 1.0
DANGEROUS = 4.0  # and how much more one of danger does, of which there are fewest
FINEST_HIDDEN, FINEST_OUT = 11, 63


class Lesson(NamedTuple):
    """Lines, and how often each counts."""

    lines: list[NeedLine]
    counts: list[float]


def lesson(need: NeedLines) -> Lesson:
    """What teaches: need and what is near it, ordinary talk, and both as they come in talks."""
    calm = [one for one in taught() if not Ordinary(one.text, one.language, one.meaning).aside]
    parts = (
        (need.out_of_the_blue(), 1.0),
        ([NeedLine(one.text, one.language, NONE) for one in calm], ORDINARY),
        (need.everyday, EVERYDAY),
        (need.told, TOLD),
        (need.remarked, REMARKED),
    )
    counted = [(line, count * (DANGEROUS if line.need == DANGER else 1.0)) for lines, count in parts for line in lines]
    return Lesson([line for line, _ in counted], [count for _, count in counted])


def fitted(encodings: np.ndarray, answers: Sequence[int], counts: Sequence[float]) -> tuple[Linear, Linear]:
    """The hidden layer and the one that answers, by encodings float32 (lines, width)."""

    def made(width: int) -> torch.nn.Sequential:
        hidden, out = torch.nn.Linear(width, HIDDEN), torch.nn.Linear(HIDDEN, len(KINDS))
        return torch.nn.Sequential(
            torch.nn.Dropout(DROPPED), hidden, torch.nn.ReLU(), torch.nn.Dropout(DROPPED_HIDDEN), out
        )

    network, middle, spread = teach(made, encodings, answers, counts, COURSE)
    _, hidden, _, _, out = network
    within = (hidden.weight / spread).detach()
    return (
        _layer(within, hidden.bias.detach() - within @ middle, FINEST_HIDDEN),
        _layer(out.weight.detach(), out.bias.detach(), FINEST_OUT),
    )


def _layer(weights: torch.Tensor, bias: torch.Tensor, finest: int) -> Linear:
    return Linear(Whole.of(weights.numpy(), finest), bias.numpy().astype(np.float32))


def main() -> None:
    """Teach, and write the head into what ships."""
    network = MeaningNetwork.load()
    need = NeedLines()
    lines, counts = lesson(need)
    encodings = np.stack([network.encode(as_heard(line.text)) for line in track(lines, "reading")])
    hidden, layer = fitted(encodings, [KINDS.index(line.need) for line in lines], counts)
    learned = Learned.load()
    learned = learned._replace(heads={**learned.heads, NEED: Judgement(KINDS, layer, 1.0, hidden)})
    path = str(data_folder() / NAME)
    learned._replace(stamp=stamp([*every_line(), *need.every()], learned)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(lines)} lines")


if __name__ == "__main__":
    main()
