"""Idle life: nobody is here, so it looks about, now here, now there, more the calmer it is (a secure base)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Behavior, BehaviorConfig, Desire, Look, Mode, Seconds, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

AHEAD_S = 6.0  # straight ahead first: whoever switched it on stands there

LOOKING_ABOUT = sentence("cause.looking_about")


class IdleConfig(BehaviorConfig):
    """What may be changed while it runs."""

    desire_alone: Desire = Field(0.1, description="how much it wants to, while nobody is here")
    desire: Desire = Field(0.05, description="the same while somebody is here")
    reach_deg: float = Field(
        22.0, ge=0.0, le=60.0, description="how far to the side it looks (degrees, standard deviation)"
    )
    shortest_s: Seconds = Field(2.0, gt=0.0, description="the least time that it looks at one place")
    longest_s: Seconds = Field(5.0, gt=0.0, description="the greatest time that it looks at one place")


class Idle(Behavior):
    """Runs when nothing else wants to; never turns away from a person, since then `attend` bids more."""

    name = "idle"
    config = IdleConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    leisurely = True

    def __init__(self) -> None:
        self._until = AHEAD_S
        self._look = (0.0, 0.0)

    def desire(self, state: State) -> float:
        return self.config.desire_alone if state.scene.focused is None else self.config.desire

    def act(self, state: State) -> Iterable[Intent]:
        if state.t >= self._until:
            self._choose(state)
        yaw, pitch = self._look
        yield Look(because("exploration", state.feelings.exploration, LOOKING_ABOUT), yaw=yaw, pitch=pitch)

    def _choose(self, state: State) -> None:
        reach = 0.2 + 0.8 * state.feelings.exploration
        gone = state.scene.departures
        if gone:  # where somebody left is the best place to look first
            self._look, stay = (gone[-1].yaw, 0.0), 3.0
        else:
            yaw = float(state.rng.normal(0.0, math.radians(self.config.reach_deg) * reach))
            pitch = float(state.rng.uniform(math.radians(-10.0), math.radians(12.0)))
            self._look = (min(max(yaw, -1.2), 1.2), pitch)
            stay = float(state.rng.uniform(self.config.shortest_s, self.config.longest_s))
        self._until = state.t + stay
