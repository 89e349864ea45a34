"""A watch over strangers' code that is run once more, for a replay: nothing of it goes out of the mind.

What would write a file, reach another machine or start a program is refused with a PermissionError where it is tried,
and noted. It is found by Python's audit events (PEP 578): no wall, for code that means harm gets round it.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from threading import Thread, current_thread
from threading import enumerate as threads
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from weakref import WeakSet

from robot.decide.oversight import Oversight

if TYPE_CHECKING:
    from collections.abc import Callable

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
MOST_TOLD = 100
COMPILED = "__pycache__"  # what Python keeps of a file that it has read
REFUSED = frozenset(
    {
        *(f"os.{deed}" for deed in ("remove", "rename", "mkdir", "rmdir", "link", "symlink", "truncate")),
        *(f"os.{deed}" for deed in ("chmod", "chown", "utime", "setxattr", "removexattr", "kill", "killpg")),
        *(f"os.{deed}" for deed in ("system", "exec", "posix_spawn", "spawn", "fork", "forkpty")),
        *(f"socket.{deed}" for deed in ("connect", "bind", "sendto", "sendmsg", "getaddrinfo")),
        *(f"socket.{deed}" for deed in ("gethostbyname", "gethostbyaddr")),
        *("subprocess.Popen", "pty.spawn", "webbrowser.open"),
    }
)


class RefusedDeed(NamedTuple):
    """What a behaviour, a file while it was loaded, or a thread of theirs was not let do."""

    name: str
    deed: str


class HarmlessOversight(Oversight):
    """Lets a replay run strangers' code without what it does to the world, within a `with`."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: dict[RefusedDeed, int] = {}  # and how often
        self._own = set(threads())
        self._strays: WeakSet[Thread] = WeakSet()  # that strangers' code has begun
        self._inside = False

    def __enter__(self) -> Self:
        self._inside = True
        if self._hear not in _watches():
            _watches().append(self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        self._inside = False
        self._strays.update(thread for thread in threads() if thread not in self._own)
        if not self._strays:
            _watches().remove(self._hear)

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        """Raises PermissionError where strangers' code does what is refused."""
        thread = current_thread()
        stray = thread in self._strays or (self._inside and thread not in self._own)
        if (self.at_work or stray) and (deed := _deed(event, given)):
            one = RefusedDeed("a thread" if stray else self._name, deed)
            if len(self.refused) < MOST_TOLD or one in self.refused:
                self.refused[one] = self.refused.get(one, 0) + 1
            raise PermissionError(f"a replay does not let it {deed}")


@cache
def _watches() -> list[Callable[[str, tuple[Any, ...]], None]]:
    """Who hears of each event. Python lets no hook go, so there is one for all of the process's time."""
    watches: list[Callable[[str, tuple[Any, ...]], None]] = []

    def hear(event: str, given: tuple[Any, ...]) -> None:
        for watch in watches:
            watch(event, given)

    sys.addaudithook(hear)
    return watches


def _deed(event: str, given: tuple[Any, ...]) -> str:
    """What is refused, in short; empty where it is let do it."""
    if event == "open":
        place, _, flags = given
        written = isinstance(flags, int) and flags & WRITES and not isinstance(place, int) and place != os.devnull
        return f"write {os.fsdecode(place)}" if written and COMPILED not in os.fsdecode(place) else ""
    if event == "sqlite3.connect":
        return f"open {given[0]}" if given[0] != ":memory:" else ""
    if event not in REFUSED or COMPILED in str(given[:1]):
        return ""
    about = next((str(one) for one in given if isinstance(one, str | bytes | tuple) and one), "")
    return f"do {event} {about}".rstrip()
