"""The memory as the loop uses it: read from RAM at once, written to its store by `robot/memory/writer.py`.

The same statements go to both. `wait` returns when all that was put before is on disk. If it cannot be written (a full
disk), be it from the start, nothing is lost while the robot runs: the whole memory is written as soon as it can be. In
the simulator the store is in RAM too.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from robot.core.condition import Condition, Health
from robot.core.errors import PartError
from robot.core.names import as_kept, folded, is_name
from robot.memory.database import NewerError, in_ram, rows_of_image
from robot.memory.naming import topics_naming, values_naming
from robot.memory.records import Everything, Known
from robot.memory.rows import FACE, check
from robot.memory.schema import SCRUB
from robot.memory.store import BUSY, MemoryFile
from robot.memory.whole import image_of, records_of, statements_of
from robot.memory.writer import Statement, Writer
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from robot.core.clock import Clock
    from robot.memory.rows import StoredRow

DETAILS_FADE = timedelta(days=5)
TOPICS_FADE = timedelta(days=30)
EVENTS_KEPT = timedelta(days=400)
REMEDY = sentence("health.free_room_for_memory")


class Memory:
    """One person's file, or none. Raises PartError when another program holds the file."""

    def __init__(self, path: Path | None, clock: Clock, image: bytes = b"", *, beside: bool = False) -> None:
        """`image`: what another memory had, for one that has no file. `beside`: another program may hold the file."""
        self._clock = clock
        self._lock = threading.Lock()  # of the copy in RAM
        self._ram = in_ram()
        self._file = None if path is None else MemoryFile(path, clock, beside=beside)
        if self._file is None:
            check(_rows(image), self._ram)
            store: sqlite3.Connection | None = _copied(self._ram)
        else:
            store = self._file.open(self._ram)
        self._writer = Writer(store, self._file, self._copy)
        self.forgettings = 0  # rises whenever somebody or something was to be forgotten
        self._stored: dict[str, Mapping[str, str]] = {}  # what was read of each store since it changed
        if self._file is not None and self._ram.execute("SELECT 1 FROM pending WHERE work = ?", (SCRUB,)).fetchone():
            self._writer.scrub()
        self.fade()

    @property
    def store(self) -> sqlite3.Connection:
        """Where it is written. Raises PartError where nothing can be."""
        self.demand_written()
        assert self._writer.store is not None  # noqa: S101 - demanded
        return self._writer.store

    def demand_written(self) -> None:
        """Raises PartError where nothing that is put here would reach the disk."""
        if self._writer.store is None:
            how = self.health()
            raise PartError(how.reason, place="memory", remedy=how.remedy)

    @property
    def unread(self) -> bool:
        """Whether there is a file of which nothing is known: it is of a newer version, or may not be read."""
        return self._file is not None and self._file.unread

    # ------------------------------------------------------------ writing

    def remember_person(self, name: str) -> None:
        """Somebody said yes to being remembered by name; what is no name is not kept."""
        if not is_name(name) or self.person(name) is not None:
            return
        with self._lock:
            (fresh,) = self._ram.execute("SELECT coalesce(max(id), 0) + 1 FROM person").fetchone()
        now = self._now()
        self._put("INSERT INTO person VALUES (?, ?, ?, ?)", fresh, as_kept(name), now, now)

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
                np.array(template, FACE).tobytes(),
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
        self._put_together(*statements_of(kept))
        self._stored.clear()
        self.fade()

    def fade(self) -> None:
        """Let details go after 5 days and topics after 30 (duty 26)."""
        civil = self._clock.civil()
        self._put_together(
            ("UPDATE topic SET detail = NULL WHERE at < ?", (_iso(civil - DETAILS_FADE),)),
            ("DELETE FROM topic WHERE at < ?", (_iso(civil - TOPICS_FADE),)),
            ("DELETE FROM event WHERE at < ?", (_iso(civil - EVENTS_KEPT),)),
        )

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
        known = self._called(name)
        with self._lock:
            topics, values = topics_naming(name, self._ram), values_naming(name, self._ram)
        if not known and not topics and not values:
            return False
        gone: list[Statement] = [("DELETE FROM topic WHERE id = ?", (topic,)) for topic in topics]
        gone += [("DELETE FROM store WHERE name = ? AND key = ?", value) for value in values]
        for one in known:
            tables = ("topic", "bond", "face", "store")
            gone += [(f"DELETE FROM {table} WHERE person = ?", (one.id,)) for table in tables]  # noqa: S608 - names of our own
            gone.append(("DELETE FROM person WHERE id = ?", (one.id,)))
        self._forget(*gone)
        return True

    def forget_face(self, name: str) -> bool:
        """Remove somebody's face alone; True when it was known. `wait` for the file."""
        faces = self.faces()
        seen = [known for known in self._called(name) if known.name in faces]
        if seen:
            self._forget(*(("DELETE FROM face WHERE person = ?", (known.id,)) for known in seen))
        return bool(seen)

    def forget_notes(self, lines: Sequence[str]) -> None:
        """Remove what was noted in these words, whoever's it is. `wait` for the file."""
        self._forget(*(("DELETE FROM topic WHERE detail = ?", (line,)) for line in lines))

    def reset(self) -> None:
        """Forget everything but the anonymous safety counters, files set aside included. `wait` for the file."""
        tables = ("person", "face", "bond", "topic", "event", "together", "store")
        self._forget(*((f"DELETE FROM {table}", ()) for table in tables))  # noqa: S608 - names of our own

    def _forget(self, *gone: Statement) -> None:
        """Delete in one transaction, which also marks that the file is to be written over: a run that is killed in
        between leaves the mark, and the next one finishes it.
        """
        self._put_together(*gone, ("INSERT INTO pending VALUES (?) ON CONFLICT DO NOTHING", (SCRUB,)))
        self._stored.clear()
        self.forgettings += 1
        self._writer.scrub()

    @property
    def forgotten(self) -> bool:
        """Whether all that was to be forgotten has left the disk, as far as was tried by now; else health says why."""
        return self._writer.scrubbed

    # ------------------------------------------------------------ reading

    def everything(self) -> Everything:
        with self._lock:
            return records_of(self._ram)

    def image(self) -> bytes:
        """All of it as it is now, in SQLite's own form, but for what faces look like: that never leaves the memory."""
        with self._lock:
            return image_of(self._ram)

    def faces(self) -> dict[str, np.ndarray]:
        """Whom it knows by their face, and the template (128,) of each."""
        with self._lock:
            rows = self._ram.execute("SELECT name, template FROM face JOIN person ON id = person").fetchall()
        return {name: np.frombuffer(template, FACE) for name, template in rows}

    def stored(self, store: str) -> Mapping[str, str]:
        """What a store holds, JSON by key, the oldest first; the same object until something in it changes."""
        found = self._stored.get(store)
        if found is None:
            with self._lock:
                rows = self._ram.execute("SELECT key, value FROM store WHERE name = ? ORDER BY rowid", (store,))
                found = self._stored[store] = MappingProxyType(dict(rows.fetchall()))
        return found

    def person(self, name: str) -> Known | None:
        """Somebody by name, however it is written."""
        return next(iter(self._called(name)), None)

    def _called(self, name: str) -> list[Known]:
        """All of that name: an older version may have kept somebody twice, by two ways to write it."""
        sought = folded(name)
        with self._lock:
            rows = self._ram.execute("SELECT id, name, consented_at, met_at FROM person ORDER BY id").fetchall()
        return [known for known in (Known(*row) for row in rows) if folded(known.name) == sought]

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
            ailment = "memory_full" if self._writer.full else "memory_lost"
            return Health("memory", Condition.FAULT, self._writer.failure, REMEDY, ailment)
        if self._file is None:
            return Health("memory", Condition.OK, sentence("health.memory_in_run"))
        if self._file.damage:
            return Health("memory", Condition.LESSER, self._file.damage, sentence("health.see_what_was_set_aside"))
        return Health("memory", Condition.OK, str(self._file.path))

    def close(self) -> None:
        """Write what waits and close; safe to call twice."""
        self._writer.close()
        self._ram.close()
        if self._file is not None:
            self._file.close()

    def _put(self, statement: str, *values: Any) -> None:
        self._put_together((statement, values))

    def _put_together(self, *statements: Statement) -> None:
        """All of them or none."""
        with self._lock:
            with self._ram:
                for statement, values in statements:
                    self._ram.execute(statement, values)
            self._writer.put(*statements)

    def _copy(self, store: sqlite3.Connection) -> None:
        """Raises sqlite3.OperationalError where another program writes to it: the loop waits for neither."""
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as now:
            with self._lock:
                self._ram.backup(now)
                self._writer.has_whole()
            now.backup(store, progress=_go_on)

    def _now(self) -> str:
        return _iso(self._clock.civil())


def _copied(memory: sqlite3.Connection) -> sqlite3.Connection:
    store = in_ram()
    memory.backup(store)
    return store


def _go_on(status: int, _left: int, _of: int) -> None:
    if status in BUSY:  # else it would be tried for ever
        raise sqlite3.OperationalError("database is locked")


def _rows(image: bytes) -> list[StoredRow]:
    try:
        return rows_of_image(image)
    except NewerError as error:
        raise PartError(str(error), place="memory", remedy=sentence("health.update_program")) from error


def _iso(moment: datetime) -> str:
    """Civil time as UTC text, so that it sorts."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
