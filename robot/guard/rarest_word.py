"""Many things that each need certain words of a line, and how to find the few that a line may have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")


def by_rarest_word(things: Iterable[tuple[T, Sequence[frozenset[str]]]]) -> dict[str, list[T]]:
    """Each thing under the words of its rarest need, in their order. A need is words of which the line must have one;
    a line that has none of those words cannot have the thing.
    """
    every = list(things)
    spread = Counter(word for _, needs in every for need in needs for word in need)
    found: dict[str, list[T]] = {}
    for thing, needs in every:
        for word in min(needs, key=lambda need: sum(spread[word] for word in need)):
            found.setdefault(word, []).append(thing)
    return found
