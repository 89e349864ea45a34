"""Whom a line is about, and to whom it is said: where it speaks of others and never to the robot, it asks nothing about
the robot itself; and somebody who is called, or told what to do with the robot, is spoken to in its stead.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.core.meanings import is_of_itself
from robot.sense.language.mentions import is_no_name

if TYPE_CHECKING:
    from robot.core.percepts import Readings, Utterance

OF_OTHERS, GREETS = "to_somebody_else", "greeting"
LIKELY = 0.95
LONGEST = 14  # words of what is called to somebody
CALMLY = 0.5  # how probable it must be that nobody is in need
# Alone between signs: "Dad, ...", "Leo! ...", "..., Dad."
_CALLED = re.compile(r"(?:^\W*|[.!?]\s)([^\W\d_][\w'-]*)(?=,| ?!)|,\s([^\W\d_][\w'-]*)(?=,|\W*$)")
_ROBOT = frozenset({"robot", "bowlby"})


class AddresseeWords(WordTable, section="addressee"):
    """[addressee]: patterns of words that speak to the robot, and of others; of what somebody who is called is told to
    do with it (`bids`), which is no name by which anybody is called (`no_call`), what is said to others by its words
    alone (`plainly`), and what tells them to greet it (`greets`).
    """

    robot: str
    others: str
    bids: str = "(?!)"
    no_call: str = ""
    plainly: str = "(?!)"
    greets: str = "(?!)"


class _Patterns(NamedTuple):
    robot: re.Pattern[str]
    others: re.Pattern[str]
    bids: re.Pattern[str]
    no_call: re.Pattern[str]
    plainly: re.Pattern[str]
    greets: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns | None:
    words = section(AddresseeWords, language)
    if words is None:
        return None
    return _Patterns(*(re.compile(getattr(words, name), re.IGNORECASE) for name in _Patterns._fields))


def speaks_to_robot(text: str, language: str) -> bool:
    """Whether a line has a word that speaks to the robot; so, too, where its language tells of none."""
    patterns = _patterns(language)
    return patterns is None or patterns.robot.search(text) is not None


def without_robot(readings: Readings, text: str, language: str) -> Readings:
    """The readings of a line without those that ask about the robot, where it speaks of others alone."""
    patterns = _patterns(language)
    if patterns is None or patterns.robot.search(text) or not patterns.others.search(text):
        return readings
    return tuple(one for one in readings if not is_of_itself(one[0]))


def as_addressed(words: Utterance) -> Utterance:
    """The words as said to somebody else, who is told what to do with the robot, or to greet it, where nobody may be in
    need: "Leo, leave it alone!" or "Ask it, Dad".
    """
    patterns = _patterns(words.language)
    if patterns is None or words.calm < CALMLY or len(words.text.split()) > LONGEST:
        return words
    if patterns.greets.search(words.text):
        return replace(words, intent=GREETS, confidence=LIKELY)
    bidden = patterns.bids.search(words.text) is not None and _calls(patterns, words)
    if bidden or patterns.plainly.search(words.text):
        return replace(words, intent=OF_OTHERS, confidence=LIKELY)
    return words


def _calls(patterns: _Patterns, words: Utterance) -> bool:
    """Whether somebody else than the robot is called, by name or as what they are to whoever speaks: "Dad"."""
    called = [first or last for first, last in _CALLED.findall(words.text)]
    if not _ROBOT.isdisjoint(one.lower() for one in called):
        return False
    return any(
        one[0].isupper() and not is_no_name(one, words.language) and patterns.no_call.fullmatch(one) is None
        for one in called
    )
