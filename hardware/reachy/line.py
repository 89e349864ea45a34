"""The line to Reachy Mini's daemon: a WebSocket that one thread reads and reopens, and another writes.

Nobody waits for it: what comes lies in a mailbox, and of targets only the newest is kept for sending.
"""

from __future__ import annotations

import json
from collections import deque
from contextlib import ExitStack
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from robot.core.clock import nap
from robot.core.errors import ConfigError, LinkError
from robot.parts.home_network import resolved
from robot.parts.supervise import Enduring
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from websockets.sync.client import ClientConnection

    from robot.core.clock import Clock
    from robot.core.errors import PartError
    from robot.texts.sentence import AnyText

PORT = 8000
OPEN_S = 3.0  # to answer
SILENT_S = 0.5  # without a message it counts as lost
FLOW_S = 0.15  # without one nothing is sent: what a stopped daemon reads later, it would do at once
RETRY_S = 0.3
CLOSE_S = 0.2
MAILBOX = 256


class Messages(Protocol):
    """What the body client asks of a line."""

    name: str

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

    def read(self, now: float) -> Sequence[tuple[float, dict[str, Any]]]:
        """What has come, with the robot time of its arrival; never waits."""
        ...

    def send(self, command: str) -> None:
        """In its turn."""
        ...

    def aim(self, target: str) -> None:
        """As soon as may be; it takes the place of a target that has not gone yet."""
        ...

    def close(self) -> None: ...


class Where(NamedTuple):
    """A host and a port."""

    host: str
    port: int


def where(address: str) -> Where:
    """`reachy://`, `reachy://reachy-mini.local`, `reachy://192.168.1.20:8000`. Raises ConfigError."""
    try:
        parts = urlsplit(address)
        found = Where(parts.hostname or "localhost", parts.port or PORT)
    except ValueError:
        parts, found = urlsplit(""), Where("", 0)
    if not found.host or parts.path or parts.query or parts.username:
        raise ConfigError(
            "this is no address of a Reachy Mini",
            place=address,
            remedy="use reachy:// on the computer that its daemon runs on, or reachy://reachy-mini.local",
        )
    return found


class DaemonLine:
    """The line to a daemon at home."""

    def __init__(self, address: str, clock: Clock) -> None:
        """Raises LinkError when nobody answers now; later losses are mended by reconnecting."""
        self.name = address
        self.up = False
        self.generation = 0
        self.reason: AnyText = ""
        self._where = where(address)
        self._clock = clock
        self._mailbox: deque[tuple[float, dict[str, Any]]] = deque(maxlen=MAILBOX)
        self._heard = 0.0
        self._work = Condition()
        self._commands: deque[str] = deque(maxlen=MAILBOX)
        self._target = ""
        self._closing = self._ended = False
        self._opened = ExitStack()
        self._connection: ClientConnection | None = None
        self._reader = Thread(target=self._read, name=f"line {address}", daemon=True)
        self._writer = Thread(target=self._write, name=f"line {address}, out", daemon=True)
        self._open()
        self._reader.start()
        self._writer.start()

    def _open(self) -> None:
        """Raises LinkError, and PartError where the host is not at home."""
        error: Exception | None = None
        for host, port in resolved(*self._where, beyond_home=False):
            try:
                self._connection = self._opened.enter_context(
                    connect(
                        f"ws://{f'[{host}]' if ':' in host else host}:{port}/ws/sdk",
                        open_timeout=OPEN_S,
                        close_timeout=CLOSE_S,
                        compression=None,
                        proxy=None,
                        ping_interval=None,
                    )
                )
                break
            except (OSError, WebSocketException, EOFError) as refused:
                error = refused
        else:
            silent = sentence("health.reachy_silent", error="" if error is None else _told(error))
            raise LinkError(silent, remedy=sentence("health.reachy_start")) from error
        with self._work:
            self._commands.clear()
            self._target = ""
        self._mailbox.clear()
        self._heard = self._clock.now()
        self.reason = ""
        self.generation += 1
        self.up = True

    def _read(self) -> None:
        """The thread: reads, and opens the line again whenever it was lost."""
        enduring = Enduring(self._lose)
        while not self._ended:
            with enduring:
                if self._connection is None:
                    nap(RETRY_S)
                    self._open()
                self._take()
        self._lose(LinkError(sentence("health.line_closed")))

    def _take(self) -> None:
        """The next message. Raises LinkError when the line was lost."""
        connection = self._connection
        if connection is None:
            return
        try:
            message = json.loads(connection.recv(timeout=SILENT_S))
        except TimeoutError as error:
            raise LinkError(sentence("health.reachy_hangs"), remedy=sentence("health.reachy_start")) from error
        except (OSError, WebSocketException, EOFError) as error:
            raise LinkError(
                sentence("health.line_lost", error=_told(error)), remedy=sentence("health.reachy_start")
            ) from error
        except ValueError:
            return  # no JSON: whatever it is, it is not for us
        self._heard = self._clock.now()
        if isinstance(message, dict):
            self._mailbox.append((self._heard, message))

    def _lose(self, error: PartError) -> None:
        self.up = False
        self.reason = error.text
        self._connection = None
        self._opened.close()

    def _write(self) -> None:
        enduring = Enduring(self._lose_later)
        while not self._closing or (self._commands and self.up):
            with enduring:
                self._give()

    def _lose_later(self, _: PartError) -> None:
        """A line that takes nothing is one that gives nothing either: the reader notices, and says so."""
        nap(RETRY_S)

    def _give(self) -> None:
        with self._work:
            while not (self._commands or self._target or self._closing):
                self._work.wait()
            waiting = [*self._commands, *([self._target] if self._target else [])]
            self._commands.clear()
            self._target = ""
        connection = self._connection
        if connection is None or not self.up:
            return
        try:
            for message in waiting:
                connection.send(message)
        except (OSError, WebSocketException, EOFError) as error:
            raise LinkError(sentence("health.line_lost", error=_told(error))) from error

    def read(self, now: float) -> Sequence[tuple[float, dict[str, Any]]]:  # noqa: ARG002 - messages bring their own time
        messages = []
        while self._mailbox:
            messages.append(self._mailbox.popleft())
        return messages

    def send(self, command: str) -> None:
        with self._work:
            self._commands.append(command)
            self._work.notify()

    def aim(self, target: str) -> None:
        if self._clock.now() - self._heard > FLOW_S:
            return
        with self._work:
            self._target = target
            self._work.notify()

    def close(self) -> None:
        """What waits is sent first."""
        with self._work:
            self._closing = True
            self._work.notify()
        self._writer.join(timeout=2)
        self._ended = True
        self._reader.join(timeout=2)


def _told(error: Exception) -> str:
    return f"{error}" or type(error).__name__
