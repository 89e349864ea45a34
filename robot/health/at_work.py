"""What strangers' code is at work at this moment, where a process that dies or hangs leaves it for whoever comes next.

Files of 128 bytes in shared memory: noting costs no system call, and what was noted outlives the process.
"""

from __future__ import annotations

import logging
import mmap
import os
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

IN_LOOP, IN_FILES = "at-work", "at-load"  # a file each for what behaviours do in the loop, and files when loaded
SIZE, LONGEST = 128, 96
HEAD = struct.Struct("<QII")  # calls begun and ended, so that it is odd within one; the process; looks at it
CALLS = struct.Struct("<Q")  # the first of them
LOOKS_AT, NAME_AT = 12, 16


class CallNote(NamedTuple):
    """A call that has begun and not ended."""

    calls: int
    pid: int
    looks: int
    name: str


class AtWork:
    """The file, written by one robot; see `robot.decide.oversight.Ledger`."""

    def __init__(self, file: mmap.mmap) -> None:
        self._file = file
        self._calls = 0
        self._looks = 0
        HEAD.pack_into(self._file, 0, 0, os.getpid(), 0)

    @classmethod
    def open(cls, place: Path, which: str) -> Self | None:
        """None where it cannot be written, which is told: then nobody will know."""
        try:
            handle = os.open(place / which, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(handle, 0, SIZE)  # a hole for which the disk has no room would kill who notes in it
                return cls(mmap.mmap(handle, SIZE))
            finally:
                os.close(handle)
        except OSError as error:
            log.warning("what is at work cannot be noted at %s: %s", place, error.strerror)
            return None

    def begin(self, name: str) -> None:
        self._file[NAME_AT : NAME_AT + LONGEST] = _padded(name)
        self._calls += 1
        CALLS.pack_into(self._file, 0, self._calls)

    def end(self) -> None:
        self._calls += 1
        CALLS.pack_into(self._file, 0, self._calls)

    def looked(self) -> None:
        self._looks += 1
        struct.pack_into("<I", self._file, LOOKS_AT, self._looks)


@lru_cache(maxsize=256)
def _padded(name: str) -> bytes:
    return name.encode("utf-8", "replace")[:LONGEST].ljust(LONGEST, b"\0")


def look(place: Path) -> list[CallNote]:
    """What is at work, by what stands there; none where there are no such files."""
    notes = []
    for which in (IN_LOOP, IN_FILES):
        try:
            content = (place / which).read_bytes().ljust(SIZE, b"\0")
        except OSError:
            continue
        calls, pid, looks = HEAD.unpack_from(content)
        name = content[NAME_AT : NAME_AT + LONGEST].rstrip(b"\0").decode("utf-8", "replace")
        if calls % 2 and name:
            notes.append(CallNote(calls, pid, looks, name))
    return notes
