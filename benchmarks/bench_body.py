"""What the simulated body costs the loop: one JSON line a figure. `python -m benchmarks.bench_body`."""

from __future__ import annotations

import math

from benchmarks.figures import tell
from firmware_bridge.wire import Wire
from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.clock import ManualClock, stopwatch
from robot.parts.registry import Surroundings
from sim.board.body import open_body

TICKS = 10_000
DT = 0.02


def frames() -> list[BodyFrame]:
    made = []
    for n in range(TICKS):
        t = n * DT
        sway = 0.3 * math.sin(1.2 * t)
        made.append(
            BodyFrame(
                t, Pose(sway, 0.5 * sway, 0.3 * sway, -sway, sway, -sway), Eyes(x=sway), Light(fill=abs(math.sin(t)))
            )
        )
    return made


def main() -> None:
    clock = ManualClock()
    body = open_body("sim://", Surroundings(clock))
    costs = []
    for frame in frames():
        clock.sleep_until(frame.t)
        began = stopwatch()
        body.poll(frame.t)
        body.write(frame)
        costs.append(stopwatch() - began)
    costs.sort()
    tell("sim body, poll and write, median tick", costs[TICKS // 2] * 1e6, "us", 35)
    tell("sim body, poll and write, mean tick", sum(costs) / TICKS * 1e6, "us", 35)
    wire = Wire(body.description)
    made = frames()
    began = stopwatch()
    for frame in made:
        wire.line(frame)
    tell("digest bytes of a tick", (stopwatch() - began) / TICKS * 1e6, "us", 10)


if __name__ == "__main__":
    main()
