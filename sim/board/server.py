"""A simulated board at true speed behind a pty or a TCP port: what the client cannot tell from a real one."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import threading
import tty
from typing import TYPE_CHECKING, Self

from firmware_bridge import table
from robot.core.clock import stopwatch
from robot.core.errors import InputError
from sim.board.firmware import Board

if TYPE_CHECKING:
    from collections.abc import Callable


KEPT = 30_000  # servo frames of pulses: ten minutes


class BoardServer:
    """Runs a board in a thread; `drop()` cuts the line as an unplugged cable does, `plug()` mends it."""

    def __init__(self, answer: Callable[[bytes], bytes] | None = None, port: int = 0) -> None:
        """`answer` takes the place of the firmware. Raises InputError when the port is taken; 0 chooses a free one."""
        self.board = Board()
        self.pulses: list[tuple[int, ...]] = []
        self._answer = answer
        try:
            self._listener = socket.create_server(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise InputError(f"port {port} cannot be opened: {error}", remedy="choose another by --port") from error
        self.port = int(self._listener.getsockname()[1])
        self.address = f"socket://127.0.0.1:{self.port}"
        self._peer: socket.socket | None = None
        self._master = -1
        self._plugged = True
        self._stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def pty(self) -> str:
        """Serve a pty; gives the path of its other end."""
        self._master, slave = os.openpty()
        os.set_blocking(self._master, False)
        tty.setraw(slave)
        self._slave = slave
        return f"serial:{os.ttyname(slave)}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stopping = True
        self._thread.join()
        self._hang_up()
        self._listener.close()
        if self._master >= 0:
            os.close(self._master)
            os.close(self._slave)

    def drop(self) -> None:
        self._plugged = False

    def plug(self) -> None:
        self._plugged = True

    def _hang_up(self) -> None:
        if self._peer is not None:
            self._peer.close()
            self._peer = None

    def _take(self, wait: float) -> bytes:
        if self._master >= 0:
            ready, _, _ = select.select([self._master], [], [], wait)
            return os.read(self._master, 4096) if ready else b""
        if not self._plugged:
            self._hang_up()
            ready, _, _ = select.select([self._listener.fileno()], [], [], wait)
            if ready and not self._plugged:
                self._listener.accept()[0].close()
            return b""
        if self._peer is None:
            ready, _, _ = select.select([self._listener.fileno()], [], [], wait)
            if ready:
                self._peer = self._listener.accept()[0]
                self._peer.setblocking(False)
                self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return b""
        ready, _, _ = select.select([self._peer.fileno()], [], [], wait)
        data = b""
        if ready:
            with contextlib.suppress(ConnectionError):
                data = self._peer.recv(4096)
            if not data:
                self._hang_up()
        return data

    def _give(self, data: bytes) -> None:
        """What nobody reads is lost, as on a wire."""
        with contextlib.suppress(BlockingIOError, ConnectionError):
            if self._master >= 0:
                os.write(self._master, data)
            elif self._peer is not None:
                self._peer.sendall(data)

    def _run(self) -> None:
        began = stopwatch()
        frame = table.FRAME_US
        while not self._stopping:
            now = int((stopwatch() - began) * 1e6)
            data = self._take(max(frame - now, 0) / 1e6)
            now = min(int((stopwatch() - began) * 1e6), frame - 1)
            if self._answer is not None:
                out = self._answer(data) if data else b""
                frame += table.FRAME_US * (stopwatch() - began > frame / 1e6)
            else:
                out = self.board.tick(data, now, now) if data else b""
                if (stopwatch() - began) * 1e6 >= frame:
                    out += self.board.tick(b"", frame - 1, frame)
                    self.pulses.append(self.board.pulses())
                    del self.pulses[:-KEPT]
                    frame += table.FRAME_US
            if out:
                self._give(out)
