"""Whom a line is about: where it speaks of others and never to the robot, it asks nothing about the robot itself."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.core.meanings import is_of_itself

if TYPE_CHECKING:
    from robot.core.messages import Readings


class AddresseeWords(WordTable, section="addressee"):
    """[addressee]: patterns of words that speak to the robot, and of others."""

    robot: str
    others: str


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    words = section(AddresseeWords, language)
    return None if words is None else (re.compile(words.robot, re.IGNORECASE), re.compile(words.others, re.IGNORECASE))


def speaks_to_robot(text: str, language: str) -> bool:
    """Whether a line has a word that speaks to the robot; so, too, where its language tells of none."""
    patterns = _patterns(language)
    return patterns is None or patterns[0].search(text) is not None


def without_robot(readings: Readings, text: str, language: str) -> Readings:
    """The readings of a line without those that ask about the robot, where it speaks of others alone."""
    patterns = _patterns(language)
    if patterns is None or patterns[0].search(text) or not patterns[1].search(text):
        return readings
    return tuple(one for one in readings if not is_of_itself(one[0]))
