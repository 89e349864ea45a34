"""How often it thinks: twice a second where nobody is there and what runs can wait, and at once when somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.decide.behavior import Behavior
from sim.testing.sim_robot import SimRobot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State
    from robot.core.tick import Tick

SETTLED_S = 20.0


class Thoughts:
    """Counts them, and notes of each touch whether it was thought of in its tick."""

    def __init__(self) -> None:
        self.count = 0
        self.of_touches: list[bool] = []

    def see(self, tick: Tick) -> None:
        self.count += tick.decision.fresh
        if tick.scene.touches:
            self.of_touches.append(tick.decision.fresh)

    def in_ten_seconds(self, robot: SimRobot) -> int:
        self.count = 0
        robot.forward(seconds=10.0)
        return self.count


class Sweep(Behavior):
    """Turns its head smoothly, and so must be asked often."""

    name = "sweep"

    def desire(self, state: State) -> float:  # noqa: ARG002 - it always wants to
        return 0.9

    def act(self, state: State) -> Iterable[Intent]:  # noqa: ARG002 - what it does is nothing to this test
        return ()


def watched(robot: SimRobot) -> Thoughts:
    thoughts = Thoughts()
    robot.watch(thoughts)
    return thoughts


def test_alone_it_thinks_twice_a_second_and_with_somebody_ten_times() -> None:
    with SimRobot() as robot:
        thoughts = watched(robot)
        assert thoughts.in_ten_seconds(robot) >= 100
        robot.forward(seconds=SETTLED_S - 10.0)
        assert 20 <= thoughts.in_ten_seconds(robot) <= 24  # it may look to where it heard something
        robot.person()
        robot.forward(seconds=3.0)
        assert thoughts.in_ten_seconds(robot) >= 100


def test_who_touches_it_is_met_in_the_same_tick() -> None:
    with SimRobot() as robot:
        robot.forward(seconds=SETTLED_S)
        thoughts = watched(robot)
        robot.touch()
        robot.forward(seconds=2.0)
        assert thoughts.of_touches
        assert all(thoughts.of_touches)


def test_a_behaviour_that_does_not_say_that_it_can_wait_is_asked_as_often_as_ever() -> None:
    with SimRobot() as robot:
        robot.add(Sweep())
        robot.forward(seconds=SETTLED_S)
        assert watched(robot).in_ten_seconds(robot) == 100
