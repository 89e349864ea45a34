"""What counts as a stare and as a hasty motion: by where the head really stands, and not while no line reaches it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.decision import Decision, Mode
from robot.core.feelings import Feelings
from robot.core.percepts import Band, Telemetry
from robot.core.scene import Person, Scene
from robot.core.tick import Tick
from sim.run.duty_examiner import Conduct
from sim.world.scenario import Scenario
from sim.world.world import World
from tests.support.rig import ONE

if TYPE_CHECKING:
    from collections.abc import Callable

DT = 0.02
ASIDE = math.radians(8.0)


def conduct(
    seconds: float,
    sent: Callable[[float], float],
    stands: Callable[[float], float],
    link: Callable[[float], bool] = lambda _: True,
) -> list[int]:
    """The duties that break where the head is sent to one yaw and stands at another, by robot time (s, rad); somebody
    is straight before it.
    """
    world = World(Scenario(about="conduct", duration_s=seconds), ONE)
    watch = Conduct(world)
    ada = Person(1, 0.0, 0.0, 0.0, 0.0, 0.9, Band.NEAR, 0.0, 0.0, 0.0)
    for n in range(round(seconds / DT)):
        t = n * DT
        world.pose = Pose(head_yaw=stands(t))
        up = link(t)
        body = Telemetry(t, world.pose, armed=up, link=up)
        frame = BodyFrame(t, Pose(head_yaw=sent(t)), Eyes(), Light())
        decision = Decision(Mode.ENGAGED, "test", ())
        scene = Scene(t, (ada,), 1, body=body)
        watch.see(Tick(n, t, (), scene, Feelings(), decision, (), (), frame, (), (), 0.0, ()))
    return [broken.duty for broken in watch.broken]


def test_a_stare_is_judged_by_where_the_head_stands() -> None:
    assert conduct(5.5, lambda _: ASIDE, lambda _: 0.0) == [40], "it was sent aside, and stood"
    assert conduct(5.5, lambda _: 0.0, lambda _: ASIDE) == []
    assert conduct(4.9, lambda _: 0.0, lambda _: 0.0) == []
    assert conduct(30.0, lambda _: 0.0, lambda t: ASIDE if t % 5.0 < 0.1 else 0.0) == []


def test_the_time_without_a_line_is_no_part_of_a_stare_and_ends_none() -> None:
    def link(t: float) -> bool:
        return not 3.0 <= t < 13.0

    assert conduct(14.9, lambda _: 0.0, lambda _: 0.0, link) == []
    assert conduct(15.5, lambda _: 0.0, lambda _: 0.0, link) == [40]


def test_a_hasty_motion_is_judged_by_where_the_head_stands_and_by_where_it_was_sent() -> None:
    fast, slow = 1.2 * 0.3 / ONE.camera.forward_m, 0.8 * 0.3 / ONE.camera.forward_m
    assert set(conduct(0.3, lambda _: 0.0, lambda t: fast * t)) == {38}
    assert set(conduct(0.3, lambda t: fast * t, lambda _: 0.0)) == {38}
    assert conduct(0.3, lambda t: slow * t, lambda t: slow * t) == []
    assert conduct(0.3, lambda _: 0.0, lambda t: fast * t, lambda _: False) == [], "hands may move it"
