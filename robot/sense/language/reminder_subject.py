"""Of what a reminder is, and what a timer is called: in somebody's words, as they are said back to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot.core.sentences import each_sentence
from robot.sense.language.lexicon import plain
from robot.sense.language.quantities import GAP, read
from robot.sense.language.reflection import without_fillers
from robot.sense.language.reminder_words import words_of
from robot.sense.language.spoken_language import common_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

ARTICLES = re.compile(
    r"^(?:the|my|some|an?|another|les?|la|mes|mon|ma|l'|new|second|nouveau|nouvelle)\b\s*", re.IGNORECASE
)
NO_NAME = frozenset(
    [
        "set",
        "start",
        "put",
        "begin",
        "new",
        "second",
        "other",
        "first",
        "last",
        "next",
        "single",
        "quick",
        "short",
        "long",
        "timer",
        "minute",
        "hour",
        "same",
        "whole",
        "running",
        "moi",
        "me",
        "te",
        "toi",
        "nouveau",
        "autre",
        "dans",
        "combien",
    ]
)
LEAST = 3  # letters of a word that tells one from another
SHARED = 5  # letters at the beginning of words that are taken for the same: "pill", "pills"


def subject(rest: str, language: str) -> str:
    """Of what to remind, as the robot says it; empty where nothing is named. `rest`: a line without its quantities."""
    found = _asks_to_remind(rest, language)
    return told(found["what"], language) if found else ""


def begins_asking(sentence: str, language: str) -> int:
    """Where in a sentence it is asked to remind: behind what has to be done, in "I have to ring her, remind me"."""
    found = _asks_to_remind(sentence, language)
    return found.start() if found else 0


def _asks_to_remind(text: str, language: str) -> re.Match[str] | None:
    """Where it is asked to remind, and what stands behind that."""
    words = words_of(language)
    return None if words is None else re.search(words.subject, text, re.IGNORECASE | re.DOTALL)


def told(line: str, language: str) -> str:
    """Somebody's words, said back to them: "call my sister" becomes "call your sister"."""
    words = words_of(language)
    if words is None:
        return " ".join(line.replace(GAP.strip(), " ").split())
    what = re.sub(words.trailing, "", re.sub(words.leading, "", line, flags=re.IGNORECASE), flags=re.IGNORECASE)
    what = " ".join(what.replace(GAP.strip(), " ").split())
    for mine, yours in words.turned:
        what = re.sub(mine, yours, what, flags=re.IGNORECASE)
    return what


def clause_told(before: str, language: str, civil: datetime) -> str:
    """The clause in which what was told names something, of the last sentence that has one: neither "yeah" nor "Sunday"
    does.
    """
    for sentence in reversed(each_sentence(without_fillers(before, language))):
        for clause in re.split(r"[,;.!?]", sentence):
            if _words(read(without_fillers(clause, language), language, civil).rest):
                return clause.strip()
    return ""


def timer_name(rest: str, language: str) -> str:
    """What a timer is called, "egg"; empty where it has no name."""
    words = words_of(language)
    for pattern in () if words is None else words.named:
        found = re.search(pattern, rest, re.IGNORECASE)
        if found is not None:
            name = ARTICLES.sub("", ARTICLES.sub("", found["name"])).strip()
            if name and name.lower() not in NO_NAME and not name[0].isdigit():
                return name
    return ""


def alike(line: str, names: Iterable[str]) -> list[int]:
    """Which of these share a word with the line, best first; those that share none are left out."""
    said = _words(line)
    hits = [(len(_common(said, _words(name))), n) for n, name in enumerate(names)]
    best = max((hit for hit, _ in hits), default=0)
    return [n for hit, n in hits if hit and hit == best]


def _words(line: str) -> set[str]:
    common = common_words()
    return {word for word in re.findall(r"\w+", plain(line)) if len(word) >= LEAST and word not in common}


def _common(a: set[str], b: set[str]) -> set[str]:
    """Words of `b` that begin as one of `a` does."""
    return {word for word in b if any(word[:SHARED] == other[:SHARED] for other in a)}
