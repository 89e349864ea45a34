"""The line to a board: bytes both ways, and word of whether it is there.

`SerialLine` is a port or a socket, read by a worker thread that also reconnects. The simulator brings its own lines
(`sim/board/line.py`); whatever speaks `Line` will do.
"""

from __future__ import annotations

import contextlib
import io
import select
import termios
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

import serial
from serial.tools import list_ports

from firmware_bridge.table import BAUD
from robot.core.clock import nap
from robot.core.errors import LinkError
from robot.parts.serial_ports import not_opened
from robot.parts.supervise import Enduring
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.clock import Clock
    from robot.texts.sentence import AnyText

FIRST_RETRY_S = 0.1
LAST_RETRY_S = 0.5
BLOCKED_S = 0.5  # for which the line takes no bytes before it counts as lost
BLOCKED = sentence("health.line_blocked")
CLOSED = sentence("health.line_closed")
MAILBOX = 256  # chunks; the oldest are dropped


class Line(Protocol):
    """What the body client asks of a line."""

    name: str
    lead_s: float  # a setpoint's start lies this far after its tick
    least_s: float  # and at least this far after the moment of writing

    @property
    def up(self) -> bool: ...

    @property
    def generation(self) -> int:
        """Rises with every new connection."""
        ...

    @property
    def reason(self) -> AnyText:
        """Why the line is down."""
        ...

    def read(self, now: float) -> Sequence[tuple[float, bytes]]:
        """What has come, with the robot time of its arrival; never waits."""
        ...

    def write(self, data: bytes) -> None:
        """Send; what cannot be sent is dropped."""
        ...

    def close(self) -> None: ...


def find_port(address: str) -> str:
    """The device or URL behind an address: a path, `socket://...`, a USB id as `2341:0043`, or `auto`.

    Raises LinkError that lists the ports there are.
    """
    rest = address.removeprefix("serial:")
    if rest.startswith(("/", "socket://", "loop://", "rfc2217://")):
        return rest
    ports = [port for port in _ports() if port.vid is not None]
    wanted = [port for port in ports if rest == "auto" or f"{port.vid:04x}:{port.pid:04x}" == rest.lower()]
    if len(wanted) == 1:
        return str(wanted[0].device)
    there = ", ".join(f"{port.device} ({port.vid:04x}:{port.pid:04x} {port.product or ''})" for port in ports)
    raise LinkError(
        sentence("health.several_ports_fit") if wanted else sentence("health.no_port_fits"),
        place=address,
        remedy=sentence("health.ports_there", ports=there) if there else sentence("health.no_usb_port"),
    )


def _ports() -> list[Any]:
    """The ports there are. Raises LinkError while one of them vanishes."""
    try:
        return list(list_ports.comports())
    except (OSError, TypeError) as error:  # TypeError: pyserial, of a file that is gone
        raise LinkError(sentence("health.ports_not_listed", error=str(error))) from error


def _places(usb: tuple[int, int, str | None]) -> list[str]:
    """The paths of the devices that have this USB identity; many chips have no serial number to tell two apart."""
    return [str(port.device) for port in _ports() if (port.vid, port.pid, port.serial_number) == usb]


class SerialLine:
    """A serial port or `socket://`, held by this program alone."""

    lead_s = 0.004
    least_s = 0.001

    def __init__(self, address: str, clock: Clock) -> None:
        """Raises LinkError when the port cannot be opened now; later losses are mended by reconnecting."""
        self.name = address
        self.up = False
        self.generation = 0
        self.reason: AnyText = ""
        self.dropped = 0  # writes that the line did not take
        self._blocked_since: float | None = None
        self._clock = clock
        self._url = find_port(address)
        self._usb: tuple[int, int, str | None] | None = None
        self._mailbox: deque[tuple[float, bytes]] = deque(maxlen=MAILBOX)
        self._closing = False
        self._port: serial.Serial | None = None
        self._open()
        self._worker = threading.Thread(target=self._work, name=f"line {address}", daemon=True)
        self._worker.start()

    def _open(self) -> None:
        url = self._place()
        try:
            port = serial.serial_for_url(url, do_not_open=True, baudrate=BAUD, timeout=0.05, write_timeout=0)
            if url.startswith("/"):
                port.exclusive = True
            port.dtr = False  # on most boards DTR is wired to reset
            port.open()
        except (OSError, ValueError, termios.error) as error:  # pyserial's own errors are OSErrors
            raise not_opened(url, error) from error
        self._port = port
        self._blocked_since = None
        self.reason = ""
        self.generation += 1
        self.up = True

    def _place(self) -> str:
        """Where the device is now: one that nothing is like may have come back under another name."""
        if self._usb is not None:
            there = _places(self._usb)
            return there[0] if len(there) == 1 else self._url
        if self._url.startswith("/"):
            for known in _ports():
                if known.device == self._url and known.vid is not None and known.pid is not None:
                    usb = (known.vid, known.pid, known.serial_number)
                    self._usb = usb if known.serial_number or len(_places(usb)) == 1 else None
        return self._url

    def _lose(self, why: AnyText) -> None:
        self.up = False
        self.reason = why
        port, self._port = self._port, None
        if port is None:
            return
        held = getattr(port, "_socket", None)
        gone = contextlib.suppress(OSError, termios.error)
        if self._blocked_since is not None:
            with gone:
                port.reset_output_buffer()  # closing would wait until it is sent
        with gone:
            port.close()
        if held is not None:
            held.close()  # pyserial leaves it open when the other end has gone

    def _work(self) -> None:
        """The thread: reads the port, and opens it again whenever it was lost."""
        wait = FIRST_RETRY_S
        enduring = Enduring(lambda error: self._lose(error.text))
        while not self._closing:
            with enduring:
                if self._port is None:
                    nap(wait)
                    wait = min(2 * wait, LAST_RETRY_S)
                    self._open()
                    wait = FIRST_RETRY_S
                self._take()
        self._lose(CLOSED)

    def _take(self) -> None:
        """Read what has come, or wait for it a moment. Raises LinkError when the line was lost."""
        port = self._port
        if port is None:
            return
        try:
            data = port.read(1)
            data += port.read(port.in_waiting) if data else b""
        except (OSError, TypeError) as error:  # TypeError: pyserial, when closed under a reader
            raise LinkError(sentence("health.line_lost", error=str(error))) from error
        if data:
            self._mailbox.append((self._clock.now(), data))
        if not self.up:
            raise LinkError(self.reason)

    def read(self, now: float) -> Sequence[tuple[float, bytes]]:  # noqa: ARG002 - real bytes bring their own time
        chunks = []
        while self._mailbox:
            chunks.append(self._mailbox.popleft())
        return chunks

    def write(self, data: bytes) -> None:
        port = self._port
        if port is None or not self.up:
            return
        try:
            if self._takes_bytes(port):
                port.write(data)
            else:
                self.dropped += 1
        except (OSError, TypeError, ValueError) as error:  # ValueError: select, when closed under a writer
            self._give_up(port, sentence("health.line_lost", error=str(error)))

    def _takes_bytes(self, port: serial.Serial) -> bool:
        """Whether a write would go out: pyserial would try for ever. One that takes nothing for a while is given up."""
        try:
            _, free, _ = select.select([], [getattr(port, "_socket", port)], [], 0)
        except io.UnsupportedOperation:  # loop:// is no file, and takes everything
            return True
        now = self._clock.now()
        if free:
            self._blocked_since = None
        elif self._blocked_since is None:
            self._blocked_since = now
        elif now - self._blocked_since > BLOCKED_S:
            self._give_up(port, BLOCKED)
        return bool(free)

    def _give_up(self, port: serial.Serial, why: AnyText) -> None:
        if port is not self._port:  # the worker has lost it already, and may have opened another
            return
        self.reason = why
        self.up = False  # the worker notices at its next read, and mends it

    def close(self) -> None:
        self._closing = True
        self._worker.join(timeout=2)
