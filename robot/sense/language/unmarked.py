"""A question that bears no mark, as people type them: "he's called Kevin. what do beetles eat" gets its “?”."""

from __future__ import annotations

import re
from functools import cache

from robot.core.language_words import WordTable, section

_LAST = re.compile(r"(?:^|[.!?\u2026,;:]+\s+)([^.!?\u2026,;:]+)$")


class QuestionWords(WordTable, section="questions"):
    """[questions]. `opens`: how a question begins, behind `leads`; both patterns."""

    leads: str
    opens: str


def marked(text: str, language: str) -> str:
    """The line with a question mark where its last part is plainly a question, and ends with none; else as it is."""
    pattern = _pattern(language)
    last = _LAST.search(text.rstrip())
    if pattern is None or last is None or pattern.match(last[1].replace("\u2019", "'")) is None:
        return text
    return f"{text.rstrip()}?"


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    words = section(QuestionWords, language)
    return None if words is None else re.compile(rf"\W*(?:(?:{words.leads})\W+)*(?:{words.opens})", re.IGNORECASE)
