"""Which game: somebody was told which games there are, and names one in a word or two: "the number one, then"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.decide.teller import last_sentence

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

WHICH = "play_which"  # the phrase that names them
CHOSEN_WITHIN_S = 60.0
FEW = 8  # words, at most, of a choice


class GameNames(WordTable, section="games"):
    """[games]: for each behaviour that plays one, a pattern of what it is called once games are spoken of."""

    names: dict[str, str]


def chosen(state: State, words: Utterance, behavior: str) -> bool:
    """Whether words choose the game of this behaviour, of those that were just named."""
    if last_sentence(state, CHOSEN_WITHIN_S)[1] != WHICH or len(words.text.split()) > FEW:
        return False
    if words.intent == "no" or "no" in state.answers(words):
        return False
    pattern = _names(state.diary.manner.language).get(behavior)
    return pattern is not None and pattern.search(words.text) is not None


@cache
def _names(language: str) -> dict[str, re.Pattern[str]]:
    table = section(GameNames, language)
    named = {} if table is None else table.names
    return {behavior: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for behavior, pattern in named.items()}
