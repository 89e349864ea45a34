"""The memory as the loop uses it: read from RAM at once, written to its store by `robot/memory/writer.py`.

The same statements go to both. `wait` returns when all that was put before is on disk. If it cannot be written (a full
disk), nothing is lost while the robot runs: the whole memory is written as soon as it can be again. In the simulator
the store is in RAM too.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from robot.core.errors import PartError
from robot.core.messages import Condition, Health
from robot.memory.records import Everything, Known, Stored, Topic
from robot.memory.store import hold, open_store
from robot.memory.writer import Writer
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from robot.core.clock import Clock

_FACE = np.dtype("<f4")

DETAILS_FADE = timedelta(days=5)
TOPICS_FADE = timedelta(days=30)
EVENTS_KEPT = timedelta(days=400)
REMEDY = sentence("health.free_room_for_memory")


class Memory:
    """One person's file, or none. Raises PartError when it cannot be had at all."""

    def __init__(self, path: Path | None, clock: Clock, image: bytes = b"", *, beside: bool = False) -> None:
        """`image`: what another memory had, for one that has no file. `beside`: another program may hold the file."""
        self._clock = clock
        self._path = path
        self._lock = threading.Lock()  # of the copy in RAM
        self.store = open_store(path, clock.civil())
        self._held = self._hold(path) if path is not None and not beside else None
        if image:
            self.store.deserialize(image)
        self._ram = sqlite3.connect(":memory:", check_same_thread=False)
        self._ram.execute("PRAGMA secure_delete = ON")  # what is forgotten must not come back with a whole write
        self.store.backup(self._ram)
        self._writer = Writer(self.store, path, self._copy, lockstep=path is None)
        self._stored: dict[str, Mapping[str, str]] = {}  # what was read of each store since it changed
        self.fade()

    # ------------------------------------------------------------ writing

    def remember_person(self, name: str) -> None:
        """Somebody said yes to being remembered by name."""
        now = self._now()
        self._put(
            "INSERT INTO person (name, consented_at, met_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            name,
            now,
            now,
        )

    def keep_bond(self, person: int, value: float) -> None:
        self._put(
            "INSERT INTO bond VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at",
            person,
            value,
            self._now(),
        )

    def keep_topic(self, person: int, about: str, detail: str) -> None:
        self._put(
            "INSERT INTO topic (person, about, detail, at) VALUES (?, ?, ?, ?)", person, about, detail, self._now()
        )

    def keep_face(self, name: str, template: Sequence[float]) -> None:
        """The face of somebody known, 128 numbers: they said yes to it."""
        known = self.person(name)
        if known is not None:
            self._put(
                "INSERT INTO face VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET template = excluded.template",
                known.id,
                np.array(template, _FACE).tobytes(),
                self._now(),
            )

    def keep_event(self, kind: str) -> None:
        """Something that a duty counts, such as an opening or having told that it is a robot."""
        self._put("INSERT INTO event (kind, at) VALUES (?, ?)", kind, self._now())

    def add_minutes(self, minutes: float) -> None:
        self._put(
            "INSERT INTO together VALUES (?, ?) ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes",
            self._clock.civil().date().isoformat(),
            minutes,
        )

    def keep_value(self, store: str, key: str, value: str, person: int) -> None:
        """Something that a behaviour was asked to keep, as JSON; what has this key there is replaced, whose it is
        stays.
        """
        self._put(
            "INSERT INTO store VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET value = excluded.value, at = excluded.at",
            store,
            key,
            value,
            person,
            self._now(),
        )
        self._stored.pop(store, None)

    def drop_value(self, store: str, key: str) -> None:
        """Let go what has this key."""
        self._put("DELETE FROM store WHERE name = ? AND key = ?", store, key)
        self._stored.pop(store, None)

    def count(self, name: str) -> None:
        """One more of an anonymous safety event (duty 30)."""
        self._put("INSERT INTO counter VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1", name)

    def take_over(self, kept: Everything) -> None:
        """Put in what another memory held, as `everything` gave it; for a memory that is empty."""
        for who in kept.people:
            self._put("INSERT INTO person VALUES (?, ?, ?, ?)", who.id, who.name, who.consented_at, who.met_at)
        for bond in kept.bonds:
            self._put("INSERT INTO bond VALUES (?, ?, ?)", *bond)
        for topic in kept.topics:
            insert = "INSERT INTO topic (person, about, detail, at) VALUES (?, ?, ?, ?)"
            self._put(insert, topic.person, topic.about, topic.detail, topic.at)
        for kind, at in kept.events:
            self._put("INSERT INTO event (kind, at) VALUES (?, ?)", kind, at)
        for day, minutes in kept.together:
            self._put("INSERT INTO together VALUES (?, ?)", day, minutes)
        for name, count in kept.counters:
            self._put("INSERT INTO counter VALUES (?, ?)", name, count)
        for person, at, template in kept.faces:
            self._put("INSERT INTO face VALUES (?, ?, ?)", person, bytes.fromhex(template), at)
        for row in kept.stored:
            self._put("INSERT INTO store VALUES (?, ?, ?, ?, ?)", row.store, row.key, row.value, row.person, row.at)
        self._stored.clear()
        self.fade()

    def fade(self) -> None:
        """Let details go after 5 days and topics after 30 (duty 26)."""
        civil = self._clock.civil()
        self._put("UPDATE topic SET detail = NULL WHERE at < ?", _iso(civil - DETAILS_FADE))
        self._put("DELETE FROM topic WHERE at < ?", _iso(civil - TOPICS_FADE))
        self._put("DELETE FROM event WHERE at < ?", _iso(civil - EVENTS_KEPT))

    def wait(self) -> None:
        """Return when all that was put before is committed; where it could not be, health says so."""
        self._writer.wait()

    def look(self) -> None:
        """See whether there is room for it, and write again what could not be written; about once a second."""
        self._writer.look()

    # ------------------------------------------------------------ forgetting

    def forget_person(self, name: str) -> bool:
        """Remove somebody, all that hangs on them, what others said that names them, and the files set aside, since
        nobody can look into those; True when anything was known. `wait` for the file.
        """
        known = self.person(name)
        topics, values = self._topics_naming(name), self._values_naming(name)
        if known is None and not topics and not values:
            return False
        for topic in topics:
            self._put("DELETE FROM topic WHERE id = ?", topic)
        for value in values:
            self._put("DELETE FROM store WHERE rowid = ?", value)
        if known is not None:
            for table in ("topic", "bond", "face", "store"):
                self._put(f"DELETE FROM {table} WHERE person = ?", known.id)  # noqa: S608 - names of our own
            self._put("DELETE FROM person WHERE id = ?", known.id)
        self._stored.clear()
        self._writer.scrub()
        return True

    def forget_face(self, name: str) -> bool:
        """Remove somebody's face alone; True when it was known. `wait` for the file."""
        known = self.person(name)
        if known is None or known.name not in self.faces():
            return False
        self._put("DELETE FROM face WHERE person = ?", known.id)
        self._writer.scrub()
        return True

    def reset(self) -> None:
        """Forget everything but the anonymous safety counters, files set aside included. `wait` for the file."""
        for table in ("person", "face", "bond", "topic", "event", "together", "store"):
            self._put(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        self._stored.clear()
        self._writer.scrub()

    @property
    def forgotten(self) -> bool:
        """Whether all that was to be forgotten has left the disk, as far as was tried by now; else health says why."""
        return self._writer.scrubbed

    # ------------------------------------------------------------ reading

    def everything(self) -> Everything:
        with self._lock:
            rows = self._ram.execute
            return Everything(
                people=tuple(
                    Known(*row) for row in rows("SELECT id, name, consented_at, met_at FROM person ORDER BY id")
                ),
                bonds=tuple(rows("SELECT person, value, at FROM bond ORDER BY person")),
                topics=tuple(Topic(*row) for row in rows("SELECT person, about, detail, at FROM topic ORDER BY at")),
                events=tuple(rows("SELECT kind, at FROM event ORDER BY at")),
                together=tuple(rows("SELECT day, minutes FROM together ORDER BY day")),
                counters=tuple(rows("SELECT name, count FROM counter ORDER BY name")),
                faces=tuple(rows("SELECT person, learned_at, hex(template) FROM face ORDER BY person")),
                stored=tuple(
                    Stored(*row)
                    for row in rows("SELECT name, key, value, person, at FROM store ORDER BY name, at, key")
                ),
            )

    def image(self) -> bytes:
        """All of it as it is now, in SQLite's own form, but for what faces look like: that never leaves the memory."""
        with self._lock, closing(sqlite3.connect(":memory:")) as copy:
            self._ram.backup(copy)
            copy.execute("PRAGMA secure_delete = ON")
            copy.execute("UPDATE face SET template = zeroblob(length(template))")
            copy.commit()
            image = bytearray(copy.serialize())
        image[18:20] = (
            b"\1\1"  # no write-ahead log: an image that asks for one cannot be opened, see sqlite3_deserialize
        )
        return bytes(image)

    def faces(self) -> dict[str, np.ndarray]:
        """Whom it knows by their face, and the template (128,) of each."""
        with self._lock:
            rows = self._ram.execute("SELECT name, template FROM face JOIN person ON id = person").fetchall()
        return {name: np.frombuffer(template, _FACE) for name, template in rows}

    def stored(self, store: str) -> Mapping[str, str]:
        """What a store holds, JSON by key, the oldest first; the same object until something in it changes."""
        found = self._stored.get(store)
        if found is None:
            with self._lock:
                rows = self._ram.execute("SELECT key, value FROM store WHERE name = ? ORDER BY rowid", (store,))
                found = self._stored[store] = MappingProxyType(dict(rows.fetchall()))
        return found

    def person(self, name: str) -> Known | None:
        """Somebody by name, whatever the case of its letters."""
        with self._lock:
            row = self._ram.execute(
                "SELECT id, name, consented_at, met_at FROM person WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else Known(*row)

    def bonds(self) -> dict[int, tuple[float, datetime]]:
        """Each bond and when it was written, by person; SOMEONE for all who are not known by name."""
        with self._lock:
            rows = self._ram.execute("SELECT person, value, at FROM bond").fetchall()
        return {person: (value, datetime.fromisoformat(at)) for person, value, at in rows}

    def events_since(self, kind: str, since: datetime) -> list[datetime]:
        with self._lock:
            rows: Iterable[tuple[str]] = self._ram.execute(
                "SELECT at FROM event WHERE kind = ? AND at >= ? ORDER BY at", (kind, _iso(since))
            )
            return [datetime.fromisoformat(at) for (at,) in rows]

    def health(self) -> Health:
        if self._writer.failure:
            return Health("memory", Condition.FAULT, self._writer.failure, REMEDY, "memory_full")
        where = str(self._path) if self._path is not None else sentence("health.memory_in_run")
        return Health("memory", Condition.OK, where)

    def close(self) -> None:
        """Write what waits and close; safe to call twice."""
        self._writer.close()
        self._ram.close()
        if self._held is not None:
            self._held.close()

    def _hold(self, path: Path) -> BinaryIO:
        try:
            return hold(path)
        except PartError:
            self.store.close()
            raise

    def _topics_naming(self, name: str) -> list[int]:
        """Ids of the topics that have the name as a word of its own, whoever spoke of them."""
        word = _as_word(name)
        with self._lock:
            rows = self._ram.execute("SELECT id, about, detail FROM topic").fetchall()
        return [topic for topic, about, detail in rows if word.search(about) or word.search(detail or "")]

    def _values_naming(self, name: str) -> list[int]:
        """Rows of the stores whose texts have the name as a word of its own."""
        word = _as_word(name)
        with self._lock:
            rows = self._ram.execute("SELECT rowid, value FROM store").fetchall()
        return [row for row, value in rows if word.search(json.dumps(json.loads(value), ensure_ascii=False))]

    def _put(self, statement: str, *values: Any) -> None:
        with self._lock, self._ram:
            self._ram.execute(statement, values)
        self._writer.put(statement, values)

    def _copy(self, store: sqlite3.Connection) -> None:
        with self._lock:
            self._ram.backup(store)

    def _now(self) -> str:
        return _iso(self._clock.civil())


def _as_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _iso(moment: datetime) -> str:
    """Civil time as UTC text, so that it sorts."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
