"""Signs: sequences of concepts that say of oneself what is meant, whatever the words (`data/signs.toml`).

Each sign that a line bears has a standing: `own` counts; `denied`, `other` (somebody else's) and `story` do not by
themselves. The classifier weighs all of them, so that what a rule cannot know is learned.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from robot.core.typed_toml import Table, parse
from robot.guard.crisis.meaning import COMMA, IDIOM, Item, data_folder, pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

Standing = Literal["own", "denied", "other", "story"]

SELF, OTHERS = frozenset({"I", "SELF"}), frozenset({"OTHER", "CLOSE", "YOU", "ALL"})
OF_SELF = SELF | {
    "ENDSELF",
    "HURTSELF",
    "WITHOUTME",
    "IFGONE",
    "RIDOFME",
}  # concepts that have the first person in them
DENIALS = frozenset({"NOT", "NEVER", "FARFROM"})
ENDED = DENIALS | {"NOMORE"}  # « plus envie de me tuer » denies, too
OPEN = frozenset({"GOING", "TRY", "THINK", "WISH", "NOT", "TAKE", "PLACE"})  # concepts that a denial reaches across
BARRED = ("NOT", "NEVER", "NOBODY", "YOU", "OTHER", "CLOSE", IDIOM, COMMA)
TURNS = frozenset({COMMA, "but", "mais"})  # what follows them is said anew: “never told a soul but …”
REACH = 5  # words: how far before a sign a denial of it may stand
SINCERE = frozenset(
    {"jok", "joke", "kid", "lie", "sure", "know", "plaisant", "rigol", "men", "sais", "sur", "onli", "just", "que"}
)


class Lines(Table):
    """One strength of signs."""

    lines: list[str]
    more: tuple[str, ...] = ()


class SignFile(Table):
    """`signs.toml`."""

    crisis: Lines
    ask: Lines
    hint: Lines
    other: Lines


class Sign(NamedTuple):
    """A sign that a line bears."""

    strength: str  # "crisis", "other", "ask" or "hint"
    name: str
    standing: Standing


class _Row:
    """One sign of the table. Its pattern is made when a line first has the words for it: few of the many ever are."""

    def __init__(self, strength: str, line: str) -> None:
        self.strength = strength
        self.name = line
        elements = line.split()
        self.needs = tuple(
            frozenset(element.split("|")) for element in elements if element[0] not in "!?~_" and "$" not in element
        )
        first = set(elements[0].split("|"))
        self.denies = bool(first & (DENIALS | {"NOMORE", "CANNOT"}))  # begins with a denial itself

    @cached_property
    def search(self) -> re.Pattern[str]:
        return re.compile(pattern(self.name, lambda word: [word], BARRED))


class Signs:
    """The table of signs, made quick to look up."""

    def __init__(self) -> None:
        """Raises ConfigError at file:line."""
        place = data_folder() / "signs.toml"
        table = parse(SignFile, place.read_text(encoding="utf-8"), str(place))
        rows = [
            _Row(strength, line)
            for strength, group in (
                ("crisis", table.crisis),
                ("other", table.other),
                ("ask", table.ask),
                ("hint", table.hint),
            )
            for line in (*group.lines, *group.more)
        ]
        spread = Counter(word for row in rows for need in row.needs for word in need)
        self._by_word: dict[str, list[tuple[int, _Row]]] = {}  # each row under the words of its rarest element
        for n, row in enumerate(rows):
            for word in min(row.needs, key=lambda need: sum(spread[word] for word in need)):
                self._by_word.setdefault(word, []).append((n, row))

    def find(self, items: Sequence[Item]) -> list[Sign]:
        """All signs in a run of words, the strong ones first."""
        words = [item.word for item in items]
        line = f" {' '.join(words)} "
        bag = set(words)
        found = {}
        for word in bag:
            for n, row in self._by_word.get(word, ()):
                if n in found or any(need.isdisjoint(bag) for need in row.needs):
                    continue
                match = row.search.search(line)
                if match:
                    start = line.count(" ", 0, match.start())
                    end = start + match.group().count(" ")
                    found[n] = Sign(row.strength, row.name, _standing(words, start, end, row))
        return [found[n] for n in sorted(found)]


def _standing(words: list[str], start: int, end: int, row: _Row) -> Standing:
    if not row.denies and _denied(words, start, end):
        return "denied"
    if "RECOVERED" in words[end:]:
        return "denied"
    if row.strength != "other" and OF_SELF.isdisjoint(words[start:end]):
        about = next((word for word in reversed(words[:start]) if word in SELF or word in OTHERS), "I")
        if about in OTHERS and words[start] not in OTHERS:
            return "other"
    if row.strength == "other":
        return "story" if "PAST" in words or "STORY" in words[:start] else "own"
    told = max((i for i in range(start) if words[i] == "STORY"), default=None)
    if told is None and SELF.isdisjoint(words[:end]) and OF_SELF.isdisjoint(words[:end]):
        told = 0 if "STORY" in words else None
    return "own" if told is None or not SELF.isdisjoint(words[told:end]) else "story"


def _denied(words: list[str], start: int, end: int) -> bool:
    """“never … kill myself”, « je ne me tuerais jamais », « jamais je ne … », “suicide has never …”."""
    closes = end + 1 == len(words) or "ne" in words[max(start - 2, 0) : start]
    if closes and words[end : end + 1] and words[end] in DENIALS:
        return True
    if "NEVER" in words[end : end + 2] or (words[0] == "NEVER" and TURNS.isdisjoint(words[:start])):
        return True
    for i in range(start - 1, max(start - REACH, 0) - 1, -1):
        if words[i] in ENDED:
            return words[i + 1] not in SINCERE  # “I am not joking …”
        if words[i] == COMMA or (words[i].isupper() and words[i] not in OPEN):
            return False
    return False
