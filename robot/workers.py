"""A process of our own for what would hold the interpreter or may hang (speech, recognition): it can be killed.

Two threads carry messages, so that `send` and `receive` return at once. The process ends by itself when its parent
does. Its target is called as `target(pipe, *args)` and takes messages by `pipe.recv()` until EOFError.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_STOP = object()


class Worker:
    """One running process. Not to be used again after `close`."""

    def __init__(
        self, target: Callable[..., None], args: tuple[Any, ...] = (), *, name: str, backlog: int = 256
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, child = context.Pipe()
        self._process = context.Process(target=_run, args=(target, child, args), name=name, daemon=True)
        self._process.start()
        child.close()
        self._outbox: deque[Any] = deque(maxlen=backlog)
        self._inbox: deque[Any] = deque()
        self._change = threading.Condition()
        self._threads = [
            threading.Thread(target=self._write, name=f"{name}-write", daemon=True),
            threading.Thread(target=self._read, name=f"{name}-read", daemon=True),
        ]
        self._closed = False
        self._gone = False
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return not self._gone and not self._closed

    def send(self, message: Any) -> None:
        """Queue a message; when the process is behind by the whole backlog the oldest is dropped."""
        with self._change:
            self._outbox.append(message)
            self._change.notify_all()

    def receive(self) -> list[Any]:
        """All messages that have come."""
        if not self._inbox:
            return []
        out = []
        while self._inbox:
            out.append(self._inbox.popleft())
        return out

    def wait(self, seconds: float) -> bool:
        """Wait until something can be received or the process is gone; False when time is up."""
        with self._change:
            return self._change.wait_for(lambda: bool(self._inbox) or self._gone, seconds)

    def close(self) -> None:
        """Kill the process and free its pipes and threads; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self._process.kill()
        self._process.join()
        with self._change:
            self._outbox.append(_STOP)
            self._change.notify_all()
        for thread in self._threads:
            thread.join()
        self._pipe.close()
        self._process.close()

    def _write(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: bool(self._outbox))
                message = self._outbox.popleft()
            if message is _STOP:
                return
            try:
                self._pipe.send(message)
            except OSError:  # the process is gone; `_read` tells it
                return

    def _read(self) -> None:
        while True:
            try:
                message = self._pipe.recv()
            except (EOFError, OSError):
                break
            with self._change:
                self._inbox.append(message)
                self._change.notify_all()
        with self._change:
            self._gone = True
            self._change.notify_all()


def _run(target: Callable[..., None], pipe: Connection, args: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # libraries that print must not write into somebody's JSON
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # lives as long as the process
    try:
        target(pipe, *args)
    except (EOFError, BrokenPipeError):  # the parent has gone
        return
