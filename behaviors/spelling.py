"""Spelling: says a word letter by letter, as it was written or heard."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from robot import Question, Reply, Say, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

WHICH = Question("spelling_which", Reply.WORDS)
LONGEST = 40  # letters
ASKED = {
    "en": r"\b(?:spell(?:ing)?|spelt|spelled|write)(?: me| for me| out)?(?: of| the (?:word|name))?[ :]+(?P<word>.+)",
    "fr": (
        r"\b(?:épel\w*|orthographi\w*|écri\w*|orthographe)(?:-moi)?(?:-t)?(?:-on|-tu)?(?: de| du)?"
        r"(?: (?:le |du )?(?:mot|nom|prénom))?[ :,]+(?P<word>.+)"
    ),
}
AT_END = {
    "en": r"\b(?:how is|how's|how are) (?P<word>[\w' -]+?) (?:spelt|spelled|written)\b",
    "fr": r"(?P<word>[\w' -]+?),? (?:comment )?(?:ça )?s'(?:écrit|épelle)\b",
}
TRIMMINGS = {
    "en": r"^(?:the|a|an|word|name|it|how|do|you|is|please)\s+|[\s,]*(?:please|for me|to me|then|correctly|right)$",
    "fr": (
        r"^(?:le|la|les|un|une|mot|nom|comment|qu'on|on)\s+"
        r"|[\s,]*(?:s'il te plaît|s'il vous plaît|pour moi|correctement)$"
    ),
}
QUOTED = re.compile(r"[«\u201c\"]\s*(?P<word>[^«»\u201c\u201d\"]+?)\s*[»\u201d\"]")
NO_WORD = frozenset(
    {"that", "it", "this", "something", "a word", "word", "ça", "cela", "quelque chose", "un mot", "mot"}
)
ACCENTS = {  # of a letter, in the names that each language has for them
    "en": {
        "\u0301": "acute",
        "\u0300": "grave",
        "\u0302": "circumflex",
        "\u0308": "with two dots",
        "\u0327": "cedilla",
    },
    "fr": {
        "\u0301": "accent aigu",
        "\u0300": "accent grave",
        "\u0302": "accent circonflexe",
        "\u0308": "tréma",
        "\u0327": "cédille",
    },
}
MARKS = {"en": {"-": "hyphen", "'": "apostrophe"}, "fr": {"-": "trait d'union", "'": "apostrophe"}}
LIGATURES = {"en": {"œ": "O, E", "æ": "A, E"}, "fr": {"œ": "E dans l'O", "æ": "E dans l'A"}}


class Spelling(Skill):
    """Answers “how do you spell necessary?”."""

    name = "spelling"
    asked = frozenset({"asks_spelling"})
    questions = frozenset({WHICH.name})

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        word = words.text if state.diary.answering == WHICH.name else asked_word(words.text, language)
        word = re.split(r"[,.;:!?]\s", word, maxsplit=1)[0].strip(' .,!?;:«»\u201c\u201d"')
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
    found = re.search(ASKED[language], line, re.IGNORECASE) or re.search(AT_END[language], line, re.IGNORECASE)
    word = "" if found is None else found["word"]
    trimmed = re.compile(TRIMMINGS[language], re.IGNORECASE)
    while (shorter := trimmed.sub("", word)) != word:
        word = shorter
    return "" if word.lower() in NO_WORD else word


def spelled(word: str, language: str) -> str:
    """Letter by letter: "C, A, F, E acute"."""
    out: list[str] = []
    for letter in unicodedata.normalize("NFC", word):
        if letter.lower() in LIGATURES[language]:
            out.append(LIGATURES[language][letter.lower()])
        elif letter in MARKS[language]:
            out.append(MARKS[language][letter])
        elif not letter.isspace():
            base, *marks = list(unicodedata.normalize("NFD", letter))
            out.append(" ".join([base.upper(), *(ACCENTS[language].get(mark, "") for mark in marks)]).strip())
    return ", ".join(out)
