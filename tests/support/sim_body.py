"""A body in the simulator and a loop that only moves it, watched frame by frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

from benchmarks.motion_watch import MotionWatch
from robot.core.body_frame import ZERO, BodyFrame, Eyes, Light, Pose
from robot.core.clock import ManualClock
from robot.core.percepts import Telemetry, Touch
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.board.body import SimBody
from tests.support.rig import ONE, Watch

DT = 0.02


@dataclass
class Stage:
    """The least a place can be: it keeps the body's pose."""

    pose: Pose = ZERO


class Robot:
    """A loop that only moves."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.stage = Stage()
        opened = open_part(BODIES, "sim://", Surroundings(self.clock, place=self.stage))
        assert isinstance(opened, SimBody)
        self.body = opened
        self.n = 0
        self.now = 0.0
        self.told: list[Telemetry] = []
        self.touches: list[Touch] = []
        self.watch = Watch()

    def tick(self, frame: BodyFrame | None) -> None:
        self.now = self.n * DT
        self.clock.sleep_until(self.now)
        for percept in self.body.poll(self.now):
            if isinstance(percept, Telemetry):
                self.told.append(percept)
            elif isinstance(percept, Touch):
                self.touches.append(percept)
        self.watch.see(self.body.line.pulses())
        if frame is not None:
            self.body.write(frame)
        self.n += 1

    def hold(self, pose: Pose, seconds: float, *, limp: bool = False) -> None:
        for _ in range(round(seconds / DT)):
            self.tick(BodyFrame(self.n * DT, pose, Eyes(), Light(), limp))

    def nod(self, seconds: float) -> None:
        """A swaying motion within all limits."""
        for _ in range(round(seconds / DT)):
            self.tick(BodyFrame(self.n * DT, sway(self.n * DT), Eyes(), Light()))

    def last(self) -> Telemetry:
        return self.told[-1]


def sway(t: float) -> Pose:
    swing = 0.3 * math.sin(1.2 * t)
    return Pose(swing, ONE.joints[1].rest + 0.5 * swing, 0.3 * swing, -swing, swing, -swing)


def watched(robot: Robot) -> list[str]:
    """The motions that will be found wrong."""
    wrong: list[str] = []
    MotionWatch(robot.body, wrong.append)
    return wrong


def apart(a: Pose, b: Pose) -> float:
    return max(abs(x - y) for x, y in zip(a, b, strict=True))
