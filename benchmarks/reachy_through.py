"""This robot's body client on Reachy Mini's daemon: how soon, how evenly and how far the head goes."""

from __future__ import annotations

import sys
from math import radians
from typing import TYPE_CHECKING

from benchmarks.reachy_daemon import COMMANDS, DT, GIVEN_UP_S, MOVED, SPACING_S, TURN_RATE, TURN_S, Daemon, ripple_of
from hardware.reachy.body import Standing, open_body
from robot.core.body_frame import ZERO, BodyFrame, Eyes, Light, Pose
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.percepts import Telemetry
from robot.express.gaze import GazeMotor, Target
from robot.parts.registry import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLED_DEG = 2.0  # as near as people notice


class Through:
    """The body client on a daemon: turned as the loop turns it, and watched a thousand times a second."""

    def __init__(self, daemon: Daemon) -> None:
        self.clock = RealClock()
        self.body = open_body(daemon.address, Surroundings(self.clock))
        self.told: list[Telemetry] = []
        self._due = self.clock.now()
        self.wrote_at = 0.0

    def turn(self, frame_of: Callable[[float], BodyFrame]) -> None:
        """A moment: what has come is taken, and at a turn a frame is written."""
        now = self.clock.now()
        self.told += [one for one in self.body.poll(now) if isinstance(one, Telemetry)]
        if now >= self._due:
            self._due = max(self._due + DT, now - DT)
            self.body.write(frame_of(now))
            self.wrote_at = self.clock.now()
        nap(0.001)

    def turn_to(self, pose: Pose, *, limp: bool = False) -> None:
        self.turn(lambda now: BodyFrame(now, pose, Eyes(), Light(), limp=limp))

    def hold(self, pose: Pose, seconds: float, *, limp: bool = False) -> None:
        end = self.clock.now() + seconds
        while self.clock.now() < end:
            self.turn_to(pose, limp=limp)

    def wait(self, standing: Standing, pose: Pose = ZERO, *, within: float = GIVEN_UP_S) -> float:
        """Until it stands so; how long that took, s."""
        began = stopwatch()
        while self.body.standing is not standing:
            if stopwatch() - began > within:
                sys.exit(f"{standing} does not come: {self.body.health()}")
            self.hold(pose, DT)
        return stopwatch() - began

    def latencies(self, step: float) -> list[float]:
        """From writing a frame, `step` rad to either side, to telemetry in which the head has moved, s."""
        taken = []
        self.wait(Standing.ARMED)
        self.hold(ZERO, 1.0)
        for n in range(COMMANDS):
            yaw = step * (-1) ** n
            self.hold(Pose(head_yaw=-yaw if n else 0.0), SPACING_S + n * DT / COMMANDS)
            before, since = self.told[-1].pose.yaw, self.wrote_at
            goal = Pose(head_yaw=yaw)
            while self.wrote_at == since:
                self.turn_to(goal)
            began = self.wrote_at
            while abs(self.told[-1].pose.yaw - before) < MOVED:
                self.turn_to(goal)
            taken.append(self.clock.now() - began)
        return taken

    def ripple(self) -> float:
        self.hold(Pose(head_yaw=-TURN_RATE * TURN_S / 2), 2.0)
        began, first = self.clock.now(), len(self.told)
        while self.clock.now() - began < TURN_S:
            self.turn(
                lambda now: BodyFrame(
                    now, Pose(head_yaw=TURN_RATE * (now - began) - TURN_RATE * TURN_S / 2), Eyes(), Light()
                )
            )
        return ripple_of([(one.t, one.pose.yaw) for one in self.told[first:]])

    def gaze(self, aside: float) -> tuple[float, float]:
        """Somebody appears at a bearing: how far the head goes beyond, rad, and when it has settled, s."""
        motor, ahead = GazeMotor(self.body.description), Target(0.0, 0.0)
        self.hold(ZERO, 2.0)
        motor.place(0.0, 0.0, 0.0)
        began, first, goal = self.clock.now(), len(self.told), Target(aside, 0.0)

        def frame(now: float) -> BodyFrame:
            aim = motor.step(now, DT, goal if now - began > 0.1 else ahead, (0.0, 0.0))
            return BodyFrame(now, Pose(aim.base_yaw, aim.pitch, 0.0, aim.head_yaw), Eyes(), Light())

        while self.clock.now() - began < 3.0:
            self.turn(frame)
        way = [(one.t - began - 0.1, one.pose.yaw) for one in self.told[first:]]
        beyond = max(yaw for _, yaw in way) - aside
        settled = max((t for t, yaw in way if abs(yaw - aside) > radians(SETTLED_DEG)), default=0.0)
        return max(beyond, 0.0), settled
