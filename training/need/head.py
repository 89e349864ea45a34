"""Teaches the head of need anew, over the network as it ships: `python -m training.need.head` (needs PyTorch; minutes).

The network's changes were learned with this head beside that of meanings (`training/meaning/train.py`); lines of need
that came later are taken up here. A multinomial logistic regression over the encodings: nothing is drawn by chance but
which of the very many lines teach.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import typer
from rich.progress import track

from robot.core.clock import generator
from robot.sense.language.reader.learned import FINEST, NAME, Judgement, Learned, Whole, data_folder
from robot.sense.language.reader.network import NEED, MeaningNetwork
from training.meaning.lines import taught
from training.meaning.stamp import stamp
from training.need.lines import KINDS, NONE, NeedLine, NeedLines
from training.ordinary import drawn
from training.regression import fitted

SEED = 11
ORDINARY = 9000  # lines of ordinary talk
STEPS = 150
ORDINARY_COUNTS = 3.0  # times more: few lines stand for very much of what is said


def chosen() -> tuple[list[NeedLine], list[NeedLine]]:
    """The lines that teach: of need and near it, and of ordinary talk."""
    rng = generator(SEED)
    calm = [NeedLine(one.text, one.language, NONE) for one in drawn(rng, ORDINARY)]
    return NeedLines().drawn(rng), calm


def main() -> None:
    """Teach, and write the head into what ships."""
    torch.set_num_threads(1)
    network = MeaningNetwork.load()
    near, calm = chosen()
    lines = [*near, *calm]
    encodings = np.stack([network.encode(line.text) for line in track(lines, "reading")])
    counts = [1.0] * len(near) + [ORDINARY_COUNTS] * len(calm)
    answers = [KINDS.index(line.need) for line in lines]
    weights, bias = fitted(encodings, answers, counts, several=len(KINDS), steps=STEPS)
    learned = Learned.load()
    head = Judgement(KINDS, Whole.of(weights, FINEST), bias, 1.0)
    learned = learned._replace(heads={**learned.heads, NEED: head})
    path = str(data_folder() / NAME)
    learned._replace(stamp=stamp([*taught(), *NeedLines().every()], learned)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(lines)} lines")


if __name__ == "__main__":
    main()
