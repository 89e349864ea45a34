"""Whole clauses that show something by themselves, as templates: "{who} has stopped breathing", with what `who` may be,
and the words that may stand before and behind: "oh my god", "please", "I think".
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_NAMED = re.compile(r"\{(\w+)\}")
Stems = tuple[str, ...]
Choices = tuple[Stems, ...]  # of which one stands in the clause


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
        part that is not there.
        """
        self._alike = dict(alike)

        def stems(words: str) -> Stems:
            return self._evened(split(words))

        choices = {name: tuple(map(stems, several)) for name, several in parts.items()}
        made = [
            (kind, tuple(_elements(clause, choices, stems))) for kind, several in clauses.items() for clause in several
        ]
        spread = Counter(word for _, template in made for element in template for word in _first_words(element))
        self._by_word: dict[str, list[tuple[str, tuple[Choices, ...]]]] = {}
        for kind, template in made:
            for word in min(map(_first_words, template), key=lambda words: sum(spread[word] for word in words)):
                self._by_word.setdefault(word, []).append((kind, template))
        self._around = tuple(sorted(map(stems, around), key=len, reverse=True))

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
