"""Call and search (separation): left without a goodbye and aroused by it, it looks where they went, calls once or
twice, and settles. After a goodbye there is nothing to call for: the model's drive is zero then (duty 9).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.decide.behavior import Behavior, because
from robot.decide.decision import Mode
from robot.intents import Look, Show, Sound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.decide.behavior import State
    from robot.intents import Intent

CALL_EVERY_S = 12.0
CALLS = 3  # then it settles by itself: nobody is to be worn down by calling
SWEEP_S = 4.0


class Call(Behavior):
    """Bids while the attachment model calls."""

    name = "call"
    modes = frozenset({Mode.AWAKE})
    min_stay_s = 2.0

    def __init__(self) -> None:
        self._yaw = 0.0
        self._calls = 0

    def desire(self, state: State) -> float:
        if state.scene.departures:
            self._yaw = state.scene.departures[-1].yaw
            self._calls = 0
        if not state.feelings.calling or self._calls >= CALLS:
            return 0.0
        return 0.45

    def act(self, state: State) -> Iterable[Intent]:
        cause = because("arousal", state.feelings.arousal, f"above {state.feelings.threshold:.2f}, alone")
        sweep = 0.5 * math.sin(2 * math.pi * state.since / SWEEP_S)
        yield Look(cause, yaw=min(max(self._yaw + sweep, -1.3), 1.3))
        if state.every(CALL_EVERY_S):
            self._calls += 1
            yield Show(cause, "calling")
            yield Sound(cause, "call")
