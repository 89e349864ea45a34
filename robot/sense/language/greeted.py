"""`behind_greeting`: what a line tells behind its greeting or thanks, "I slept badly" of "Morning, I slept badly".

Either alone is read as what it is; before anything longer it is courtesy, and hides what is meant.
"""

from __future__ import annotations

import re
from functools import cache

from robot.core.language_words import WordTable, any_of

LEAST = 3  # words behind it, for them to be what is meant


class GreetingWords(WordTable, section="greetings"):
    """[greetings] of a language's words: patterns of greetings and thanks, of what is added to them, and of what the
    robot is called.
    """

    words: str
    more: str
    names: str


@cache
def _greeting() -> re.Pattern[str]:
    """Only to a sign, or to the robot's name: "Bonjour mon père ne respire plus" has no word too many."""
    of = any_of(GreetingWords, "words", "more", "names")
    return re.compile(
        rf"\s*(?:{of['words']})(?: (?:{of['more']}))?(?:,? (?:bowlby|robot|{of['names']}))*"
        r"(?:\s*[,.!;:]+\s*|(?<=bowlby)\s+|(?<=robot)\s+)",
        re.IGNORECASE,
    )


def without_greeting(text: str) -> str:
    """The line without its greeting or thanks."""
    found = _greeting().match(text)
    return text[found.end() :] if found is not None else text


def behind_greeting(text: str) -> str:
    """The line without its greeting or thanks; the whole line where that leaves too little."""
    rest = without_greeting(text)
    return rest if len(rest.split()) >= LEAST else text
