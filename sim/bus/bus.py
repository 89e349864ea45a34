"""The simulated bus: its servos, the protocol that they speak, and what can befall the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.errors import InputError
from sim.bus.dynamixel import DynamixelWire
from sim.bus.feetech import FeetechWire
from sim.bus.servo import SimServo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAKERS = ("feetech", "dynamixel")
VOLTS = {"feetech": 7.4, "dynamixel": 5.0}


class SimBus:
    """Servos with these numbers, in their middle. `noise` damages what they say."""

    def __init__(self, maker: str, numbers: Iterable[int], series: str = "sts") -> None:
        if maker not in MAKERS:
            raise InputError(f"there are no servos of {maker!r}", remedy=f"use one of: {', '.join(MAKERS)}")
        self.maker, self.series = maker, series
        self._wire = DynamixelWire() if maker == "dynamixel" else FeetechWire(series)
        middle = self._wire.steps / 2
        self.servos = {number: SimServo(number, middle, VOLTS[maker]) for number in numbers}
        self.noise: Callable[[bytes], bytes] | None = None

    def advance(self, seconds: float) -> None:
        for servo in self.servos.values():
            servo.advance(seconds)

    def answer(self, data: bytes) -> bytes:
        """What the servos say to bytes that were sent."""
        there = {number: servo for number, servo in self.servos.items() if not servo.silent}
        said = b"".join(self._wire.answers(data, there))
        return said if self.noise is None else self.noise(said)

    def cut_supply(self) -> None:
        """For a moment."""
        for servo in self.servos.values():
            servo.restart()

    def mend_supply(self) -> None:
        self.supply(VOLTS[self.maker])

    def supply(self, volts: float) -> None:
        for servo in self.servos.values():
            servo.volts = volts
