"""The memory as a database: made, checked to be one, and brought up to this version; and its rows, damaged or not."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from robot.memory.disk_image import PAGE, DiskImage
from robot.memory.rows import StoredRow, as_found, read
from robot.memory.salvage import salvage
from robot.memory.schema import SCHEMA, UPGRADES, VERSION

if TYPE_CHECKING:
    from pathlib import Path

BUSY_S = 5.0
DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)  # SQLite's own words may be damaged, too
LONGEST_CAUSE = 100


class NewerError(Exception):
    """The file is of a version that this program does not know."""


def in_ram() -> sqlite3.Connection:
    """An empty memory without a file."""
    return prepare(sqlite3.connect(":memory:", check_same_thread=False))


def rows_of_image(image: bytes) -> list[StoredRow]:
    """The rows of a memory in SQLite's own form."""
    return rows_of(DiskImage(image, torn=False))[0]


def rows_of(disk: DiskImage) -> tuple[list[StoredRow], str]:
    """Its rows, and what is wrong with it. Raises NewerError."""
    damage = "its log is damaged" if disk.torn else ""
    if not disk.pages:
        return [], damage
    with closing(sqlite3.connect(":memory:")) as store:
        try:
            store.deserialize(disk.pages)
            check_whole(store)
            _bring_up(store)
            return list(read(store)), damage
        except DAMAGED as error:
            return salvage(disk.pages), damage or str(error).splitlines()[-1][:LONGEST_CAUSE]


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)


def prepare(store: sqlite3.Connection) -> sqlite3.Connection:
    try:
        store.execute(f"PRAGMA page_size = {PAGE}")
        check_whole(store)
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")  # what was committed survives a power cut
        store.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten, not only unlinked
        store.execute("PRAGMA temp_store = MEMORY")  # nor is it in any other file
        _bring_up(store)
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


def check_whole(store: sqlite3.Connection) -> None:
    """Raises NewerError, and sqlite3.DatabaseError for what is damaged or is no memory."""
    version = store.execute("PRAGMA user_version").fetchone()[0]
    store.text_factory = as_found
    statements = _statements(store)
    if version < 0 or (version > VERSION and statements == _expected()):
        raise sqlite3.DatabaseError(f"it has no version {version}")
    if version > VERSION:
        raise NewerError(f"it is of version {version}, this program knows {VERSION}")
    found = store.execute("PRAGMA integrity_check(1)").fetchone()[0]
    store.text_factory = str
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    if others := statements - _expected():
        raise sqlite3.DatabaseError(f"it is no memory: {min(others)}")


@cache
def _expected() -> set[str]:
    """The statements that made its tables, of whichever version."""
    with closing(sqlite3.connect(":memory:")) as store:
        store.executescript(SCHEMA)
        return _statements(store)


def _statements(store: sqlite3.Connection) -> set[str]:
    """Without comments, and with single spaces."""
    rows = store.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {" ".join(re.sub(r"--[^\n]*", "", sql).split()) for (sql,) in rows}
