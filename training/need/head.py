"""Teaches the head of need anew, over the network as it ships: `python -m training.need.head` (needs PyTorch; minutes).

The network's changes were learned with this head beside that of meanings (`training/meaning/train.py`); lines of need
that came later are taken up here. A multinomial logistic regression over the encodings: nothing is drawn by chance but
which of the very many lines teach.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as f
import typer
from rich.progress import track

from robot.core.clock import generator
from robot.sense.language.reader.learned import NAME, Judgement, Learned, Whole, data_folder
from robot.sense.language.reader.network import NEED, MeaningNetwork
from training.meaning.adapted import FINEST
from training.meaning.lines import taught
from training.meaning.stamp import stamp
from training.need.lines import KINDS, NONE, NeedLine, NeedLines
from training.ordinary import Ordinary

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 11
ORDINARY = 9000  # lines of ordinary talk
PENALTY = 2e-4  # on the square of a weight
STEPS = 150
ORDINARY_COUNTS = 3.0  # times more: few lines stand for very much of what is said


def chosen() -> tuple[list[NeedLine], list[NeedLine]]:
    """The lines that teach: of need and near it, and of ordinary talk."""
    rng = generator(SEED)
    calm = [one for one in taught() if not Ordinary(one.text, one.language, one.meaning).aside]
    some = rng.choice(len(calm), min(ORDINARY, len(calm)), replace=False)
    return NeedLines().drawn(rng), [NeedLine(calm[n].text, calm[n].language, NONE) for n in sorted(some)]


def fitted(encodings: np.ndarray, answers: Sequence[int], counts: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Weights float32 (kinds, width) and bias float32 (kinds,), of encodings float32 (lines, width)."""
    given, right, weighs = torch.from_numpy(encodings), torch.tensor(answers), torch.tensor(counts)
    linear = torch.nn.Linear(given.shape[1], len(KINDS))
    torch.nn.init.zeros_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    optimiser = torch.optim.LBFGS(linear.parameters(), max_iter=STEPS, line_search_fn="strong_wolfe")

    def error() -> torch.Tensor:
        optimiser.zero_grad()
        each = f.cross_entropy(linear(given), right, reduction="none")
        out = (weighs * each).sum() / weighs.sum() + PENALTY * linear.weight.square().sum()
        out.backward()
        return out

    optimiser.step(error)
    return linear.weight.detach().numpy(), linear.bias.detach().numpy()


def main() -> None:
    """Teach, and write the head into what ships."""
    torch.set_num_threads(1)
    network = MeaningNetwork.load()
    drawn, calm = chosen()
    lines = [*drawn, *calm]
    encodings = np.stack([network.encode(line.text) for line in track(lines, "reading")])
    counts = [1.0] * len(drawn) + [ORDINARY_COUNTS] * len(calm)
    weights, bias = fitted(encodings, [KINDS.index(line.need) for line in lines], counts)
    learned = Learned.load()
    head = Judgement(KINDS, Whole.of(weights, FINEST), bias.astype(np.float32), 1.0)
    learned = learned._replace(heads={**learned.heads, NEED: head})
    path = str(data_folder() / NAME)
    learned._replace(stamp=stamp([*taught(), *NeedLines().every()], learned)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(lines)} lines")


if __name__ == "__main__":
    main()
