"""All of a memory in one piece: as records for whoever wants to see it all, as statements that put these into another
memory, and as an image in SQLite's own form.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from robot.memory.records import Everything, Known, Stored, Topic

if TYPE_CHECKING:
    from robot.memory.writer import Statement


def records_of(memory: sqlite3.Connection) -> Everything:
    """What it holds."""
    rows = memory.execute
    return Everything(
        people=tuple(Known(*row) for row in rows("SELECT id, name, consented_at, met_at FROM person ORDER BY id")),
        bonds=tuple(rows("SELECT person, value, at FROM bond ORDER BY person")),
        topics=tuple(Topic(*row) for row in rows("SELECT person, about, detail, at FROM topic ORDER BY at")),
        events=tuple(rows("SELECT kind, at FROM event ORDER BY at")),
        together=tuple(rows("SELECT day, minutes FROM together ORDER BY day")),
        counters=tuple(rows("SELECT name, count FROM counter ORDER BY name")),
        faces=tuple(rows("SELECT person, learned_at, hex(template) FROM face ORDER BY person")),
        stored=tuple(
            Stored(*row) for row in rows("SELECT name, key, value, person, at FROM store ORDER BY name, at, key")
        ),
    )


def statements_of(kept: Everything) -> list[Statement]:
    """What puts it into a memory that is empty."""
    rows: list[Statement] = [
        ("INSERT INTO person VALUES (?, ?, ?, ?)", (who.id, who.name, who.consented_at, who.met_at))
        for who in kept.people
    ]
    rows += [("INSERT INTO bond VALUES (?, ?, ?)", bond) for bond in kept.bonds]
    rows += [
        (
            "INSERT INTO topic (person, about, detail, at) VALUES (?, ?, ?, ?)",
            (one.person, one.about, one.detail, one.at),
        )
        for one in kept.topics
    ]
    rows += [("INSERT INTO event (kind, at) VALUES (?, ?)", event) for event in kept.events]
    rows += [("INSERT INTO together VALUES (?, ?)", day) for day in kept.together]
    rows += [("INSERT INTO counter VALUES (?, ?)", counted) for counted in kept.counters]
    rows += [
        ("INSERT INTO face VALUES (?, ?, ?)", (person, bytes.fromhex(template), at))
        for person, at, template in kept.faces
    ]
    rows += [
        ("INSERT INTO store VALUES (?, ?, ?, ?, ?)", (row.store, row.key, row.value, row.person, row.at))
        for row in kept.stored
    ]
    return rows


def image_of(memory: sqlite3.Connection) -> bytes:
    """All of it, but for what faces look like: that never leaves the memory."""
    with closing(sqlite3.connect(":memory:")) as copy:
        memory.backup(copy)
        copy.execute("PRAGMA secure_delete = ON")
        copy.execute("UPDATE face SET template = zeroblob(length(template))")
        copy.commit()
        image = bytearray(copy.serialize())
    image[18:20] = b"\1\1"  # no write-ahead log: an image that asks for one cannot be opened, see sqlite3_deserialize
    return bytes(image)
