"""What opening the file would meet, found without changing anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from robot.core.errors import PartError
from robot.memory.database import BUSY_S, check_whole, in_ram, rows_of
from robot.memory.disk_image import read_disk
from robot.memory.hold import hold
from robot.memory.rows import StoredRow, check, read

if TYPE_CHECKING:
    from pathlib import Path


class Examined(NamedTuple):
    """What opening the file would meet: rows that can be used, rows that cannot, and why the file as a whole cannot."""

    good: int
    bad: int
    damage: str


def examine(path: Path) -> Examined:
    """What opening the file would meet; nothing is changed. Raises OSError where it cannot be read, NewerError, and
    sqlite3.DatabaseError where a robot that runs with it is busy.
    """
    path = path.resolve()
    try:
        held = hold(path)
    except PartError:  # a robot runs with it: SQLite gives the state between two of its transactions
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_S)) as store:
            check_whole(store)
            return _found(list(read(store)), "")
    with held:
        return _found(*rows_of(read_disk(path)))


def _found(rows: list[StoredRow], damage: str) -> Examined:
    with closing(in_ram()) as scratch:
        checked = check(rows, scratch)
    return Examined(len(checked.good), len(checked.bad), damage)
