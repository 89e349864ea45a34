"""Follows calls through a whole simulated robot: Ada comes in and says hello, and each call is noted with its turn."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections import deque
from importlib import import_module
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

from robot.config.schema import Config
from robot.core.clock import worked
from robot.parts.workers import Worker
from sim.run.session import SimSession
from sim.world.options import Options, SightFrom, WordsFrom
from sim.world.scenario import Scenario
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import FrameType

    import pytest

SEED = 7
LENGTH_S = 4.2
TURN = "robot/loop/loop.py:Loop.turn_at"
LISTENER = "robot.sense.hearing.worker:listen"


class Call(NamedTuple):
    """A function that was entered (or left): in which turn of the loop, and on which thread."""

    name: str  # file:qualified name
    turn: int
    thread: str
    left: bool


class Trace:
    """Notes the calls of some functions, by file and name, on every thread that begins from now on."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = {*names, TURN}
        self._known: dict[Any, str] = {}  # by code object; empty for one that nobody asked for
        self._turn = -1
        self._loop = threading.get_ident()  # whoever traces turns the loop as well
        self.calls: list[Call] = []

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """As `sys.setprofile` calls it."""
        if event not in ("call", "return"):
            return
        code = frame.f_code
        name = self._known.get(code)
        if name is None:
            path = code.co_filename.removeprefix(f"{HOUSE}/")
            called = f"{path}:{code.co_qualname}"
            name = self._known[code] = called if called in self._names else ""
        if not name:
            return
        if name == TURN and event == "call":
            self._turn += 1
        thread = "loop" if threading.get_ident() == self._loop else threading.current_thread().name
        self.calls.append(Call(name, self._turn, thread, left=event == "return"))


class ListenerThread(Worker):
    """The listener as a thread, where its calls can be followed; as a process it is the same function."""

    def __init__(self, target: str, *, name: str, spare: frozenset[str]) -> None:
        del spare  # it drops nothing
        module, function = target.split(":")
        self._sockets = socket.socketpair()
        self._ours, theirs = (Connection(os.dup(one.fileno())) for one in self._sockets)
        self._found: deque[Any] = deque()
        self._news = threading.Condition()
        work = getattr(import_module(module), function)
        self._both = [
            threading.Thread(target=_until_closed, args=(work, theirs), name=name, daemon=True),
            threading.Thread(target=_until_closed, args=(self._take, self._ours), name=f"{name}-read", daemon=True),
        ]
        for thread in self._both:
            thread.start()

    def _take(self, pipe: Any) -> None:
        while True:
            message = pipe.recv()
            with self._news:
                self._found.append(message)
                self._news.notify_all()

    @property
    def alive(self) -> bool:
        return True

    @property
    def toil(self) -> float:
        return worked()

    def send(self, message: Any) -> None:
        self._ours.send(message)

    def receive(self) -> list[Any]:
        with self._news:
            found = list(self._found)
            self._found.clear()
        return found

    def wait(self, seconds: float) -> bool:
        with self._news:
            return self._news.wait_for(lambda: bool(self._found), seconds)

    def pace(self, share: float) -> None:
        pass

    def close(self) -> None:
        self._sockets[0].shutdown(socket.SHUT_RDWR)  # whoever waits at either end finds it gone
        for thread in self._both:
            thread.join()
        for one in self._sockets:
            one.close()


def _until_closed(work: Any, pipe: Any) -> None:
    try:
        work(pipe)
    except (EOFError, OSError):  # closed
        return


def walked(names: Collection[str], patch: pytest.MonkeyPatch) -> tuple[list[Call], set[str]]:
    """The calls of these functions in a run of the simulator, and the targets of the processes that it began."""
    trace, targets = Trace(names), {LISTENER}
    began = Worker.__init__

    def noted(self: Worker, target: str, **how: Any) -> None:
        targets.add(target)
        began(self, target, **how)

    patch.setattr(Worker, "__init__", noted)
    patch.setattr("robot.sense.hearing.worker_client.Worker", ListenerThread)
    patch.setattr(os, "nice", lambda _: 0)  # the listener gives way; the process of the tests need not
    scenario = Scenario.model_validate(
        {
            "about": "Ada comes in and says hello.",
            "duration_s": LENGTH_S,
            "person": [
                {
                    "name": "Ada",
                    "look": 3,
                    "way": [{"at": 2.0, "x": 1.6, "y": 0.4}],
                    "say": [{"at": 2.4, "text": "Hello"}],
                }
            ],
        }
    )
    options = Options(SightFrom.pixels, WordsFrom.sound, SEED, fast=True, fps=None, language=None)
    before = sys.getprofile()
    threading.setprofile(trace)
    try:
        with SimSession("walk", scenario, Config(), options) as session:
            sys.setprofile(trace)
            session.play(LENGTH_S)
            sys.setprofile(before)
    finally:
        sys.setprofile(before)
        threading.setprofile(before)
    return trace.calls, targets
