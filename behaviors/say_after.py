"""Say after: says a few words that somebody wants to hear from it, where they may be said."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from robot import Say, Skill
from robot.core.language_words import WordTable, section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

MOST = 12  # words
TRIMMINGS = " \t\u00a0\u202f.,:;\"'«»\u201c\u201d\u2018\u2019"
NOT_SAID = "say_after_not"


class SayAfterWords(WordTable, section="say_after"):
    """[say_after] of a language's words, patterns: each of `asked` has what is to be `said` as a group; `greets` has
    the `hello` and `whom` it is for; `coarse`: words that it does not say.
    """

    asked: tuple[str, ...]
    greets: str
    coarse: str


class SayAfter(Skill):
    """Answers “say supercalifragilistic”, “repeat after me: red lorry, yellow lorry” and “say hello to Granny”."""

    name = "say_after"
    asked = frozenset()
    gesture = "tilt"

    def worded(self, state: State, words: Utterance) -> bool:
        return bool(_wanted(words.text, state.diary.manner.language))

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        said = _wanted(words.text, language)
        table = section(SayAfterWords, language)
        if table is None or re.search(table.coarse, said, re.IGNORECASE):
            yield Say(cause, NOT_SAID)
        elif len(said.split()) > MOST:
            yield Say(cause, "say_after_long")
        else:
            yield Say(cause, text=said, instead=NOT_SAID)


@lru_cache(maxsize=16)
def _wanted(text: str, language: str) -> str:
    """The words that a line wants to hear, as a sentence; empty where it wants none."""
    table = section(SayAfterWords, language)
    if table is None:
        return ""
    line = text.replace("\u2019", "'").strip()
    greets = re.search(table.greets, line, re.IGNORECASE)
    if greets is not None:
        said = f"{greets['hello']}, {greets['whom']}"
    else:
        found = (re.search(pattern, line, re.IGNORECASE) for pattern in table.asked)
        said = next((one["said"] for one in found if one is not None), "")
    said = said.strip(TRIMMINGS)
    sign = "" if said.endswith(("!", "?", "\u2026")) else "."
    return f"{said[:1].upper()}{said[1:]}{sign}" if said else ""
