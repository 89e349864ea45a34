"""The wording that shares most of its weight with a line.

Weight is inverse document frequency over the intents (Sparck Jones 1972). Where no wording shares enough, each concept
votes for the intents that it stands in.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from robot.sense.language.heard import NOTHING, Heard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from robot.sense.language.lexicon import HeardTable, Word

THRESHOLD = 0.63  # of the shared weight; found on wordings that are not in the tables
ROUNDED = 1e-9  # of a share, at most
IN_ORDER = 0.2  # of the score, for words that stand in the same order
MAJORITY = 0.5  # of the votes
ALIKE = 0.94  # at most, of what is only like a wording: "standing" is no "stand still"


class _Wording(NamedTuple):
    """A wording as it is compared with a line."""

    intent: str
    weight: float  # of all its concepts
    order: frozenset[tuple[str, str]]
    denies: bool
    heaviest: str  # concept


class SharedWeight:
    """What each concept of the wordings weighs, and in which of them it stands. Thread-safe once made."""

    def __init__(
        self,
        table: HeardTable,
        rows: Sequence[tuple[str, tuple[str, ...]]],
        negations: set[str],
        signed: frozenset[str],
    ) -> None:
        """`rows`: the intent and the concepts of each wording without gaps. `negations`: concepts. `signed`: intents
        that have better grounds than votes.
        """
        self._negations = negations
        self._signed = signed
        self._scored: list[_Wording] = []
        self._standing: dict[str, list[int]] = {}  # in which of `_scored` a concept stands
        spread: dict[str, set[str]] = {}
        for intent, bare in rows:
            for concept in bare:
                spread.setdefault(concept, set()).add(intent)
        count = len(table.heard)
        shares: dict[str, dict[str, float]] = {}
        for intent, bare in rows:
            for concept in dict.fromkeys(bare):
                of = shares.setdefault(concept, {})
                of[intent] = of.get(intent, 0.0) + 1 / len(table.heard[intent])
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

    def knows(self, concept: str) -> bool:
        """Whether a wording has it."""
        return concept in self._weight

    def most(self, kept: list[Word]) -> Heard:
        """The intent of that wording, for the words of a line that carry something."""
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
