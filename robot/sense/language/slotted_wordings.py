"""Wordings with slots: "my name is {Name}", whose gaps words of a line fill."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from robot.sense.language.heard import Heard
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from robot.sense.language.lexicon import HeardTable, Lexicon, Word

SLOT = re.compile(r"\{(\w+)\}")


def slots_of(wording: str) -> frozenset[str]:
    """The gaps of a wording."""
    return frozenset(SLOT.findall(wording))


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a wording. `listed` words (concepts) may fill it; none means any word. `capital` asks for one."""

    name: str
    capital: bool
    listed: frozenset[str]


class SlottedWordings:
    """Those of one language. Thread-safe once made."""

    def __init__(self, table: HeardTable, lexicon: Lexicon) -> None:
        self._table = table
        self._lexicon = lexicon
        self._breaks = set(table.breaks)
        self._slotted: list[tuple[str, tuple[str | Slot, ...], frozenset[str]]] = []

    def learn(self, intent: str, words: list[Word]) -> None:
        """One more."""
        gaps = self._gaps(words)
        self._slotted.append((intent, gaps, frozenset(part for part in gaps if isinstance(part, str))))

    def _gaps(self, words: list[Word]) -> tuple[str | Slot, ...]:
        return tuple(
            self._slot(w.written) if w.written.startswith("{") else w.concept for w in self._lexicon.kept(words)
        )

    def _slot(self, written: str) -> Slot:
        name = written[1:-1]
        listed = frozenset(self._lexicon.concept(plain(w)) for w in self._table.slots.get(name.lower(), ()))
        return Slot(name.lower(), name[0].isupper(), listed)

    def found(self, kept: list[Word], knows: Callable[[str], bool]) -> Iterator[Heard]:
        """What each that stands in the words of a line means, with what fills its slots. `knows`: whether a concept is
        one of the wordings: else it may be a name.
        """
        bag = {w.concept for w in kept}
        for intent, pattern, fixed in self._slotted:
            if not fixed <= bag:
                continue
            for start in range(len(kept)):
                values = self._fit(pattern, kept, start, knows)
                if values is not None:
                    yield Heard(intent, values, 0.97 if start == 0 else 0.88)
                    break

    def _fit(
        self, pattern: tuple[str | Slot, ...], kept: list[Word], start: int, knows: Callable[[str], bool]
    ) -> tuple[tuple[str, str], ...] | None:
        """The slots' values when the pattern stands at `start`, else None."""
        values: list[tuple[str, str]] = []
        i = start
        for n, part in enumerate(pattern):
            if isinstance(part, Slot):
                following = pattern[n + 1] if n + 1 < len(pattern) else None
                length = self._filled(part, kept, i, following if isinstance(following, str) else None, knows)
                if not length:
                    return None
                values.append((part.name, self._turned(kept[i : i + length])))
                i += length
            elif i < len(kept) and kept[i].concept == part:
                i += 1
            else:
                return None
        return tuple(values)

    def _filled(self, slot: Slot, kept: list[Word], i: int, following: str | None, knows: Callable[[str], bool]) -> int:
        """How many words fill the slot; 0 when they cannot."""
        length = 0
        while i + length < len(kept) and length < 4 and kept[i + length].concept != following:
            if not slot.listed and kept[i + length].plain in self._breaks:
                break
            length += 1
        words = kept[i : i + length]
        if words and words[0].written[:1].isupper():  # "Nan everybody does"
            length = next((n for n, word in enumerate(words) if not word.written[:1].isupper()), length)
        if slot.listed:
            hits = [n for n, w in enumerate(words) if w.concept in slot.listed]
            named = [n for n, w in enumerate(words) if w.written[:1].isupper() and (i + n) > 0]
            if following is not None:
                return length if hits or (named and named == list(range(length))) else 0
            if hits:
                last = hits[-1]
                return last + 2 if last + 1 in named else last + 1
            return 1 if named[:1] == [0] else 0
        if slot.capital and not (words and words[0].written[:1].isupper() and not knows(words[0].concept)):
            return 0
        return min(length, 3)

    def _turned(self, words: list[Word]) -> str:
        """The words as written, seen from the robot's side ("my sister" becomes "your sister")."""
        out: list[str] = []
        for n, word in enumerate(words):
            if n and word.written == words[n - 1].written:  # the parts of "Anne-Marie"
                continue
            out.append(self._table.turns.get(plain(word.written), word.written))
        return " ".join(out)
