"""What behaviours keep is on disk, typed, shown, and forgotten with its person or with everything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from robot.core.clock import ManualClock
from robot.core.intents import Cause
from robot.decide.store import Entry, Shelf
from robot.memory.memory import Memory
from robot.memory.schema import FACE, SCHEMA, STORE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Brew(Entry):
    minutes: int
    whose: str = ""


BREWS = Shelf("tea", Brew)
CAUSE = Cause("test", 1.0)


def test_it_outlives_the_run_and_reads_as_it_was_kept(tmp_path: Path) -> None:
    kept = BREWS.keep(CAUSE, "black", Brew(minutes=3))
    with closing(Memory(tmp_path / "memory.db", ManualClock())) as memory:
        memory.keep_value(kept.store, kept.key, kept.value, kept.person)
    with closing(Memory(tmp_path / "memory.db", ManualClock())) as memory:
        assert dict(BREWS.read(memory)) == {"black": Brew(minutes=3)}
        (row,) = memory.everything().stored
        assert (row.store, row.key, row.value) == ("tea", "black", '{"minutes":3,"whose":""}')
        memory.drop_value("tea", "black")
        assert not BREWS.read(memory)


def test_an_entry_of_another_type_is_left_out_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with closing(Memory(None, ManualClock())) as memory:
        memory.keep_value("tea", "old", '{"seconds": 3}', 0)
        memory.keep_value("tea", "new", '{"minutes": 4}', 0)
        assert dict(Shelf("tea", Brew).read(memory)) == {"new": Brew(minutes=4)}
    assert "tea keeps as old cannot be used" in caplog.text


def test_it_is_forgotten_with_whom_it_is_of_or_whom_it_names() -> None:
    with closing(Memory(None, ManualClock())) as memory:
        memory.remember_person("Ada")
        (ada,) = memory.everything().people
        memory.keep_value("tea", "hers", '{"minutes": 3}', ada.id)
        memory.keep_value("tea", "naming", '{"minutes": 3, "whose": "for Ad\\u0061"}', 0)
        memory.keep_value("tea", "other", '{"minutes": 3, "whose": "Adam"}', 0)
        memory.keep_value("tea", "hers", '{"minutes": 5}', 0)  # changed by itself; it stays hers
        assert memory.forget_person("Ada")
        assert list(BREWS.read(memory)) == ["other"]
        memory.reset()
        assert not memory.everything().stored


def test_a_file_of_the_version_before_gets_its_table(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    with closing(sqlite3.connect(path)) as store:
        store.executescript(f"{SCHEMA.replace(STORE, '')} PRAGMA user_version = 2;")
    assert FACE in SCHEMA
    with closing(Memory(path, ManualClock())) as memory:
        memory.keep_value("tea", "1", "{}", 0)
        memory.wait()
        assert len(memory.everything().stored) == 1
