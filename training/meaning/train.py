"""Learns what the reader makes of the base network's encoding: `python -m training.meaning.train`.

A softmax regression over the means of four layers, on every line and on a varied copy of it. `--measure` leaves each
writer out in turn instead, and tells how well the others' lines taught to read this one's.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, NamedTuple

import numpy as np
import typer
from rich.progress import track

from robot.core.clock import generator
from robot.core.meanings import meanings
from robot.sense.language.reader.base import SHA256
from robot.sense.language.reader.learned import NAME, Judgement, Learned, Whole, data_folder
from robot.sense.language.reader.network import MEANING, MeaningNetwork
from training.meaning.lines import LANGUAGES, TaughtLine, taught, writers
from training.meaning.vary import varied

if TYPE_CHECKING:
    from collections.abc import Sequence

TAPS = (3, 6, 9, 12)
SEED = 7
EPOCHS, BATCH = 40, 256
STEP, DECAY = 3e-3, 1e-3
SMOOTHING = 0.1  # of the answers that are taught
TEMPERATURE = 0.6  # found by `--measure`: what makes the probabilities true of a writer who taught nothing
SAMPLE = 40  # the stamp varies every so many lines


class Figures(NamedTuple):
    """How lines were read: shares in percent; `kept` at a threshold of 0.5, and how many of those are right."""

    lines: int
    first: float
    third: float
    kept: float
    right: float


def stamp(lines: Sequence[TaughtLine], learned: Learned) -> str:
    """What ties weights to their training, without training: a digest of the lines, of their meanings' names, of how
    some of the lines are varied, of the settings, and of the weights.
    """
    told = hashlib.sha256(repr((list(lines), list(meanings()), SHA256)).encode())
    rng = generator(SEED)
    told.update(repr([varied(line.text, line.language, rng) for line in lines[::SAMPLE]]).encode())
    told.update(repr((TAPS, SEED, EPOCHS, BATCH, STEP, DECAY, SMOOTHING, TEMPERATURE)).encode())
    for key in sorted(learned.adapters):
        for whole in learned.adapters[key]:
            told.update(whole.values.tobytes() + whole.scales.tobytes())
    for name, head in sorted(learned.heads.items()):
        told.update(repr((name, head.names, head.temperature)).encode())
        told.update(head.weights.values.tobytes() + head.weights.scales.tobytes() + head.bias.tobytes())
    return told.hexdigest()


def encoded(lines: Sequence[TaughtLine]) -> tuple[np.ndarray, np.ndarray]:
    """Encodings float32 (lines, width) of the lines as they are, and of a varied copy of each."""
    with TemporaryDirectory() as folder:
        bare = Path(folder) / NAME
        Learned({}, TAPS, {}, "").save(str(bare))
        network = MeaningNetwork.load(place=Path(folder) / "made", source=bare)
        plain = [network.encode(line.text) for line in track(lines, "encoding")]
        rng = generator(SEED)
        changed = [network.encode(varied(line.text, line.language, rng)) for line in track(lines, "varied")]
    return np.stack(plain), np.stack(changed)


def fitted(examples: np.ndarray, answers: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights float32 (count, width) and bias (count,) of a softmax regression, by Adam (Kingma and Ba 2015)."""
    mean, spread = examples.mean(axis=0), examples.std(axis=0) + 1e-6
    rng = generator(SEED)
    parts = [np.zeros((count, examples.shape[1]), np.float32), np.zeros(count, np.float32)]
    firsts, seconds = [np.zeros_like(part) for part in parts], [np.zeros_like(part) for part in parts]
    steps = EPOCHS * -(-len(examples) // BATCH)
    n = 0
    for _ in track(range(EPOCHS), "learning"):
        order = rng.permutation(len(examples))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            rows = (examples[chosen] - mean) / spread
            wrong = _softmax(rows @ parts[0].T + parts[1]) - SMOOTHING / count
            wrong[np.arange(len(chosen)), answers[chosen]] -= 1.0 - SMOOTHING
            wrong /= len(chosen)
            n += 1
            for i, slope in enumerate((wrong.T @ rows + DECAY * parts[0], wrong.sum(axis=0))):
                firsts[i] += 0.1 * (slope - firsts[i])
                seconds[i] += 0.01 * (slope * slope - seconds[i])
                step = STEP * (1.0 - n / steps)
                parts[i] -= step * (firsts[i] / (1.0 - 0.9**n)) / (np.sqrt(seconds[i] / (1.0 - 0.99**n)) + 1e-8)
    weights = parts[0] / spread
    return weights, parts[1] - weights @ mean


def _softmax(told: np.ndarray) -> np.ndarray:
    grown = np.exp(told - told.max(axis=-1, keepdims=True))
    out: np.ndarray = grown / grown.sum(axis=-1, keepdims=True)
    return out


def learn(lines: Sequence[TaughtLine], plain: np.ndarray, changed: np.ndarray) -> Judgement:
    """The head over encodings of these lines."""
    names = tuple(meanings())
    at = {name: n for n, name in enumerate(names)}
    answers = np.array([at[line.meaning] for line in lines])
    weights, bias = fitted(np.concatenate([plain, changed]), np.concatenate([answers, answers]), len(names))
    return Judgement(names, Whole.of(weights), bias.astype(np.float32), TEMPERATURE)


def judged(head: Judgement, lines: Sequence[TaughtLine], encodings: np.ndarray) -> Figures:
    """How well the head reads these lines."""
    told = encodings @ head.weights.full().T + head.bias
    chances = _softmax(told.astype(np.float64) / head.temperature)
    order = np.argsort(-chances, axis=1, kind="stable")
    answers = np.array([head.names.index(line.meaning) for line in lines])
    right = order[:, 0] == answers
    sure = chances.max(axis=1) >= 0.5
    return Figures(
        len(lines),
        round(100.0 * float(right.mean()), 1),
        round(100.0 * float((order[:, :3] == answers[:, None]).any(axis=1).mean()), 1),
        round(100.0 * float(sure.mean()), 1),
        round(100.0 * float(right[sure].mean()), 1),
    )


def measure(lines: Sequence[TaughtLine], plain: np.ndarray, changed: np.ndarray) -> None:
    """Leave each writer out in turn, and tell how the lines of this one are read."""
    for writer in writers(lines):
        out = np.array([line.writer == writer for line in lines])
        head = learn([line for line in lines if line.writer != writer], plain[~out], changed[~out])
        for language in LANGUAGES:
            chosen = np.array([n for n, line in enumerate(lines) if out[n] and line.language == language])
            for kind, encodings in (("as written", plain), ("varied", changed)):
                figures = judged(head, [lines[n] for n in chosen], encodings[chosen])
                typer.echo(f"writer {writer} left out, {language}, {kind}: {figures}")


def main(
    *, only_measure: Annotated[bool, typer.Option("--measure", help="Leave writers out, and write nothing.")] = False
) -> None:
    """Learn, and write what ships; or measure."""
    lines = taught()
    plain, changed = encoded(lines)
    if only_measure:
        measure(lines, plain, changed)
        return
    learned = Learned({}, TAPS, {MEANING: learn(lines, plain, changed)}, "")
    path = str(data_folder() / NAME)
    learned._replace(stamp=stamp(lines, learned)).save(path)
    typer.echo(f"wrote {path} ({Path(path).stat().st_size // 1000} kB)")


if __name__ == "__main__":
    typer.run(main)
