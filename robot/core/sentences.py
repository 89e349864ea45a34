"""Sentences of a text: the pieces in which something long is told, so that it can be broken off between them; and those
of which somebody's line is made, and whether it asks.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from robot.core.language_words import WordTable, any_of

SHORT = 12  # letters; a shorter sentence is told in one breath with the next
_END = re.compile(r"(?<=[.!?…])(?:[\s\u00a0\u202f]?[»”\"])?\s+(?=[«“\"\u2013\u2014-]?[\s\u00a0\u202f]?[A-ZÀ-ÖØ-Þ])")


@lru_cache(maxsize=64)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text in their order, short ones joined with what follows; at least one."""
    pieces: list[str] = []
    begun, start = "", 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        begun, start = f"{begun} {text[start:end].strip()}".strip(), end
        if len(begun) >= SHORT:
            pieces.append(begun)
            begun = ""
    return (*pieces, begun) if begun or not pieces else tuple(pieces)


_NEXT = re.compile(
    r"(?<=[.!?…])(?<![A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)\s+(?=[«“\"]?[\s\u00a0]?[A-ZÀ-ÖØ-Þ])"
)


@lru_cache(maxsize=64)
def each_sentence(text: str) -> tuple[str, ...]:
    """The sentences of a line, however short; what stands behind "Mr." is of the same one."""
    return tuple(_NEXT.split(text.strip()))


def question_in(text: str) -> str:
    """The first sentence of a line that is written as a question; the whole line where none is."""
    return next((one for one in each_sentence(text) if one.endswith("?")), text)


class TagWords(WordTable, section="tags"):
    """[tags] of a language's words: a pattern of what makes a question of a line that only wants to hear yes; and
    `asks`, of what asks without a question mark.
    """

    pattern: str
    asks: str = ""


@cache
def _asking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    of = any_of(TagWords, "pattern", "asks")
    return re.compile(rf",? ?\b(?:{of['pattern']})\W*$", re.IGNORECASE), re.compile(of["asks"], re.IGNORECASE)


def is_tagged(text: str) -> bool:
    """Whether a line only wants to hear yes: "grand, isn't it?"."""
    return _asking()[0].search(text) is not None


def is_asked(text: str) -> bool:
    """Whether the last sentence of a line asks, written so or worded so, for more than a yes to what it tells."""
    last = each_sentence(text)[-1]
    if "?" in last:
        return last.endswith("?") and not is_tagged(last)
    return not last.endswith((".", "!")) and _asking()[1].search(last.replace("\u2019", "'")) is not None
