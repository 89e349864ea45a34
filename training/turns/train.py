"""Learns what makes a whole sentence: `python -m training.turns.train`, in two minutes.

Each sentence teaches as it is, and cut on the way, where what is left is no sentence of somebody else's: a logistic
regression over the features of `robot/sense/hearing/completeness.py`. Whole sentences and cut ones weigh alike. What
weighs least is left out, and the others are learned once more without it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import typer
from scipy.optimize import minimize
from scipy.sparse import csr_array, diags_array

from robot.core.arrays import write_arrays
from robot.sense.hearing.completeness import SLOTS, WEIGHTS, Completeness, data_folder, features
from robot.texts.languages import house
from training.turns.lines import HANDS, measuring, strangers, whole

PENALTY = 0.5  # of the squares of weights
ROUNDS = 150
MOST = 31.0  # of a weight in whole numbers
SELDOM = 3  # a feature seen no more often teaches nothing
KEPT = 25_000  # features
SHARE = 5  # of a hundred finished sentences may be taken for unfinished


class Learned(NamedTuple):
    """What is shipped: int8 (SLOTS,), two numbers, and the languages that taught."""

    weights: np.ndarray
    scale: float
    bias: float
    languages: np.ndarray


class Examples(NamedTuple):
    """Words as features (n, SLOTS), whether they are whole (n,), and how much each teaches (n,)."""

    found: csr_array
    finished: np.ndarray
    counts: np.ndarray


def cut(sentence: tuple[str, ...], known: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The beginnings of a sentence that are none by themselves."""
    return [sentence[:n] for n in range(1, len(sentence)) if sentence[:n] not in known]


def examples() -> Examples:
    """Whole sentences of every language, and what stays of them where they are cut."""
    slots, ends, finished, counts = list[int](), [0], list[float](), list[float]()
    for language in house():
        measures = measuring(language)
        known = measures.union(whole(language))
        for sentence in sorted(known - measures):
            begun = cut(sentence, known)
            for words, is_whole in ((sentence, 1.0), *((one, 0.0) for one in begun)):
                slots += sorted(features(language, words))
                ends.append(len(slots))
                finished.append(is_whole)
                counts.append(1.0 if is_whole else 1.0 / len(begun))
    found = csr_array((np.ones(len(slots), np.float32), slots, ends), shape=(len(finished), SLOTS))
    return Examples(found, np.array(finished), np.array(counts))


def only(rows: Examples, kept: np.ndarray) -> Examples:
    """The same examples, of whose features those that are `kept` count, bool (SLOTS,)."""
    found = csr_array(rows.found @ diags_array(kept.astype(np.float32)))
    found.eliminate_zeros()
    return rows._replace(found=found)


def learn(rows: Examples) -> tuple[np.ndarray, float]:
    """Weights float64 (SLOTS,) and bias."""

    def error(told: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = told[:-1], told[-1]
        weighed = rows.found @ weights + bias
        off = rows.counts * (1.0 / (1.0 + np.exp(-weighed)) - rows.finished)
        surprise = float((rows.counts * (np.logaddexp(0.0, weighed) - rows.finished * weighed)).sum())
        slope = np.append(rows.found.T @ off + PENALTY * weights, off.sum())
        return surprise + PENALTY / 2 * float(weights @ weights), slope

    found = minimize(error, np.zeros(SLOTS + 1), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return found[:-1], float(found[-1])


def train() -> Learned:
    """Learn from every sentence, and once more by what weighed most."""
    rows = examples()
    seen = rows.found.sum(axis=0)
    weights, _ = learn(only(rows, seen > SELDOM))
    kept = np.zeros(SLOTS, dtype=bool)
    kept[np.argsort(-np.abs(weights) * np.sqrt(seen), kind="stable")[:KEPT]] = True
    weights, bias = learn(only(rows, kept))
    scale = float(np.abs(weights).max()) / MOST
    return Learned(np.rint(weights / scale).astype(np.int8), scale, bias, np.array(house()))


class Figures(NamedTuple):
    """How strangers' lines fare by their words alone; shares in percent."""

    bar: float  # the score that all but SHARE in a hundred finished ones reach
    known: float  # of the unfinished, those below it
    unfinished: float  # those below 0
    finished: float


def measure(found: Completeness, hand: str, language: str) -> Figures:
    """Judge a hand's lines."""
    told = strangers(hand, language)
    finished = np.array([found.score(one, language) or 0.0 for one in told.finished])
    stopped = np.array([found.score(first, language) or 0.0 for first, _ in told.unfinished])
    bar = float(np.percentile(finished, SHARE))
    return Figures(bar, *(round(100.0 * float(np.mean(one)), 1) for one in (stopped < bar, stopped < 0, finished < 0)))


def main() -> None:
    """Train, write the weights, and print how strangers' lines fare."""
    learned = train()
    path = Path(str(data_folder() / WEIGHTS))
    write_arrays(str(path), {name: np.asarray(value) for name, value in learned._asdict().items()})
    typer.echo(f"wrote {path} ({path.stat().st_size // 1000} kB)")
    found = Completeness.load()
    for hand in HANDS:
        for language in house():
            typer.echo(f"hand {hand}, {language}: {measure(found, hand, language)}")


if __name__ == "__main__":
    main()
