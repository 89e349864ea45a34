"""Answers in a game: whether a line says one of a few wordings, looked at only while they are asked for.

A wording fits where its words stand together in the line, capitals and accents aside. One that ends in "..." must stand
at the beginning; one in brackets must be the whole line.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


class _Wording(NamedTuple):
    words: tuple[str, ...]
    begins: bool
    whole: bool


@lru_cache(maxsize=16)  # a line is held against hundreds of wordings
def words_of(text: str) -> tuple[str, ...]:
    """The words of a line, plain."""
    return tuple(_WORD.findall(plain(text)))


def any_fits(text: str, wordings: Iterable[str]) -> bool:
    """Whether a line says one of these."""
    line = words_of(text)
    return any(_fits(line, _read(wording)) for wording in wordings)


@lru_cache(maxsize=4096)  # the answers of all games, and the animals
def _read(wording: str) -> _Wording:
    return _Wording(words_of(wording), wording.endswith("..."), wording.startswith("("))


def _fits(line: tuple[str, ...], wording: _Wording) -> bool:
    words, length = wording.words, len(wording.words)
    if wording.whole:
        return line == words
    if wording.begins:
        return line[:length] == words
    return any(line[start : start + length] == words for start in range(len(line) - length + 1))
