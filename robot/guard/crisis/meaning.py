"""Words of risk by what they mean: a line becomes stems and concepts, and idioms that carry no risk are taken out.

The lists are data (`data/concepts_<language>.toml`): short forms, the words of each concept, idioms. Concepts have the
same names in every language, so what is learned of their order in one language holds in the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, parse
from robot.sense.language.lexicon import plain, stem_of
from robot.texts.languages import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from importlib.resources.abc import Traversable

SHELF, WORDS_FILE = "crisis", "concepts_{}.toml"
COMMA = ","
TURNS = ("but", "mais")  # after these people say what they mean
IDIOM = "IDIOM"  # the concept that stands where an idiom was
MAX_LETTERS = 2000  # of a line; what follows is not read
ASKED = "?"  # stands at the end of a question
_SENTENCE = re.compile(r"([.!?;:\u2026\n]+)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|,")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")  # “nooooo”


class ConceptFile(Table):
    """`concepts_<language>.toml`."""

    short: dict[str, str]
    stems: dict[str, str]
    concepts: dict[str, list[str]]
    groups: dict[str, list[str]]
    idioms: IdiomTable


class IdiomTable(Table):
    """[idioms]: sequences of words that carry no risk."""

    lines: list[str]


class Item(NamedTuple):
    """One or several words of a line that mean one thing; `concept` is empty for words without one."""

    concept: str
    stems: tuple[str, ...]
    literal: tuple[Item, ...] = ()  # of an idiom: its words, taken at their word

    @property
    def word(self) -> str:
        """How the item stands in a sequence: its concept, else its stem."""
        return self.concept or self.stems[0]


def data_folder() -> Traversable:
    """Where concepts, signs and weights lie."""
    return files("robot.guard.crisis") / "data"


class Reader:
    """Reads lines of one language."""

    def __init__(self, language: str) -> None:
        """Raises ConfigError at file:line."""
        place = file_of(data_folder(), SHELF, WORDS_FILE.format(language), language)
        if place is None:
            raise ConfigError(f"there are no words of risk in {language!r}", place=SHELF, remedy="add them")
        table = parse(ConceptFile, place.read_text(encoding="utf-8"), str(place))
        stem_word = stem_of(language)
        self._stem: Callable[[str], str] = lru_cache(maxsize=8192)(
            lambda word: table.stems.get(word) or str(stem_word(word))
        )
        self._short = {word: tuple(long.split()) for word, long in table.short.items()}
        self._expressions = by_first_stem(table.concepts, self._stems)
        groups = {name: [self._stems(word)[0] for word in words] for name, words in table.groups.items()}
        self._idioms = re.compile("|".join(self._idiom(line, groups, str(place)) for line in table.idioms.lines))

    def sentences(self, text: str) -> list[list[Item]]:
        """The sentences of a line, each as its items, a question with its mark; empty ones are left out."""
        parts = [*_SENTENCE.split(text[:MAX_LETTERS]), ""]
        found = ((self._items(self._stems(words)), stop) for words, stop in zip(parts[::2], parts[1::2], strict=True))
        return [[*items, Item("", (ASKED,))] if ASKED in stop else items for items, stop in found if items]

    def _stems(self, text: str) -> tuple[str, ...]:
        words = _WORD.findall(_DRAWN_OUT.sub(r"\1", plain(text)))
        return tuple(self._stem(word) for word in chain.from_iterable(map(self._long, words)))

    def _long(self, word: str) -> Iterable[str]:
        """The full words of a short form; what stands on either side of an apostrophe is a word of its own."""
        if word in self._short:
            return self._short[word]
        if "'" not in word:
            return (word,)
        joined = word.replace("'", "")
        if joined in self._short:
            return self._short[joined]
        return chain.from_iterable(self._short.get(part, (part,)) for part in word.split("'"))

    def _items(self, stems: tuple[str, ...]) -> list[Item]:
        line = f" {' '.join(stems)} "
        items: list[Item] = []
        at = 0
        for idiom in self._idioms.finditer(line):
            items += self._words(line[at : idiom.start()].split())
            words = idiom.group().split()
            items.append(Item(IDIOM, tuple(words), tuple(self._words(words))))
            at = idiom.end()
        return items + self._words(line[at:].split())

    def _words(self, stems: list[str]) -> list[Item]:
        """Concepts and the words between them, no idiom looked for."""
        items: list[Item] = []
        i = 0
        while i < len(stems):
            for expression, concept in self._expressions.get(stems[i], ()):
                if tuple(stems[i : i + len(expression)]) == expression:
                    items.append(Item(concept, expression))
                    i += len(expression)
                    break
            else:
                items.append(Item("", (stems[i],)))
                i += 1
        return items

    def _idiom(self, line: str, groups: dict[str, list[str]], place: str) -> str:
        def stems(word: str) -> list[str]:
            if not word.isupper():
                return list(self._stems(word))
            if word not in groups:
                raise ConfigError(
                    f"the idiom {line!r} names the group {word}, which is not there",
                    place=place,
                    remedy=f"groups are: {', '.join(groups)}",
                )
            return groups[word]

        return pattern(line, stems, ends=TURNS)


def by_first_stem(
    concepts: Mapping[str, Iterable[str]], stems_of: Callable[[str], tuple[str, ...]]
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The expressions of concepts as stems, each with its concept, by their first stem, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for concept, expressions in concepts.items():
        for expression in expressions:
            stems = stems_of(expression)
            out.setdefault(stems[0], []).append((stems, concept))
    for same_start in out.values():
        same_start.sort(key=lambda row: -len(row[0]))  # stable: the first listed concept goes first
    return out


def pattern(line: str, meant: Callable[[str], list[str]], barred: Iterable[str] = (), ends: Iterable[str] = ()) -> str:
    """A sequence as a regular expression over words that stand between single blanks.

    An element is a word, alternatives by `|`, `?a` (may be missing), `!a|b` (none of these stands there), `_` (any one
    word), `~` (up to three words, none of them `barred`), `~~` (up to five, none of `ends`), `^` (the beginning) or `$`
    (the end; also among alternatives). `meant` gives what a word stands for.
    """
    parts = []
    for n, element in enumerate(line.split()):
        mark, words = (element[0], element[1:]) if element[0] in "!?" else ("", element)
        choices = words.split("|")
        one_of = "|".join(dict.fromkeys(re.escape(m) for word in choices if word != "$" for m in meant(word)))
        if element == "^":
            parts.append("^")
        elif words == "_":
            parts.append(r" \S+(?= )")
        elif words == "~":
            parts.append(rf"(?: (?!(?:{'|'.join(barred)}) )\S+){{0,3}}?(?= )")
        elif words == "~~":
            parts.append(rf"(?: (?!(?:{'|'.join(ends)}) )\S+){{0,5}}?(?= )")
        elif mark == "!" and n == 0:
            parts += [f"(?<! {word})" for word in one_of.split("|")]
        elif mark == "!":
            parts.append(f"(?! (?:{one_of}) )")
        elif "$" in choices:
            parts.append(f"(?: (?:{one_of})(?= )|(?= $))" if one_of else "(?= $)")
        else:
            parts.append(f"(?: (?:{one_of})(?= ))?+" if mark else f" (?:{one_of})(?= )")
    return "".join(parts)
