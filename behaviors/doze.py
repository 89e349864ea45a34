"""Doze: asleep, it lowers its head, shuts its eyes, breathes, and lets its servos go."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Behavior, BehaviorConfig, Hold, Look, Mode, Pose, Seconds, Show, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

OR_ASKED = sentence("cause.or_asked_to_sleep")


class DozeConfig(BehaviorConfig):
    """What may be changed while it runs."""

    lowered_after_s: Seconds = Field(3.0, description="when it lets its servos go")
    head_down_deg: float = Field(22.0, ge=0.0, le=40.0, description="how far it lowers its head, in degrees")


class Doze(Behavior):
    """The only behaviour of the sleeping robot."""

    name = "doze"
    config = DozeConfig()
    modes = frozenset({Mode.ASLEEP})
    leisurely = True

    def desire(self, state: State) -> float:  # noqa: ARG002 - sleep asks nothing
        return 0.5

    def act(self, state: State) -> Iterable[Intent]:
        alone = state.scene.alone_since
        cause = because("alone_for", 0 if alone is None else round(state.t - alone), OR_ASKED)
        if state.first:
            yield Show(cause, "yawn")
        yield Look(cause, yaw=0.0, pitch=math.radians(-self.config.head_down_deg))
        yield Hold(cause, pose=Pose(), lid=0.0, limp=state.since > self.config.lowered_after_s)
