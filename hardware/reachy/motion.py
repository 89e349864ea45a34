"""How the body's targets move: never faster than its limits, whoever asks, and in step with the daemon's own loop."""

from __future__ import annotations

from collections import deque
from math import copysign, hypot, isfinite, radians, sqrt
from typing import TYPE_CHECKING

from hardware.reachy.wire import Place
from robot.core.body_frame import JOINTS, Pose
from robot.express.motion import minimum_jerk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.body_description import BodyDescription

PERIOD_S = 0.02  # of the daemon's loop, to begin with
SLOWEST_S = 0.04  # beyond, it stumbled, which says nothing about its pace
PACE = 0.05  # of a new measurement
STEADY_S = 0.004  # a beat that is off by so much is no beat
CREEPS = 0.1  # rad/s; no slower towards the end of its way
LATE_S = 0.03  # a frame that comes later than this after the last is no part of one motion
SPAN = 3  # reports from which a speed is taken
MOVES = 0.1  # rad/s; what is slower says nothing about a lag
FORGETS = 0.005  # of what was learnt, a report
RELUCTANCE = 1.0  # rad/s, before there is something to go by
LONGEST_S = 0.2  # that is believed
MARGIN = radians(1.0)  # by which a head is off that stays behind no longer than is believed
ALIKE = 0.5  # share of the target's speed by which the head's may differ, where nothing but its motor moves it
TOLERANCE = radians(4.0)  # within it nobody is told
# Six legs that turn the head far have less left to nod and tilt it. Within an ellipse of nod and tilt, whole up to 20
# degrees of turn and three fifths of it at 50, each leg stays 10 degrees from its end (by its maker's kinematics;
# `tests/hardware/test_reachy_vendor.py` tries it).
WHOLE_UP_TO, SHRINKS = radians(20.0), 1.0 / radians(75.0)
# Body and head together turn no further: its maker's search for a head that looks straight back flips over to the other
# side, and the body after it.
BACKWARDS = radians(165.0)


class Heartbeat:
    """The daemon's loop, by when its reports come: it takes the newest target once a turn, just before it reports.

    Two loops of nearly one pace drift past each other, so that now and then a turn takes two of our steps at once, or
    none. A target that is meant for the moment at which it is taken has no such steps.
    """

    def __init__(self) -> None:
        self.period = PERIOD_S
        self._last = -1.0
        self._unsteady = STEADY_S

    def beat(self, t: float) -> None:
        gap, self._last = t - self._last, t
        self._unsteady += PACE * (min(abs(gap - self.period), PERIOD_S) - self._unsteady)
        if PERIOD_S / 2 < gap < SLOWEST_S:
            self.period += PACE * (gap - self.period)

    def lead(self, t: float) -> float:
        """How much later than usual a target sent at `t` is taken, s; little of it where the beat cannot be trusted."""
        waits = max(self.period - (t - self._last), 0.0)  # one that is late comes any moment
        return (waits - self.period / 2) * max(0.0, 1.0 - self._unsteady / STEADY_S)


class Lags:
    """How far each joint stays behind what it is told, in seconds, learnt from its motion.

    A motor that comes after its target by a time is as far from it as it goes in that time. Targets that are as much
    ahead bring the head to where it is meant to be when it is meant to be there. Nothing is learnt from a joint that
    does not go as its target does: a hand holds or moves it.
    """

    def __init__(self) -> None:
        self._seen: deque[tuple[float, Pose, Pose]] = deque(maxlen=SPAN)
        self._off = [0.0] * len(JOINTS)
        self._gone = [RELUCTANCE] * len(JOINTS)

    def learn(self, t: float, at: Pose, told: Pose) -> None:
        """Where the body was measured at `t`, and where it was told to be."""
        seen = self._seen
        seen.append((t, at, told))
        began, first, told_first = seen[0]
        seconds = t - began
        if len(seen) < SPAN or not 0.0 < seconds < SPAN * SLOWEST_S:
            return
        for n, (now, then, wanted, before) in enumerate(zip(at, first, told, told_first, strict=True)):
            speed, asked = (now - then) / seconds, (wanted - before) / seconds
            behind, most = copysign(wanted - now, (wanted - now) * speed), LONGEST_S * abs(speed)
            if abs(speed) > MOVES and abs(speed - asked) < ALIKE * abs(asked) and abs(behind) <= most + MARGIN:
                self._off[n] += min(max(behind, -most), most) - FORGETS * self._off[n]
                self._gone[n] += abs(speed) - FORGETS * self._gone[n]

    @property
    def seconds(self) -> tuple[float, ...]:
        """By joint."""
        return tuple(min(max(off / gone, 0.0), LONGEST_S) for off, gone in zip(self._off, self._gone, strict=True))


class Limiter:
    """Follows what is asked for within limits of position and speed, and within what the legs can do together.

    What is sent goes before by each joint's lag, within the same limits: nowhere faster than the joint's own speed.
    """

    def __init__(self, body: BodyDescription) -> None:
        self._rows = tuple((joint.lower, joint.upper, joint.speed) for joint in body.joints)
        self._turns = tuple(joint.acceleration for joint in body.joints)
        self._nod, self._tilt = body.joint("neck_pitch").upper, body.joint("neck_roll").upper
        self.at = body.rest
        self._before = self.at  # goes before it by the lags
        self._speed = self._even = (0.0,) * len(JOINTS)  # of what goes before; of `at`, no sooner than it may speed up
        self.held: tuple[str, ...] = ()  # joints that the last frame wanted beyond their limits
        self.senseless = False  # it held something that is no number

    def place(self, at: Pose) -> None:
        """Go on from where the body is."""
        self.at = self._before = at
        self._speed = self._even = (0.0,) * len(JOINTS)

    def reachable(self, pose: Pose) -> Pose:
        """The nearest pose within all limits."""
        clipped = Pose._make([min(max(angle, row[0]), row[1]) for angle, row in zip(pose, self._rows, strict=True)])
        behind = min(max(clipped.head_yaw, -BACKWARDS - clipped.base_yaw), BACKWARDS - clipped.base_yaw)
        clipped = clipped._replace(head_yaw=behind)
        share = 1.0 - max(abs(clipped.head_yaw) - WHOLE_UP_TO, 0.0) * SHRINKS
        far = hypot(clipped.neck_pitch / self._nod, clipped.neck_roll / self._tilt)
        if far <= share:
            return clipped
        return clipped._replace(neck_pitch=clipped.neck_pitch * share / far, neck_roll=clipped.neck_roll * share / far)

    def step(self, wanted: Pose, dt: float, lags: Sequence[float] = (0.0,) * len(JOINTS)) -> Pose:
        """`dt` after the last frame; each joint stays behind by its lag, s. What is no number moves nothing."""
        self.senseless = not all(map(isfinite, wanted))
        goal = self.at if self.senseless else self.reachable(wanted)
        self.held = tuple(name for name, a, b in zip(JOINTS, wanted, goal, strict=True) if abs(a - b) > TOLERANCE)
        was, self.at = self.at, self._nearer(self.at, goal, dt)
        late = dt >= LATE_S
        self._even = tuple(
            0.0 if late else even + min(max((b - a) / dt - even, -turn * dt), turn * dt)
            for a, b, even, turn in zip(was, self.at, self._even, self._turns, strict=True)
        )
        rows = zip(self.at, self._even, lags, strict=True)
        further = self.reachable(Pose._make([angle + even * lag for angle, even, lag in rows]))
        was, self._before = self._before, self._nearer(self._before, further, dt)
        self._speed = tuple(0.0 if late else (b - a) / dt for a, b in zip(was, self._before, strict=True))
        return self.at

    def _nearer(self, at: Pose, goal: Pose, dt: float) -> Pose:
        """As near to the goal as it comes in `dt`, braking before the ends of each joint's way."""
        angles = []
        for angle, to, (lower, upper, top), turn in zip(at, goal, self._rows, self._turns, strict=True):
            left = upper - angle if to > angle else angle - lower
            most = min(top, sqrt(2.0 * turn * max(left, 0.0)) + CREEPS) * dt
            angles.append(angle + min(max(to - angle, -most), most))
        return self.reachable(Pose._make(angles))

    def ahead(self, seconds: float) -> Pose:
        """Where what goes before will be, or was, a moment from now if it goes on so."""
        rows = zip(self._before, self._speed, strict=True)
        return self.reachable(Pose._make([angle + speed * seconds for angle, speed in rows]))


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
