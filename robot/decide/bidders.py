"""The bidders: who may bid in a mode, and who of them is asked; one that rests bids nothing until what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.decision import Bid
from robot.decide.behavior import UNTIL_SOMEBODY, UNTIL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from robot.decide.behavior import Behavior, Rest, State


class Bidders:
    """Behaviours, each with its place among the bids."""

    def __init__(self, behaviors: Iterable[Behavior]) -> None:
        self._every = list(enumerate(behaviors))
        self._awake = self._every
        self._until_words: set[int] = set()  # places of who rests
        self._until_somebody: set[int] = set()
        self._words = self._somebody = False  # are there in this thought
        self._nothing = [Bid(behavior.name, 0.0) for _, behavior in self._every]

    def nothing(self) -> list[Bid]:
        """The bids of all, should none want anything."""
        return self._nothing.copy()

    def asked(self, state: State) -> Sequence[tuple[int, Behavior]]:
        """Who is asked in this thought, and where its bid goes."""
        self._words = state.diary.pending is not None
        self._somebody = self._words or _somebody(state)
        if (self._words and self._until_words) or (self._somebody and self._until_somebody):
            self._until_somebody.clear()
            if self._words:
                self._until_words.clear()
            self._awake = self._others()
        return self._awake

    def rest(self, place: int, until: Rest) -> None:
        """It is not asked before what it waits for, unless that is there."""
        if until is UNTIL_WORDS and not self._words:
            self._until_words.add(place)
        elif until is UNTIL_SOMEBODY and not self._somebody:
            self._until_somebody.add(place)
        else:
            return
        self._awake = self._others()

    def _others(self) -> list[tuple[int, Behavior]]:
        resting = self._until_words | self._until_somebody
        return [one for one in self._every if one[0] not in resting]


def _somebody(state: State) -> bool:
    """Whether somebody is there, or was until this moment."""
    scene = state.scene
    return scene.alone_since is None or scene.in_talk or bool(scene.people or scene.departures)
