"""Lines are understood by tables and network together; without the network by the tables alone, and that is told."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any, cast

from robot.core.condition import Condition
from robot.core.percepts import Utterance, VoiceActivity
from robot.sense.language import line_reader
from robot.sense.language.line_reader import LineReader
from robot.sense.language.reading_pool import ReadingPool
from tests.support.tables import TABLES

if TYPE_CHECKING:
    import pytest

    from robot.core.percepts import Percept
    from robot.parts.workers import Worker


def heard(text: str, language: str = "en") -> Utterance:
    """As hearing gives it."""
    found = TABLES.understand(text, language)
    return Utterance(0.0, text, found.intent, found.slots, found.confidence, language=language)


def test_what_the_tables_hold_needs_no_network() -> None:
    reader = LineReader(TABLES, network=False)
    (taken,) = reader.over([heard("what time is it")])
    assert isinstance(taken, Utterance)
    assert taken.intent == "what_time_is_it"
    assert reader.health().condition is Condition.OFF


def test_what_they_do_not_hold_is_read_by_the_network() -> None:
    reader = LineReader(TABLES, lockstep=True)
    try:
        lines = [
            heard("me hip's giving me some stick tonight"),
            heard("hello"),
            heard("give us a shout in four minutes"),
        ]
        taken = reader.over([*lines[:2], VoiceActivity(0.1, speaking=False), lines[2]])
        meanings = [one.intent for one in taken if isinstance(one, Utterance)]
        assert meanings == ["tells_pain", "greeting", "wants_timer"]
        assert reader.health().condition is Condition.OK
    finally:
        reader.close()


def test_readers_of_one_pool_go_on_with_one_process_and_one_that_died_is_given_to_nobody() -> None:
    pool = ReadingPool()
    pids = []
    try:
        for _ in range(2):
            reader = LineReader(TABLES, lockstep=True, pool=pool)
            (taken,) = reader.over([heard("me hip's giving me some stick tonight")])
            assert isinstance(taken, Utterance)
            assert taken.intent == "tells_pain"
            pids.append(reader.pid)
            reader.close()
        assert pids[0] == pids[1] is not None
        dead = pool.take()
        os.kill(dead.pid, signal.SIGKILL)
        assert dead.wait(60.0)
        pool.give_back(dead)
        worker = pool.take()
        assert worker.pid != pids[0]
        worker.close()
    finally:
        pool.end()


class Hand(ReadingPool):
    """Gives one process, which was ready long ago, and answers all that it was sent at once."""

    def __init__(self) -> None:
        super().__init__()
        self.alive, self.silent, self.busy = True, False, False
        self.last_words: tuple[str, ...] = ()
        self._lines: list[str] = []
        self._toil = 0.0

    @property
    def toil(self) -> float:
        self._toil += self.busy
        return self._toil

    def take(self) -> Worker:
        return cast("Worker", self)

    def send(self, line: str) -> None:
        self._lines.append(line)

    def receive(self) -> list[tuple[Any, ...]]:
        lines, self._lines = ([], self._lines) if self.silent else (self._lines, [])
        last, self.last_words = self.last_words, ()
        return [*([last] if last else []), *(("read", line, (("tells_pain", 0.9),), ()) for line in lines)]

    def close(self) -> None:
        self.alive = False


def meanings(percepts: list[Percept]) -> list[str]:
    return [one.intent for one in percepts if isinstance(one, Utterance)]


def impatient(monkeypatch: pytest.MonkeyPatch) -> tuple[Hand, LineReader, Utterance]:
    """A reader that waits for nothing that comes late, the process behind it, and a line that it has read."""
    monkeypatch.setattr(line_reader, "PATIENCE_S", 0.0)
    hand = Hand()
    reader, line = LineReader(TABLES, pool=hand), heard("me hip's giving me some stick tonight")
    assert meanings(reader.over([line])) == ["tells_pain"]
    return hand, reader, line


def test_the_same_line_twice_at_once_is_read_twice() -> None:
    hand = Hand()
    reader = LineReader(TABLES, pool=hand)
    line = heard("me hip's giving me some stick tonight")
    assert meanings(reader.over([line, line])) == ["tells_pain"] * 2
    hand.silent = True
    assert meanings(reader.over([line])) == [], "what was read is not kept"


def test_a_process_that_was_ready_before_is_not_waited_for_as_if_it_were_loading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line_reader, "RETRY_S", 0.0)
    hand, reader, line = impatient(monkeypatch)
    hand.silent = True
    assert meanings(reader.over([line])) == ["unknown"]
    assert reader.health().condition is Condition.LESSER
    hand.silent, hand.alive = False, True
    assert meanings(reader.over([line])) == ["tells_pain"]
    assert reader.health().condition is Condition.OK


def test_a_process_that_is_late_is_kept_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """To load it anew would take longer than whatever keeps it."""
    hand, reader, line = impatient(monkeypatch)
    hand.silent = hand.busy = True
    assert meanings(reader.over([line])) == ["unknown"]
    assert hand.alive
    assert reader.health().condition is Condition.LESSER
    hand.silent = hand.busy = False
    assert meanings(reader.over([])) == []
    assert reader.health().condition is Condition.OK
    assert meanings(reader.over([line])) == ["tells_pain"]


def test_a_process_that_works_and_never_answers_is_not_borne_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, "SILENT_S", 0.0)
    hand, reader, line = impatient(monkeypatch)
    hand.silent = hand.busy = True
    reader.over([line])
    reader.over([line])
    assert not hand.alive
    assert reader.health().condition is Condition.LESSER


def test_why_a_process_that_was_late_ended_is_told_and_not_that_it_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    hand, reader, line = impatient(monkeypatch)
    hand.silent = hand.busy = True
    assert meanings(reader.over([line])) == ["unknown"]
    hand.last_words, hand.alive = ("fault", "the network is damaged", "fetch it again"), False
    assert meanings(reader.over([line])) == ["unknown"]
    assert reader.health().reason == "the network is damaged"


def test_a_reader_that_is_killed_leaves_the_tables_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, "RETRY_S", 0.0)
    reader = LineReader(TABLES, lockstep=True)
    try:
        reader.start()
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        (taken,) = reader.over([heard("me hip's giving me some stick tonight")])
        assert isinstance(taken, Utterance)
        assert taken.intent == "unknown"
        assert reader.health().condition is Condition.LESSER
        (again,) = reader.over([heard("me hip's giving me some stick tonight")])
        assert isinstance(again, Utterance)
        assert again.intent == "tells_pain"
        assert reader.health().condition is Condition.OK
    finally:
        reader.close()
