"""Cues: edited lists of what words may show, as patterns over word stems, dated, each with the line that it is for.

A table (`<name>_<language>.toml`) holds short forms, groups of words, and lists of rows: kind, pattern, test line; and
under `plainly`, by kind, what as a whole clause shows it by itself, so that nothing outweighs it (`whole_clauses.py`;
`{name}` in one is any of `plainly_parts`, `plainly_around` may surround it, stems that are `plainly_alike` count as
one). The patterns are those of `crisis/meaning.py:pattern`; words_of_a_phrase are joined by `_` where they are one
choice. Care people add rows to a list, or a list of their own with its date; a test holds every row to its line.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from robot.core.errors import ConfigError
from robot.core.typed_toml import Table, parse
from robot.guard.crisis.meaning import COMMA, MAX_LETTERS, pattern
from robot.guard.rarest_word import by_rarest_word
from robot.guard.whole_clauses import WholeClauses
from robot.sense.language.lexicon import plain, stem_of
from robot.texts.languages import with_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.resources.abc import Traversable

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.,!?;:\u2026\n]+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")  # “heeelp”
_PARTICIPLE = re.compile(r"(?<=..)ees?$")  # « tombée », its accent lost: as « tombé »
ASKED = "ASKED"  # stands where a question ends


class CueList(Table):
    """[[added]]: rows that came together: when, by whom, and each as kind, pattern, test line."""

    on: date
    by: str
    rows: tuple[tuple[str, str, str], ...]


class CueTable(Table):
    """`<name>_<language>.toml`."""

    short: dict[str, str]
    stems: dict[str, str]
    groups: dict[str, list[str]]
    added: tuple[CueList, ...]
    plainly: dict[str, list[str]] = Field({})
    plainly_parts: dict[str, list[str]] = Field({})
    plainly_around: list[str] = Field([])
    plainly_alike: dict[str, str] = Field({})


class Cue(NamedTuple):
    """One row: what it shows, its pattern, and the line that it is for."""

    kind: str
    pattern: str
    line: str


class _Row:
    """A cue ready to look up. Its pattern is made when a line first has the words for it: few of the many ever are."""

    def __init__(self, cue: Cue, meant: Callable[[str], list[str]]) -> None:
        self.cue = cue
        self._meant = meant
        self.needs = tuple(
            frozenset(choice.split()[0] for word in element.split("|") for choice in meant(word))
            for element in cue.pattern.split()
            if element[0] not in "!?~_^" and "$" not in element
        )

    @cached_property
    def search(self) -> re.Pattern[str]:
        return re.compile(pattern(self.cue.pattern, self._meant, barred=(COMMA, ASKED)))


class Cues:
    """One table in one language. Thread-safe once made."""

    def __init__(self, place: Traversable, language: str) -> None:
        """Raises ConfigError at file:line."""
        table = parse(CueTable, place.read_text(encoding="utf-8"), str(place))
        stem_word = stem_of(language)
        self._stem: Callable[[str], str] = lru_cache(maxsize=8192)(
            lambda word: table.stems.get(word) or str(stem_word(_PARTICIPLE.sub("e", word)))
        )
        self._short = {word: tuple(long.split()) for word, long in table.short.items()}
        groups = {name: [" ".join(self.stems(words)) for words in several] for name, several in table.groups.items()}

        def meant(word: str) -> list[str]:
            if word in {ASKED, COMMA}:
                return [word]
            if not word.isupper():
                return [" ".join(self.stems(word))]
            if word not in groups:
                raise ConfigError(
                    f"a pattern names the group {word}, which is not there",
                    place=str(place),
                    remedy=f"groups are: {', '.join(groups)}",
                )
            return groups[word]

        try:
            self._plainly = WholeClauses(
                table.plainly, table.plainly_parts, table.plainly_around, table.plainly_alike, self.stems
            )
        except KeyError as error:
            raise ConfigError(
                f"a clause of [plainly] names {{{error.args[0]}}}, which is not there",
                place=str(place),
                remedy=f"[plainly_parts] has: {', '.join(table.plainly_parts) or 'nothing'}",
            ) from error
        except ValueError as error:
            raise ConfigError(
                str(error), place=str(place), remedy="write words there, or take it out of the table"
            ) from error
        self.rows = tuple(Cue(*row) for one in table.added for row in one.rows)
        rows = [_Row(row, meant) for row in self.rows]
        self._by_cue = {row.cue: row for row in rows}
        self._always = [(n, row) for n, row in enumerate(rows) if not row.needs]
        self._by_word = by_rarest_word(((n, row), row.needs) for n, row in enumerate(rows) if row.needs)

    def stems(self, text: str) -> tuple[str, ...]:
        """A line as stems, with commas where clauses end and ASKED where a question does."""
        out: list[str] = []
        for token in _TOKEN.findall(_DRAWN_OUT.sub(r"\1", plain(text[:MAX_LETTERS]))):
            if not token[0].isalnum():
                out.append(ASKED if "?" in token else COMMA)
                continue
            out += [self._stem(word) for word in self._long(token)]
        while out and out[-1] == COMMA:
            out.pop()
        return tuple(out)

    def plainly(self, clause: tuple[str, ...]) -> str:
        """The kind that a clause, as stems, shows by itself; "" for none."""
        return self._plainly.kind(clause)

    def _long(self, word: str) -> Sequence[str]:
        """The full words of a short form; what stands on either side of an apostrophe is a word of its own."""
        if word in self._short:
            return self._short[word]
        if "'" not in word:
            return (word,)
        return [long for part in word.split("'") if part for long in self._short.get(part, (part,))]

    def find(self, stems: Sequence[str]) -> list[Cue]:
        """The cues of a line, in the order of the table."""
        line, bag = f" {' '.join(stems)} ", set(stems)
        likely = dict(self._always)
        for word in bag:
            likely |= dict(self._by_word.get(word, ()))
        return [
            likely[n].cue
            for n in sorted(likely)
            if not any(need.isdisjoint(bag) for need in likely[n].needs) and likely[n].search.search(line)
        ]

    def places(self, cue: Cue, stems: Sequence[str]) -> list[tuple[int, int]]:
        """Where a cue of this table stands in a line: from which stem on, and up to which."""
        line = f" {' '.join(stems)} "
        found = self._by_cue[cue].search.finditer(line)
        return [(line[: match.start()].count(" "), line[: match.end()].count(" ")) for match in found]


def of_languages(room: Traversable, shelf: str, pattern: str) -> dict[str, Cues]:
    """The cues of every language that has the file, by its code; `pattern` is its name with `{}` for that code. Raises
    ConfigError at file:line.
    """
    return {name: Cues(place, name) for name, place in with_file(room, shelf, pattern).items()}
