"""Examples made of lines: each as it is, some misspelt, some among other talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from robot.guard.crisis.classifier import features, pieces
from training.crisis.linear_machine import COST
from training.crisis.lines import ORDINARY, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from robot.guard.crisis.meaning import Reader
    from robot.guard.crisis.signs import Signs

ORDINARY_COST = 3.0  # of one with ordinary talk: few lines stand for very much of what is said


@dataclass(frozen=True, slots=True)
class Examples:
    """Sparse rows: slots and values (in 1 / GRAIN) of each, and two answers (a risk; plainly said)."""

    slots: list[np.ndarray]
    values: list[np.ndarray]
    risk: list[bool]
    urgent: list[bool]
    cost: list[float]  # of an error


def examples(lines: Sequence[Phrase], readers: dict[str, Reader], signs: Signs) -> Examples:
    """Each line as it is, some misspelt, some among other talk."""
    out = Examples([], [], [], [], [])
    calm = {name: [p.text for p in lines if p.language == name and p.group == "everyday"] for name in readers}
    for line in lines:
        for text in variants(line, calm[line.language]):
            whole = pieces(readers[line.language].sentences(text))[0]
            found = features(whole, signs.find(whole))
            out.slots.append(np.array(list(found), dtype=np.int64))
            out.values.append(np.array(list(found.values()), dtype=np.int64))
            out.risk.append(line.risk)
            out.urgent.append(line.label == "crisis")
            out.cost.append(ORDINARY_COST if line.group == ORDINARY else COST)
    return out


def variants(line: Phrase, calm: Sequence[str]) -> Iterator[str]:
    """The line; some also with a letter lost, doubled or swapped; others also before or after other talk."""
    yield line.text
    key = crc32(line.text.encode())
    match key % 3:
        case 0:
            yield misspelt(line.text, key)
        case 1:
            other = calm[key % len(calm)]
            yield f"{other}, {line.text}" if key & 1024 else f"{line.text}, {other}"
        case _:
            pass


def misspelt(text: str, key: int) -> str:
    """One letter of one longer word lost, doubled or swapped with the next, as `key` says."""
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) > 3] or [0]
    n = long[key % len(long)]
    word = words[n]
    at = 1 + (key >> 8) % max(len(word) - 2, 1)
    match (key >> 16) % 3:
        case 0:
            words[n] = word[:at] + word[at + 1 :]
        case 1:
            words[n] = word[:at] + word[at : at + 1] + word[at:]
        case _:
            words[n] = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    return " ".join(words)
