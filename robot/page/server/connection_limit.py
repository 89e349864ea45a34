"""The listening socket that lets in no more connections than the machine can spare, so that the loop keeps its rate.

Under a flood it reports that the system is out of buffers, which asyncio answers by leaving the socket alone for a
second; meanwhile the kernel holds or drops what comes, at no cost to this process.

What is open is counted, for each device of the network and for all of them; this machine's own programs have a share
that nobody of the network can use up.
"""

from __future__ import annotations

import errno
import logging
import socket
from collections import Counter
from typing import TYPE_CHECKING

from robot.core.clock import stopwatch
from robot.page.server.access import Bucket
from robot.parts.home_network import on_this_machine

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

log = logging.getLogger(__name__)

BURST = 200  # a browser opens six at a time
RATE = 60.0  # a second, from everybody together
SHUT_S = 0.9  # a little less than asyncio's own second
FULL = "more connections than the page takes; the door is shut for a second"

OPEN_HERE = 128  # connections from this machine; a page needs about ten
OPEN_PEER = 40  # from one device of the network: 24 lines, and what a browser opens beside them
OPEN_NETWORK = 128  # from all devices of the network
LOG_AGAIN_S = 60.0
TOO_MANY = "%s has as many connections open as the page takes; further ones are closed"


class PeerShares:
    """How many of something are open, by peer; this machine's own programs have a share to themselves."""

    def __init__(self, *, here: int, peer: int, network: int) -> None:
        """The most from this machine, from one device of the network, and from all of its devices."""
        self._here, self._peer, self._network = here, peer, network
        self._open: Counter[str] = Counter()

    def have_room(self, peer: str) -> bool:
        here = sum(number for other, number in self._open.items() if on_this_machine(other))
        if on_this_machine(peer):
            return here < self._here
        return self._open[peer] < self._peer and self._open.total() - here < self._network

    def enter(self, peer: str) -> None:
        self._open[peer] += 1

    def leave(self, peer: str) -> None:
        self._open[peer] -= 1
        if not self._open[peer]:
            del self._open[peer]


class LimitedListener(socket.socket):
    """A bound socket whose `accept` refuses when too many came, and closes what comes from whom has too many."""

    def __init__(self, family: socket.AddressFamily) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self._bucket = Bucket(BURST, RATE)
        self._shut_until = -1.0
        self._shares = PeerShares(here=OPEN_HERE, peer=OPEN_PEER, network=OPEN_NETWORK)
        self._log_again_at = -1.0

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        now = stopwatch()
        if now < self._shut_until:  # asyncio may ask again in the same breath; once is enough to make it wait
            raise BlockingIOError
        if not self._bucket.take(now):
            self._shut_until = now + SHUT_S
            raise OSError(errno.ENOBUFS, FULL)
        accepted, address = super().accept()
        peer = address[0]
        if not self._shares.have_room(peer):
            self._log_refusal(peer, now)
            accepted.close()
            raise ConnectionAbortedError
        self._shares.enter(peer)
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a small answer waits 40 ms for its body
        return Counted(accepted, lambda: self._shares.leave(peer)), address

    def _log_refusal(self, peer: str, now: float) -> None:
        if now >= self._log_again_at:
            self._log_again_at = now + LOG_AGAIN_S
            log.warning(TOO_MANY, peer)


class Counted(socket.socket):
    """An accepted connection that tells when it is closed."""

    def __init__(self, accepted: socket.socket, left: Callable[[], None]) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        self._left: Callable[[], None] | None = left

    def close(self) -> None:
        super().close()
        left, self._left = self._left, None
        if left is not None:
            left()


def explain(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """An asyncio exception handler that says the above in one line."""
    exception = context.get("exception")
    if isinstance(exception, OSError) and exception.strerror == FULL:
        log.warning(FULL)
    else:
        loop.default_exception_handler(context)
