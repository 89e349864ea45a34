"""Spelling: says a word letter by letter, as it was written or heard, and counts its letters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Question, Reply, Say, Skill
from robot.core.language_words import WordTable, section
from robot.sense.language.letter_counts import letters_asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

WHICH = Question("spelling_which", Reply.WORDS)
FEW = 5  # words around the one that is to be spelled: "the word is necessary"
LONGEST = 40  # letters
QUOTED = re.compile(
    r"(?:[«\u201c\u201e\"]\s*|(?<!\w)['\u2018])(?P<word>[^«»\u201c\u201d\u201e\"]+?)(?:\s*[»\u201d\u201c\"]|'(?!\w))"
)
NO_WORD = frozenset(
    {"that", "it", "this", "something", "a word", "word", "ça", "cela", "quelque chose", "un mot", "mot"}
)


class SpellingWords(WordTable, section="spelling"):
    """[spelling] of a language's words: what asks for it, with the word in a group; what goes from the word's ends; and
    the names of accents, marks and ligatures; and how words are spelled that are often `misspelt`.
    """

    asked: str
    at_end: str
    trimmings: str
    accents: dict[str, str]
    marks: dict[str, str]
    ligatures: dict[str, str]
    misspelt: dict[str, str] = Field({})


class Spelling(Skill):
    """Answers “how do you spell necessary?” and “how many r's are in strawberry?”."""

    name = "spelling"
    asked = frozenset({"asks_spelling"})
    questions = frozenset({WHICH.name})

    def worded(self, state: State, words: Utterance) -> bool:
        return letters_asked(words.text, state.diary.manner.language) is not None

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - it has but one
        return len(words.text.split()) <= FEW or words.intent in self.asked

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        counted = letters_asked(words.text, language)
        if counted is not None:
            letters = spelled(counted.word, language)
            yield Say(cause, "spelling_count", (("count", str(counted.total)), ("letters", letters)))
            return
        word = words.text if state.diary.answering == WHICH.name else asked_word(words.text, language)
        word = re.split(r"[,.;:!?]\s", word, maxsplit=1)[0].strip(' .,!?;:«»\u201c\u201d\u201e"')
        words_of = section(SpellingWords, language)
        word = word if words_of is None else words_of.misspelt.get(word.lower(), word)
        if not word:
            yield Say(cause, WHICH.name, question=WHICH)
        elif len(word) > LONGEST:
            yield Say(cause, "spelling_too_long")
        else:
            yield Say(cause, "answer_asks_spelling", (("word", word), ("letters", spelled(word, language))))


def asked_word(line: str, language: str) -> str:
    """The word that is to be spelled; empty where none is named."""
    line = unicodedata.normalize("NFC", line.replace("\u2019", "'")).strip(" .!?")
    if (quoted := QUOTED.search(line)) is not None:
        return quoted["word"]
    words = section(SpellingWords, language)
    if words is None:
        return ""
    found = re.search(words.asked, line, re.IGNORECASE) or re.search(words.at_end, line, re.IGNORECASE)
    word = "" if found is None else found["word"]
    trimmed = re.compile(words.trimmings, re.IGNORECASE)
    while (shorter := trimmed.sub("", word)) != word:
        word = shorter
    return "" if word.lower() in NO_WORD else word


def spelled(word: str, language: str) -> str:
    """Letter by letter: "C, A, F, E acute"."""
    out: list[str] = []
    words = section(SpellingWords, language)
    ligatures, marks, accents = ({}, {}, {}) if words is None else (words.ligatures, words.marks, words.accents)
    for letter in unicodedata.normalize("NFC", word):
        if letter.lower() in ligatures:
            out.append(ligatures[letter.lower()])
        elif letter in marks:
            out.append(marks[letter])
        elif not letter.isspace():
            base, *above = list(unicodedata.normalize("NFD", letter))
            out.append(" ".join([base.upper(), *(accents.get(mark, "") for mark in above)]).strip())
    return ", ".join(out)
