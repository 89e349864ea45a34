"""The body without physics: each servo turns to its pulse as fast as it can, and nothing has any weight.

For runs in which speed counts more than the swing of a head. `sim.board.physics` is the other way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from firmware_bridge import table
from hardware.body.mechanics import bowlby_one
from robot.core.body_frame import Pose

if TYPE_CHECKING:
    from collections.abc import Collection

    from hardware.body.mechanics import Mechanics
    from robot.core.body_description import BodyDescription


class Servos:
    """Six servos. Without a pulse each stays where it is; one that is held draws what a stalled one does."""

    name = "kinematic"

    def __init__(self, description: BodyDescription, mechanics: Mechanics | None = None) -> None:
        mechanics = mechanics or bowlby_one()
        self.pose = description.rest
        self.joints = description.rest
        self.volts = self.open_volts = mechanics.supply.volts
        self._supply = mechanics.supply
        self._held: set[str] = set()
        servos = [mechanics.servo(joint.name) for joint in description.joints]
        units = table.UNITS_PER_US
        self._rows = tuple(
            (j.name, j.channel, 1 / (j.us_per_rad * units), -j.centre_us / j.us_per_rad, servo.free_speed)
            for j, servo in zip(description.joints, servos, strict=True)
        )
        self._idle_a = sum(servo.idle_a for servo in servos)
        self._stall = {  # amperes a volt, and the error that is left alone
            j.name: (servo.stall_a / servo.volts, 2 * servo.dead_band_us / abs(j.us_per_rad))
            for j, servo in zip(description.joints, servos, strict=True)
        }
        self._pulses: tuple[int, ...] = ()
        self._settled = False

    def hold(self, joint: str, *, fast: bool) -> None:
        """Something blocks a joint where it is, or lets it go."""
        (self._held.add if fast else self._held.discard)(joint)
        self._settled = False

    def press(self, pads: Collection[str]) -> None:
        """A hand has no weight here."""

    def push(self, newton: tuple[float, float, float]) -> None:
        """Nor has a push."""

    def follow(self, pulses: tuple[int, ...], seconds: float) -> bool:
        """Move for `seconds`; True when the pose has changed."""
        if self._settled and pulses == self._pulses and (self._held or self.volts == self.open_volts):
            return False
        self._pulses = pulses
        settled, held = True, self._held
        angles = []
        for angle, (name, channel, scale, zero, speed) in zip(self.pose, self._rows, strict=True):
            pulse = pulses[channel] if channel >= 0 else 0
            if not pulse or (held and name in held):
                angles.append(angle)
                continue
            wanted, reach = pulse * scale + zero, speed * seconds
            if abs(wanted - angle) > reach:
                wanted = angle + (reach if wanted > angle else -reach)
                settled = False
            angles.append(wanted)
        self._settled = settled
        self.pose = self.joints = Pose._make(angles)
        self.volts = self._supply.under(self._stalled(pulses), self.open_volts) if held else self.open_volts
        return True

    def _stalled(self, pulses: tuple[int, ...]) -> float:
        """What the servos draw that want to go where they are held from going, A."""
        demand = self._idle_a
        for angle, (name, channel, scale, zero, _) in zip(self.pose, self._rows, strict=True):
            pulse = pulses[channel] if channel >= 0 else 0
            amperes, band = self._stall[name]
            if pulse and name in self._held and abs(pulse * scale + zero - angle) > band:
                demand += amperes * self.open_volts
        return demand
