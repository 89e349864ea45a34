"""From words to intent, by meaning rather than by string.

A line is cut into clauses and its words into concepts (`lexicon.py`). Then, in this order: a whole wording; a wording
with slots; signs (concepts that mean it wherever they stand together); the wording that shares most of its weight with
the line. Weight is inverse document frequency over the intents (Sparck Jones 1972). What fits badly stays "unknown".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from robot.sense.language.lexicon import HeardTable, Lexicon, Word, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

SURE = 0.84  # from here on an intent of `first` goes before others
THRESHOLD = 0.63  # of the shared weight; found on wordings that are not in the tables
ROUNDED = 1e-9  # of a share, at most
IN_ORDER = 0.2  # of the score, for words that stand in the same order
MAJORITY = 0.5  # of the votes
ALIKE = 0.94  # at most, of what is only like a wording: "standing" is no "stand still"
UNKNOWN = "unknown"
CARE = 0.15  # by how much an intent of `care` goes before other talk
QUESTION = "?"  # the concept of a line that asks
MAX_TRIMMINGS = 3  # words after a greeting that need no meaning ("hello my little one")
MAX_WORDS = 60  # of a line; what follows is not looked at


class Heard(NamedTuple):
    """What a line was taken to mean: an intent of the tables, its slots, and a confidence 0..1."""

    intent: str
    slots: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.0


NOTHING = Heard(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a wording. `listed` words (concepts) may fill it; none means any word. `capital` asks for one."""

    name: str
    capital: bool
    listed: frozenset[str]


class _Wording(NamedTuple):
    """A wording as it is compared with a line."""

    intent: str
    weight: float  # of all its concepts
    order: frozenset[tuple[str, str]]
    denies: bool
    heaviest: str  # concept


class _Sign(NamedTuple):
    """Concepts that must all be there, sets of which one must be, and those that must not."""

    intent: str
    every: frozenset[str]
    one_of: tuple[frozenset[str], ...]
    barred: frozenset[str]


PERSON, NAMED = "{person}", "{name}"  # in signs: somebody; a word of [slots] person or one with a capital
SLOT = re.compile(r"\{(\w+)\}")


def slots_of(wording: str) -> frozenset[str]:
    """The gaps of a wording."""
    return frozenset(SLOT.findall(wording))


_CLAUSES = re.compile(r"([^.!?;,:\u2026\n\u00ab\u00bb\"()]+)([.!?;,:\u2026\n\u00ab\u00bb\"()\s]*)")


class Understanding:
    """The reader of one language; a Table made quick to look up. Thread-safe once made."""

    def __init__(self, table: HeardTable) -> None:
        self._table = table
        self._lexicon = Lexicon(table)
        self._negations = {self._lexicon.concept(word) for word in table.negations}
        self._breaks = set(table.breaks)
        self._whole: dict[tuple[str, ...], str] = {}
        self._bare: dict[tuple[str, ...], str] = {}
        self._slotted: list[tuple[str, tuple[str | Slot, ...], frozenset[str]]] = []
        self._scored: list[_Wording] = []
        self._standing: dict[str, list[int]] = {}  # in which of `_scored` a concept stands
        self._learn()
        self._people = frozenset(self._lexicon.concept(plain(w)) for w in table.slots.get("person", ()))
        self._signs = [_Sign(intent, *self._sign(sign)) for intent, signs in table.signs.items() for sign in signs]
        self._signs_with = self._signs_by_concept()
        self._signed = frozenset(table.care) & table.signs.keys()  # these have better grounds than votes
        self._asks = re.compile("|".join(table.asks)) if table.asks else None

    # ------------------------------------------------------------ learning the table

    def _learn(self) -> None:
        spread: dict[str, set[str]] = {}
        rows: list[tuple[str, tuple[str, ...]]] = []
        for intent, wordings in self._table.heard.items():
            for wording in wordings:
                words = self._lexicon.words(wording)
                if SLOT.search(wording):
                    gaps = self._gaps(words)
                    self._slotted.append((intent, gaps, frozenset(part for part in gaps if isinstance(part, str))))
                    continue
                self._whole.setdefault(tuple(w.plain for w in words), intent)
                bare = tuple(w.concept for w in self._lexicon.kept(words))
                if len(bare) > 1 or len(words) == 1:  # "not really" must not make "not" a wording
                    self._bare.setdefault(bare, intent)
                rows.append((intent, bare))
                for concept in bare:
                    spread.setdefault(concept, set()).add(intent)
        count = len(self._table.heard)
        shares: dict[str, dict[str, float]] = {}
        for intent, bare in rows:
            for concept in dict.fromkeys(bare):
                of = shares.setdefault(concept, {})
                of[intent] = of.get(intent, 0.0) + 1 / len(self._table.heard[intent])
        self._votes = {c: {i: v / sum(of.values()) for i, v in of.items()} for c, of in shares.items()}
        self._denied = {intent for intent, bare in rows if self._negations & set(bare)}
        self._weight = {concept: math.log(1 + count / len(where)) for concept, where in spread.items()}
        self._strange = math.log(1 + count / 2)  # the weight of a word that no wording has
        for intent, bare in rows:
            bag = dict.fromkeys(bare)  # in their order: a sum in that of a set differs from run to run
            heaviest = max(bare, key=lambda concept: (concept not in self._negations, self._weight[concept]))
            weight = sum(self._weight[concept] for concept in bag)
            for concept in bag:
                self._standing.setdefault(concept, []).append(len(self._scored))
            self._scored.append(
                _Wording(
                    intent=intent,
                    weight=weight,
                    order=_pairs(bare),
                    denies=not self._negations.isdisjoint(bag),
                    heaviest=heaviest,
                )
            )

    def _gaps(self, words: list[Word]) -> tuple[str | Slot, ...]:
        return tuple(
            self._slot(w.written) if w.written.startswith("{") else w.concept for w in self._lexicon.kept(words)
        )

    def _slot(self, written: str) -> Slot:
        name = written[1:-1]
        listed = frozenset(self._lexicon.concept(plain(w)) for w in self._table.slots.get(name.lower(), ()))
        return Slot(name.lower(), name[0].isupper(), listed)

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
        found = [best, self._by_sign(words, asks=asks), self._with_slots(kept)]
        scored = self._scores(kept)
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
        if any(w.written[:1].isupper() and w.concept not in self._weight for w in words):
            bag.add(NAMED)
        best = NOTHING
        for n in sorted(n for concept in ("", *bag) for n in self._signs_with.get(concept, ())):
            intent, every, one_of, barred = self._signs[n]
            if every <= bag and not barred & bag and all(choice & bag for choice in one_of):
                covered = min((len(every) + len(one_of)) / size, 1.0)
                best = max(best, Heard(intent, (), round(0.75 + 0.2 * covered, 3)), key=self._rank)
        return best

    def _with_slots(self, kept: list[Word]) -> Heard:
        best = NOTHING
        bag = {w.concept for w in kept}
        for intent, pattern, fixed in self._slotted:
            if not fixed <= bag:
                continue
            for start in range(len(kept)):
                values = self._fit(pattern, kept, start)
                if values is not None:
                    whole = start == 0
                    best = max(best, Heard(intent, values, 0.97 if whole else 0.88), key=self._rank)
                    break
        return best

    def _fit(self, pattern: tuple[str | Slot, ...], kept: list[Word], start: int) -> tuple[tuple[str, str], ...] | None:
        """The slots' values when the pattern stands at `start`, else None."""
        values: list[tuple[str, str]] = []
        i = start
        for n, part in enumerate(pattern):
            if isinstance(part, Slot):
                following = pattern[n + 1] if n + 1 < len(pattern) else None
                length = self._filled(part, kept, i, following if isinstance(following, str) else None)
                if not length:
                    return None
                values.append((part.name, self._turned(kept[i : i + length])))
                i += length
            elif i < len(kept) and kept[i].concept == part:
                i += 1
            else:
                return None
        return tuple(values)

    def _filled(self, slot: Slot, kept: list[Word], i: int, following: str | None) -> int:
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
        if slot.capital and not (words and words[0].written[:1].isupper() and words[0].concept not in self._weight):
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

    def _scores(self, kept: list[Word]) -> Heard:
        bare = tuple(w.concept for w in kept)
        bag = dict.fromkeys(bare)
        pairs = _pairs(bare)
        denied = not self._negations.isdisjoint(bag)
        total = sum(self._weight.get(concept, self._strange) for concept in bag)
        shared = self._shared(bag)
        if denied:  # "not sad" is not "not happy"
            rows = ((n, weight, self._scored[n]) for n, weight in shared.items())
            shared = {n: weight for n, weight, row in rows if not row.denies or row.heaviest in bag}
        if not shared:
            return NOTHING
        best, most = "", 0.0
        for n in sorted(self._near(shared, total)):
            intent, weight, order, denies, _ = self._scored[n]
            score = 2 * shared[n] / (total + weight)
            if order or pairs:
                alike = 2 * len(order & pairs) / (len(order) + len(pairs))
                score = (1 - IN_ORDER) * score + IN_ORDER * alike
            if denied != denies:
                score *= 0.6
            if score > most:
                best, most = intent, score
        if most >= THRESHOLD:
            return Heard(best, (), round(min(most, ALIKE), 3))
        return self._voted(bag, total, denied=denied)

    def _shared(self, bag: Iterable[str]) -> dict[int, float]:
        """The weight of these concepts that stand in a wording, too, by its number."""
        shared: dict[int, float] = {}
        for concept in bag:
            weight = self._weight.get(concept, 0.0)
            for n in self._standing.get(concept, ()):
                shared[n] = shared.get(n, 0.0) + weight
        return shared

    def _near(self, shared: dict[int, float], total: float) -> list[int]:
        """The wordings that may reach the threshold, whatever the order of their words: hardly one of a hundred."""
        scored, least = self._scored, (THRESHOLD - IN_ORDER) / (1 - IN_ORDER) / 2 - ROUNDED
        return [n for n, weight in shared.items() if weight >= least * (total + scored[n].weight)]

    def _voted(self, bag: Iterable[str], total: float, *, denied: bool) -> Heard:
        """Each concept votes for the intents that it stands in, with its weight."""
        votes: dict[str, float] = {}
        for concept in bag:
            for intent, share in self._votes.get(concept, {}).items():
                if intent in self._signed:
                    continue
                votes[intent] = votes.get(intent, 0.0) + share * self._weight[concept] / total
        if not votes:
            return NOTHING
        intent = max(votes, key=lambda name: votes[name])
        vote = votes[intent] * (1.0 if denied == (intent in self._denied) or not denied else 0.6)
        return Heard(intent, (), round(min(vote, ALIKE), 3)) if vote >= MAJORITY else NOTHING


def _pairs(bare: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(bare))
