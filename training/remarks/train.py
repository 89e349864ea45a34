"""Teaches the remarks, over the network as it ships: `python -m training.remarks.train` (minutes).

Linear discriminant analysis (Rao 1948) of the encodings of the lines: the space in which the lines of a remark lie
closest together, beside how far the remarks lie from each other. A few wordings of each are enough for it, where a
regression overlooks most wordings of a new hand. Nothing is drawn by chance.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.progress import track

from robot.core.uptake import KINDS
from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.learned import FINEST_HEAD, Adapter, Learned, Whole, data_folder
from robot.sense.language.reader.network import MEANING, MeaningNetwork
from robot.sense.language.reader.probe import UPTAKE, Probe
from robot.sense.language.reader.remarks import NAME, Remark, Remarks
from training import everyday
from training.remarks.lines import STRANGERS, RemarkLine, answered, lines, stamp, uptakes

if TYPE_CHECKING:
    from collections.abc import Sequence

RANK = 88
COARSE = 7  # steps either way of what leads into that space: it takes half of the room
SHRUNK = 0.4  # of how lines of a remark vary: so far towards what is alike in all directions (Friedman 1989)
MEANINGS = 4  # of a remark
ASIDE = 6  # with `--measure`, every so many lines is set aside


def taught(
    names: tuple[str, ...], encodings: np.ndarray, answers: np.ndarray, likely: np.ndarray, stamped: str
) -> Remarks:
    """The space and the places in it. `encodings` float32 (lines, width), `answers` the number of each one's name,
    `likely` float64 (lines, meanings) what each means.
    """
    given = encodings.astype(np.float64)
    places = np.stack([given[answers == n].mean(axis=0) for n in range(len(names))])
    apart = given - places[answers]
    within = apart.T @ apart / (len(given) - len(names))
    alike = np.trace(within) / len(within) * np.eye(len(within))
    white = np.linalg.cholesky(np.linalg.inv((1.0 - SHRUNK) * within + SHRUNK * alike))
    middle = places.mean(axis=0)
    across = np.linalg.svd((places - middle) @ white, full_matrices=False)[2][:RANK]
    down, up = across @ white.T, across @ white.T @ (places - middle).T
    axes = Adapter(Whole.of(down.astype(np.float32), COARSE), Whole.of(up.astype(np.float32), FINEST_HEAD))
    meant = np.stack([likely[answers == n].mean(axis=0) for n in range(len(names))])
    meanings = np.argsort(-meant, axis=1, kind="stable")[:, :MEANINGS].astype(np.uint8)
    kinds = uptakes()
    taken_up = np.array([KINDS.index(kinds[name]) for name in names], np.uint8)
    return Remarks(names, axes, axes.down.full() @ middle.astype(np.float32), meanings, taken_up, stamped)


def measured(remarks: Remarks, network: MeaningNetwork, told: Sequence[RemarkLine]) -> None:
    """How lines fare that taught nothing; and how much of ordinary talk is taken for a remark, rightly or not."""
    uptake = Probe.load(UPTAKE)

    def read(text: str) -> Remark:
        encoding = network.encode(as_read(text))
        return remarks.of(encoding, network.judge(MEANING, encoding), uptake.of(encoding))

    found = [(read(line.text), line.remark) for line in told]
    calm = [read(turn.text).probability for turn in everyday.measuring()]
    for least in (0.0, 0.3, 0.4, 0.5, 0.6):
        kept = [one.name == name for one, name in found if one.probability >= least]
        taken = np.mean([p >= least for p in calm])
        typer.echo(
            f"from {least}: {100 * len(kept) / len(found):.0f} % kept, {100 * np.mean(kept):.0f} % of these right;"
            f" {100 * taken:.0f} % of ordinary talk"
        )


def main(
    *,
    measure: Annotated[
        bool, typer.Option(help="Set one line in six aside, measure by these, and write nothing.")
    ] = False,
) -> None:
    """Teach, and write what ships; or measure."""
    network = MeaningNetwork.load()
    every, kinds = lines(), uptakes()
    told = answered(every, kinds)
    names = tuple(dict.fromkeys(line.remark for line in told))
    aside = told[::ASIDE] if measure else []
    teach = [line for n, line in enumerate(told) if n % ASIDE or not measure]
    encodings = np.stack([network.encode(as_read(line.text)) for line in track(teach, "reading")])
    answers = np.array([names.index(line.remark) for line in teach])
    learned = Learned.load()
    likely = np.stack([learned.heads[MEANING].probabilities(encoding) for encoding in encodings])
    remarks = taught(names, encodings, answers, likely, stamp(every, kinds, learned.stamp))
    measured(remarks, network, aside or answered(lines(STRANGERS), kinds))
    if measure:
        return
    path = str(data_folder() / NAME)
    remarks.save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB): {len(names)} remarks by {len(told)} lines")


if __name__ == "__main__":
    typer.run(main)
