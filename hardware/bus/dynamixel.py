"""Dynamixel XL330 servos, by their maker's `dynamixel_sdk`, protocol 2. Registers are those of its control table."""

from __future__ import annotations

import struct
from math import ceil
from typing import TYPE_CHECKING, Any

from hardware.bus.servo_bus import CURRENT, HEAT, OVERLOAD, SENSOR, VOLTAGE, ServoFound, ServoReading, no_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.bus.port import Port
    from hardware.bus.servo_bus import ServoGoal

BAUD = 1_000_000
MODE, TORQUE, ERRORS, WATCHDOG, VELOCITY, PRESENT = 11, 64, 70, 98, 112, 126
POSITIONS = 3  # the mode in which it goes to positions within one turn
_PRESENT = struct.Struct("<hiiiiHB")  # current, velocity, position, two of its own trajectory, voltage, temperature
_GOAL = struct.Struct("<Ii")  # the most speed, and where to
STALL_MA = 1470  # of an XL330 at 5 V
VELOCITY_UNIT = 0.229 / 60 * 4096  # steps/s
ALERT = 0x80  # in an answer: look at ERRORS
BITS = {1: VOLTAGE, 4: HEAT, 8: SENSOR, 16: CURRENT, 32: OVERLOAD}
BAUDS = (9600, 57600, 115200, 1_000_000, 2_000_000, 3_000_000, 4_000_000)


def library() -> Any:
    """Raises ConfigError without the extra `bus`."""
    try:
        import dynamixel_sdk as sdk  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise no_library("dynamixel-sdk", "dynamixel://") from error
    return sdk


class DynamixelBus:
    """A bus of XL330."""

    name = "Dynamixel XL330"
    steps = 4096

    def __init__(self, port: Port) -> None:
        """Raises ConfigError without the extra `bus`."""
        self._port = port
        self._bus: Any = library().PacketHandler(2.0)

    def _get(self, number: int, address: int, length: int) -> tuple[bytes, int] | None:
        data, result, error = self._bus.readTxRx(self._port, number, address, length)
        return (bytes(data), error) if result == 0 and len(data) == length else None

    def meet(self, number: int) -> ServoFound | None:
        mode, on = self._get(number, MODE, 1), self.holds(number)
        if mode is None or on is None:
            return None
        self._bus.write1ByteTxRx(self._port, number, WATCHDOG, 0)  # one that has struck takes no goal
        return ServoFound(on, positions=mode[0][0] == POSITIONS)

    def read(self, number: int) -> ServoReading | None:
        answer = self._get(number, PRESENT, _PRESENT.size)
        if answer is None:
            return None
        data, error = answer
        alerts: frozenset[str] = frozenset()
        if error & ALERT:
            errors = self._get(number, ERRORS, 1)
            alerts = frozenset(alert for bit, alert in BITS.items() if errors is not None and errors[0][0] & bit)
        milliamperes, _, step, _, _, decivolts, celsius = _PRESENT.unpack(data)
        return ServoReading(step, min(abs(milliamperes) / STALL_MA, 1.0), decivolts / 10, float(celsius), alerts)

    def holds(self, number: int) -> bool | None:
        answer = self._get(number, TORQUE, 1)
        return None if answer is None else answer[0][0] == 1

    def move(self, goals: Sequence[ServoGoal]) -> None:
        if not goals:
            return
        said: list[int] = []
        for goal in goals:
            said += [goal.id, *_GOAL.pack(max(ceil(goal.speed / VELOCITY_UNIT), 1), goal.step)]
        self._bus.syncWriteTxOnly(self._port, VELOCITY, _GOAL.size, said, len(said))

    def switch(self, number: int, *, on: bool) -> bool:
        result, _ = self._bus.write1ByteTxRx(self._port, number, TORQUE, int(on))
        return bool(result == 0)

    def recover(self, number: int) -> None:
        self._bus.reboot(self._port, number)

    def close(self) -> None:
        self._port.close()
