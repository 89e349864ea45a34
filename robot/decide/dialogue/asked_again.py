"""Asked again: right after a capital, a spelling or a sum, "and of Cuba?" or "and separate?" asks for another."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from robot.core.language_words import section
from robot.decide.dialogue.in_its_place import PLAINLY, GoingOnWords
from robot.decide.dialogue.questions import APART
from robot.decide.teller import spoke_last

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

MOST, UNMARKED = 4, 2  # words of what is named, and where no question mark stands
LINES = 6  # of the person's, in which it was asked before


def asked_again(state: State, words: Utterance, behavior: str) -> str:
    """What words name that ask the same again as this behaviour has just answered; empty where they do not."""
    pattern = _pattern(words.language)
    found = pattern and pattern.fullmatch(words.text.replace("\u2019", "'"))
    if not found or not spoke_last(state, behavior):
        return ""
    of_its_own = words.intent in APART or words.confidence >= PLAINLY
    most = MOST if "?" in words.text else UNMARKED
    return "" if of_its_own or len(found["what"].split()) > most else found["what"]


def asked_before(state: State, asks: Callable[[str], bool]) -> str:
    """The newest line before this one that asks for it; empty where none does."""
    lines = (turn.text for turn in reversed(state.diary.talk.turns) if turn.person)
    return next((line for line in islice(lines, 1, LINES) if asks(line)), "")


def asked_of(state: State, words: Utterance, behavior: str, asks: Callable[[str], bool]) -> tuple[str, str]:
    """The newest line that asks for it, and what words name that ask the same again; empty where they do not."""
    named = asked_again(state, words, behavior)
    return (asked_before(state, asks), named) if named else ("", "")


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    words = section(GoingOnWords, language)
    if words is None:
        return None
    leads = rf"\W*(?:{words.goes_on})\b\W*(?:(?:{words.of_it})\b\W*)*"
    return re.compile(
        rf"{leads}(?P<what>(?!(?:{words.nothing})\b)\w[^,.;!?]*?)(?:,? (?:{words.ends}))*\W*", re.IGNORECASE
    )
