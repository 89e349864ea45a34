"""Which language a typed line is in, by its most common words: somebody may change it at any moment."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, sections
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_PART = re.compile(r"['\u2019-]")
LEAST = 2  # common words of another language, and few of the present one, before it counts as that


class CommonWords(WordTable, section="common"):
    """[common]: the most common words, without accents; those that several languages share are left out."""

    words: frozenset[str]


@cache
def _common_words() -> Mapping[str, frozenset[str]]:
    return {code: frozenset(map(plain, table.words)) for code, table in sections(CommonWords).items()}


@cache
def common_words() -> frozenset[str]:
    """Those of all languages: they tell nothing apart."""
    return frozenset[str]().union(*_common_words().values())


def spoken_language(text: str, present: str) -> str:
    """The language of a line: another than `present` only where that is plain."""
    words = {plain(word) for word in _WORD.findall(text)}
    found = {language: _count(words, common) for language, common in _common_words().items()}
    best = max(found, key=lambda language: (found[language], language == present))
    if best == present or found[best] < LEAST or found[best] < 2 * found.get(present, 0) + 1:
        return present
    return best


def _count(words: set[str], common: frozenset[str]) -> int:
    return sum(word in common or any(part in common for part in _PART.split(word)) for word in words)
