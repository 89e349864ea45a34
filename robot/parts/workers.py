"""A process of our own for what would hold the interpreter or may hang (speech, recognition): it can be killed.

Two threads carry messages, so that `send` and `receive` return at once. The process ends by itself when its parent
does, also while it is made to rest by turns (`pace`). Its target, given as "module:function", is called as
`target(pipe)` and takes messages by `pipe.recv()` until EOFError. It starts with nothing but its own module imported: a
fresh interpreter, no copy of this one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

_STOP = object()
_BEGIN = "import sys; from robot.parts.workers import work; work(sys.argv[1], int(sys.argv[2]))"
ENDING_S = 1.0  # from the end of a process's pipe to its own
PR_SET_PDEATHSIG = 1  # prctl(2)
BEAT_S = 0.02  # the loop's own: a process that may work half of the time works and rests 10 ms by turns


class _Failed(NamedTuple):
    """What a process says before it ends by an error."""

    error: str


class Worker:
    """One running process. Not to be used again after `close`."""

    def __init__(self, target: str, *, name: str, backlog: int = 256, spare: frozenset[str] | None = None) -> None:
        """`backlog`: messages that may wait; `spare`: the kinds, which are their first item, of which the oldest is
        dropped beyond that, or None for any. Raises OSError where the machine has no process or thread to spare.
        """
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN, target, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # libraries that print must not write into somebody's JSON
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            self._pipe = Connection(ours.detach())
        self._outbox: deque[Any] = deque()
        self._backlog, self._spare = backlog, spare
        self._inbox: deque[Any] = deque()
        self._change = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._gone = False
        self._complaint = ""  # the last words of a process that ended by an error
        self._waits = 0.0
        self._share = 1.0
        self._pacer: threading.Thread | None = None
        self._over = threading.Event()  # closed, as told to the pacer
        self._name = name
        try:
            for kind, run in (("write", self._write), ("read", self._read)):
                thread = threading.Thread(target=run, name=f"{name}-{kind}", daemon=True)
                thread.start()
                self._threads.append(thread)
        except RuntimeError as error:
            self.close()
            raise OSError(errno.EAGAIN, str(error)) from error

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return not self._gone and not self._closed

    @property
    def toil(self) -> float:
        """What it has done so far, in processor seconds: where that stands still it hangs. A process that waits for a
        processor or for a disk is slow and does not hang: each look at it then counts a little.
        """
        try:
            status = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:  # it is gone
            return self._waits
        if status[0] in {"R", "D"}:
            self._waits += 1e-3
        return (int(status[11]) + int(status[12])) / os.sysconf("SC_CLK_TCK") + self._waits

    @property
    def ended(self) -> str:
        """How it ended: "signal 9", "exit code 1: MemoryError"; "" while it runs."""
        if self.alive:
            return ""
        try:
            code = self._process.wait(ENDING_S)
        except subprocess.TimeoutExpired:
            return "its pipe is closed"
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"{how}: {self._complaint}" if self._complaint else how

    def send(self, message: Any) -> None:
        """Queue a message; when the process is behind by the whole backlog the oldest that may be is dropped."""
        with self._change:
            self._outbox.append(message)
            if len(self._outbox) > self._backlog:
                waiting = enumerate(self._outbox)
                oldest = next((at for at, one in waiting if self._spare is None or one[0] in self._spare), None)
                if oldest is not None:
                    del self._outbox[oldest]
            self._change.notify_all()

    def receive(self) -> list[Any]:
        """All messages that have come."""
        if not self._inbox:
            return []
        out = []
        while self._inbox:
            out.append(self._inbox.popleft())
        return out

    def pace(self, share: float) -> None:
        """Let the process work this share of the time only, 0..1, and rest by turns."""
        with self._change:
            self._share = share
            self._change.notify_all()
        if share < 1.0 and self._pacer is None:
            self._pacer = threading.Thread(target=self._rest_by_turns, name=f"{self._name}-pace", daemon=True)
            self._pacer.start()

    def wait(self, seconds: float) -> bool:
        """Wait until something can be received or the process is gone; False when time is up."""
        with self._change:
            return self._change.wait_for(lambda: bool(self._inbox) or self._gone, seconds)

    def close(self) -> None:
        """Kill the process and free its pipe and threads; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self._over.set()
        if self._pacer is not None:
            with self._change:
                self._change.notify_all()
            self._pacer.join()
        self._process.kill()
        self._process.wait()
        with self._change:
            self._outbox.append(_STOP)
            self._change.notify_all()
        for thread in self._threads:
            thread.join()
        self._pipe.close()

    def _rest_by_turns(self) -> None:
        while not self._closed:
            share = self._share
            if share < 1.0:
                self._process.send_signal(signal.SIGSTOP)
                self._over.wait(BEAT_S * (1.0 - share))
                self._process.send_signal(signal.SIGCONT)
                self._over.wait(BEAT_S * share)
            else:
                with self._change:
                    self._change.wait_for(lambda: self._closed or self._share < 1.0)

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
            if isinstance(message, _Failed):
                self._complaint = message.error
                continue
            with self._change:
                self._inbox.append(message)
                self._change.notify_all()
        with self._change:
            self._gone = True
            self._change.notify_all()


def at_parents_end(sent: signal.Signals) -> None:
    """Have this process sent a signal when its parent ends, or when only the thread does that started it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sent)


def work(target: str, handle: int) -> None:
    """The process, from its begin to its end."""
    at_parents_end(signal.SIGCONT)  # so that one that rests finds its pipe closed; a thread's end does it no harm
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))  # the parent's limit is for calls of its own
    module, function = target.split(":")
    pipe = Connection(handle)
    try:
        getattr(import_module(module), function)(pipe)
    except (EOFError, ConnectionError):  # the parent has gone
        return
    except Exception as error:
        pipe.send(_Failed(f"{type(error).__name__}: {error}"))
        raise
