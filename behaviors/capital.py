"""Capital: names the capital of a country that it knows, and says so where it does not know it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from robot import Say, Skill
from robot.core.language_words import section
from robot.core.sentences import each_sentence
from robot.core.typed_toml import Table
from robot.decide.dialogue.voice_game import SURE_MOVE
from robot.decide.diary import HUSHES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance


class CapitalWords(Table):
    """[capitals]: patterns of words that name one, with the `country` or the `owner` of it, and of what `asks` without
    a question mark; and each country's, `of` a pattern of its name.
    """

    asked: str
    asks: str
    of: dict[str, str]


class Capital(Skill):
    """Answers “what's the capital of Spain?”."""

    name = "capital"
    asked = frozenset()
    gesture = "thinking"

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None or words.intent in HUSHES:
            return 0.0
        return SURE_MOVE if _country_asked(words.text, state.diary.manner.language) else 0.0

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        table = section(CapitalWords, "capitals", language)
        country = _country_asked(words.text, language)
        known = {} if table is None else table.of
        capital = next((city for name, city in known.items() if re.fullmatch(name, country)), "")
        if capital:
            yield Say(cause, "capital", (("capital", capital),))
        else:
            yield Say(cause, "capital_unknown")


@lru_cache(maxsize=16)
def _country_asked(text: str, language: str) -> str:
    """The country whose capital a line asks for, in small letters; empty where it asks for none."""
    table = section(CapitalWords, "capitals", language)
    if table is None:
        return ""
    for one in each_sentence(text.replace("\u2019", "'").lower()):
        found = re.search(table.asked, one)
        if found is not None and (one.endswith("?") or re.search(table.asks, one)):
            return next(str(name) for name in found.groups() if name).strip()
    return ""
