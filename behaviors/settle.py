"""Settle: the person left, so it looks after them for a moment, lets its ears down, and goes back to its own life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.behavior import Behavior, because
from robot.decide.decision import Mode
from robot.intents import Hold, Look
from robot.messages import Pose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.attend.scene import Departure
    from robot.decide.behavior import State
    from robot.intents import Intent

LOOK_AFTER_S = 3.0
SETTLE_S = 8.0


class Settle(Behavior):
    """Bids for some seconds after the last person went."""

    name = "settle"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._gone: Departure | None = None

    def desire(self, state: State) -> float:
        if state.scene.departures and not state.scene.people:
            self._gone = state.scene.departures[-1]
        if self._gone is None or state.scene.people or state.t - self._gone.t > SETTLE_S:
            return 0.0
        return 0.3

    def act(self, state: State) -> Iterable[Intent]:
        if self._gone is None:
            return
        cause = because("somebody left", f"person {self._gone.track}", f"arousal {state.feelings.arousal:.2f}")
        if state.t - self._gone.t < LOOK_AFTER_S:
            yield Look(cause, yaw=self._gone.yaw)
        else:
            yield Look(cause, yaw=0.0, pitch=-0.1)
            yield Hold(cause, pose=Pose(left_ear=-0.25, right_ear=-0.25), lid=0.85)
