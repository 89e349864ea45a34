"""Attend: somebody is here, so it looks at them, and leans in a little while they speak."""

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


class Attend(Behavior):
    """The ground state of being together."""

    name = "attend"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state: State) -> float:
        if state.scene.focused is None:
            return 0.0
        return 0.5 if state.scene.voice else 0.35

    def act(self, state: State) -> Iterable[Intent]:
        scene = state.scene
        if scene.focus is None:
            return
        cause = because("focus", f"person {scene.focus}", scene.why)
        yield Look(cause, person=scene.focus)
        if scene.voice:
            yield Hold(because("somebody speaks", f"person {scene.focus}"), pose=Pose(neck_pitch=math.radians(3.0)))
            if state.every(6.0):
                yield Show(cause, "listening", strength=0.5)
