"""Brings the loop's ticks into the page's thread, while somebody there waits for some; else it costs nothing."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from robot.core.tick import Tick
    from robot.page.server.feed import Feed

HELD = 50  # ticks, a second of them: a page's thread that is held up longer loses the oldest


class TickRelay:
    """`see` is called by the loop; all else by the page's thread."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._came: deque[Tick] = deque(maxlen=HELD)
        self._called = False
        self._followers: list[Callable[[Tick], None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextmanager
    def followed(self, told: Callable[[Tick], None]) -> Iterator[None]:
        """Have each tick told from now on, and none of those that still wait for whoever followed before."""
        self._loop = asyncio.get_running_loop()
        self._hand_out()
        self._followers.append(told)
        self._feed.watch = self.see
        try:
            yield
        finally:
            self._followers.remove(told)
            if not self._followers:
                self._feed.watch = None
                self._came.clear()

    def see(self, tick: Tick) -> None:
        """Take in one tick, in the loop's thread."""
        self._came.append(tick)
        if not self._called and self._loop is not None:
            self._called = True
            try:
                self._loop.call_soon_threadsafe(self._hand_out)
            except RuntimeError:  # the page's thread has ended: nobody follows any more
                self._feed.watch = None

    def _hand_out(self) -> None:
        """Each follower is called by itself: an error in one ends none of the others."""
        self._called = False
        while self._came:
            tick = self._came.popleft()
            for told in self._followers:
                asyncio.get_running_loop().call_soon(told, tick)
