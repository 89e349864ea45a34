"""The listening socket that lets in no more connections than the machine can spare, so that the loop keeps its rate.

Under a flood it reports that the system is out of buffers, which asyncio answers by leaving the socket alone for a
second; meanwhile the kernel holds or drops what comes, at no cost to this process.
"""

from __future__ import annotations

import errno
import logging
import socket
from typing import TYPE_CHECKING

from robot.clock import stopwatch
from robot.page.access import Bucket

if TYPE_CHECKING:
    import asyncio

log = logging.getLogger(__name__)

BURST = 200  # a browser opens six at a time
RATE = 60.0  # a second, from everybody together
SHUT_S = 0.9  # a little less than asyncio's own second
FULL = "more connections than the page takes; the door is shut for a second"


class Listener(socket.socket):
    """A bound socket whose `accept` refuses when too many came."""

    def __init__(self, family: socket.AddressFamily) -> None:
        super().__init__(family, socket.SOCK_STREAM)
        self._bucket = Bucket(BURST, RATE)
        self._shut_until = -1.0

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        now = stopwatch()
        if now < self._shut_until:  # asyncio may ask again in the same breath; once is enough to make it wait
            raise BlockingIOError
        if not self._bucket.take(now):
            self._shut_until = now + SHUT_S
            raise OSError(errno.ENOBUFS, FULL)
        return super().accept()


def explain(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """An asyncio exception handler that says the above in one line."""
    exception = context.get("exception")
    if isinstance(exception, OSError) and exception.strerror == FULL:
        log.warning(FULL)
    else:
        loop.default_exception_handler(context)
