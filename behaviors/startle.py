"""Startle and recover: somebody is suddenly near where nobody was, so it starts, looks, and calms down."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    UNTIL_SOMEBODY,
    URGENT,
    Band,
    Behavior,
    BehaviorConfig,
    Look,
    Mode,
    Seconds,
    Show,
    Sound,
    because,
    sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State


class StartleConfig(BehaviorConfig):
    """What may be changed while it runs."""

    news_s: Seconds = Field(0.6, description="how long somebody near is sudden")
    lasts_s: Seconds = Field(1.6, description="how long it lasts")
    again_after_s: Seconds = Field(120.0, description="time until it can be startled again")


class Startle(Behavior):
    """A reflex: before everything but words."""

    name = "startle"
    config = StartleConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 1.0

    def __init__(self) -> None:
        self._person: int | None = None
        self._at = -math.inf

    def desire(self, state: State) -> float:
        if state.t - self._at < self.config.lasts_s:
            return URGENT if state.t - self._at < self.config.news_s else 0.6
        if state.t - self._at < self.config.again_after_s:
            return 0.0
        for person in state.scene.people:
            if person.band is Band.NEAR and state.t - person.since < self.config.news_s:
                self._person, self._at = person.track, state.t
                return URGENT
        return UNTIL_SOMEBODY

    def act(self, state: State) -> Iterable[Intent]:
        if self._person is None:
            return
        cause = because("suddenly_near", self._person, sentence("cause.at_novelty", level=state.feelings.novelty))
        yield Look(cause, person=self._person)
        if state.first:
            yield Show(cause, "startle")
            yield Sound(cause, "startle")
        if state.crossed(1.2):
            yield Show(cause, "relieved", strength=0.5)
