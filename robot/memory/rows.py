"""The rows of the memory, each checked by the types that will read it: a damaged value must not end a run.

A row is its table and its values: the row's number first, then the columns that `COLUMNS` names.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import numpy as np
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from robot.core.names import is_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST_YEAR, LAST_YEAR = 1970, 2200  # a board without a clock of its own writes dates of long ago
FACE = np.dtype("<f4")
FACE_NUMBERS = 128
NOBODY_KNOWN = 0  # whose a row is that is nobody's in particular


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("no moment")
    return text


def _day(text: str) -> str:
    if not FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR:
        raise ValueError("no day")
    return text


def _no_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return text
    raise ValueError("a day")


def _json(text: str) -> str:
    from_json(text)  # it limits how deep
    return text


def _text(text: str) -> str:
    text.encode()  # raises where bytes were no text
    return text


def _name(text: str) -> str:
    if not is_name(text):
        raise ValueError("no name")
    return text


def _face(template: bytes) -> bytes:
    numbers = np.frombuffer(template, FACE)
    if len(numbers) != FACE_NUMBERS or not np.isfinite(numbers).all():
        raise ValueError("no face")
    return template


Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Words = Annotated[str, Field(max_length=100_000), AfterValidator(_text)]
Moment = Annotated[Words, AfterValidator(_moment)]
Finite = Annotated[float, Field(allow_inf_nan=False)]

COLUMNS = {
    "person": ("name", "consented_at", "met_at"),
    "bond": ("value", "at"),
    "topic": ("person", "about", "detail", "at"),
    "event": ("kind", "at"),
    "together": ("day", "minutes"),
    "counter": ("name", "count"),
    "face": ("template", "learned_at"),
    "store": ("name", "key", "value", "person", "at"),
    "pending": ("work",),
}
WHOSE = {"bond": 0, "face": 0, "topic": 1, "store": 4}  # which of the values tells whose the row is

_STRICT = ConfigDict(strict=True)
_KINDS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(kind, config=_STRICT)
    for name, kind in {
        "person": tuple[Number, Annotated[Words, AfterValidator(_name)], Moment, Moment],
        "bond": tuple[Number, Annotated[Finite, Field(ge=0, le=1)], Moment],
        "topic": tuple[Number, Number, Words, Words | None, Moment],
        "event": tuple[Number, Words, Moment],
        "together": tuple[Number, Annotated[Words, AfterValidator(_day)], Annotated[Finite, Field(ge=0)]],
        "counter": tuple[Number, Annotated[Words, AfterValidator(_no_day)], Annotated[Number, Field(ge=0)]],
        "face": tuple[Number, Annotated[bytes, AfterValidator(_face)], Moment],
        "store": tuple[Number, Words, Words, Annotated[Words, AfterValidator(_json)], Number, Moment],
        "pending": tuple[Number, Words],
    }.items()
}


class StoredRow(NamedTuple):
    """One row of a table."""

    table: str
    values: tuple[Any, ...]

    def put(self, store: sqlite3.Connection) -> None:
        """Raises sqlite3.IntegrityError where another row has its place."""
        columns = ("rowid", *COLUMNS[self.table])
        gaps = ", ".join("?" * len(columns))
        store.execute(f"INSERT INTO {self.table} ({', '.join(columns)}) VALUES ({gaps})", self.values)  # noqa: S608 - names of our own

    def drop(self, store: sqlite3.Connection) -> None:
        store.execute(f"DELETE FROM {self.table} WHERE rowid = ?", self.values[:1])  # noqa: S608 - names of our own

    def as_json(self) -> str:
        """For a person to read, whatever it holds."""
        named = dict(zip(("row", *COLUMNS[self.table]), self.values, strict=True))
        return json.dumps({"table": self.table, **named}, default=lambda blob: blob.hex())


def fits(row: StoredRow) -> bool:
    """Whether what will read it can."""
    try:
        _KINDS[row.table].validate_python(row.values)
    except (ValidationError, OverflowError, RecursionError):
        return False
    return True


class Checked(NamedTuple):
    """Rows that may be used, and those that may not."""

    good: list[StoredRow]
    bad: list[StoredRow]


def check(rows: Iterable[StoredRow], into: sqlite3.Connection) -> Checked:
    """Put each row that fits into a memory, in place of what is there. What hangs on somebody whose own row is damaged
    does not fit: their number may be another's one day.
    """
    good: list[StoredRow] = []
    bad: list[StoredRow] = []
    order = list(COLUMNS)
    known = {NOBODY_KNOWN}
    for table in order:
        into.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    for row in sorted(rows, key=lambda row: (order.index(row.table), row.values[0])):
        whose = row.values[WHOSE[row.table]] if row.table in WHOSE else NOBODY_KNOWN
        if fits(row) and whose in known and _put(row, into):
            good.append(row)
            if row.table == "person":
                known.add(row.values[0])
        else:
            bad.append(row)
    into.commit()
    return Checked(good, bad)


def _put(row: StoredRow, into: sqlite3.Connection) -> bool:
    try:
        row.put(into)
    except sqlite3.IntegrityError:
        return False
    return True


def read(store: sqlite3.Connection) -> Iterator[StoredRow]:
    """Every row of a store, whatever its values are. Raises sqlite3.DatabaseError where the file's order is damaged."""
    before, store.text_factory = store.text_factory, as_found
    try:
        for table, columns in COLUMNS.items():
            for values in store.execute(f"SELECT rowid, {', '.join(columns)} FROM {table}"):  # noqa: S608 - names of our own
                yield StoredRow(table, values)
    finally:
        store.text_factory = before


def as_found(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
