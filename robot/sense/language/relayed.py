"""A question that somebody hands on, as they would ask it themselves: "Isla wants to know if you have a mummy" is "do
you have a mummy?".
"""

from __future__ import annotations

import re
from functools import cache

from robot.core.language_words import WordTable, section

Turns = tuple[tuple[re.Pattern[str], str], ...]
NONE: Turns = ()


class RelayedWords(WordTable, section="relayed"):
    """[relayed], patterns: `asks` begins a line that hands a question on; `turns`: what follows, whole, with what it
    becomes, the first that fits.
    """

    asks: str
    turns: tuple[tuple[str, str], ...]


def as_put(text: str, language: str) -> str:
    """The line with the question put to the robot; as it is where it hands none on."""
    asks, turns = _patterns(language)
    found = asks.match(text)
    if found is None:
        return text
    rest = text[found.end() :]
    for pattern, turned in turns:
        whole = pattern.fullmatch(rest)
        if whole is not None:
            question = whole.expand(turned)
            return f"{question[0].upper()}{question[1:]}"
    return text


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], Turns]:
    table = section(RelayedWords, language)
    if table is None:
        return re.compile(r"(?!)"), NONE
    turns = tuple((re.compile(rf"(?:{one})\W*", re.IGNORECASE), turned) for one, turned in table.turns)
    return re.compile(rf"^\W*(?:{table.asks})\s+", re.IGNORECASE), turns
