"""Feetech servos, by their maker's `scservo_sdk`: STS and SMS (low byte first), SCS (high byte first).

Registers are those of Feetech's memory tables for STS3215 and SCS0009. Speeds are in steps a second; for a firmware
that counts them in fifties, the speed that is written is no limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hardware.bus.servo_bus import CURRENT, HEAT, OVERLOAD, SENSOR, VOLTAGE, ServoFound, ServoReading, no_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.bus.port import Port
    from hardware.bus.servo_bus import ServoGoal

BAUD = 1_000_000
BAUDS = (38400, 57600, 115200, 128000, 250000, 500000, 1_000_000)
SERIES = ("sts", "scs")
LIMITS, MODE, TORQUE, ACCELERATION, GOAL, PRESENT = 9, 33, 40, 41, 42, 56
PRESENT_BYTES = 8  # position, speed, load, voltage, temperature
WORD = 0x7FFF  # of a position; the bit above it is the sign
LOAD = 0x3FF  # thousandths; the bit above it is the direction
TOP_SPEED = 3000  # steps/s, more than any of them turns
BITS = {1: VOLTAGE, 2: SENSOR, 4: HEAT, 8: CURRENT, 32: OVERLOAD}


def library() -> Any:
    """Raises ConfigError without the extra `bus`."""
    try:
        import scservo_sdk as sdk  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise no_library("ftservo-python-sdk", "feetech://") from error
    return sdk


def steps_of(series: str) -> int:
    return 1024 if series == "scs" else 4096


class FeetechBus:
    """A bus of one series."""

    def __init__(self, port: Port, series: str = "sts") -> None:
        """Raises ConfigError without the extra `bus`."""
        sdk = library()
        self._small = series == "scs"
        self.name = f"Feetech {series.upper()}"
        self.steps = steps_of(series)
        self._port = port
        self._bus: Any = sdk.scscl(port) if self._small else sdk.sms_sts(port)

    def _get(self, number: int, address: int, length: int) -> tuple[list[int], int] | None:
        data, result, error = self._bus.readTxRx(number, address, length)
        return (data, error) if result == 0 and len(data) == length else None

    def _word(self, data: Sequence[int], at: int) -> int:
        return int(self._bus.scs_makeword(data[at], data[at + 1]))

    def meet(self, number: int) -> ServoFound | None:
        on = self.holds(number)
        how = self._get(number, *((LIMITS, 4) if self._small else (MODE, 1)))
        if on is None or how is None:
            return None
        return ServoFound(on, positions=any(how[0]) if self._small else how[0][0] == 0)

    def read(self, number: int) -> ServoReading | None:
        answer = self._get(number, PRESENT, PRESENT_BYTES)
        if answer is None:
            return None
        data, error = answer
        word = self._word(data, 0)
        step = -(word & WORD) if word > WORD else word
        load = (self._word(data, 4) & LOAD) / 1000
        alerts = frozenset(alert for bit, alert in BITS.items() if error & bit)
        return ServoReading(step, load, data[6] / 10, float(data[7]), alerts)

    def holds(self, number: int) -> bool | None:
        answer = self._get(number, TORQUE, 1)
        return None if answer is None else answer[0][0] == 1

    def move(self, goals: Sequence[ServoGoal]) -> None:
        if not goals:
            return
        said: list[int] = []
        for goal in goals:
            speed = max(min(round(goal.speed), TOP_SPEED), 1)
            said += [goal.id, *([] if self._small else [0]), *self._bytes(goal.step), 0, 0, *self._bytes(speed)]
        start, length = (GOAL, 6) if self._small else (ACCELERATION, 7)
        self._bus.syncWriteTxOnly(start, length, said, len(said))

    def _bytes(self, word: int) -> tuple[int, int]:
        return self._bus.scs_lobyte(word), self._bus.scs_hibyte(word)

    def switch(self, number: int, *, on: bool) -> bool:
        result, _ = self._bus.write1ByteTxRx(number, TORQUE, int(on))
        return bool(result == 0)

    def recover(self, number: int) -> None:
        self.switch(number, on=False)  # which also ends its protection

    def close(self) -> None:
        self._port.close()
