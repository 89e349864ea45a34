"""Faults of a simulated bus by name, one line each: what can befall servos, brought about from a terminal or a test."""

from __future__ import annotations

import os
import select
from typing import TYPE_CHECKING

from robot.core.clock import generator
from robot.core.errors import InputError
from sim.bus.servo import ROOM_C

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.bus.bus import SimBus
    from sim.bus.server import BusServer
    from sim.bus.servo import SimServo

KNOWN = "stall 1, free 1, heat 1 70, volts 4.2, silent 1, overload 1, noise 0.01, unplug, plug, well"


def flips(share: float) -> Callable[[bytes], bytes]:
    """Damage by one wrong bit in this share of the bytes; the same from run to run."""
    chance = generator(0)

    def damaged(said: bytes) -> bytes:
        data = bytearray(said)
        for at in range(len(data)):
            if chance.random() < share:
                data[at] ^= 1 << int(chance.integers(8))
        return bytes(data)

    return damaged


def befall(bus: SimBus, line: str) -> None:
    """Bring about what one line says. Raises InputError."""
    name, *values = line.split() or [""]
    known = all(value.replace(".", "", 1).isdecimal() for value in values)
    if not known or not _befall(bus, name, [float(value) for value in values]):
        raise InputError(f"this befalls no servo of the bus: {line!r}", remedy=f"write {KNOWN}")


def _befall(bus: SimBus, name: str, values: list[float]) -> bool:
    """Whether there is such a fault."""
    match name, values:
        case "volts", [volts]:
            bus.supply(volts)
        case "noise", [share]:
            bus.noise = flips(share) if share else None
        case "well", []:
            _mend(bus)
        case _, [number, *rest]:
            servo = bus.servos.get(round(number))
            return servo is not None and _befall_one(servo, name, rest)
        case _:
            return False
    return True


def _befall_one(servo: SimServo, name: str, values: list[float]) -> bool:
    match name, values:
        case "stall", []:
            servo.held = True
        case "free", []:
            servo.held = servo.silent = False
        case "heat", [celsius]:
            servo.celsius = celsius
        case "silent", []:
            servo.silent = True
        case "overload", []:
            servo.trip("overload", off=True)
        case _:
            return False
    return True


def _mend(bus: SimBus) -> None:
    bus.noise = None
    bus.mend_supply()
    for servo in bus.servos.values():
        servo.held = servo.silent = False
        servo.celsius = ROOM_C
        servo.alerts.clear()


class BusFaults:
    """Faults of a bus behind a terminal, as they come line by line."""

    def __init__(self, server: BusServer, source: int) -> None:
        """`source`: a file descriptor."""
        self._server = server
        self._source = source
        self._heard = b""

    def take(self) -> None:
        """What has come. Raises InputError for a line that is not known, and drops those after it."""
        if not select.select([self._source], [], [], 0)[0]:
            return
        *lines, self._heard = (self._heard + os.read(self._source, 4096)).split(b"\n")
        for line in lines:
            self._carry_out(line.decode(errors="replace").strip())

    def _carry_out(self, line: str) -> None:
        if line == "unplug":
            self._server.unplug()
        elif line == "plug":
            self._server.plug()
        elif line:
            befall(self._server.bus, line)
