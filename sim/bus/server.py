"""A simulated bus at true speed behind a terminal device: what a program cannot tell from an adapter with servos."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import tty
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from robot.core.clock import nap, stopwatch

if TYPE_CHECKING:
    from sim.bus.bus import SimBus

PERIOD_S = 0.005  # of the servos' motion while nobody speaks to them


class BusServer:
    """Runs a bus in a thread. `path` leads to the terminal; `unplug()` takes it away, and `plug()` brings another."""

    def __init__(self, bus: SimBus) -> None:
        self.bus = bus
        self._folder = TemporaryDirectory(prefix="bowlby-bus-")
        self.path = Path(self._folder.name) / "bus"
        self._ends: tuple[int, int] | None = None
        self._plugged = True  # or shall be
        self._stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.plug()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping = True
        self._thread.join()
        self._folder.cleanup()

    def plug(self) -> None:
        self._plug(so=True)

    def unplug(self) -> None:
        """Whoever holds the other end finds that it has gone. The servos have a supply of their own, and hold on."""
        self._plug(so=False)

    def _plug(self, *, so: bool) -> None:
        self._plugged = so
        while (self._ends is not None) is not so:  # the thread does it
            nap(PERIOD_S / 5)

    def _begin(self) -> None:
        near, far = os.openpty()
        os.set_blocking(near, False)
        tty.setraw(far)
        self.path.symlink_to(os.ttyname(far))
        self._ends = near, far

    def _end(self) -> None:
        if self._ends is not None:
            self.path.unlink()
            for end in self._ends:
                os.close(end)
        self._ends = None

    def _run(self) -> None:
        then = stopwatch()
        while not self._stopping:
            if self._plugged and self._ends is None:
                self._begin()
            elif self._ends is not None and not self._plugged:
                self._end()
            data = self._take()
            now = stopwatch()
            self.bus.advance(min(now - then, 1.0))
            then = now
            if data and self._ends is not None:
                with contextlib.suppress(OSError):  # what nobody takes is lost, as on a wire
                    os.write(self._ends[0], self.bus.answer(data))
        self._end()

    def _take(self) -> bytes:
        """What is sent, within a moment."""
        if self._ends is None:
            nap(PERIOD_S)
            return b""
        near = self._ends[0]
        return os.read(near, 4096) if select.select([near], [], [], PERIOD_S)[0] else b""
