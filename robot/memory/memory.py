"""The memory as the loop uses it: read from RAM at once, written to the file by one thread of its own.

The same statements go to both. `wait` returns when all that was put before is on disk. If the file cannot be written
(a full disk), nothing is lost while the robot runs: the whole memory is written as soon as it can be again. In the
simulator there is no file.
"""

from __future__ import annotations

import json
import logging
import queue
import sqlite3
import threading
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from robot.memory.store import open_store
from robot.messages import Condition, Health

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from robot.clock import Clock

log = logging.getLogger(__name__)

SOMEONE = 0
DETAILS_FADE = timedelta(days=5)
TOPICS_FADE = timedelta(days=30)
EVENTS_KEPT = timedelta(days=400)
SCRUB = ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")  # deleted rows leave the file, then its log


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who agreed to be remembered."""

    id: int
    name: str
    consented_at: str
    met_at: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that was spoken of; `detail` is None once it has faded."""

    person: int
    about: str
    detail: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is in the file: what `show`, `export` and “what do you know about me?” give."""

    people: tuple[Known, ...]
    bonds: tuple[tuple[int, float, str], ...]
    topics: tuple[Topic, ...]
    events: tuple[tuple[str, str], ...]
    together: tuple[tuple[str, float], ...]
    counters: tuple[tuple[str, int], ...]

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


class Memory:
    """One person's file, or none. Raises PartError when it cannot be had at all."""

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._clock = clock
        self._path = path
        self._lock = threading.Lock()  # of the copy in RAM
        self._failure = ""
        self._work: queue.SimpleQueue[tuple[str, tuple[Any, ...]] | threading.Event | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        with closing(open_store(path, clock.civil())) as kept:
            self._ram = sqlite3.connect(":memory:", check_same_thread=False)
            kept.backup(self._ram)
        if path is not None:
            self._writer = threading.Thread(target=self._write, args=(path,), name="memory", daemon=True)
            self._writer.start()
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

    def keep_event(self, kind: str) -> None:
        """Something that a duty counts, such as an opening or having told that it is a robot."""
        self._put("INSERT INTO event (kind, at) VALUES (?, ?)", kind, self._now())

    def add_minutes(self, minutes: float) -> None:
        self._put(
            "INSERT INTO together VALUES (?, ?) ON CONFLICT DO UPDATE SET minutes = minutes + excluded.minutes",
            self._clock.civil().date().isoformat(),
            minutes,
        )

    def count(self, name: str) -> None:
        """One more of an anonymous safety event (duty 30)."""
        self._put("INSERT INTO counter VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1", name)

    def fade(self) -> None:
        """Let details go after 5 days and topics after 30 (duty 26)."""
        civil = self._clock.civil()
        self._put("UPDATE topic SET detail = NULL WHERE at < ?", _iso(civil - DETAILS_FADE))
        self._put("DELETE FROM topic WHERE at < ?", _iso(civil - TOPICS_FADE))
        self._put("DELETE FROM event WHERE at < ?", _iso(civil - EVENTS_KEPT))

    def wait(self) -> None:
        """Return when all that was put before is committed."""
        if self._writer is not None:
            done = threading.Event()
            self._work.put(done)
            done.wait()

    # ------------------------------------------------------------ forgetting

    def forget_person(self, name: str) -> bool:
        """Remove somebody and all that hangs on them; True when they were known. `wait` for the file."""
        known = self.person(name)
        if known is None:
            return False
        self._put("DELETE FROM topic WHERE person = ? OR about = ? COLLATE NOCASE", known.id, known.name)
        self._put("DELETE FROM bond WHERE person = ?", known.id)
        self._put("DELETE FROM person WHERE id = ?", known.id)
        self._scrub()
        return True

    def reset(self) -> None:
        """Forget everything but the anonymous safety counters. `wait` for the file."""
        for table in ("person", "bond", "topic", "event", "together"):
            self._put(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        self._scrub()

    def _scrub(self) -> None:
        """Leave nothing of the deleted rows in the file or its log."""
        if self._writer is not None:
            for statement in SCRUB:
                self._work.put((statement, ()))

    # ------------------------------------------------------------ reading

    def everything(self) -> Everything:
        with self._lock:
            rows = self._ram.execute
            return Everything(
                tuple(Known(*row) for row in rows("SELECT id, name, consented_at, met_at FROM person ORDER BY id")),
                tuple(rows("SELECT person, value, at FROM bond ORDER BY person")),
                tuple(Topic(*row) for row in rows("SELECT person, about, detail, at FROM topic ORDER BY at")),
                tuple(rows("SELECT kind, at FROM event ORDER BY at")),
                tuple(rows("SELECT day, minutes FROM together ORDER BY day")),
                tuple(rows("SELECT name, count FROM counter ORDER BY name")),
            )

    def person(self, name: str) -> Known | None:
        """Somebody by name, whatever the case of its letters."""
        with self._lock:
            row = self._ram.execute(
                "SELECT id, name, consented_at, met_at FROM person WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else Known(*row)

    def bond(self, person: int) -> tuple[float, datetime] | None:
        """The bond and when it was written."""
        with self._lock:
            row = self._ram.execute("SELECT value, at FROM bond WHERE person = ?", (person,)).fetchone()
        return None if row is None else (row[0], datetime.fromisoformat(row[1]))

    def events_since(self, kind: str, since: datetime) -> list[datetime]:
        with self._lock:
            rows: Iterable[tuple[str]] = self._ram.execute(
                "SELECT at FROM event WHERE kind = ? AND at >= ? ORDER BY at", (kind, _iso(since))
            )
            return [datetime.fromisoformat(at) for (at,) in rows]

    def health(self) -> Health:
        if self._failure:
            return Health("memory", Condition.FAULT, self._failure, "free some space; nothing is lost while it runs")
        where = str(self._path) if self._path is not None else "in this run alone"
        return Health("memory", Condition.OK, where)

    def close(self) -> None:
        """Write what waits and close; safe to call twice."""
        if self._writer is not None:
            self._work.put(None)
            self._writer.join()
            self._writer = None
        self._ram.close()

    # ------------------------------------------------------------ the writer

    def _put(self, statement: str, *values: Any) -> None:
        with self._lock, self._ram:
            self._ram.execute(statement, values)
        if self._writer is not None:
            self._work.put((statement, values))

    def _write(self, path: Path) -> None:
        with closing(open_store(path, self._clock.civil())) as store:
            while (work := self._work.get()) is not None:
                if isinstance(work, threading.Event):
                    work.set()
                else:
                    self._write_one(store, *work)

    def _write_one(self, store: sqlite3.Connection, statement: str, values: tuple[Any, ...]) -> None:
        try:
            if self._failure:
                with self._lock:
                    self._ram.backup(store)
                self._failure = ""
                log.warning("the memory is written again, whole")
            elif statement in SCRUB:
                store.execute(statement)
            else:
                with store:
                    store.execute(statement, values)
        except sqlite3.Error as error:
            if not self._failure:
                log.error("the memory cannot be written: %s", error)  # noqa: TRY400 - told, not traced
            self._failure = f"cannot be written: {error}"

    def _now(self) -> str:
        return _iso(self._clock.civil())


def _iso(moment: datetime) -> str:
    """Civil time as UTC text, so that it sorts."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
