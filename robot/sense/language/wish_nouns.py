"""A wish by its noun: "you can do stories, I want one with a digger", where the network is half sure of it, its noun
stands in the line, and the line asks for something.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field

from robot.core.language_words import WordTable, section
from robot.core.uptake import ASKING, chance
from robot.sense.language.moves import is_declined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.percepts import Utterance

HALF_SURE = 0.25  # of the network, of a wish whose noun stands in the line
ASKED_FOR = 0.33  # how probable it must be, by uptake, that something is asked for


class WishNouns(WordTable, section="wish_nouns"):
    """[wish_nouns]: by wish, a pattern of what is wished for."""

    of: dict[str, str] = Field({})


@cache
def _nouns(language: str) -> Mapping[str, re.Pattern[str]]:
    words = section(WishNouns, language)
    of = {} if words is None else words.of
    return {wish: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for wish, pattern in of.items()}


def wished_by_noun(words: Utterance) -> str:
    """The wish that a line of no other meaning has by its noun; empty where it has none."""
    if words.understood or not words.readings:
        return ""
    wish, p = words.readings[0]
    noun = _nouns(words.language).get(wish)
    asked = p >= HALF_SURE and chance(words.uptake, *ASKING) >= ASKED_FOR
    if noun is None or not asked or is_declined(words.text, words.language):
        return ""
    return wish if noun.search(words.text) else ""
