"""`as_move`: small moves of a talk that words make by their wording: declining, praising, sighing, naming a day.

What such a line is taken for otherwise is often the thing that it names ("no, I don't want a joke") or nothing at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.core.meanings import act_of
from robot.sense.language.leaving import CALMLY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.percepts import Utterance

LIKELY = 0.95
DECLINES = "no"  # what declining is, whatever is declined
SHORT = 9  # words of a line that only declines, and tells nothing more
KEPT = frozenset({"stop", "quiet", "help", "sleep", "good_night"})  # what it stays, whatever else it declines
MORE = frozenset({"answers", "manages"})  # acts of lines that are more than a small evaluation


class MoveWords(WordTable, section="moves"):
    """[moves] of a language's words, patterns. `declines`: says that something is not wanted, before one of `things`,
    which can be told or played, and what may stand `behind` it; `bare`: all of a line that only names a day or a
    number. `needs`: what is in every line of a meaning, `never` what is in none; `alone`: the whole line of one.
    """

    things: str
    declines: str
    behind: str
    bare: str
    needs: dict[str, str]
    never: dict[str, str]
    alone: dict[str, str]


class _Moves(NamedTuple):
    declines: re.Pattern[str]
    bare: re.Pattern[str]
    needs: Mapping[str, re.Pattern[str]]
    never: Mapping[str, re.Pattern[str]]
    alone: Mapping[str, re.Pattern[str]]


@cache
def _moves(language: str) -> _Moves | None:
    of = section(MoveWords, language)
    if of is None:
        return None

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    before, behind = r"(?:\W*[\w']+){0,2}\W*", rf"(?:,? (?:{of.behind}))*\W*"
    return _Moves(
        declines=made(rf"{before}(?:{of.declines})\b[^.?!,;]*?\b(?:{of.things})\b{behind}"),
        bare=made(rf"\W*(?:{of.bare})\W*"),
        needs={name: made(pattern) for name, pattern in of.needs.items()},
        never={name: made(pattern) for name, pattern in of.never.items()},
        alone={name: made(rf"\W*(?:{pattern})\W*") for name, pattern in of.alone.items()},
    )


def as_move(words: Utterance) -> Utterance:
    """The words as what they are by their wording, where nobody may be in need."""
    of = _moves(words.language)
    if of is None:
        return words
    if _declines(of, words):
        return replace(words, intent=DECLINES, confidence=LIKELY)
    if words.calm >= CALMLY and "?" not in words.text and act_of(words.intent) not in MORE:
        alone = next((name for name, pattern in of.alone.items() if pattern.fullmatch(words.text)), "")
        if alone:
            return replace(words, intent=alone, confidence=LIKELY)
    if not words.understood:
        return words
    return replace(words, intent="unknown", confidence=0.0) if _is_none(of, words) else words


def is_declined(text: str, language: str) -> bool:
    """Whether a sentence says, whole, that something is not wanted that could be told or played: "no music, ta"."""
    of = _moves(language)
    return of is not None and of.declines.fullmatch(text) is not None


def _declines(of: _Moves, words: Utterance) -> bool:
    """Whether the whole line says that something is not wanted that could be told or played, and nobody may be in need;
    what else is asked for or told goes first.
    """
    if act_of(words.intent) == "asks" or "?" in words.text or words.intent in KEPT or words.calm < CALMLY:
        return False
    return len(words.text.split()) <= SHORT and of.declines.fullmatch(words.text) is not None


def _is_none(of: _Moves, words: Utterance) -> bool:
    """Whether words cannot be what they were taken for."""
    if act_of(words.intent) in {"asks", "wants"} and "?" not in words.text and of.bare.fullmatch(words.text):
        return True
    needed, barred = of.needs.get(words.intent), of.never.get(words.intent)
    lacks = needed is not None and needed.search(words.text) is None
    return lacks or (barred is not None and barred.search(words.text) is not None)
