"""Feetech's protocol, from the servos' side: FF FF, number, length, instruction, parameters, sum.

Written after Feetech's protocol manual and memory tables, and not after the library that speaks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.bus.registers import ControlTable, Register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.bus.servo import SimServo

HEADER = b"\xff\xff"
PING, READ, WRITE, SYNC_WRITE = 1, 2, 3, 0x83
BITS = {"voltage": 1, "sensor": 2, "heat": 4, "current": 8, "overload": 32}


def _signed(value: int, bit: int) -> int:
    """Sign and magnitude."""
    return value if value >= 0 else -value | 1 << bit


def _switch(servo: SimServo, value: int) -> None:
    servo.switch(on=value == 1)
    if not servo.on:
        servo.alerts.discard("overload")


def _aim(servo: SimServo, value: int) -> None:
    servo.goal = value


def _limit(servo: SimServo, value: int) -> None:
    servo.top_speed = value


COMMON = (
    Register(40, 1, lambda s: s.on, _switch),
    Register(42, 2, lambda s: round(s.goal), _aim),
    Register(46, 2, lambda s: round(s.top_speed), _limit),
    Register(60, 2, lambda s: _signed(round(s.drive * 1000), 10)),
    Register(62, 1, lambda s: round(s.volts * 10)),
    Register(63, 1, lambda s: round(s.celsius)),
)
STS = (
    *COMMON,
    Register(33, 1, lambda s: s.wheel),
    Register(56, 2, lambda s: _signed(round(s.at), 15)),
    Register(58, 2, lambda s: _signed(round(s.speed), 15)),
)
SCS = (
    *COMMON,
    Register(11, 2, lambda s: 0 if s.wheel else 1023),
    Register(56, 2, lambda s: round(s.at)),
    Register(58, 2, lambda s: _signed(round(s.speed), 15)),
)


class FeetechWire:
    """Takes what is sent over the bus, and gives what the servos answer."""

    def __init__(self, series: str = "sts") -> None:
        small = series == "scs"
        self.steps = 1024 if small else 4096
        self._table = ControlTable(SCS, "big") if small else ControlTable(STS)
        self._heard = b""

    def answers(self, data: bytes, servos: dict[int, SimServo]) -> Iterator[bytes]:
        self._heard += data
        while (packet := self._next()) is not None:
            number, instruction, parameters = packet[0], packet[2], packet[3:-1]
            if instruction == SYNC_WRITE:
                self._write_many(parameters, servos)
            servo = servos.get(number)
            if servo is not None and instruction in (PING, READ, WRITE):
                yield self._answer(servo, instruction, parameters)

    def _next(self) -> bytes | None:
        """The next whole packet from its number on; what is none is skipped."""
        while True:
            at = self._heard.find(HEADER)
            if at < 0:
                self._heard = self._heard[-1:] if self._heard.endswith(b"\xff") else b""
                return None
            self._heard = self._heard[at:]
            if len(self._heard) < 4:
                return None
            length = self._heard[3]
            if len(self._heard) < 4 + length:
                return None
            packet = self._heard[2 : 4 + length]
            if length >= 2 and sum(packet) & 0xFF == 0xFF:
                self._heard = self._heard[4 + length :]
                return packet
            self._heard = self._heard[1:]

    def _answer(self, servo: SimServo, instruction: int, parameters: bytes) -> bytes:
        told = b""
        if instruction == READ and len(parameters) == 2:
            told = self._table.read(servo, parameters[0], parameters[1])
        elif instruction == WRITE:
            self._table.write(servo, parameters[0], parameters[1:])
        error = sum(BITS[alert] for alert in servo.alerts)
        body = bytes([servo.number, len(told) + 2, error]) + told
        return HEADER + body + bytes([~sum(body) & 0xFF])

    def _write_many(self, parameters: bytes, servos: dict[int, SimServo]) -> None:
        address, length = parameters[0], parameters[1]
        for at in range(2, len(parameters) - length, length + 1):
            servo = servos.get(parameters[at])
            if servo is not None:
                self._table.write(servo, address, parameters[at + 1 : at + 1 + length])
