"""`letters_asked`: how many letters a word has, or how often one stands in it: "how many r's are in strawberry?"."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from robot.core.language_words import WordTable, section


class LetterWords(WordTable, section="letters"):
    """[letters], patterns: `each` asks how often a `letter` stands in a `word`, `all` how many letters a `word` has."""

    each: str
    all: str


class LettersAsked(NamedTuple):
    """A word, and the letter that is to be counted in it, lower case; "" for all of them."""

    word: str
    letter: str

    @property
    def total(self) -> int:
        """How many there are. A letter that is asked for bare also counts where it bears an accent."""
        if not self.letter:
            return sum(letter.isalpha() for letter in self.word)
        word = unicodedata.normalize("NFC", self.word.lower())
        bare = len(unicodedata.normalize("NFD", self.letter)) == 1
        return (unicodedata.normalize("NFD", word) if bare else word).count(self.letter)


def letters_asked(text: str, language: str) -> LettersAsked | None:
    """None where the line asks for none."""
    words = section(LetterWords, language)
    if words is None:
        return None
    line = unicodedata.normalize("NFC", text.replace("\u2019", "'"))
    for pattern in (words.each, words.all):
        found = re.search(pattern, line, re.IGNORECASE)
        if found is not None:
            return LettersAsked(found["word"], (found.groupdict().get("letter") or "").lower())
    return None
