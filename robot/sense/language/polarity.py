"""Whether a line tells of something bad in plain words: what nobody must be congratulated on; or of something good, or
scolds somebody half in fun: what nobody must be pitied for.

Where the network takes a dark line for good news, the likeliest of its other readings stands in for it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.core.meanings import tone_of
from robot.core.typed_toml import Table, parse
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.percepts import Readings

LEAST = 0.2  # probability of another reading that may stand in
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
SCOPE = 3  # words before a dark one in which a negation undoes it: "not bad at all"


class DarkWords(WordTable, section="polarity"):
    """[polarity]: words for something bad, and what undoes them; and patterns of what is plainly `bright`, of a `blow`
    told without such a word ("she didn't know who I was"), and of how somebody `scolds` one of their own: "the eejit".
    """

    dark: frozenset[str]
    negations: frozenset[str]
    bright: str = ""
    blow: str = ""
    scolds: str = ""


class _PolarityFile(Table):
    opposite: dict[str, str]


@cache
def _opposite() -> Mapping[str, str]:
    place = files("robot.sense.language") / "polarity.toml"
    return parse(_PolarityFile, place.read_text(encoding="utf-8"), str(place)).opposite


@cache
def _known(language: str) -> tuple[frozenset[str], frozenset[str]] | None:
    words = section(DarkWords, language)
    return None if words is None else (frozenset(map(plain, words.dark)), frozenset(map(plain, words.negations)))


@cache
def _pattern(name: str, language: str) -> re.Pattern[str] | None:
    words = section(DarkWords, language)
    pattern = "" if words is None else getattr(words, name)
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def is_bright(text: str, language: str) -> bool:
    """Whether it tells in so many words of what is plainly good: a mark, a prize, a post."""
    return _found("bright", text, language)


def is_blow(text: str, language: str) -> bool:
    """Whether it tells of a blow, be there a dark word in it or not."""
    return _found("blow", text, language)


def is_scolding(text: str, language: str) -> bool:
    """Whether it calls somebody a fool, in a word that is half in fun."""
    return _found("scolds", text, language)


def _found(name: str, text: str, language: str) -> bool:
    pattern = _pattern(name, language)
    return pattern is not None and pattern.search(text.replace("\u2019", "'")) is not None


def is_dark(text: str, language: str) -> bool:
    """Whether it holds a word for something bad that no negation undoes, or tells of a blow."""
    known = _known(language)
    if known is None:
        return False
    if is_blow(text, language):
        return True
    dark, negations = known
    words = [plain(word) for word in _WORD.findall(text)]
    return any(word in dark and negations.isdisjoint(words[max(0, n - SCOPE) : n]) for n, word in enumerate(words))


def without_cheer(readings: Readings) -> Readings:
    """The readings of a dark line: none that would be answered gladly goes first."""
    if not readings or tone_of(readings[0][0]) != "glad":
        return readings
    others = tuple(one for one in readings if tone_of(one[0]) != "glad" and one[1] >= LEAST)
    if others:
        return others
    return ((_opposite().get(readings[0][0], "tells_bad_day"), readings[0][1]),)
