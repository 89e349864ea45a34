"""How one joint moves: a critically damped follower held to the joint's own speed and acceleration.

Whatever the goal does (jump, run, vanish), the angle goes there without overshoot and without a jump. The limits are
a little below the firmware's, so that the firmware never has to step in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.core.body_description import Joint

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
        # Comparisons instead of min and max: this runs six times a tick.
        lower, upper, turn, top, omega = self._lower, self._upper, self._turn, self._top, self._omega
        if goal < lower:
            goal = lower
        elif goal > upper:
            goal = upper
        a = omega * (omega * (goal - self.p) + 2.0 * (rate - self.v))
        if a > turn:
            a = turn
        elif a < -turn:
            a = -turn
        v = self.v + a * dt
        if v > top:
            v = top
        elif v < -top:
            v = -top
        p = self.p + v * dt
        if p < lower:
            p, v = lower, 0.0
        elif p > upper:
            p, v = upper, 0.0
        self.p, self.v = p, v
        return p

    def place(self, angle: float) -> None:
        """Take over from where the body really is, at rest."""
        self.p, self.v = angle, 0.0


def minimum_jerk(share: float) -> float:
    """How far along a minimum-jerk move is at `share` 0..1 of its time: 10s^3 - 15s^4 + 6s^5 (Flash & Hogan 1985)."""
    s = min(max(share, 0.0), 1.0)
    return s * s * s * (10.0 + s * (6.0 * s - 15.0))
