"""The reader: what a line means, by the tables where they are sure, else by the network of meanings beside the loop.

Utterances come from hearing with what the tables took them for. Those that the tables are sure of pass at once; the
others wait for the network, which works in a process of its own (`reading_worker.py`) and starts with the first of
them. With `lockstep` the loop waits for it, so that a run repeats. Where there is no network the tables decide alone,
and health says so.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.core.percepts import Readings, Utterance
from robot.sense.language.as_asked import as_asked
from robot.sense.language.by_tables import SETTLED, ByTables
from robot.sense.language.line_meaning import BARE, PARTS, as_read, by_its_lines
from robot.sense.language.reading_pool import new_worker
from robot.sense.language.remarked import with_remark
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.percepts import Percept
    from robot.parts.workers import Worker
    from robot.sense.language.phrases import Phrases
    from robot.sense.language.reading_pool import ReadingPool

log = logging.getLogger(__name__)

PATIENCE_S = 1.5  # real time that a line waits for the network; then the tables decide alone
LOADING_S = 30.0  # and while it is still loading, or where the loop waits for it
SILENT_S = 30.0  # that a network which works and answers nothing is borne
RETRY_S = 30.0


class Read(NamedTuple):
    """What the network makes of a line."""

    readings: Readings = ()
    need: Readings = ()
    uptake: Readings = ()
    manners: Readings = ()
    remark: tuple[str, float] = ("", 0.0)


class Waiting(NamedTuple):
    """An utterance that waits for the network."""

    words: Utterance
    line: tuple[str, str]  # as the network was asked for it, and in which language
    asked_at: float  # by stopwatch
    toil: float  # of its process by then


class LineReader:
    """Stands between hearing and the watch."""

    def __init__(
        self, phrases: Phrases, *, lockstep: bool = False, network: bool = True, pool: ReadingPool | None = None
    ) -> None:
        """`network` False: the tables alone, because the configuration says so. `pool`: where its process comes from;
        None: one of its own.
        """
        self._tables = ByTables(phrases)
        self._lockstep = lockstep
        self._wanted = network
        self._pool = pool
        self._worker: Worker | None = None
        self._ready = False
        self._fault: tuple[AnyText, AnyText] | None = None
        self._lesser: tuple[AnyText, AnyText] | None = None  # what it goes on without
        self._retry_at = 0.0
        self._late_since: float | None = None  # no line has been read since then
        self._waiting: deque[Waiting | Utterance] = deque()
        self._read: dict[tuple[str, str], Read] = {}

    def renew(self, phrases: Phrases) -> None:
        """Understand by these tables from now on."""
        self._tables = ByTables(phrases)

    def over(self, percepts: Iterable[Percept]) -> list[Percept]:
        """The percepts, with each utterance as it is to be understood; some come a moment later, in their order."""
        out: list[Percept] = []
        for percept in percepts:
            if isinstance(percept, Utterance):
                self._take(percept)
            else:
                out.append(percept)
        if self._waiting or self._late_since is not None:
            out += self._finished()
        return out

    def start(self) -> None:
        """Load the network ahead of the first line."""
        if self._wanted and self._worker is None and stopwatch() >= self._retry_at:
            self._worker = new_worker() if self._pool is None else self._pool.take()
            self._ready = False

    def health(self) -> Health:
        if not self._wanted:
            return Health("reader", Condition.OFF, sentence("health.switched_off_in_configuration"))
        lacks = self._fault or self._lesser
        if lacks is not None:
            return Health("reader", Condition.LESSER, *lacks, ailment="reader_lesser")
        return Health("reader", Condition.OK, sentence("health.reads_meanings"))

    @property
    def pid(self) -> int | None:
        """Process id of the network's worker, for those who watch it."""
        return self._worker.pid if self._worker is not None else None

    def close(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None and self._pool is not None and worker.alive:
            self._pool.give_back(worker)
        elif worker is not None:
            worker.close()

    def _take(self, words: Utterance) -> None:
        words = self._tables.read(words)
        bare = words.text.strip(BARE)
        settled = words.confidence >= SETTLED and not PARTS.search(bare)
        line = as_read(words.text), words.language
        if not bare or settled:
            self._waiting.append(words)
        else:
            worker = self._asked(line)
            self._waiting.append(
                by_its_lines(words, ()) if worker is None else Waiting(words, line, stopwatch(), worker.toil)
            )

    def _asked(self, line: tuple[str, str]) -> Worker | None:
        """The network's process, where there is one, with the line sent to it."""
        self.start()
        if self._worker is not None:
            self._worker.send(line)
        return self._worker

    def _finished(self) -> list[Utterance]:
        """What need wait no longer."""
        self._receive()
        out: list[Utterance] = []
        while self._waiting:
            first = self._waiting[0]
            if isinstance(first, Utterance):
                out.append(as_asked(first))
            else:
                read = self._wait_for(first)
                if read is None:
                    break
                read_so = replace(first.words, need=read.need, uptake=read.uptake, manners=read.manners)
                taken = self._tables.wished_in_passing(by_its_lines(read_so, read.readings))
                out.append(as_asked(with_remark(taken, *read.remark)))
            self._waiting.popleft()
        if not self._waiting:
            self._read.clear()
        return out

    def _wait_for(self, first: Waiting) -> Read | None:
        """What the network makes of it; nothing where it is given up, None where it may still come."""
        worker, until, toil = self._worker, first.asked_at + self._patience(), first.toil
        while first.line not in self._read:
            if worker is None or not worker.alive:
                self._lose(worker)
                return Read()
            if stopwatch() >= until:
                self._late_since = self._late_since or stopwatch()
                if self._hangs(worker, toil, self._late_since):
                    self._lose(worker)
                    return Read()
                if not self._lockstep:
                    return self._without_it()
                until, toil = stopwatch() + LOADING_S, worker.toil  # a run must repeat on a busy machine too
            elif not self._lockstep:
                return None
            worker.wait(until - stopwatch())
            self._receive()
        return self._read[first.line]

    def _patience(self) -> float:
        """How long a line waits for the network, in real seconds."""
        return PATIENCE_S if self._ready and not self._lockstep else LOADING_S

    @staticmethod
    def _hangs(worker: Worker, toil: float, late_since: float) -> bool:
        """Whether a network that is late has done nothing since `toil`, or has answered nothing for too long."""
        return worker.toil <= toil or stopwatch() - late_since > SILENT_S

    def _without_it(self) -> Read:
        """Nothing of a network that is late but works. It is kept: to load it anew would take longer."""
        if self._fault is None:
            self._fault = (sentence("health.reader_late"), sentence("health.machine_is_busy"))
            log.warning("the reader is late; the tables decide alone until it keeps up")
        return Read()

    def _receive(self) -> None:
        if self._worker is None:
            return
        for kind, *values in self._worker.receive():
            if kind == "lesser":
                self._lesser = (values[0], values[1])
                log.warning("the reader lacks something that lines tell besides their meaning: %s", values[0])
                continue
            if kind == "fault":
                self._fault, self._late_since = (values[0], values[1]), None
                log.warning("lines are understood by the tables alone: %s", values[0])
                continue
            self._ready, self._fault = True, None  # one from a pool was ready before
            if kind == "read":
                self._late_since = None
                line, *read = values
                self._read[line] = Read(*read)

    def _lose(self, worker: Worker | None) -> None:
        """It ended, hangs, or cannot be had: the tables go on alone, and it is tried again later."""
        if worker is None:
            return
        if self._fault is None or self._late_since is not None:
            self._fault = (sentence("health.reader_hangs"), sentence("health.tried_again"))
            log.error("the reader %s; it is started anew later", "hangs" if worker.alive else "ended by itself")
        worker.close()
        self._worker = self._late_since = None
        self._retry_at = stopwatch() + RETRY_S
