"""The memory's file: private, durable, read in any state, and set aside rather than lost where it is damaged.

Opening it never ends a run. A row that cannot be used is set aside by itself; where the file's order is damaged, the
file is, and every row that can still be read goes into a new one. Where nothing can be written, the robot runs with
what could be read, in RAM, and the file is written when that becomes possible.
"""

from __future__ import annotations

import errno
import glob
import hashlib
import logging
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, BinaryIO

from robot.core.errors import PartError
from robot.core.private_file import write_private
from robot.memory.database import DAMAGED, NewerError, connect, in_ram, prepare, rows_of
from robot.memory.disk_image import DiskImage, read_disk
from robot.memory.hold import HELD, HELD_REMEDY, HOLD_TRIES, hold
from robot.memory.rows import Checked, StoredRow, check, read
from robot.memory.schema import VERSION
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.clock import Clock

log = logging.getLogger(__name__)

PRIVATE = 0o600
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# what says nothing against the file: a full disk, for one, must not cost anybody their memory
WHOLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
}
LEAST_BYTES = 64 * 1024  # the index of the log alone takes half of it


class MemoryFile:
    """One file. `open` it once, `close` it last: closing a file ends SQLite's own locks on it."""

    def __init__(self, path: Path, clock: Clock, *, beside: bool) -> None:
        """`beside`: another program may hold the file; then nothing damaged is set aside."""
        self.path = path.resolve()  # SQLite keeps its log where a link leads
        self.damage: AnyText = ""  # what was set aside on opening
        self.failure: AnyText = ""  # why it cannot be written
        self.full = False  # that is for lack of room
        self.unread = False  # what it holds is not known
        self._clock = clock
        self._beside = beside
        self._held: BinaryIO | None = None
        self._was: bytes | None = None  # what it held on opening, as a digest; None when it is never to be written

    def open(self, into: sqlite3.Connection) -> sqlite3.Connection | None:
        """Read it into an empty memory, and give the connection to write by; None where that cannot be, which
        `failure` tells. Raises PartError when another program holds it.
        """
        disk: DiskImage | None = None
        try:
            self._hold()
            disk = read_disk(self.path)
            self._was = _digest(disk)
            return self._opened(disk, into)
        except NewerError as error:
            self._leave_alone(error)
        except (OSError, sqlite3.DatabaseError) as error:
            self._fail(error)
            self._read_alone(disk, into)
        return None

    def reach(self) -> sqlite3.Connection | None:
        """A connection to write by, where it could not be written before and nobody else has changed it since. Raises
        OSError and sqlite3.DatabaseError while that cannot be.
        """
        if self._was is None:
            return None
        self._hold()
        disk = read_disk(self.path)
        if _digest(disk) != self._was:
            self.failure, self._was = sentence("health.memory_changed"), None
            return None
        with closing(in_ram()) as scratch:
            store = self._opened(disk, scratch)
        self.failure = ""
        return store

    def close(self) -> None:
        if self._held is not None:
            self._held.close()

    def drop_set_aside(self) -> None:
        """Delete the damaged files that were set aside: nobody can look into them. Raises OSError."""
        for file in set_aside(self.path):
            file.unlink()
        self.damage = ""

    # ------------------------------------------------------------ inside

    def _hold(self) -> None:
        """Have the file for this program alone: a robot that runs has all of it in RAM and would write again what
        another program made it forget.
        """
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))
        if self._held is None and not self._beside:
            self._held = hold(self.path, HOLD_TRIES)
        if self.path.stat().st_mode & 0o077:
            self.path.chmod(PRIVATE)  # before SQLite opens it; its log and index take the same

    def _read_alone(self, disk: DiskImage | None, into: sqlite3.Connection) -> None:
        """What the file holds, where not even that can be written which a start writes."""
        try:
            disk = disk or read_disk(self.path)
            rows, _ = rows_of(disk)
        except OSError:
            self.unread = True
        except NewerError as error:
            self._leave_alone(error)
        else:
            self._was = _digest(disk)
            check(rows, into)

    def _leave_alone(self, error: NewerError) -> None:
        self.failure, self.full = sentence("health.memory_newer", error=str(error)), False
        self.unread, self._was = True, None

    def _opened(self, disk: DiskImage, into: sqlite3.Connection) -> sqlite3.Connection:
        if not disk.torn:
            try:
                return self._read(into)
            except DAMAGED as error:
                code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
                if code in BUSY:
                    raise PartError(HELD, place=str(self.path), remedy=HELD_REMEDY) from error
                if code in WHOLE:
                    raise
        rows, cause = rows_of(disk)
        checked = check(rows, into)
        return self._begin_anew(checked, cause, into)

    def _read(self, into: sqlite3.Connection) -> sqlite3.Connection:
        store = prepare(connect(self.path))
        try:
            store.execute(f"PRAGMA user_version = {VERSION}")  # raises where the disk is locked, else changes nothing
            checked = check(list(read(store)), into)
            if checked.bad and not self._beside:
                self._set_rows_aside(checked.bad, store)
        except BaseException:  # whatever it was goes on; the file must not stay open
            store.close()
            raise
        return store

    def _set_rows_aside(self, bad: list[StoredRow], store: sqlite3.Connection) -> None:
        aside = self._aside(".json")
        aside.touch(PRIVATE, exist_ok=False)
        with aside.open("w", encoding="utf-8") as file:
            file.writelines(f"{row.as_json()}\n" for row in bad)
            file.flush()
            os.fsync(file.fileno())
        with store:
            for row in bad:
                row.drop(store)
        self.damage = sentence("health.memory_rows_aside", n=len(bad), file=str(aside))
        log.error("the memory: %s", words(self.damage))

    def _begin_anew(self, checked: Checked, cause: str, into: sqlite3.Connection) -> sqlite3.Connection:
        """Put a new file in its place once that is whole; where it cannot be, all is as it was."""
        if self._beside:
            raise OSError(0, f"it is damaged: {cause}")
        aside = self._aside("")
        fresh = aside.with_name(f"{aside.name}-fresh")  # what a killed run leaves of it goes with what is set aside
        write_private(fresh, into.serialize())
        held = hold(fresh)
        try:
            store = self._swapped(fresh, aside)
        except BaseException:
            held.close()
            raise
        self.close()
        self._held = held
        self.damage = sentence("health.memory_file_aside", n=len(checked.good), file=str(aside), error=cause)
        log.error("the memory: %s", words(self.damage))
        return store

    def _swapped(self, fresh: Path, aside: Path) -> sqlite3.Connection:
        pieces = {self.path.with_name(self.path.name + part): part for part in ("-shm", "-wal", "")}
        old = [piece for piece in pieces if piece.exists()]
        there = {piece: aside.with_name(aside.name + pieces[piece]) for piece in old}
        try:
            for piece in old:
                piece.rename(there[piece])
            fresh.rename(self.path)
            return prepare(connect(self.path))
        except BaseException:  # whatever it was goes on; a new file that cannot be used must not stay
            if not fresh.exists():
                for piece in pieces:
                    piece.unlink(missing_ok=True)
            for piece in old:
                if there[piece].exists():
                    there[piece].rename(piece)
            fresh.unlink(missing_ok=True)
            raise

    def _aside(self, ending: str) -> Path:
        """A name beside it that is free."""
        name = f"{self.path.name}.damaged-{self._clock.civil():%Y%m%dT%H%M%S}"
        tries = (self.path.with_name(f"{name}{more}{ending}") for more in ("", *(f"-{n}" for n in range(2, 10_000))))
        return next(path for path in tries if not path.exists())

    def _fail(self, error: OSError | sqlite3.DatabaseError) -> None:
        why: AnyText = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        with suppress(OSError):  # there is not even a folder
            free = shutil.disk_usage(self.path.parent).free
            self.full = is_full(error) or free < LEAST_BYTES  # which SQLite calls by many names
            why = sentence("health.memory_disk_full", kib=free // 1024) if self.full else why
        self.failure = sentence("health.memory_in_ram", error=why)
        log.error("the memory: %s", words(self.failure))


def is_full(error: OSError | sqlite3.Error) -> bool:
    """Whether a disk without room is what is wrong."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


def set_aside(path: Path) -> list[Path]:
    """Damaged files that were set aside, with their logs: they may hold what somebody wants forgotten."""
    path = path.resolve()
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.damaged-*"))


def _digest(disk: DiskImage) -> bytes:
    return hashlib.sha256(disk.pages).digest()
