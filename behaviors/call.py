"""Call and search (separation): left without a goodbye and aroused by it, it looks where they went, calls once or
twice, and settles. After a goodbye there is nothing to call for: the model's drive is zero then (duty 9).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Behavior, BehaviorConfig, Desire, Look, Mode, Seconds, Show, Sound, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State


class CallConfig(BehaviorConfig):
    """What may be changed while it runs."""

    desire: Desire = Field(0.45, description="how much it wants to")
    every_s: Seconds = Field(12.0, gt=0.0, description="time between two calls")
    calls: int = Field(3, ge=0, le=3, description="how often it calls at most: nobody is to be worn down")
    sweep_s: Seconds = Field(4.0, gt=0.0, description="time of one look from side to side")


class Call(Behavior):
    """Bids while the attachment model calls."""

    name = "call"
    config = CallConfig()
    modes = frozenset({Mode.AWAKE})
    min_stay_s = 2.0

    def __init__(self) -> None:
        self._yaw = 0.0
        self._calls = 0

    def desire(self, state: State) -> float:
        if state.scene.departures:
            self._yaw = state.scene.departures[-1].yaw
            self._calls = 0
        if not state.feelings.calling or self._calls >= self.config.calls:
            return 0.0
        return self.config.desire

    def act(self, state: State) -> Iterable[Intent]:
        note = sentence("cause.above_and_alone", threshold=state.feelings.threshold)
        cause = because("arousal", state.feelings.arousal, note)
        sweep = 0.5 * math.sin(2 * math.pi * state.since / self.config.sweep_s)
        yield Look(cause, yaw=min(max(self._yaw + sweep, -1.3), 1.3))
        if state.every(self.config.every_s):
            self._calls += 1
            yield Show(cause, "calling")
            yield Sound(cause, "call")
