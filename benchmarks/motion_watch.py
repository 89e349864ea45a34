"""Judges every servo frame of a simulated board, by the body's own description."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from firmware_bridge import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.body_description import Joint
    from sim.board.body import SimBody

FRAME_S = table.FRAME_US / 1e6
ROUNDED = 2  # positions on the line that rounding may take away from a step
SPARE = 1.02  # of a speed or an acceleration
BEGINS_OFF = math.radians(2.0)  # from where a servo stands, its first pulse may be


class MotionWatch:
    """Every servo frame of a board: pulses within limits, the first where the servo stands, and steps within
    speed and acceleration.
    """

    def __init__(self, body: SimBody, wrong: Callable[[str], None]) -> None:
        """`wrong` is told each motion that is none."""
        self._joints, self._wrong = body.description.joints, wrong
        self._before: dict[str, float] = {}
        self._steps: dict[str, float] = {}
        self._sent: dict[str, float] = {}
        self._astray: set[str] = set()  # servos that were held away from where they were sent: no board can know it
        self.frames = 0
        self._servos, self._follow = body.servos, body.servos.follow
        body.servos.follow = self._seen  # type: ignore[method-assign]

    def _seen(self, pulses: tuple[int, ...], seconds: float) -> bool:
        self.frames += 1
        for joint in self._joints:
            self._judge(joint, pulses[joint.channel])
        moved = self._follow(pulses, seconds)
        for joint in self._joints:
            if pulses[joint.channel]:  # without one it stays as it is
                (self._astray.add if self._off(joint) > BEGINS_OFF else self._astray.discard)(joint.name)
        return moved

    def _off(self, joint: Joint) -> float:
        """How far a servo is from where it was sent last, rad."""
        return abs(self._sent[joint.name] - float(getattr(self._servos.joints, joint.name)))

    def _judge(self, joint: Joint, pulse: int) -> None:
        name = joint.name
        if not pulse:
            self._before.pop(name, None)
            self._steps.pop(name, None)
            return
        angle = joint.angle(pulse / table.UNITS_PER_US)
        fine = ROUNDED / table.UNITS_PER_US / abs(joint.us_per_rad)
        if not joint.lower - fine <= angle <= joint.upper + fine:
            self._wrong(f"{name} is sent to {angle:.3f} rad")
        self._sent[name] = angle
        if name in self._before:
            step = angle - self._before[name]
            before = self._steps.get(name, 0.0)
            if abs(step) > SPARE * joint.speed * FRAME_S + fine:
                self._wrong(f"{name} turns at {step / FRAME_S:.2f} rad/s")
            if abs(step - before) > SPARE * joint.acceleration * FRAME_S**2 + 2 * fine:
                self._wrong(f"{name} is pushed by {(step - before) / FRAME_S**2:.1f} rad/s2")
            self._steps[name] = step
        elif name not in self._astray and self._off(joint) > BEGINS_OFF:
            self._wrong(f"{name} begins {self._off(joint):.3f} rad from where it stands")
        self._before[name] = angle
