"""What a recogniser listens for: whole phrases, and the words that may fill their slots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


_SPOKEN = re.compile(r"[^\W_]+(?:'[^\W_]*)*|\{\w+\}")


def spoken(text: str) -> str:
    """A line as a recogniser without punctuation has it: lower case, words and the gaps of phrases."""
    return " ".join(_SPOKEN.findall(text.lower().replace("\u2019", "'")))


class Grammar(NamedTuple):
    """Whole phrases in lower case; `<name>` stands for one of `slots["name"]`. `commands`: those phrases that are
    complete as soon as they are said, and that nobody wants to wait for.
    """

    phrases: tuple[str, ...]
    slots: dict[str, tuple[str, ...]]
    commands: tuple[str, ...] = ()

    def words(self) -> list[str]:
        """Every word once, in order."""
        texts = (*self.phrases, *(word for words in self.slots.values() for word in words))
        return list(dict.fromkeys(w for text in texts for w in text.split() if not w.startswith("<")))

    def without(self, unknown: Iterable[str]) -> Grammar:
        """The phrases and slot words in which none of the unknown words stands."""
        gone = set(unknown)
        slots = {name: tuple(w for w in words if not gone & set(w.split())) for name, words in self.slots.items()}
        empty = {f"<{name}>" for name, words in slots.items() if not words}
        phrases, commands = (
            tuple(p for p in listed if not (gone | empty) & set(p.split())) for listed in (self.phrases, self.commands)
        )
        return Grammar(phrases, slots, commands)

    def pattern(self) -> re.Pattern[str]:
        """Matches a whole phrase and nothing else."""
        slots = {name: "|".join(map(re.escape, words)) for name, words in self.slots.items()}
        alternatives = (
            " ".join(f"(?:{slots[w[1:-1]]})" if w.startswith("<") else re.escape(w) for w in phrase.split())
            for phrase in self.phrases
        )
        return re.compile("|".join(alternatives))
