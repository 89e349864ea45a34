"""Look around (secure base): its person is near and calm, so it explores a little, and comes back to them.

Only when nobody talks: idle motion must never turn the head away in mid-conversation.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Behavior, BehaviorConfig, Look, Mode, Seconds, Show, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

NEAR_AND_CALM = sentence("cause.near_and_calm")


class LookAroundConfig(BehaviorConfig):
    """What may be changed while it runs."""

    share: float = Field(0.55, ge=0.0, le=1.0, description="how much it wants to, as a share of exploration")
    after_s: Seconds = Field(15.0, description="time of quiet company before it looks away")
    away_least_s: Seconds = Field(2.0, description="the least time that it looks away")
    away_most_s: Seconds = Field(4.0, description="the greatest time that it looks away")
    back_least_s: Seconds = Field(6.0, description="the least time that it looks at its person")
    back_most_s: Seconds = Field(14.0, description="the greatest time that it looks at its person")


class LookAround(Behavior):
    """Glances away and back, the more the freer it is to explore."""

    name = "look_around"
    config = LookAroundConfig()
    modes = frozenset({Mode.ENGAGED})
    min_stay_s = 1.5

    def __init__(self) -> None:
        self._until = 0.0
        self._away = False
        self._look = (0.0, 0.0)

    def desire(self, state: State) -> float:
        scene = state.scene
        spoken = state.diary.spoken_to_at
        quiet = spoken is None or state.t - spoken > self.config.after_s
        person = scene.focused
        if person is None or scene.in_talk or scene.voice or not quiet or state.t - person.since < self.config.after_s:
            self._away, self._until = False, 0.0
            return 0.0
        return self.config.share * state.feelings.exploration

    def act(self, state: State) -> Iterable[Intent]:
        config = self.config
        cause = because("exploration", state.feelings.exploration, NEAR_AND_CALM)
        if state.t >= self._until:
            self._away = not self._away
            away, back = (config.away_least_s, config.away_most_s), (config.back_least_s, config.back_most_s)
            low, high = away if self._away else back
            self._until = state.t + float(state.rng.uniform(low, high))
            side = 1.0 if state.rng.random() < 0.5 else -1.0
            person = state.scene.focused
            near = person.yaw if person is not None else 0.0
            turn = side * math.radians(float(state.rng.uniform(12.0, 25.0)))
            self._look = (min(max(near + turn, -1.2), 1.2), float(state.rng.uniform(-0.15, 0.15)))
            if self._away:
                yield Show(cause, "curious", strength=0.5)
        if self._away:
            yield Look(cause, yaw=self._look[0], pitch=self._look[1])
        else:
            yield Look(cause, person=state.scene.focus)
