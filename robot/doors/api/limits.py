"""How fast a program may ask, how much may wait for it, how many lines it may hold; beside the page's own limits."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from robot.core.clock import stopwatch
from robot.doors.api.problems import ProblemError
from robot.page.server.access import Paces
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.doors.keys import DoorKey

WAITING = 8  # calls of one key whose effect is waited for
ACTS_AT_ONCE, ACTS_PER_S = 20, 5  # a robot can say and show no more than that
LINES_A_KEY = 4
LINES = 16
SOON = {"Retry-After": "1"}


class KeyLimits:
    """Counted by the names of keys."""

    def __init__(self) -> None:
        self._asked = Paces(burst=60, rate=20)
        self._acted = Paces(burst=ACTS_AT_ONCE, rate=ACTS_PER_S)
        self._wrong = Paces(burst=20, rate=1)  # by address, since there is no key to go by
        self._waiting: Counter[str] = Counter()
        self._lines: Counter[str] = Counter()

    def ask(self, key: DoorKey) -> bool:
        """Whether it may ask anything now."""
        return self._asked.take(key.name, stopwatch())

    def may_err(self, peer: str) -> bool:
        """Whether somebody may try one more wrong key."""
        return self._wrong.take(peer, stopwatch())

    def act(self, key: DoorKey) -> None:
        """Raises ProblemError when it acts too fast."""
        if not self._acted.take(key.name, stopwatch()):
            raise _too_fast()

    @contextmanager
    def waiting(self, key: DoorKey) -> Iterator[None]:
        """Wait for an effect. Raises ProblemError where too many wait already."""
        if self._waiting[key.name] >= WAITING:
            raise _too_fast()
        with _counted(self._waiting, key.name):
            yield

    @contextmanager
    def line(self, key: DoorKey) -> Iterator[bool]:
        """Hold a line, if there is one left."""
        if self._lines[key.name] >= LINES_A_KEY or self._lines.total() >= LINES:
            yield False
            return
        with _counted(self._lines, key.name):
            yield True


@contextmanager
def _counted(counter: Counter[str], name: str) -> Iterator[None]:
    counter[name] += 1
    try:
        yield
    finally:
        counter[name] -= 1
        if not counter[name]:
            del counter[name]


def _too_fast() -> ProblemError:
    return ProblemError(429, sentence("doors.too_fast"), sentence("doors.slower"), SOON)
