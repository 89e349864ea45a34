"""Settle: the person left, so it looks after them for a moment, lets its ears down, and goes back to its own life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_SOMEBODY, Behavior, BehaviorConfig, Desire, Hold, Look, Mode, Pose, Seconds, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Departure, Intent, State


class SettleConfig(BehaviorConfig):
    """What may be changed while it runs."""

    desire: Desire = Field(0.3, description="how much it wants to")
    look_after_s: Seconds = Field(3.0, description="how long it looks after whoever left")
    settle_s: Seconds = Field(8.0, description="when it goes back to its own life")


class Settle(Behavior):
    """Bids for some seconds after the last person went."""

    name = "settle"
    config = SettleConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._gone: Departure | None = None

    def desire(self, state: State) -> float:
        if state.scene.departures and not state.scene.people:
            self._gone = state.scene.departures[-1]
        if self._gone is None or state.t - self._gone.t > self.config.settle_s:
            return UNTIL_SOMEBODY
        return 0.0 if state.scene.people else self.config.desire

    def act(self, state: State) -> Iterable[Intent]:
        if self._gone is None:
            return
        cause = because("somebody_left", self._gone.track, sentence("cause.at_arousal", level=state.feelings.arousal))
        if state.t - self._gone.t < self.config.look_after_s:
            yield Look(cause, yaw=self._gone.yaw)
        else:
            yield Look(cause, yaw=0.0, pitch=-0.1)
            yield Hold(cause, pose=Pose(left_ear=-0.25, right_ear=-0.25), lid=0.85)
