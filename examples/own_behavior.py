"""A behaviour of one's own: a tap on the back asks for the time. The run below shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Behavior, Mode, Say, because
from sim import SimRobot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot import Intent, State


class TellTime(Behavior):
    """Tells the time to whoever taps its back."""

    name = "tell_time"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state: State) -> float:
        tapped = any(touch.pad == "back" and touch.kind == "tap" for touch in state.scene.touches)
        return 0.8 if tapped else 0.0

    def act(self, state: State) -> Iterator[Intent]:
        if state.first:
            cause = because("touched", "back, tap", "that asks for the time")
            yield Say(cause, "time_is", slots=(("time", state.civil.strftime("%H:%M")),))


if __name__ == "__main__":
    with SimRobot(civil="2026-01-05T16:20") as robot:
        robot.add(TellTime())
        robot.person("Ada", x=1.2)
        robot.forward(seconds=6)
        robot.touch("back", seconds=0.2)
        print("it told the time:", robot.says("16:20", within=2))
        print("the behaviour that ran:", robot.behavior)
