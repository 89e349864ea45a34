"""Whole numbers of a line, in figures or words; text2num reads them. Smallest ones count, too, where a guess is one."""

from __future__ import annotations

import re

from robot.core.language_words import WordTable, section
from robot.sense.language.quantities import counts, digits

SHORT = 4  # words of a line in which « un » or "one" is a number and no article
GREATEST = 1_000_000  # a number of a range is no greater
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


class RangeWords(WordTable, section="ranges"):
    """[ranges]: a pattern with the groups `low` and `high`, or `first` and `last`."""

    pattern: str


def numbers_in(text: str, language: str) -> tuple[int, ...]:
    """All of them, in their order."""
    from text_to_num import text2num  # noqa: PLC0415 - nobody waits for it who plays with no numbers

    tokens = _TOKEN.findall(digits(text.lower().replace("-", " "), language))
    found = [int(token) for token in tokens if token.isdecimal()]
    if found or len(tokens) > SHORT or not counts(language):
        return tuple(found)
    for token in tokens:
        try:
            found.append(int(text2num(token, language)))
        except ValueError:
            continue
    return tuple(found)


def range_in(text: str, language: str) -> tuple[int, int] | None:
    """The least and the greatest number of a range that is named: "between one and ten"; None where none is."""
    words = section(RangeWords, language)
    found = words and re.search(words.pattern, text.replace("\u2019", "'"), re.IGNORECASE)
    if not found:
        return None
    halves = (found["low"] or found["first"], found["high"] or found["last"])
    ends = [numbers_in(half, language)[:1] for half in halves]
    if not all(ends):
        return None
    low, high = sorted(end[0] for end in ends)
    return (low, high) if low < high <= GREATEST else None
