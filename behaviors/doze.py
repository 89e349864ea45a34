"""Doze: asleep, it lowers its head, shuts its eyes, breathes, and lets its servos go."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.decide.behavior import Behavior, because
from robot.decide.decision import Mode
from robot.intents import Hold, Look, Show
from robot.messages import Pose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.decide.behavior import State
    from robot.intents import Intent

LOWERED_AFTER_S = 3.0
HEAD_DOWN = math.radians(-22.0)


class Doze(Behavior):
    """The only behaviour of the sleeping robot."""

    name = "doze"
    modes = frozenset({Mode.ASLEEP})

    def desire(self, state: State) -> float:  # noqa: ARG002 - sleep asks nothing
        return 0.5

    def act(self, state: State) -> Iterable[Intent]:
        alone = state.scene.alone_since
        cause = because("alone for", 0.0 if alone is None else state.t - alone, "seconds, or it was asked to sleep")
        if state.first:
            yield Show(cause, "yawn")
        yield Look(cause, yaw=0.0, pitch=HEAD_DOWN)
        yield Hold(cause, pose=Pose(), lid=0.0, limp=state.since > LOWERED_AFTER_S)
