"""Teaches the remarks, over the network as it ships: `python -m training.remarks.train` (needs PyTorch; minutes).

A multinomial logistic regression over the encodings of the lines, beside ordinary talk that is none of them; then in
two thin matrices (singular values). Nothing is drawn by chance but which of the ordinary lines teach.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import torch
import typer
from rich.progress import track

from robot.core.clock import generator
from robot.sense.language.reader.learned import Adapter, Learned, Whole, data_folder
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.remarks import NAME, Remarks
from training.ordinary import drawn
from training.ordinary import ordinary as ordinary_lines
from training.regression import fitted
from training.remarks.lines import RemarkLine, lines, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.ordinary import Ordinary

SEED = 5
ORDINARY = 8000  # lines of ordinary talk
ORDINARY_COUNTS = 0.3  # times: one in four of them is somebody's remark after all
STEPS = 60
RANK = 96
FINEST = 31  # of a weight in whole numbers: the package has little room
ASIDE = 6  # with `--measure`, every so many lines is set aside
CALM = 8  # and of the ordinary lines that never teach, every so many is read


def thin(weights: np.ndarray) -> Adapter:
    """Weights float32 (answers, width) as two thin matrices."""
    left, values, across = np.linalg.svd(weights, full_matrices=False)
    return Adapter(Whole.of(values[:RANK, None] * across[:RANK], FINEST), Whole.of(left[:, :RANK], FINEST))


def measured(remarks: Remarks, network: MeaningNetwork, told: Sequence[RemarkLine], calm: Sequence[Ordinary]) -> None:
    """How lines fare that taught nothing, and how many of ordinary ones are taken for a remark."""
    found = [(remarks.of(network.encode(line.text)), line.remark) for line in told]
    alarms = np.array([remarks.of(network.encode(line.text)).probability for line in calm])
    for least in (0.0, 0.3, 0.4, 0.5, 0.6):
        kept = [one.name == name for one, name in found if one.probability >= least]
        typer.echo(
            f"from {least}: {100 * len(kept) / len(found):.0f} % kept, {100 * np.mean(kept):.0f} % of these right; "
            f"{100 * np.mean(alarms >= least):.0f} % of ordinary lines are taken for one"
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
    ordinary = drawn(generator(SEED), ORDINARY)
    texts = [*(line.text for line in teach), *(line.text for line in ordinary)]
    encodings = np.stack([network.encode(text) for text in track(texts, "reading")])
    answers = [names.index(line.remark) for line in teach] + [len(names)] * len(ordinary)
    counts = [1.0] * len(teach) + [ORDINARY_COUNTS] * len(ordinary)
    weights, bias = fitted(encodings, answers, counts, several=len(names) + 1, steps=STEPS)
    remarks = Remarks(names, thin(weights), bias, stamp(told, Learned.load().stamp))
    if measure:
        measured(remarks, network, aside, [line for line in ordinary_lines() if line.aside][::CALM])
        return
    path = str(data_folder() / NAME)
    remarks.save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB): {len(names)} remarks by {len(told)} lines")


if __name__ == "__main__":
    typer.run(main)
