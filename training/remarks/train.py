"""Teaches the remarks, over the network as it ships: `python -m training.remarks.train` (needs PyTorch; minutes).

A multinomial logistic regression over the encodings of the lines, beside ordinary talk that is none of them; then in
two thin matrices (singular values). Nothing is drawn by chance but which of the ordinary lines teach.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import torch
import torch.nn.functional as f
import typer
from rich.progress import track

from robot.core.clock import generator
from robot.sense.language.reader.learned import Adapter, Learned, Whole, data_folder
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.remarks import NAME, Remarks
from training.meaning.lines import taught
from training.ordinary import Ordinary
from training.remarks.lines import RemarkLine, lines, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 5
ORDINARY = 8000  # lines of ordinary talk
ORDINARY_COUNTS = 0.3  # times: one in four of them is somebody's remark after all
PENALTY = 2e-4  # on the square of a weight
STEPS = 60
RANK = 96
FINEST = 31  # of a weight in whole numbers: the package has little room
ASIDE = 6  # with `--measure`, every so many lines is set aside


def calm() -> list[str]:
    """Ordinary talk that teaches."""
    rng = generator(SEED)
    every = [one.text for one in taught() if not Ordinary(one.text, one.language, one.meaning).aside]
    return [every[n] for n in sorted(rng.choice(len(every), min(ORDINARY, len(every)), replace=False))]


def fitted(encodings: np.ndarray, answers: Sequence[int], counts: Sequence[float], several: int) -> Remarks:
    """The classifier, without its names, of encodings float32 (lines, width)."""
    given, right, weighs = torch.from_numpy(encodings), torch.tensor(answers), torch.tensor(counts)
    linear = torch.nn.Linear(given.shape[1], several)
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
    left, values, across = np.linalg.svd(linear.weight.detach().numpy(), full_matrices=False)
    thin = Adapter(Whole.of(values[:RANK, None] * across[:RANK], FINEST), Whole.of(left[:, :RANK], FINEST))
    return Remarks((), thin, linear.bias.detach().numpy().astype(np.float32), "")


def measured(remarks: Remarks, network: MeaningNetwork, told: Sequence[RemarkLine]) -> None:
    """How lines fare that taught nothing."""
    found = [(remarks.of(network.encode(line.text)), line.remark) for line in told]
    for least in (0.0, 0.3, 0.4, 0.5, 0.6):
        kept = [one.name == name for one, name in found if one.probability >= least]
        typer.echo(
            f"from {least}: {100 * len(kept) / len(found):.0f} % kept, {100 * np.mean(kept):.0f} % of these right"
        )


def main(
    *,
    measure: Annotated[
        bool, typer.Option(help="Set one line in six aside, measure by these, and write nothing.")
    ] = False,
) -> None:
    """Teach, and write what ships; or measure."""
    torch.set_num_threads(1)
    network = MeaningNetwork.load()
    told = lines()
    names = tuple(dict.fromkeys(line.remark for line in told))
    aside = told[::ASIDE] if measure else []
    teach = [line for n, line in enumerate(told) if n % ASIDE or not measure]
    ordinary = calm()
    texts = [*(line.text for line in teach), *ordinary]
    encodings = np.stack([network.encode(text) for text in track(texts, "reading")])
    answers = [names.index(line.remark) for line in teach] + [len(names)] * len(ordinary)
    counts = [1.0] * len(teach) + [ORDINARY_COUNTS] * len(ordinary)
    remarks = fitted(encodings, answers, counts, len(names) + 1)._replace(names=names)
    if measure:
        measured(remarks, network, aside)
        return
    path = str(data_folder() / NAME)
    remarks._replace(stamp=stamp(told, Learned.load().stamp)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB): {len(names)} remarks by {len(told)} lines")


if __name__ == "__main__":
    typer.run(main)
