"""What of a talk answers a question about it: the lines that speak of the same, and the name of whoever was named."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, any_of, sections
from robot.core.meanings import act_of
from robot.core.sentences import question_in
from robot.sense.language.lexicon import stem_of
from robot.sense.language.mentions import mentions
from robot.sense.language.numbers import numbers_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.percepts import Utterance
    from robot.core.talk import Talk

# Within a sentence; those of days and months are no names.
_CAPITAL = re.compile(
    r"[a-zà-ÿ,] (?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Christmas|Easter)\b)[A-ZÀ-Þ][a-zà-ÿ]+"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
# Words that a question about the talk is made of, and that say nothing of what it is about.

AT_MOST = 2  # lines said again


class RecollectWords(WordTable, section="recollect"):
    """[recollect] of a language's words: words that a question about the talk is made of, and that say nothing of what
    it is about (`empty`); patterns of what asks for one's own name, speaks of somebody, asks how many, when and who, or
    for what was said just now.
    """

    empty: tuple[str, ...]
    own_name: str
    somebody: str
    how_many: str
    when: str
    who: str
    just: str = "(?!)"


@cache
def _asking() -> dict[str, re.Pattern[str]]:
    keys = ("own_name", "somebody", "how_many", "when", "who", "just")
    found = any_of(RecollectWords, *keys)
    return {key: re.compile(rf"\b(?:{pattern})\b") for key, pattern in found.items()}


@cache
def _empty() -> frozenset[str]:
    return frozenset(word for table in sections(RecollectWords).values() for word in table.empty)


class NameAskedFor(NamedTuple):
    """Whose name is asked for: the person's own or of somebody they spoke of; empty where none was told."""

    name: str
    own: bool = False


def name_asked_for(words: Utterance, talk: Talk, partner: str) -> NameAskedFor | None:
    """Whose name words ask for; None where they ask for no name."""
    if _asking()["own_name"].search(words.text.lower()):
        return NameAskedFor(partner, own=True)
    relation = dict(words.slots).get("relation", "")
    if relation:
        return NameAskedFor(talk.named(relation))
    last = next((one.name for one in reversed(talk.people) if one.relation and one.name), "")
    return NameAskedFor(last) if last and _asking()["somebody"].search(words.text.lower()) else None


def lines_about(words: Utterance, talk: Talk, notes: Sequence[str] = ()) -> list[str]:
    """The lines that answer a question about what was told: of those that hold what it asks for (a day, a name, a
    number) the one that shares most with it; where it asks for nothing of that sort, the last ones. Empty where no line
    answers it.
    """
    words = replace(words, text=question_in(words.text))
    before = talk.told_by_person()[:-1]
    if before and _asking()["just"].search(words.text.lower()) and not _content(words.text, words.language):
        return [before[-1].text]
    told = [turn.text for turn in before if _is_told(turn.intent)]
    every = [*notes, *told]
    holds = next((holds for asks, holds in SORTS.items() if _asking()[asks].search(words.text.lower())), None)
    if holds is not None:
        every = [line for line in every if holds(line, words.language)]
    asked = _content(words.text, words.language)
    shared = [(len(asked & _content(line, words.language)), n, line) for n, line in enumerate(every)]
    about = [line for count, _, line in sorted(shared, key=lambda one: (-one[0], -one[1])) if count]
    if holds is _tells_when and asked:
        return about[:1]
    if holds is not None:
        return (about or every[::-1])[:1]
    if asked:
        return about[:1]
    return (told or every)[-AT_MOST:]


def asks_when(text: str) -> bool:
    """Whether words ask when something is."""
    return "?" in text and _asking()["when"].search(text.lower()) is not None


def answers_itself(words: Utterance, talk: Talk) -> bool:
    """Whether words ask for what was told in this talk: "when is she coming?" after "my sister comes on Sunday"."""
    words = replace(words, text=question_in(words.text))
    line = words.text.lower()
    if "?" not in line or not any(_asking()[asks].search(line) for asks in SORTS) or _dates_itself(words):
        return False
    if _counts(line, words.language):  # it brings its own numbers: a sum
        return False
    asked = _content(line, words.language)
    return any(asked & _content(found, words.language) for found in lines_about(words, talk))


def _dates_itself(words: Utterance) -> bool:
    """Whether a question names its day: "what day is it tomorrow?"."""
    return asks_when(words.text) and _tells_when(words.text, words.language)


def _tells_when(line: str, language: str) -> bool:
    return "when" in dict(mentions(line, language))


def _names(line: str, language: str) -> bool:
    slots = dict(mentions(line, language))
    return "called" in slots or "relation" in slots or _CAPITAL.search(line) is not None


def _counts(line: str, language: str) -> bool:
    return bool(numbers_in(line, language))


# What a question may ask for, and whether a line holds such a thing.
SORTS = {"how_many": _counts, "when": _tells_when, "who": _names}


def _is_told(intent: str) -> bool:
    return act_of(intent) not in {"asks", "manages"}


def _content(text: str, language: str) -> set[str]:
    """Stems of the words that carry something."""
    stem = stem_of(language)
    return {stem(word) for word in _WORD.findall(text.lower()) if word not in _empty()}
