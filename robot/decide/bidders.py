"""The bidders: who may bid in a mode, and who of them is asked; one that gave UNTIL_WORDS bids nothing until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.decision import Bid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from robot.decide.behavior import Behavior


class Bidders:
    """Behaviours, each with its place among the bids."""

    def __init__(self, behaviors: Iterable[Behavior]) -> None:
        self._every = list(enumerate(behaviors))
        self._awake = self._every
        self._nothing = [Bid(behavior.name, 0.0) for _, behavior in self._every]

    def nothing(self) -> list[Bid]:
        """The bids of all, should none want anything."""
        return self._nothing.copy()

    def asked(self, *, words_wait: bool) -> Sequence[tuple[int, Behavior]]:
        """Who is asked in this thought, and where its bid goes."""
        if words_wait:
            self._awake = self._every
        return self._awake

    def rest(self, places: Collection[int]) -> None:
        """Those at these places are not asked before words wait."""
        self._awake = [one for one in self._awake if one[0] not in places]
