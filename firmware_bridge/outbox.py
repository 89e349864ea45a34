"""What the client sends: numbered frames, requests repeated until they are acknowledged, and pings for the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from firmware_bridge import table
from firmware_bridge.clocksync import ClockSync
from firmware_bridge.framing import encode

if TYPE_CHECKING:
    from firmware_bridge.link import Line
    from robot.core.clock import Clock

RETRY_S = 0.08  # of a request that was not acknowledged
PING_S = 0.25
FIRST_PINGS = 8  # come faster
WAITING_PINGS = 8


class Outbox:
    """The sending side of a line to a board."""

    def __init__(self, line: Line, clock: Clock) -> None:
        self.line: Line = line
        self.sync = ClockSync()
        self.requests: list[bytes] = []  # acknowledged frames still to send, the first is under way
        self._clock = clock
        self._sequence = 0
        self._asked = (-1, -1.0)  # sequence number of the request under way, and when it was sent
        self._pings: dict[int, float] = {}  # sending time by token
        self._token = 0
        self._next_ping = 0.0

    def send(self, messages: bytes) -> None:
        """One frame of messages."""
        self.line.write(encode(self._sequence, messages))
        self._sequence = (self._sequence + 1) & 0xFF

    def again(self) -> None:
        """Send the first request at the next occasion."""
        self._asked = (-1, -1.0)

    def clear(self) -> None:
        """Nothing that was asked before counts any more."""
        self.requests.clear()
        self._pings.clear()
        self._next_ping = 0.0
        self.again()

    def repeat(self, now: float) -> None:
        """Send the request that is due, if one is."""
        if self.requests and now - self._asked[1] >= RETRY_S:
            self._asked = (self._sequence, now)
            self.send(self.requests[0])

    def acknowledged(self, sequence: int) -> bytes | None:
        """Take out the request that an acknowledgement answers; None when it answers another."""
        if not self.requests or sequence != self._asked[0]:
            return None
        self.again()
        return self.requests.pop(0)

    def ping(self, now: float) -> None:
        """Send a ping when it is time for one."""
        if now < self._next_ping:
            return
        self._next_ping = now + (PING_S if self.sync.samples >= FIRST_PINGS else PING_S / 4)
        self._token = (self._token + 1) & 0xFFFFFFFF
        if len(self._pings) > WAITING_PINGS:  # lost ones
            self._pings.clear()
        self._pings[self._token] = self._clock.now()
        self.send(table.PING.pack(self._token))

    def pong(self, token: int, arrived: float, board_us: int) -> None:
        sent = self._pings.pop(token, None)
        if sent is not None:
            self.sync.add(sent, arrived, board_us)
