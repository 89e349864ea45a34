"""The writer to the memory's store: each statement as it comes, and all of it again after the store refused one.

In real time a thread of its own does it, so that the loop never waits for a disk; in lock-step with a simulated clock
each statement is written at once, so that a run repeats to the byte.
"""

from __future__ import annotations

import logging
import queue
import shutil
import sqlite3
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from robot.core.errors import PartError
from robot.memory.database import BUSY_S
from robot.memory.schema import SCRUB
from robot.memory.store import is_full
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.memory.store import MemoryFile

Statement: TypeAlias = tuple[str, tuple[Any, ...]]  # and its values

log = logging.getLogger(__name__)

MOST_LOOKS = 30  # from one try to reach a store that cannot be written to the next
FULL_BYTES = 256 * 1024  # a disk with less room counts as full: told before a write fails


class Writer:
    """Owns the store's connection. Nothing committed is ever lost; what could not be is written when there is room."""

    def __init__(
        self,
        store: sqlite3.Connection | None,
        file: MemoryFile | None,
        copy: Callable[[sqlite3.Connection], None],
    ) -> None:
        """`store`: where to write, None where that cannot be yet. `file`: where it is, None when it is in RAM. `copy`
        copies the whole memory into a connection.
        """
        self.failure: AnyText = ""  # why it cannot be written; empty while it can
        self.full = False  # that is for lack of room
        self.store = store  # None while there is nothing to write to
        self._file = file
        self._copy = copy
        self._behind = store is None  # the store lacks something that the memory has
        self._looks, self._apart = 1, 1  # until the next try to reach it, and from that to the one after
        self._dropping = False  # files that were set aside are to be deleted
        self._scrubbing = False  # deleted rows are still in the file or its log
        self._scrubbed = threading.Event()  # all of the last scrub was tried
        self._scrubbed.set()
        self._given = self._whole = 0  # how often something was put, and how much of that came with the whole
        self._looking = False  # a look waits: while each takes long, no second one does
        self._work: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False
        if file is not None:
            self.failure, self.full = file.failure, file.full
            self._thread = threading.Thread(target=self._run, name="memory", daemon=True)
            self._thread.start()

    def put(self, *statements: Statement) -> None:
        """All of them or none."""
        self._given += 1
        self._do(partial(self._write, self._given, statements))

    def has_whole(self) -> None:
        """The whole memory that is copied now has all that was put by now."""
        self._whole = self._given

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the file or its log, nor any damaged file that was set aside, into which
        nobody can look. What cannot be done is tried again with each `look`.
        """
        self._scrubbed = threading.Event()
        self._do(self._scrub)
        self._do(self._drop_set_aside)
        self._do(self._scrubbed.set)

    @property
    def scrubbed(self) -> bool:
        """Whether what was deleted has left the disk."""
        return self._scrubbed.is_set() and not (self._behind or self._scrubbing or self._dropping)

    def look(self) -> None:
        """See whether there is room, and write again what could not be written; to be called about once a second. A
        store that cannot be reached is tried less and less often.
        """
        if not self._looking:
            self._looking = True
            self._do(self._look)

    def wait(self) -> None:
        """Return when all that was put before has been tried."""
        if self._thread is not None:
            done = threading.Event()
            self._work.put(done.set)
            done.wait()

    def close(self) -> None:
        """Write what waits and close; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        if self._thread is not None:
            self._work.put(None)
            self._thread.join()
            self._thread = None
        self._end()

    # ------------------------------------------------------------ in the writer's thread

    def _do(self, work: Callable[[], object]) -> None:
        if self._thread is None:
            work()
        else:
            self._work.put(work)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()

    def _write(self, number: int, statements: tuple[Statement, ...]) -> None:
        if self._behind or self.store is None or number <= self._whole:
            return  # it will come with the whole, or came with it
        try:
            with self.store:
                for statement, values in statements:
                    self.store.execute(statement, values)
        except sqlite3.Error as error:
            self._behind = True
            self._fail(sentence("health.memory_not_written", error=str(error)), full=is_full(error))

    def _scrub(self) -> None:
        """Let deleted rows leave the file, then its log; they cannot while another program reads it, for which nobody
        waits. Last the mark goes that a scrub is to be done.
        """
        self._scrubbing = True
        if self._behind or self.store is None:
            return  # it will come after the whole
        try:
            self.store.execute("VACUUM")
            self.store.execute("PRAGMA busy_timeout = 0")
            try:
                busy, _, _ = self.store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self.store.execute(f"PRAGMA busy_timeout = {1000 * BUSY_S:.0f}")
            if not busy:
                with self.store:
                    self.store.execute("DELETE FROM pending WHERE work = ?", (SCRUB,))
        except sqlite3.Error as error:
            self._fail(sentence("health.memory_not_scrubbed", error=str(error)), full=is_full(error))
        else:
            self._scrubbing = bool(busy)
            if busy:
                self._fail(sentence("health.memory_read_by_another"))

    def _drop_set_aside(self) -> None:
        self._dropping = True
        try:
            if self._file is not None:
                self._file.drop_set_aside()
        except OSError as error:
            self._fail(sentence("health.set_aside_not_deleted", error=str(error)))
        else:
            self._dropping = False

    def _look(self) -> None:
        self._looking = False
        if self.store is None:  # each try reads the whole file
            self._looks -= 1
            if self._looks:
                return
            self._looks, self._apart = self._apart, min(2 * self._apart, MOST_LOOKS)
        self._catch_up()

    def _catch_up(self) -> None:
        try:
            if self.store is None and self._file is not None:
                self.store = self._file.reach()
                if self.store is None:
                    self.failure = self._file.failure
                    return
            assert self.store is not None  # noqa: S101 - without a file it is in RAM
            if self._behind:
                self._copy(self.store)
                self._behind, self._scrubbing = False, True
                log.warning("the memory is written again, whole")
            room = self._room(self.store)
        except (sqlite3.Error, OSError) as error:
            self._fail(sentence("health.memory_not_written", error=str(error)), full=is_full(error))
            return
        except PartError as error:
            self._fail(error.text)
            return
        if self._scrubbing:
            self._scrub()
        if self._dropping:
            self._drop_set_aside()
        if room < FULL_BYTES:
            self._fail(sentence("health.memory_disk_full", kib=room // 1024), full=True)
        elif not (self._scrubbing or self._dropping):
            self.failure, self.full = "", False

    def _room(self, store: sqlite3.Connection) -> int:
        """Bytes by which the store may grow."""
        most, now, size = (
            int(store.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("max_page_count", "page_count", "page_size")
        )
        room = (most - now) * size
        return room if self._file is None else min(room, shutil.disk_usage(self._file.path.parent).free)

    def _fail(self, why: AnyText, *, full: bool = False) -> None:
        if not self.failure:
            log.error("the memory: %s", words(why))
        self.failure, self.full = why, full

    def _end(self) -> None:
        if self._behind or self._scrubbing:
            self._catch_up()
        if self._behind:
            log.error(
                "what was to be remembered since the memory could not be written is lost: %s", words(self.failure)
            )
        if self.store is not None:
            self.store.close()
