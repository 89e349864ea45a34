"""Startle and recover: somebody is suddenly near where nobody was, so it starts, looks, and calms down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.behavior import URGENT, Behavior, because
from robot.decide.decision import Mode
from robot.intents import Look, Show, Sound
from robot.messages import Band

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.decide.behavior import State
    from robot.intents import Intent

NEWS_S = 0.6
LASTS_S = 1.6
AGAIN_AFTER_S = 120.0  # it gets used to it


class Startle(Behavior):
    """A reflex: before everything but words."""

    name = "startle"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 1.0

    def __init__(self) -> None:
        self._person: int | None = None
        self._at = -AGAIN_AFTER_S

    def desire(self, state: State) -> float:
        if state.t - self._at < LASTS_S:
            return URGENT if state.t - self._at < NEWS_S else 0.6
        if state.t - self._at < AGAIN_AFTER_S:
            return 0.0
        for person in state.scene.people:
            if person.band is Band.NEAR and state.t - person.since < NEWS_S:
                self._person, self._at = person.track, state.t
                return URGENT
        return 0.0

    def act(self, state: State) -> Iterable[Intent]:
        if self._person is None:
            return
        cause = because("suddenly near", f"person {self._person}", f"novelty {state.feelings.novelty:.2f}")
        yield Look(cause, person=self._person)
        if state.first:
            yield Show(cause, "startle")
            yield Sound(cause, "startle")
        if state.crossed(1.2):
            yield Show(cause, "relieved", strength=0.5)
