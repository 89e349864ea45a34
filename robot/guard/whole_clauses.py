"""Whole clauses that show something by themselves, as templates: "{who} has stopped breathing", with what `who` may be,
and the words that may stand before and behind: "oh my god", "please", "I think".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from robot.guard.rarest_word import by_rarest_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_NAMED = re.compile(r"\{(\w+)\}")
Stems = tuple[str, ...]
Choices = tuple[Stems, ...]  # of which one stands in the clause
T = TypeVar("T")


class WholeClauses:
    """Templates by what they show, looked up by their rarest word. Thread-safe once made."""

    def __init__(
        self,
        clauses: Mapping[str, Iterable[str]],
        parts: Mapping[str, Sequence[str]],
        around: Iterable[str],
        alike: Mapping[str, str],
        split: Callable[[str], Stems],
    ) -> None:
        """`clauses` by kind; `alike`: stems that count as another; `split` makes stems of words. Raises KeyError for a
        part that is not there, ValueError for something without words.
        """
        self._alike = dict(alike)

        def stems(words: str) -> Stems:
            return self._evened(split(words))

        choices = {
            name: _some(tuple(_some(stems(words), words) for words in several), name) for name, several in parts.items()
        }
        templates = [
            (kind, _some(tuple(_elements(clause, choices, stems)), clause))
            for kind, several in clauses.items()
            for clause in several
        ]
        self._by_word = by_rarest_word((one, tuple(map(_first_words, one[1]))) for one in templates)
        self._around = tuple(sorted((_some(stems(words), words) for words in around), key=len, reverse=True))

    def kind(self, clause: Stems) -> str:
        """What a clause, as stems, shows by itself; "" for nothing."""
        clause = self._evened(clause)
        while clause:
            for word in dict.fromkeys(clause):
                for kind, template in self._by_word.get(word, ()):
                    if _fits(template, clause):
                        return kind
            shorter = self._without_what_is_around(clause)
            if shorter == clause:
                return ""
            clause = shorter
        return ""

    def _evened(self, stems: Stems) -> Stems:
        return tuple(self._alike.get(stem, stem) for stem in stems)

    def _without_what_is_around(self, clause: Stems) -> Stems:
        for words in self._around:
            if clause[: len(words)] == words:
                return clause[len(words) :]
            if clause[-len(words) :] == words:
                return clause[: -len(words)]
        return clause


def _some(found: T, told: str) -> T:
    """What was found. Raises ValueError for nothing."""
    if not found:
        raise ValueError(f"in what is told plainly, {told!r} has no words")
    return found


def _elements(clause: str, parts: Mapping[str, Choices], stems: Callable[[str], Stems]) -> Iterator[Choices]:
    """A template's own words, one by one, and what may stand for each of its names."""
    for n, piece in enumerate(_NAMED.split(clause)):
        if n % 2:
            yield parts[piece]
        else:
            yield from (((stem,),) for stem in stems(piece))


def _first_words(element: Choices) -> frozenset[str]:
    return frozenset(choice[0] for choice in element)


def _fits(template: Sequence[Choices], clause: Stems) -> bool:
    """Whether a clause is a template, word by word."""
    if not template:
        return not clause
    first, *rest = template
    return any(clause[: len(choice)] == choice and _fits(rest, clause[len(choice) :]) for choice in first)
