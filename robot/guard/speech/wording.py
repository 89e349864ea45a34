"""The robot's own sentences by what they mean: stems, the concepts they belong to, and what is only quoted.

The lists are data (`data/concepts_<language>.toml`): contractions, and the words of each concept. Concepts have the
same names in every language, so that what is learned of them in one language holds in the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, parse
from robot.guard.crisis.meaning import by_first_stem
from robot.sense.language.lexicon import plain, stem_of
from robot.sense.language.slotted_wordings import SLOT
from robot.texts.catalogue import words
from robot.texts.languages import file_of, languages
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable

SHELF, WORDS_FILE = "speech", "concepts_{}.toml"
QUOTED = "QUOTED"  # the concept that stands where somebody's words were quoted
NAMED = "NAME"  # the concept of a word that begins with a capital inside a sentence
SOMEBODY = "Ada"  # stands in a slot that is not filled
PAUSES = frozenset({",", ";", ":"})
_SENTENCE = re.compile(r"[^.!?\u2026\n]+[.!?\u2026\n]*[\"\u201d\u2019']*")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*|[,;:]")
_QUOTE = re.compile(
    r"\u00ab([^\u00bb]*)\u00bb|\u201c([^\u201d]*)\u201d|\"([^\"]*)\"|(?<!\w)['\u2018]((?:[^'\u2019]|['\u2019]\w)+)['\u2019](?!\w)"
)
_OWN = re.compile(r"\b(?:i|me|bowlby|robot|je|j|moi)\b")


class ConceptTable(Table):
    """`concepts_<language>.toml`."""

    grammar: tuple[str, ...]
    short: dict[str, str]
    concepts: dict[str, list[str]]


class SentenceReading(NamedTuple):
    """One sentence as it is judged."""

    stems: tuple[str, ...]
    concepts: tuple[frozenset[str], ...]  # of each stem
    line: tuple[str, ...]  # the concept that begins at each word and is longest, else the stem
    asks: bool = False


def speech_data() -> Traversable:
    """Where concepts and weights lie."""
    return files("robot.guard.speech") / "data"


class WordingReader:
    """Reads sentences of one language. Thread-safe once made."""

    def __init__(self, language: str) -> None:
        """Raises ConfigError at file:line."""
        place = file_of(speech_data(), SHELF, WORDS_FILE.format(language), language)
        if place is None:
            raise ConfigError(f"there are no words of the robot's own in {language!r}", place=SHELF, remedy="add them")
        table = parse(ConceptTable, place.read_text(encoding="utf-8"), str(place))
        stem_word = stem_of(language)
        self._stem: Callable[[str], str] = lru_cache(maxsize=8192)(stem_word)
        self._grammar = frozenset(map(self._stem, table.grammar))
        self._short = {word: tuple(long.split()) for word, long in table.short.items()}
        self._expressions = by_first_stem(
            table.concepts, lambda expression: tuple(self._stem(word) for word in plain(expression).split())
        )

    def sentences(self, text: str) -> list[SentenceReading]:
        """The sentences of a text; those without a word are left out."""
        found = (self._wording(sentence) for sentence in split(unquoted(text)))
        return [wording for wording in found if wording.stems]

    def grammar(self, wordings: list[SentenceReading]) -> int:
        """How many words of grammar of this language are in it."""
        return sum(stem in self._grammar for wording in wordings for stem in wording.stems)

    def _wording(self, sentence: str) -> SentenceReading:
        stems: list[str] = []
        named: list[bool] = []
        for n, token in enumerate(_WORD.findall(sentence)):
            if token == QUOTED or token in PAUSES:
                parts: tuple[str, ...] = (token,)
            else:
                parts = tuple(self._stem(word) for word in self._long(plain(token)))
            stems += parts
            named += [n > 0 and token[0].isupper() and len(token) > 1 and token != QUOTED, *[False] * (len(parts) - 1)]
        concepts, line = self._concepts(stems)
        for i, name in enumerate(named):
            if name and not concepts[i]:
                concepts[i].add(NAMED)
                line[i] = NAMED
        return SentenceReading(
            tuple(stems), tuple(map(frozenset, concepts)), tuple(word for word in line if word), "?" in sentence
        )

    def _concepts(self, stems: list[str]) -> tuple[list[set[str]], list[str]]:
        """The concepts of each stem; and the line of longest concepts, empty where one covers further words."""
        concepts: list[set[str]] = [{QUOTED} if stem == QUOTED else set() for stem in stems]
        line: list[str] = []
        for i, stem in enumerate(stems):
            first = ""
            for expression, concept in self._expressions.get(stem, ()):
                if tuple(stems[i : i + len(expression)]) == expression:
                    for inside in concepts[i : i + len(expression)]:
                        inside.add(concept)
                    if len(line) == i and not first:
                        first = concept
                        line += [concept] + [""] * (len(expression) - 1)
            if len(line) == i:
                line.append(stem)
        return concepts, line

    def _long(self, word: str) -> Iterator[str]:
        """The full words of a contraction."""
        if word in self._short:
            yield from self._short[word]
            return
        for part in word.split("'"):
            yield from self._short.get(part, (part,)) if "'" in word else (part,)


def split(text: str) -> list[str]:
    """A text in its sentences."""
    return [found for found in _SENTENCE.findall(text) if found.strip()]


@lru_cache(maxsize=4)
def _told_by_somebody(known: tuple[str, ...]) -> re.Pattern[str]:
    """A cause as it is told that quotes a person: "I did that because somebody said “I am sad”." claims no sadness."""
    gap = "VALUE"
    told = (re.escape(words(sentence("told_cause.somebody_said", value=gap), one)) for one in known)
    return re.compile("|".join(one.replace(gap, ".*?") for one in told))


def unquoted(text: str) -> str:
    """The text with a name in each slot, and what somebody else says in it taken out; what the robot quotes of itself
    stays.
    """
    text = _told_by_somebody(languages()).sub(f" {QUOTED} ", SLOT.sub(SOMEBODY, text))
    around, quotes = _QUOTE.subn(" ", text)
    if not quotes:
        return text
    if not re.search(r"\w\W+\w", around) or _OWN.search(plain(around)):
        return text
    return _QUOTE.sub(f" {QUOTED} ", text)
