"""The serial port of a bus, as both makers' libraries ask for one.

They bring ports of their own, which spin on the processor until an answer is there; this one waits for it. It is held
by this program alone, and a cable that was pulled is told as a LinkError.
"""

from __future__ import annotations

import contextlib
import select
import termios
from typing import TYPE_CHECKING, Protocol

import serial

from robot.core.clock import stopwatch
from robot.core.errors import LinkError
from robot.parts.serial_ports import not_opened
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

BITS_A_BYTE = 10
ANSWER_S = 0.006  # beside the bytes themselves: an adapter takes up to 1 ms each way, a servo 0.5 ms
LATE = 256  # bytes; whoever talks without end is not listened to without end
GONE = (OSError, ValueError, TypeError, termios.error)  # pyserial, when a port vanishes or is closed under its user


class Port(Protocol):
    """What `dynamixel_sdk` and `scservo_sdk` call; their names."""

    is_using: bool
    baudrate: int

    def clearPort(self) -> None: ...  # noqa: N802
    def writePort(self, packet: Iterable[int]) -> int: ...  # noqa: N802
    def readPort(self, length: int) -> bytes:  # noqa: N802
        """At most so many bytes; fewer where no more come in time."""
        ...

    def setPacketTimeout(self, packet_length: int) -> None: ...  # noqa: N802
    def isPacketTimeout(self) -> bool: ...  # noqa: N802
    def close(self) -> None: ...


class SerialPort:
    """A bus behind `/dev/ttyUSB0` or another path."""

    def __init__(self, path: str, baud: int) -> None:
        """Raises LinkError when it cannot be opened now."""
        self.is_using = False
        self.baudrate = baud
        self._path = path
        self._deadline = 0.0
        self._late = 0  # bytes that may still be taken after it: they came in time, and nobody had looked
        try:
            self._serial = serial.Serial(path, baud, timeout=0, write_timeout=0.1, exclusive=True)
        except GONE as error:
            raise not_opened(path, error) from error
        with contextlib.suppress(*GONE):  # adapters that gather bytes for 16 ms are asked not to; others cannot
            self._serial.set_low_latency_mode(True)

    def clearPort(self) -> None:  # noqa: N802
        try:
            self._serial.reset_input_buffer()
        except GONE as error:
            raise _lost(error) from error

    def writePort(self, packet: Iterable[int]) -> int:  # noqa: N802
        data = bytes(packet)
        try:
            return int(self._serial.write(data) or 0)
        except GONE as error:
            raise _lost(error) from error

    def readPort(self, length: int) -> bytes:  # noqa: N802
        try:
            left = max(self._deadline - stopwatch(), 0.0)
            if not (left or self._late) or not select.select([self._serial], [], [], left)[0]:
                return b""
            data = bytes(self._serial.read(length))
            self._late -= 0 if left else min(len(data), self._late)
        except GONE as error:
            raise _lost(error) from error
        if not data:  # readable, and nothing there: the other end has gone
            raise _lost(EOFError("the device has gone"))
        return data

    def setPacketTimeout(self, packet_length: int) -> None:  # noqa: N802
        self._late = LATE
        self._deadline = stopwatch() + ANSWER_S + packet_length * BITS_A_BYTE / self.baudrate

    def isPacketTimeout(self) -> bool:  # noqa: N802
        return stopwatch() > self._deadline

    def close(self) -> None:
        with contextlib.suppress(*GONE):
            self._serial.reset_output_buffer()  # closing would wait until all of it is sent
        with contextlib.suppress(*GONE):
            self._serial.close()


def _lost(error: Exception) -> LinkError:
    return LinkError(sentence("health.line_lost", error=str(error) or type(error).__name__))
