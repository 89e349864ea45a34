"""Figures in thousands, as each language marks them: "1,440 minutes", « 1 000 secondes »."""

from __future__ import annotations

import re

from robot.core.language_words import WordTable, section


class FigureWords(WordTable, section="figures"):
    """[figures]. `thousands`: a pattern of the mark between thousands and hundreds."""

    thousands: str


def without_marks(line: str, language: str) -> str:
    """The line with no mark within a number; lists ("3, 400"), decimals and telephone numbers stay as they are."""
    words = section(FigureWords, language)
    if words is None:
        return line
    mark = words.thousands
    number = rf"(?<![\w.,])(?<!\d{mark})[1-9]\d{{0,2}}(?:{mark}\d{{3}})+(?!\w|{mark}\d)"
    return re.sub(number, lambda found: re.sub(mark, "", found[0]), line)
