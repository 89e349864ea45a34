"""Makes the own head of a language that is brought: `python -m training.meaning.own_head FOLDER CODE LINES`.

A multinomial regression over the network's encodings, beside what the network's own head gives (by Nesterov's method,
1983). Before it is made of all lines, it is made of four fifths, and what it reads rightly of the others is told.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from robot.core.clock import generator
from robot.sense.language.line_meaning import as_read
from robot.sense.language.reader.learned import SHELF, Whole
from robot.sense.language.reader.network import MEANING, MeaningNetwork
from robot.sense.language.reader.own_head import NAME, OwnHead, beside, inward
from training.meaning.by_lines import taught

SEED = 7
RIDGE = 0.3
STEPS = 300
ASIDE = 5  # every so many lines measures first
LOOKS = 30  # for the greatest stretch of the encodings, by which a step is as long as it may be


def main(folder: str, code: str, lines: str) -> None:
    """Teach it the wordings of the language's phrases and the lines, and write it to the language's folder."""
    rows = taught(folder, code, lines)
    names = tuple(sorted({name for name, _ in rows}))
    meant = np.array([names.index(name) for name, _ in rows])
    network = MeaningNetwork.load()
    encodings = np.stack([network.encode(as_read(line)) for _, line in rows])
    known = np.stack([beside(names, network.chances(MEANING, one)) for one in encodings])
    aside = np.arange(len(rows)) % ASIDE == 0
    part = layer(inward(encodings, encodings[~aside].mean(axis=0)), known, meant, ~aside)
    read = inward(encodings[aside], encodings[~aside].mean(axis=0)) @ part.T + known[aside]
    middle = encodings.mean(axis=0)
    every = layer(inward(encodings, middle), known, meant, np.ones(len(rows), bool))
    Path(folder, SHELF).mkdir(exist_ok=True)
    OwnHead(names, Whole.of(every), middle).save(str(Path(folder, SHELF, NAME.format(code))))
    right, before = ((told.argmax(axis=1) == meant[aside]).mean() for told in (read, known[aside]))
    sys.stdout.write(
        f"{len(rows)} lines, {len(names)} meanings; of those aside {100 * right:.0f} % right, {100 * before:.0f} % by "
        f"the network's own head\n"
    )


def layer(x: np.ndarray, known: np.ndarray, meant: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Float32 (meanings, width), made of the `used` rows of `x` float32 (lines, width)."""
    x, known = x[used].astype(np.float32), known[used]
    right = np.zeros_like(known)
    right[np.arange(len(x)), meant[used]] = 1.0
    step = np.float32(1.0 / (stretch(x) / 2 + RIDGE))
    made = np.zeros((known.shape[1], x.shape[1]), np.float32)
    ahead = made
    for n in range(STEPS):
        told = x @ ahead.T + known
        grown = np.exp(told - told.max(axis=1, keepdims=True))
        grown /= grown.sum(axis=1, keepdims=True)
        after = ahead - step * ((grown - right).T @ x + np.float32(RIDGE) * ahead)
        ahead, made = after + np.float32(n / (n + 3)) * (after - made), after
    return made


def stretch(x: np.ndarray) -> float:
    """The greatest eigenvalue of the products of the rows' parts, by the power method."""
    v: np.ndarray = generator(SEED).standard_normal((x.shape[1],)).astype(np.float32)
    for _ in range(LOOKS):
        v = x.T @ (x @ (v / np.float32(np.linalg.norm(v))))
    return float(np.linalg.norm(v))


if __name__ == "__main__":
    main(*sys.argv[1:])
