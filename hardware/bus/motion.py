"""How one joint's goals move: from where it was found, never faster and never harder than its limits."""

from __future__ import annotations

from math import copysign, isfinite, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from robot.core.body_description import Joint

GENTLE = 0.35  # of its speed, until it is first where it is wanted
THERE = 0.02  # rad
BRAKES = 0.85  # of its acceleration, with which it comes to a stand
SLACK = 1.2  # of its acceleration, that frames which keep the limits may seem to take when ticks are not even


class GoalPath:
    """The goal of one joint, turn by turn, rad. Made where the joint stands."""

    def __init__(self, joint: Joint, at: float) -> None:
        self._lower, self._upper = joint.lower, joint.upper
        self._top, self._turn = joint.speed, joint.acceleration
        self.at = at
        self._v = 0.0
        self._aim = at
        self.gentle = True

    def step(self, wanted: float, dt: float) -> float:
        """Go on towards `wanted` for `dt` seconds. What is no number moves nothing."""
        if not isfinite(wanted):
            wanted = self._aim
        aim = min(max(wanted, self._lower), self._upper)
        rate = 0.0 if self.gentle else min(max((aim - self._aim) / dt, -self._top), self._top)
        self._aim = aim
        top = self._top * (GENTLE if self.gentle else 1.0)
        off = aim - self.at
        v = off / dt
        if abs(v) > top or abs(v - self._v) > SLACK * self._turn * dt or (self.gentle and abs(off) > THERE):
            v = rate + copysign(min(sqrt(2 * BRAKES * self._turn * abs(off)), abs(v)), off)
            v = min(max(v, self._v - self._turn * dt), self._v + self._turn * dt)
            v = min(max(v, -top), top)
        elif self.gentle:
            self.gentle = False
        self._v = self._within(v, dt)
        self.at += self._v * dt
        return self.at

    def _within(self, v: float, dt: float) -> float:
        """Slow enough to come to a stand at its limit."""
        room = self._upper - self.at if v > 0.0 else self.at - self._lower
        if room < 0.0:  # found beyond it, and on the way further
            return 0.0
        return copysign(min(abs(v), sqrt(2 * BRAKES * self._turn * room), room / dt), v)
