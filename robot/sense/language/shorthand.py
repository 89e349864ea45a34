"""Shorthand, as children and the hurried type it: opened before the network and the tables read a line."""

from __future__ import annotations

import re
from functools import cache

from robot.core.language_words import WordTable, section

START = r"(?<![\w'’-])"  # of a word
Opened = list[tuple[re.Pattern[str], str]]


class ShorthandWords(WordTable, section="shorthand"):
    """[shorthand]: `parts`, patterns of what is run together, with what each becomes; `words`, each with what it
    stands for.
    """

    parts: dict[str, str]
    words: dict[str, str]


def opened(text: str, language: str) -> str:
    """The line with each written out: "can u help plz", « jmennuie »; as it is where the language tells of none."""
    for pattern, full in _patterns(language):
        text = pattern.sub(full, text)
    return text


@cache
def _patterns(language: str) -> Opened:
    table = section(ShorthandWords, language)
    if table is None:
        return []
    words = ((rf"{re.escape(short)}(?![\w'’-])", full) for short, full in table.words.items())
    return [(re.compile(f"{START}(?:{part})", re.IGNORECASE), full) for part, full in (*table.parts.items(), *words)]
