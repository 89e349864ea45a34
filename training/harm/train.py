"""Teaches whether somebody is harmed, over the network as it ships: `python -m training.harm.train` (needs PyTorch;
some minutes, most of them to read the lines).

A logistic regression over the encodings. A perceptron knew a few lines more of a new hand, and its weights are seven
times as many; a regression over words and pairs of words knew a third fewer.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import typer
from rich.progress import track

from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.learned import Judgement, Learned, data_folder
from robot.sense.language.reader.network import MeaningNetwork
from robot.sense.language.reader.probe import HARM, Probe
from training import everyday
from training.harm.lines import LANGUAGES, aside, lines, stamp
from training.harm.measure import Measure
from training.heads import Course, Given, logistic

COURSE = Course(rounds=30, step=1e-3, decay=0.1)


def main() -> None:
    """Teach, write what ships, and tell how the lines of a hand fare that taught nothing."""
    network = MeaningNetwork.load()
    taught = lines()
    encodings = np.stack([network.encode(as_read(line.text)) for line in track(taught, "reading")])
    given = Given(encodings, [int(line.harmed) for line in taught], [line.counts for line in taught])
    layer = logistic(given, len(HARM.answers), COURSE)
    probe = Probe(HARM, Judgement(HARM.answers, layer, 1.0), stamp(taught, Learned.load().stamp))
    path = str(data_folder() / HARM.file)
    probe.save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB), taught by {len(taught)} lines")
    measure = Measure(probe, network)
    for language in LANGUAGES:
        told = aside(language)
        turns = [turn.text for turn in everyday.measuring() if turn.language == language]
        shares = [round(measure.share(some, language), 1) for some in (told.harmed, told.near, turns)]
        typer.echo(f"{language}, of a hundred: harmed {shares[0]}, near them {shares[1]}, ordinary turns {shares[2]}")


if __name__ == "__main__":
    main()
