"""The registers of a servo, as its maker numbers them: bytes out of it, and bytes into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.bus.servo import SimServo


class Register(NamedTuple):
    """One value of a servo. `put`: None where it can only be read."""

    address: int
    size: int
    get: Callable[[SimServo], int]
    put: Callable[[SimServo, int], None] | None = None


class ControlTable:
    """All registers of a kind of servo; those that it does not name are zero."""

    def __init__(self, registers: Sequence[Register], order: Literal["little", "big"] = "little") -> None:
        self._registers = registers
        self._order: Literal["little", "big"] = order

    def read(self, servo: SimServo, address: int, length: int) -> bytes:
        image = bytearray(address + length + 8)
        for register in self._registers:
            if register.address < address + length:
                whole = 1 << 8 * register.size
                value = (register.get(servo) % whole).to_bytes(register.size, self._order)
                image[register.address : register.address + register.size] = value
        return bytes(image[address : address + length])

    def write(self, servo: SimServo, address: int, data: bytes) -> None:
        for register in self._registers:
            at = register.address - address
            if register.put is not None and 0 <= at <= len(data) - register.size:
                register.put(servo, int.from_bytes(data[at : at + register.size], self._order))
