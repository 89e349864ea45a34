"""How the body's targets move: never faster than its limits, whoever asks, and in step with the daemon's own loop."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from hardware.reachy.wire import Place
from robot.core.messages import JOINTS, Pose
from robot.express.motion import minimum_jerk

if TYPE_CHECKING:
    from robot.core.body_description import BodyDescription

PERIOD_S = 0.02  # of the daemon's loop, to begin with
SLOWEST_S = 0.04  # beyond, it stumbled, which says nothing about its pace
PACE = 0.05  # of a new measurement
LATE_S = 0.03  # a frame that comes later than this after the last is no part of one motion
TOLERANCE = 1e-6  # rad


class Heartbeat:
    """The daemon's loop, by when its reports come: it takes the newest target once a turn, just before it reports."""

    def __init__(self) -> None:
        self.period = PERIOD_S
        self._last = -1.0

    def beat(self, t: float) -> None:
        gap, self._last = t - self._last, t
        if PERIOD_S / 2 < gap < SLOWEST_S:
            self.period += PACE * (gap - self.period)

    def until_next(self, t: float) -> float:
        """From `t` to the turn that takes a target sent then, s."""
        if self._last < 0.0:
            return self.period / 2
        return max(self.period - (t - self._last), 0.0)  # one that is late comes any moment


class Limiter:
    """Follows what is asked for within position and speed limits."""

    def __init__(self, body: BodyDescription) -> None:
        self._rows = tuple((joint.lower, joint.upper, joint.speed) for joint in body.joints)
        self.at = body.rest
        self._speed = (0.0,) * len(JOINTS)
        self.held: tuple[str, ...] = ()  # joints that the last frame wanted beyond their limits
        self.senseless = False  # it held something that is no number

    def place(self, at: Pose) -> None:
        """Go on from where the body is."""
        self.at, self._speed = at, (0.0,) * len(JOINTS)

    def step(self, wanted: Pose, dt: float) -> Pose:
        """`dt` after the last frame. What is no number moves nothing."""
        self.senseless = not all(map(isfinite, wanted))
        if self.senseless:
            wanted = self.at
        held: list[str] = []
        angles, speeds = [], []
        for name, goal, angle, (lower, upper, top) in zip(JOINTS, wanted, self.at, self._rows, strict=True):
            if not lower - TOLERANCE <= goal <= upper + TOLERANCE:
                held.append(name)
            reach = top * dt
            there = angle + min(max(min(max(goal, lower), upper) - angle, -reach), reach)
            angles.append(there)
            speeds.append((there - angle) / dt if dt > 0.0 else 0.0)
        self.held = tuple(held)
        self.at = Pose._make(angles)
        self._speed = tuple(speeds) if dt < LATE_S else (0.0,) * len(JOINTS)
        return self.at

    def ahead(self, seconds: float) -> Pose:
        """Where it will be, or was, a moment from now if it goes on so."""
        return Pose._make(
            [
                min(max(angle + speed * seconds, lower), upper)
                for angle, speed, (lower, upper, _) in zip(self.at, self._speed, self._rows, strict=True)
            ]
        )


class Glide:
    """A way of its own from one place to another, by minimum jerk."""

    def __init__(self, start: Place, end: Place, began: float, seconds: float) -> None:
        self._start, self._end, self._began = start, end, began
        self._seconds = seconds

    def at(self, t: float) -> Place:
        share = minimum_jerk((t - self._began) / self._seconds)
        a, b = self._start, self._end
        pose = Pose._make([p + share * (q - p) for p, q in zip(a.pose, b.pose, strict=True)])
        return Place(pose, a.x + share * (b.x - a.x), a.z + share * (b.z - a.z))

    def over(self, t: float) -> bool:
        return t - self._began >= self._seconds
