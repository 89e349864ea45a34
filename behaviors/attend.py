"""Attend: somebody is here, so it looks at them, and leans in while they speak or while it seeks contact."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    UNTIL_SOMEBODY,
    Behavior,
    BehaviorConfig,
    Desire,
    Hold,
    Look,
    Mode,
    Pose,
    Seconds,
    Show,
    attends,
    because,
    sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

SEEKS_ITS_PERSON = sentence("cause.seeks_its_person")


class AttendConfig(BehaviorConfig):
    """What may be changed while it runs."""

    desire: Desire = Field(0.35, description="how much it wants to, while somebody is here")
    desire_voice: Desire = Field(0.5, description="the same while they speak")
    lean_deg: float = Field(3.0, ge=0.0, le=10.0, description="how far it leans in, in degrees")
    listening_every_s: Seconds = Field(6.0, gt=0.0, description="how often it shows that it listens")


class Attend(Behavior):
    """The ground state of being together."""

    name = "attend"
    config = AttendConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state: State) -> float:
        if state.scene.focused is None:
            return UNTIL_SOMEBODY
        return self.config.desire_voice if state.scene.voice else self.config.desire

    def act(self, state: State) -> Iterable[Intent]:
        scene = state.scene
        if scene.focus is None:
            return
        lean = Pose(neck_pitch=math.radians(self.config.lean_deg))
        cause = attends(scene)
        yield Look(cause, person=scene.focus)
        feelings = state.feelings
        if feelings.contact:  # proximity maintenance, until it is calm again
            close = because("arousal", feelings.arousal, SEEKS_ITS_PERSON)
            yield Hold(close, pose=lean, lid=0.95)
        elif scene.voice:
            yield Hold(because("somebody_speaks", scene.focus), pose=lean)
        if scene.voice and state.every(self.config.listening_every_s):
            yield Show(cause, "listening", strength=0.5)
