"""Makes the reader by lines of a language that is brought: `python -m training.meaning.by_lines FOLDER CODE LINES`.

A ridge regression on one meaning against the others (closed form, by the lines' products), over the features of
`robot/sense/language/reader/by_lines.py`; the temperature is the one that makes a tenth of the lines, held out in turn,
likeliest.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import numpy as np

from robot.core.arrays import write_arrays
from robot.core.meanings import meanings
from robot.sense.language.reader.by_lines import NAME, features
from robot.sense.language.reader.learned import SHELF
from robot.sense.language.shorthand import opened

RIDGE = 0.3
FOLDS = 10
FINEST = 127
TEMPERATURES = (0.05, 0.08, 0.1, 0.13, 0.16, 0.2)


def main(folder: str, code: str, lines: str) -> None:
    """Teach it the wordings of the language's phrases and the lines, and write it to the language's folder."""
    rows = taught(folder, code, lines)
    names = tuple(sorted({name for name, _ in rows}))
    x = np.stack([features(line) for _, line in rows])
    meant = np.array([names.index(name) for name, _ in rows])
    told = np.zeros((len(rows), len(names)))
    for fold in range(FOLDS):
        out = np.arange(len(rows)) % FOLDS == fold
        told[out] = x[out] @ weights(x[~out], meant[~out], len(names)).T
    temperature = max(TEMPERATURES, key=lambda t: likelihood(told, meant, t))
    right = float((told.argmax(axis=1) == meant).mean())
    w = weights(x, meant, len(names))
    scales = np.abs(w).max(axis=1) / FINEST
    Path(folder, SHELF).mkdir(exist_ok=True)
    write_arrays(
        str(Path(folder, SHELF, NAME.format(code))),
        {
            "told": np.array(json.dumps({"names": names, "temperature": temperature})),
            "weights": np.rint(w / scales[:, None]).astype(np.int8),
            "scales": scales.astype(np.float32),
        },
    )
    sys.stdout.write(f"{len(rows)} lines, {len(names)} meanings, {100 * right:.0f} % right of those held out\n")


def taught(folder: str, code: str, lines: str) -> list[tuple[str, str]]:
    """Meanings and lines: the wordings of the language's phrases without gaps, and those of the
    file, with their shorthand opened where the language is installed.
    """
    heard = tomllib.loads(Path(folder, "phrases", f"heard_{code}.toml").read_text(encoding="utf-8"))["heard"]
    more = tomllib.loads(Path(lines).read_text(encoding="utf-8"))
    return [
        (name, opened(line, code))
        for table in (heard, more)
        for name, texts in table.items()
        if name in meanings()
        for line in texts
        if "{" not in line
    ]


def weights(x: np.ndarray, meant: np.ndarray, count: int) -> np.ndarray:
    """Float64 (meanings, SLOTS)."""
    y = -np.ones((len(x), count)) / count
    y[np.arange(len(x)), meant] = 1.0
    x = x.astype(np.float64)
    made: np.ndarray = (x.T @ np.linalg.solve(x @ x.T + RIDGE * np.eye(len(x)), y)).T
    return made


def likelihood(told: np.ndarray, meant: np.ndarray, temperature: float) -> float:
    """How likely the lines' meanings are."""
    grown = told / temperature
    grown -= grown.max(axis=1, keepdims=True)
    return float((grown[np.arange(len(meant)), meant] - np.log(np.exp(grown).sum(axis=1))).mean())


if __name__ == "__main__":
    main(*sys.argv[1:])
