"""The listener's process, lent by one test of a module to the next: it takes a second to load a recogniser."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import stopwatch
from robot.parts.workers import Worker
from robot.sense.hearing.worker_messages import Done

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGUN_AS = "robot.sense.hearing.worker_client.Worker"
BEFORE = -1.0  # robot time of which no test gives sound
EMPTIES_WITHIN_S = 60.0


@contextmanager
def lent_listeners() -> Iterator[None]:
    """For the tests of a module, whose listeners are begun with what an earlier one has left."""
    listeners = Listeners()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BEGUN_AS, listeners.lend)
        yield
    listeners.end()


class Listeners:
    """Takes the place of `Worker` where a listener is begun. A process has one user at a time."""

    def __init__(self) -> None:
        self._idle: list[_Lent] = []

    def lend(self, target: str, *, name: str, spare: frozenset[str]) -> Worker:
        """One that another test is done with, or a new one."""
        return self._idle.pop() if self._idle else _Lent(self._idle, target, name, spare)

    def end(self) -> None:
        """Free those that nobody uses."""
        while self._idle:
            self._idle.pop().end()


class _Lent(Worker):
    """Is not ended when its user closes it, unless it died."""

    def __init__(self, idle: list[_Lent], target: str, name: str, spare: frozenset[str]) -> None:
        super().__init__(target, name=name, spare=spare)
        self._others = idle

    def close(self) -> None:
        if self._empty():
            self._others.append(self)
        else:
            self.end()

    def end(self) -> None:
        super().close()

    def _empty(self) -> bool:
        """Let it forget what was begun, and take out what it still has to tell; whether it lives."""
        self.send(("reset",))
        self.send(("sound", BEFORE, b"", False))
        until = stopwatch() + EMPTIES_WITHIN_S
        while self.alive and stopwatch() < until:
            if any(isinstance(one, Done) and one.t == BEFORE for one in self.receive()):
                return True
            self.wait(until - stopwatch())
        return False
