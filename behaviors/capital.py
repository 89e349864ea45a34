"""Capital: names the capital of a country that it knows, and says so where it does not know it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from robot import Say, Skill
from robot.core.language_words import WordTable, section
from robot.core.sentences import each_sentence
from robot.decide.dialogue.asked_again import asked_again

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance


class CapitalWords(WordTable, section="capitals"):
    """[capitals]: patterns of words that name one, with the `country` or the `owner` of it, and of what `asks` without
    a question mark; and each country's, `of` a pattern of its name.
    """

    asked: str
    asks: str
    of: dict[str, str]


class Capital(Skill):
    """Answers “what's the capital of Spain?”, and “and of Cuba?” behind it."""

    name = "capital"
    asked = frozenset()
    gesture = "thinking"

    def worded(self, state: State, words: Utterance) -> bool:
        return _capital(state, words) is not None

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        capital = _capital(state, words)
        if capital:
            yield Say(cause, "capital", (("capital", capital),))
        else:
            yield Say(cause, "capital_unknown")


def _capital(state: State, words: Utterance) -> str | None:
    """The capital that words ask for, or ask for again; empty where it is not known, None where they ask for none."""
    language = state.diary.manner.language
    asked = _capital_asked(words.text, language)
    country = asked_again(state, words, Capital.name) if asked is None else ""
    if not country:
        return asked
    city = _capital_of(country.lower(), language)
    return city if city or country.istitle() else None


@lru_cache(maxsize=16)
def _capital_asked(text: str, language: str) -> str | None:
    """The capital that a line asks for, empty where it is not known; None where it asks for none."""
    table = section(CapitalWords, language)
    if table is None:
        return None
    for one in each_sentence(text.replace("\u2019", "'").lower()):
        found = re.search(table.asked, one)
        if found is not None and (one.endswith("?") or re.search(table.asks, one)):
            country = next(str(name) for name in found.groups() if name).strip()
            return _capital_of(country, language)
    return None


def _capital_of(country: str, language: str) -> str:
    """Empty where it is not known."""
    table = section(CapitalWords, language)
    cities = {} if table is None else table.of
    return next((city for name, city in cities.items() if re.fullmatch(name, country)), "")
