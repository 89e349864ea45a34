"""From words to intent, by meaning rather than by string.

A line is cut into clauses and its words into concepts (`lexicon.py`). Then, in this order: a whole wording; a wording
with slots (`slotted_wordings.py`); signs (concepts that mean it wherever they stand together); the wording that shares
most of its weight with the line (`shared_weight.py`). What fits badly stays "unknown".
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from robot.sense.language.heard import NOTHING, UNKNOWN, Heard
from robot.sense.language.lexicon import HeardTable, Lexicon, Word, plain
from robot.sense.language.shared_weight import SharedWeight
from robot.sense.language.slotted_wordings import SLOT, SlottedWordings

SURE = 0.84  # from here on an intent of `first` goes before others
CARE = 0.15  # by how much an intent of `care` goes before other talk
QUESTION = "?"  # the concept of a line that asks
MAX_TRIMMINGS = 3  # words after a greeting that need no meaning ("hello my little one")
MAX_WORDS = 60  # of a line; what follows is not looked at


class _Sign(NamedTuple):
    """Concepts that must all be there, sets of which one must be, and those that must not."""

    intent: str
    every: frozenset[str]
    one_of: tuple[frozenset[str], ...]
    barred: frozenset[str]


PERSON, NAMED = "{person}", "{name}"  # in signs: somebody; a word of [slots] person or one with a capital
_CLAUSES = re.compile(r"([^.!?;,:\u2026\n\u00ab\u00bb\"()]+)([.!?;,:\u2026\n\u00ab\u00bb\"()\s]*)")


class Understanding:
    """The reader of one language; a Table made quick to look up. Thread-safe once made."""

    def __init__(self, table: HeardTable) -> None:
        self._table = table
        self._lexicon = Lexicon(table)
        self._negations = {self._lexicon.concept(word) for word in table.negations}
        self._slotted = SlottedWordings(table, self._lexicon)
        self._whole: dict[tuple[str, ...], str] = {}
        self._bare: dict[tuple[str, ...], str] = {}
        signed = frozenset(table.care) & table.signs.keys()  # these have better grounds than votes
        self._shared = SharedWeight(table, self._learn(), self._negations, signed)
        self._people = frozenset(self._lexicon.concept(plain(w)) for w in table.slots.get("person", ()))
        self._signs = [_Sign(intent, *self._sign(sign)) for intent, signs in table.signs.items() for sign in signs]
        self._signs_with = self._signs_by_concept()
        self._asks = re.compile("|".join(table.asks)) if table.asks else None

    # ------------------------------------------------------------ learning the table

    def _learn(self) -> list[tuple[str, tuple[str, ...]]]:
        """The wordings; those without gaps, as intent and concepts."""
        rows: list[tuple[str, tuple[str, ...]]] = []
        for intent, wordings in self._table.heard.items():
            for wording in wordings:
                words = self._lexicon.words(wording)
                if SLOT.search(wording):
                    self._slotted.learn(intent, words)
                    continue
                self._whole.setdefault(tuple(w.plain for w in words), intent)
                bare = tuple(w.concept for w in self._lexicon.kept(words))
                if len(bare) > 1 or len(words) == 1:  # "not really" must not make "not" a wording
                    self._bare.setdefault(bare, intent)
                rows.append((intent, bare))
        return rows

    def _sign(self, sign: str) -> tuple[frozenset[str], tuple[frozenset[str], ...], frozenset[str]]:
        """Concepts that must all be there, sets of which one must be, and those that must not."""
        parts = sign.split()
        asked = " ".join(part for part in parts if part[0] not in "-?{" and "|" not in part)
        every = {w.concept for w in self._lexicon.words(asked)} | ({QUESTION} & set(parts))
        one_of = [self._alternatives(part) for part in parts if "|" in part and part[0] != "-"]
        if PERSON in parts:
            one_of.append(self._people | {NAMED})
        barred = (self._alternatives(part[1:]) for part in parts if part[0] == "-")
        return frozenset(every), tuple(one_of), frozenset[str]().union(*barred)

    def _signs_by_concept(self) -> dict[str, list[int]]:
        """By number, under one of the concepts that each needs: that of the fewest; under "" those that need none."""
        needed = Counter(concept for sign in self._signs for concept in sign.every)
        out: dict[str, list[int]] = {}
        for n, sign in enumerate(self._signs):
            out.setdefault(min(sorted(sign.every), key=needed.__getitem__, default=""), []).append(n)
        return out

    def _alternatives(self, part: str) -> frozenset[str]:
        return frozenset(w.concept for word in part.split("|") for w in self._lexicon.words(word))

    # ------------------------------------------------------------ reading a line

    def understand(self, text: str) -> Heard:
        """The intent of a line. Never raises: an empty or strange line is `unknown`."""
        pieces = [(piece, self._is_question(piece, end)) for piece, end in _CLAUSES.findall(text) if piece.strip()]
        whole = self._lexicon.words(" ".join(piece for piece, _ in pieces))[:MAX_WORDS]
        found = [self._clause(whole, asks=bool(pieces) and all(asks for _, asks in pieces))]
        lone: list[Heard] = []  # of a word by itself: "quick, set a timer"
        if len(pieces) > 1 and found[0].confidence < 1.0:  # else it is a wording as it stands: "thanks, love"
            for piece, asks in pieces:
                words = self._lexicon.words(piece)[:MAX_WORDS]
                heard = self._clause(words, asks=asks)
                (found if len(words) > 1 or heard.intent in self._table.first else lone).append(heard)
        best = max(found, key=self._rank)
        return best if best.intent not in {UNKNOWN, *self._table.last} else max([best, *lone], key=self._rank)

    def _is_question(self, piece: str, end: str) -> bool:
        return "?" in end or (self._asks is not None and self._asks.search(plain(piece)) is not None)

    def _rank(self, heard: Heard) -> tuple[int, float]:
        if heard.intent == UNKNOWN:
            return (0, 0.0)
        if heard.intent in self._table.first and (heard.confidence >= SURE or heard.intent == self._table.first[0]):
            return (3 + len(self._table.first) - self._table.first.index(heard.intent), heard.confidence)
        care = CARE * (heard.intent in self._table.care)
        return (1 if heard.intent in self._table.last else 2, heard.confidence + care)

    def _clause(self, words: list[Word], *, asks: bool) -> Heard:
        if not words:
            return NOTHING
        kept = self._lexicon.kept(words)
        best = self._exact(words, kept)
        if best.confidence >= 0.95:
            return best
        found = [best, self._by_sign(words, asks=asks), *self._slotted.found(kept, self._shared.knows)]
        scored = self._shared.most(kept)
        if asks or scored.intent not in self._table.asked:
            found.append(scored)
        best = max(found, key=self._rank)
        courtesy, rest = self._without_courtesy(kept)
        if rest and (best.intent == UNKNOWN or best.intent in self._table.last or best.confidence < 0.9):
            best = max(best, self._clause(rest, asks=asks), key=self._rank)
            if best.intent == UNKNOWN and len(rest) <= MAX_TRIMMINGS:
                return Heard(courtesy, (), 0.7)
        return best

    def _exact(self, words: list[Word], kept: list[Word]) -> Heard:
        intent = self._whole.get(tuple(w.plain for w in words))
        if intent:
            return Heard(intent, (), 1.0)
        bare = tuple(w.concept for w in kept)
        if bare in self._bare:
            return Heard(self._bare[bare], (), 0.96)
        for length in range(1, len(bare)):  # "stop you are scaring me"
            begun = self._bare.get(bare[:length])
            if begun in self._table.first[1:] and not self._negations & set(bare[:length]):
                return Heard(begun, (), SURE + 0.01)
        return NOTHING

    def _without_courtesy(self, kept: list[Word]) -> tuple[str, list[Word]]:
        """The courtesy ("hello", "thank you") that the line begins with, and the rest without it.

        A courtesy at the end goes too, but says nothing by itself. No rest: there is no courtesy.
        """
        bare = tuple(w.concept for w in kept)
        for length in range(min(4, len(bare) - 1), 0, -1):
            if self._bare.get(bare[:length]) in self._table.last:
                return self._bare[bare[:length]], kept[length:]
            if self._bare.get(bare[-length:]) in self._table.last:
                return UNKNOWN, kept[:-length]
        return UNKNOWN, []

    def _by_sign(self, words: list[Word], *, asks: bool) -> Heard:
        bag = {w.concept for w in words}
        size = len(bag)
        if asks:
            bag.add(QUESTION)
        if any(w.written[:1].isupper() and not self._shared.knows(w.concept) for w in words):
            bag.add(NAMED)
        best = NOTHING
        for n in sorted(n for concept in ("", *bag) for n in self._signs_with.get(concept, ())):
            intent, every, one_of, barred = self._signs[n]
            if every <= bag and not barred & bag and all(choice & bag for choice in one_of):
                covered = min((len(every) + len(one_of)) / size, 1.0)
                best = max(best, Heard(intent, (), round(0.75 + 0.2 * covered, 3)), key=self._rank)
        return best
