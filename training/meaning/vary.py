"""A line as a speech recogniser or a quick typist would give it: without signs or accents, misspelt, with fillers."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from robot.sense.language.reader.pieces import normal

if TYPE_CHECKING:
    import numpy as np

FILLERS = {
    "en": ("well", "oh", "um", "you know", "so", "hey bowlby", "bowlby", "listen", "right", "erm", "actually", "look"),
    "fr": ("ben", "euh", "bon", "tu sais", "alors", "dis bowlby", "bowlby", "écoute", "enfin", "bah", "hein", "voilà"),
}
# How often each of them happens.
NO_SIGNS, NO_END, NO_ACCENTS, NO_APOSTROPHE, MISSPELT, FILLED, LOST = 0.3, 0.2, 0.15, 0.15, 0.15, 0.2, 0.1


def varied(text: str, language: str, rng: np.random.Generator) -> str:
    """The line, changed by chance."""
    line = normal(text)
    if rng.random() < NO_SIGNS:
        line = re.sub(r"[.,;:!?\"«»()-]+", " ", line)
    elif rng.random() < NO_END:
        line = line.rstrip(".!? ")
    if rng.random() < NO_ACCENTS:
        line = "".join(c for c in unicodedata.normalize("NFD", line) if not unicodedata.combining(c))
    if rng.random() < NO_APOSTROPHE:
        line = line.replace("'", " " if rng.random() < 0.5 else "")
    if rng.random() < MISSPELT:
        line = misspelt(line, rng)
    if rng.random() < FILLED:
        filler = FILLERS[language][int(rng.integers(len(FILLERS[language])))]
        line = f"{filler} {line}" if rng.random() < 0.7 else f"{line} {filler}"
    words = line.split()
    if rng.random() < LOST and len(words) > 5:
        del words[int(rng.integers(len(words)))]
    return " ".join(words) or text


def misspelt(line: str, rng: np.random.Generator) -> str:
    """One letter of one longer word lost, doubled or swapped with the next."""
    words = line.split(" ")
    long = [n for n, word in enumerate(words) if len(word) > 3] or [0]
    n = long[int(rng.integers(len(long)))]
    word = words[n]
    at = 1 + int(rng.integers(max(len(word) - 2, 1)))
    match int(rng.integers(3)):
        case 0:
            words[n] = word[:at] + word[at + 1 :]
        case 1:
            words[n] = word[:at] + word[at : at + 1] + word[at:]
        case _:
            words[n] = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    return " ".join(words)
