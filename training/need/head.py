"""Teaches the head of need anew, over the network as it ships: `python -m training.need.head` (needs PyTorch; a quarter
of an hour, most of it to read the lines).

The network's changes were learned with a plain head beside that of meanings (`training/meaning/train.py`). This one has
a hidden layer, since need is no one direction: a perceptron over the encodings, each line as it is heard. Of talks set
aside the plain head took five times as many turns for danger at equal misses.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import typer
from rich.progress import track

from robot.sense.language.reader.learned import NAME, Judgement, Learned, data_folder
from robot.sense.language.reader.network import NEED, MeaningNetwork, as_heard
from training.heads import Course, Given, perceptron
from training.meaning.lines import every_line, taught
from training.meaning.stamp import stamp
from training.need.in_talks import NONE
from training.need.lines import DANGER, KINDS, NeedLine, NeedLines
from training.ordinary import Ordinary

HIDDEN = 80
COURSE = Course(rounds=16, step=1e-3, decay=0.02)
# How often a line counts: few lines stand for very much of what is said.
ORDINARY, EVERYDAY, TOLD, REMARKED = 3.0, 5.0, 5.0, 1.0
DANGEROUS = 4.0  # and how much more one of danger does, of which there are fewest


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


def main() -> None:
    """Teach, and write the head into what ships."""
    network = MeaningNetwork.load()
    need = NeedLines()
    lines, counts = lesson(need)
    encodings = np.stack([network.encode(as_heard(line.text)) for line in track(lines, "reading")])
    given = Given(encodings, [KINDS.index(line.need) for line in lines], counts)
    hidden, layer = perceptron(given, len(KINDS), HIDDEN, COURSE)
    learned = Learned.load()
    learned = learned._replace(heads={**learned.heads, NEED: Judgement(KINDS, layer, 1.0, hidden)})
    path = str(data_folder() / NAME)
    learned._replace(stamp=stamp([*every_line(), *need.every()], learned)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(lines)} lines")


if __name__ == "__main__":
    main()
