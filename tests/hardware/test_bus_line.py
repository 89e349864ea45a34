"""Bus servos behind a terminal device, at true speed: opened by their address, lost, regained, closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardware.bus.body import BusBody
from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import LinkError
from robot.core.percepts import Telemetry
from robot.parts.registry import BODIES, Surroundings, open_part
from robot.texts.catalogue import words
from sim.bus.bus import MAKERS, SimBus
from sim.bus.server import BusServer

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK = Pose(neck_pitch=0.1, head_yaw=0.2)
TICK = 0.02


class Living:
    """A body that is polled and told where to look."""

    def __init__(self, address: str) -> None:
        self.clock = RealClock()
        body = open_part(BODIES, address, Surroundings(self.clock, build=Path("bus_head")))
        assert isinstance(body, BusBody)
        self.body = body
        self.last: Telemetry | None = None

    def until(self, so: Callable[[Telemetry], bool]) -> Telemetry:
        end = stopwatch() + 20.0
        while self.last is None or not so(self.last):
            assert stopwatch() < end, self.body.health()
            nap(TICK)
            now = self.clock.now()
            self.last = next((one for one in self.body.poll(now)[::-1] if isinstance(one, Telemetry)), self.last)
            self.body.write(BodyFrame(now, LOOK, Eyes(), Light()))
        return self.last


@pytest.mark.alone  # at true speed: who is busy with something else takes a servo that answers late for a missing one
@pytest.mark.parametrize("maker", MAKERS)
def test_it_lives_is_pulled_out_and_regained_and_lets_go_at_the_end(maker: str) -> None:
    with BusServer(SimBus(maker, [1, 2, 3, 4])) as server:
        living = Living(f"{maker}://{server.path}")
        living.until(lambda one: one.armed)
        assert living.body.health().condition is Condition.OK
        for _ in range(10):
            server.unplug()
            lost = living.until(lambda one: not one.link)
            assert lost.faults
            assert words(lost.faults[0], "fr") != words(lost.faults[0], "en")
            server.plug()
            living.until(lambda one: one.armed)
        living.body.close()
        assert [servo.on for servo in server.bus.servos.values()] == [False] * 4


def test_a_servo_that_is_not_heard_is_told_to_let_go_at_the_end() -> None:
    with BusServer(SimBus("feetech", [1, 2, 3, 4])) as server:
        living = Living(f"feetech://{server.path}")
        living.until(lambda one: one.armed)
        server.bus.noise = lambda said: b"" if said[2:3] == bytes([2]) else said
        living.until(lambda one: bool(one.faults))
        living.body.close()
        assert [servo.on for servo in server.bus.servos.values()] == [False] * 4


def test_a_port_without_servos_is_told_by_their_numbers() -> None:
    with BusServer(SimBus("feetech", [9])) as server, pytest.raises(LinkError, match=r"no servo answers .*1, 2, 3, 4"):
        Living(f"feetech://{server.path}")
