"""Spelling: says a word letter by letter, as it was written or heard, and counts its letters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Question, Reply, Say, Skill
from robot.core.language_words import WordTable, section
from robot.decide.dialogue.asked_again import asked_again, asked_before
from robot.decide.teller import last_sentence
from robot.sense.language.letter_counts import LettersAsked, letters_asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

WHICH = Question("spelling_which", Reply.WORDS)
COUNTED = "spelling_count"
AGAIN_WITHIN_S = 60.0
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
    """Answers “how do you spell necessary?” and “how many r's are in strawberry?”, and “and separate?” behind it."""

    name = "spelling"
    asked = frozenset({"asks_spelling"})
    questions = frozenset({WHICH.name})

    def worded(self, state: State, words: Utterance) -> bool:
        return _counted(state, words) is not None or bool(_another(state, words))

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - it has but one
        return len(words.text.split()) <= FEW or words.intent in self.asked

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        counted = _counted(state, words)
        if counted is not None:
            letters = spelled(counted.word, language)
            yield Say(cause, COUNTED, (("count", str(counted.total)), ("letters", letters)))
            return
        again = _another(state, words)
        word = words.text if state.diary.answering == WHICH.name else again or asked_word(words.text, language)
        word = re.split(r"[,.;:!?]\s", word, maxsplit=1)[0].strip(' .,!?;:«»\u201c\u201d\u201e"')
        words_of = section(SpellingWords, language)
        word = word if words_of is None else words_of.misspelt.get(word.lower(), word)
        if not word:
            yield Say(cause, WHICH.name, question=WHICH)
        elif len(word) > LONGEST:
            yield Say(cause, "spelling_too_long")
        else:
            yield Say(cause, "answer_asks_spelling", (("word", word), ("letters", spelled(word, language))))


def _another(state: State, words: Utterance) -> str:
    """The one word of which the same is asked again as of the last; empty where none is."""
    again = asked_again(state, words, Spelling.name)
    return again if len(again.split()) == 1 else ""


def _counted(state: State, words: Utterance) -> LettersAsked | None:
    """The letters that are to be counted, or that are again, of another word."""
    language = state.diary.manner.language
    again = _another(state, words)
    if not again or last_sentence(state, AGAIN_WITHIN_S)[1] != COUNTED:
        return letters_asked(words.text, language)
    before = letters_asked(asked_before(state, lambda line: letters_asked(line, language) is not None), language)
    return None if before is None else before._replace(word=again)


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
