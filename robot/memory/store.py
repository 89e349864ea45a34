"""Opens the memory file safely: private, durable, and set aside rather than lost when it is damaged."""

from __future__ import annotations

import fcntl
import glob
import logging
import os
import sqlite3
from typing import TYPE_CHECKING, BinaryIO

from robot.core.errors import PartError
from robot.memory.schema import SCHEMA, UPGRADES, VERSION

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

log = logging.getLogger(__name__)

PRIVATE = 0o600
BUSY_S = 5.0
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
HELD = "another program holds the memory"
HELD_REMEDY = "tell the robot that runs, aloud or on its page; or end it first"
# what says nothing against the file: a full disk, for one, must not cost anybody their memory
WHOLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
}


def open_store(path: Path | None, civil: datetime) -> sqlite3.Connection:
    """A connection to the file, made if need be; in memory alone when `path` is None.

    A damaged file is renamed with the date, and a new one begun. Raises PartError when neither can be done, or when
    the file is of a newer version.
    """
    if path is None:
        return _prepare(sqlite3.connect(":memory:", check_same_thread=False))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(path)
        return _prepare(_connect(path))
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in BUSY:
            raise PartError(HELD, place=str(path), remedy=HELD_REMEDY) from error
        if code in WHOLE:
            raise PartError(
                f"the memory cannot be opened: {error}",
                place=str(path),
                remedy="free some room on its disk, and check the folder's owner",
            ) from error
        return _begin_anew(path, civil, error)
    except OSError as error:
        raise PartError(
            f"the memory cannot be opened: {error.strerror}",
            place=str(path),
            remedy="check the folder's owner and space",
        ) from error


def hold(path: Path) -> BinaryIO:
    """The file for one program alone, until closed: a robot that runs has all of it in RAM and would write again what
    another program made it forget. To be closed after the store, since closing a file ends SQLite's own locks on it.
    Raises PartError when another program holds it.
    """
    file = path.open("rb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise PartError(HELD, place=str(path), remedy=HELD_REMEDY) from error
    return file


def set_aside(path: Path) -> list[Path]:
    """Damaged files that were set aside, with their logs: they may hold what somebody wants forgotten."""
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.damaged-*"))


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)


def _make_private(path: Path) -> None:
    """Create the file with nobody else's rights before SQLite does; its log and index take the same."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE))
    path.chmod(PRIVATE)


def _prepare(store: sqlite3.Connection) -> sqlite3.Connection:
    try:
        _check_version(store)
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")  # what was committed survives a power cut
        store.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten, not only unlinked
        _bring_up(store)
        _check(store)
    except BaseException:  # whatever it was goes on; the file must not stay open
        store.close()
        raise
    return store


def _bring_up(store: sqlite3.Connection) -> None:
    found = store.execute("PRAGMA user_version").fetchone()[0]
    if found == 0:
        store.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        return
    for version in range(found, VERSION):
        store.executescript(f"BEGIN; {UPGRADES[version]} PRAGMA user_version = {version + 1}; COMMIT;")


def _check_version(store: sqlite3.Connection) -> None:
    found = store.execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise PartError(
            f"the memory is of version {found}, this program knows {VERSION}",
            place="memory",
            remedy="update bowlby, or move the file away to begin anew",
        )


def _check(store: sqlite3.Connection) -> None:
    found = store.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _begin_anew(path: Path, civil: datetime, error: sqlite3.DatabaseError) -> sqlite3.Connection:
    aside = path.with_name(f"{path.name}.damaged-{civil:%Y%m%dT%H%M%S}")
    try:
        for part in ("", "-wal", "-shm"):
            piece = path.with_name(path.name + part)
            if piece.exists():
                piece.rename(aside.with_name(aside.name + part))
        log.error("the memory was damaged (%s); it is kept as %s and a new one begun", error, aside)
        _make_private(path)
        return _prepare(_connect(path))
    except (OSError, sqlite3.DatabaseError) as second:
        raise PartError(
            f"the memory is damaged ({error}) and cannot be begun anew: {second}",
            place=str(path),
            remedy="move the file away by hand",
        ) from second
