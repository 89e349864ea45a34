"""Enjoy touch: a hand on the head or back calms it, and it shows so, in posture before sound.

A tap is noticed; a stroke or a hand that stays brings a purr. It never asks to be touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_SOMEBODY, Behavior, BehaviorConfig, Desire, Look, Mode, Seconds, Show, Sound, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Touch


class EnjoyTouchConfig(BehaviorConfig):
    """What may be changed while it runs."""

    desire: Desire = Field(0.7, description="how much it wants to")
    stay_s: Seconds = Field(3.0, description="how long a touch stays fresh")


class EnjoyTouch(Behavior):
    """Bids while a touch is fresh."""

    name = "touch"
    config = EnjoyTouchConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 1.5

    def __init__(self) -> None:
        self._touch: Touch | None = None
        self._shown: Touch | None = None

    def desire(self, state: State) -> float:
        if state.scene.touches:
            self._touch = state.scene.touches[-1]
        if self._touch is None or state.t - self._touch.t > self.config.stay_s:
            return UNTIL_SOMEBODY
        return self.config.desire

    def act(self, state: State) -> Iterable[Intent]:
        touch = self._touch
        if touch is None:
            return
        where = sentence(f"names.touch.{touch.pad}_{touch.kind}")
        cause = because("touched", where, sentence("cause.at_comfort", level=state.feelings.comfort))
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if touch is self._shown:
            return
        self._shown = touch
        if touch.kind == "tap":
            yield Show(cause, "curious")
        else:
            yield Show(cause, "content_touch")
            yield Sound(cause, "purr")
