"""A simulated bus as a port of this process, where time passes only when told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sim.bus.bus import SimBus


class SimPort:
    """What the makers' libraries call (`hardware.bus.port.Port`). `sent` is told of every packet."""

    def __init__(self, bus: SimBus, sent: Callable[[bytes], None] = lambda _: None) -> None:
        self.is_using = False
        self.baudrate = 1_000_000
        self._bus = bus
        self._sent = sent
        self._said = b""

    def clearPort(self) -> None:  # noqa: N802
        self._said = b""

    def writePort(self, packet: Iterable[int]) -> int:  # noqa: N802
        data = bytes(packet)
        self._sent(data)
        self._said += self._bus.answer(data)
        return len(data)

    def readPort(self, length: int) -> bytes:  # noqa: N802
        said, self._said = self._said[:length], self._said[length:]
        return said

    def setPacketTimeout(self, packet_length: int) -> None:  # noqa: N802
        """Who answers answers at once."""

    def isPacketTimeout(self) -> bool:  # noqa: N802
        return not self._said

    def close(self) -> None:
        """There is nothing to close."""
