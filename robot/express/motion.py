"""How one joint moves: a critically damped follower held to the joint's own speed and acceleration.

Whatever the goal does (jump, run, vanish), the angle goes there without overshoot and without a jump. The limits are
a little below the firmware's, so that the firmware never has to step in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.description import Joint

MARGIN = 0.92  # of the firmware's limits


class Follower:
    """Position and velocity of one joint, rad and rad/s; `stiffness` is its natural frequency in rad/s."""

    __slots__ = ("_lower", "_omega", "_top", "_turn", "_upper", "p", "v")

    def __init__(self, joint: Joint, stiffness: float) -> None:
        self._omega = stiffness
        self._lower, self._upper = joint.lower, joint.upper
        self._top = MARGIN * joint.speed
        self._turn = MARGIN * joint.acceleration
        self.p = joint.rest
        self.v = 0.0

    def step(self, goal: float, rate: float, dt: float) -> float:
        """Move for `dt` seconds towards `goal`, which itself moves at `rate`."""
        goal = min(max(goal, self._lower), self._upper)
        omega = self._omega
        error = goal - self.p
        a = omega * omega * error + 2.0 * omega * (rate - self.v)
        turn = self._turn
        a = min(max(a, -turn), turn)
        v = self.v + a * dt
        v = min(max(v, -self._top), self._top)
        p = self.p + v * dt
        if not self._lower <= p <= self._upper:
            p = min(max(p, self._lower), self._upper)
            v = 0.0
        self.p, self.v = p, v
        return p

    def place(self, angle: float) -> None:
        """Take over from where the body really is, at rest."""
        self.p, self.v = angle, 0.0


def minimum_jerk(share: float) -> float:
    """How far along a minimum-jerk move is at `share` 0..1 of its time: 10s^3 - 15s^4 + 6s^5 (Flash & Hogan 1985)."""
    s = min(max(share, 0.0), 1.0)
    return s * s * s * (10.0 + s * (6.0 * s - 15.0))
