"""Dynamixel's protocol 2, from the servos' side: FF FF FD 00, number, length, instruction, parameters, CRC-16.

Written after Robotis' manual, and not after the library that speaks it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from sim.bus.registers import ControlTable, Register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.bus.servo import SimServo

HEADER = b"\xff\xff\xfd\x00"
STUFFED, PLAIN = b"\xff\xff\xfd\xfd", b"\xff\xff\xfd"
PING, READ, WRITE, REBOOT, STATUS, SYNC_WRITE = 1, 2, 3, 8, 0x55, 0x83
STALL_MA = 1470
VELOCITY_UNIT = 0.229 / 60 * 4096  # steps/s
BITS = {"voltage": 1, "heat": 4, "sensor": 8, "current": 16, "overload": 32}
LONGEST = 256
MODEL = (1200).to_bytes(2, "little") + b"\x34"  # XL330-M288, and a firmware's version


def crc16(data: bytes) -> int:
    """CRC-16 with the polynomial 0x8005, as Robotis uses it."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = crc << 1 ^ (0x8005 if crc & 0x8000 else 0)
        crc &= 0xFFFF
    return crc


def _switch(servo: SimServo, value: int) -> None:
    servo.switch(on=value == 1 and not servo.alerts)


def _aim(servo: SimServo, value: int) -> None:
    servo.goal = value - (1 << 32) * (value >> 31)


def _limit(servo: SimServo, value: int) -> None:
    servo.top_speed = value * VELOCITY_UNIT


XL330 = (
    Register(11, 1, lambda s: 1 if s.wheel else 3),
    Register(64, 1, lambda s: s.on, _switch),
    Register(70, 1, lambda s: sum(BITS[alert] for alert in s.alerts)),
    Register(112, 4, lambda s: round(s.top_speed / VELOCITY_UNIT), _limit),
    Register(116, 4, lambda s: round(s.goal), _aim),
    Register(126, 2, lambda s: round(s.torque * STALL_MA)),
    Register(128, 4, lambda s: round(s.speed / VELOCITY_UNIT)),
    Register(132, 4, lambda s: round(s.at)),
    Register(140, 4, lambda s: round(s.goal)),
    Register(144, 2, lambda s: round(s.volts * 10)),
    Register(146, 1, lambda s: round(s.celsius)),
)


class DynamixelWire:
    """Takes what is sent over the bus, and gives what the servos answer."""

    steps = 4096

    def __init__(self) -> None:
        self._table = ControlTable(XL330)
        self._heard = b""

    def answers(self, data: bytes, servos: dict[int, SimServo]) -> Iterator[bytes]:
        self._heard += data
        while (packet := self._next()) is not None:
            number, instruction, parameters = packet[0], packet[3], packet[4:]
            if instruction == SYNC_WRITE:
                self._write_many(parameters, servos)
            servo = servos.get(number)
            if servo is not None and instruction in (PING, READ, WRITE, REBOOT):
                yield self._answer(servo, instruction, parameters)

    def _next(self) -> bytes | None:
        """The next whole packet from its number on, without its CRC; what is none is skipped."""
        while True:
            at = self._heard.find(HEADER)
            if at < 0:
                self._heard = self._heard[-3:]
                return None
            self._heard = self._heard[at:]
            if len(self._heard) < 7:
                return None
            (length,) = struct.unpack_from("<H", self._heard, 5)
            if length <= LONGEST and len(self._heard) < 7 + length:
                return None
            whole = self._heard[: 7 + length]
            if 3 <= length <= LONGEST and crc16(whole[:-2]) == int.from_bytes(whole[-2:], "little"):
                self._heard = self._heard[len(whole) :]
                return whole[4:8] + whole[8:-2].replace(STUFFED, PLAIN)
            self._heard = self._heard[1:]

    def _answer(self, servo: SimServo, instruction: int, parameters: bytes) -> bytes:
        told = b""
        if instruction == PING:
            told = MODEL
        elif instruction == READ and len(parameters) == 4:
            told = self._table.read(servo, *struct.unpack("<HH", parameters))
        elif instruction == WRITE:
            self._table.write(servo, int.from_bytes(parameters[:2], "little"), parameters[2:])
        elif instruction == REBOOT:
            servo.restart()
        error = 0x80 if servo.alerts else 0
        body = (bytes([STATUS, error]) + told).replace(PLAIN, STUFFED)
        whole = HEADER + struct.pack("<BH", servo.number, len(body) + 2) + body
        return whole + crc16(whole).to_bytes(2, "little")

    def _write_many(self, parameters: bytes, servos: dict[int, SimServo]) -> None:
        address, length = struct.unpack_from("<HH", parameters)
        for at in range(4, len(parameters) - length, length + 1):
            servo = servos.get(parameters[at])
            if servo is not None:
                self._table.write(servo, address, parameters[at + 1 : at + 1 + length])
