"""What was to be forgotten is forgotten, whenever the robot is killed; and it is not called forgotten before it is."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import ManualClock
from robot.core.condition import Condition
from robot.core.feelings import SOMEONE
from robot.memory.memory import Memory
from robot.memory.store import set_aside
from robot.texts.catalogue import words
from tests.support.full_memory import NAME, NOON, full

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Forks a robot that forgets, kills it after a random time, looks at the bytes, and starts again: so many times.
KILLER = """
import json, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from robot.core.clock import ManualClock, generator, nap
from robot.memory.memory import Memory

NAME, CLOCK = "Rosalinde", ManualClock(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
folder, runs = Path(sys.argv[1]), int(sys.argv[2])
path, chance = folder / "memory.db", generator(7)

def traces():
    return sum(file.read_bytes().count(NAME.encode()) for file in folder.iterdir())

def forget(told):
    memory = Memory(path, CLOCK)
    memory.remember_person(NAME)
    for n in range(40):
        memory.keep_topic(n % 2, f"{NAME} {n}", f"somebody spoke of {NAME}")
    memory.wait()
    os.write(told, b"b")
    memory.forget_person(NAME)
    memory.wait()
    if memory.forgotten:
        os.write(told, b"f")
    nap(60)

lasts = 0.1
found = {"too early": 0, "left by the killed": 0, "left by the next": 0, "called forgotten": 0}
for _ in range(runs):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        forget(writing)
    os.close(writing)
    os.read(reading, 1)
    nap(float(chance.uniform(0.0, lasts)))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    called = os.read(reading, 1) == b"f"
    os.close(reading)
    left = traces()
    memory = Memory(path, CLOCK)
    still_known = memory.person(NAME) is not None
    memory.wait()
    if still_known:
        memory.forget_person(NAME)
        memory.wait()
    found["called forgotten"] += called
    found["too early"] += called and (left > 0 or still_known)
    found["left by the killed"] += not called and left > 0 and not still_known
    found["left by the next"] += traces() > 0
    memory.close()
print(json.dumps(found))
"""

HALF = """
import os, signal, sys
from pathlib import Path
from robot.core.clock import RealClock
from robot.memory.memory import Memory
from robot.memory.writer import Writer

Writer._scrub = lambda self: os.kill(os.getpid(), signal.SIGKILL)
memory = Memory(Path(sys.argv[1]), RealClock())
memory.remember_person("Rosalinde")
memory.forget_person("Rosalinde")
memory.wait()
"""


def test_what_is_forgotten_is_in_no_byte_of_the_file_or_its_log(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    memory = full(path, ManualClock(NOON))
    assert any(NAME.encode() in file.read_bytes() for file in tmp_path.iterdir())
    assert memory.forget_person(NAME.lower())
    memory.wait()
    assert not memory.forget_person(NAME)
    everything = memory.everything()
    assert everything.people == ()
    assert [topic.about for topic in everything.topics] == ["the weather"]
    assert not any(NAME.encode() in file.read_bytes() for file in tmp_path.iterdir())
    memory.close()
    assert not any(NAME.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_what_another_program_still_reads_is_not_called_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    memory = full(path, ManualClock(NOON))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM person").fetchall()
        memory.forget_person(NAME)
        memory.wait()
        forgotten = [memory.forgotten]
        assert "another program reads it" in words(memory.health().reason)
    memory.look()
    memory.wait()
    assert [*forgotten, memory.forgotten] == [False, True]
    assert memory.health().condition is Condition.OK
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    memory.close()
    assert NAME.encode() not in left


def test_whoever_is_forgotten_is_in_nobody_else_s_notes(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.db", ManualClock(NOON))
    for name in ("Ada", "Ben"):
        memory.remember_person(name)
    memory.keep_topic(1, "your friend Ben", "we met")
    memory.keep_topic(1, "your garden", "BEN has dug it over")
    memory.keep_topic(1, "your bench", "Benny painted it")
    assert memory.forget_person("ben")
    assert [(topic.about, topic.detail) for topic in memory.everything().topics] == [("your bench", "Benny painted it")]
    memory.keep_topic(1, "Zoe", "never asked to be remembered")
    assert memory.forget_person("Zoe")
    memory.wait()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    memory.close()
    assert b"friend" not in left
    assert b"BEN" not in left
    assert b"Zoe" not in left


@pytest.mark.parametrize("forget", [Memory.reset, lambda memory: memory.forget_person(NAME)])
def test_a_damaged_file_that_was_set_aside_goes_with_whoever_is_forgotten(
    tmp_path: Path, forget: Callable[[Memory], object]
) -> None:
    path = tmp_path / "memory.db"
    path.write_text(f"this is a letter about {NAME}, not a database\n" * 100)
    memory = full(path, ManualClock(NOON))
    assert set_aside(path)
    forget(memory)
    memory.wait()
    assert memory.health().condition is Condition.OK
    memory.close()
    assert [file.name for file in tmp_path.iterdir()] == ["memory.db"]
    assert NAME.encode() not in path.read_bytes()


def test_a_damaged_file_that_cannot_be_deleted_is_told(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    memory = full(path, ManualClock(NOON))
    stubborn = tmp_path / "memory.db.damaged-20260302T120000"
    stubborn.mkdir()
    memory.reset()
    memory.look()
    memory.wait()
    assert str(stubborn) in words(memory.health().reason)
    stubborn.rmdir()
    memory.look()
    memory.wait()
    assert memory.health().condition is Condition.OK
    memory.close()


@pytest.mark.parametrize(
    ("kept", "asked"),
    [("Émilie", "émilie"), ("ÉMILIE", "E\u0301milie"), ("Groß", "GROSS"), ("Marie\u00a0Claire", "marie claire")],
)
def test_somebody_is_the_same_however_their_name_is_written(kept: str, asked: str) -> None:
    with closing(Memory(None, ManualClock(NOON))) as memory:
        memory.remember_person(kept)
        memory.keep_face(asked, [0.1] * 128)
        memory.keep_topic(SOMEONE, "the garden", f"{kept} came by")
        memory.remember_person(asked)
        assert len(memory.everything().people) == 1
        assert memory.person(asked) == memory.person(kept)
        assert memory.forget_person(asked)
        kept_still = memory.everything()
        assert (kept_still.people, kept_still.faces, kept_still.topics) == ((), (), ())


def test_two_who_were_kept_apart_are_both_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    Memory(path, ManualClock(NOON)).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as store:  # as a version that knew no accents kept them
        for number, name in enumerate(("Émilie", "émilie"), 1):
            store.execute("INSERT INTO person VALUES (?, ?, ?, ?)", (number, name, NOON.isoformat(), NOON.isoformat()))
    with closing(Memory(path, ManualClock(NOON))) as memory:
        assert memory.forget_person("ÉMILIE")
        assert not memory.everything().people


def test_reset_forgets_all_but_the_anonymous_counts(tmp_path: Path) -> None:
    memory = full(tmp_path / "memory.db", ManualClock(NOON))
    memory.reset()
    memory.wait()
    everything = memory.everything()
    memory.close()
    assert everything.counters == (("crisis", 1),)
    assert [len(rows) for rows in (everything.people, everything.bonds, everything.topics, everything.events)] == [
        0
    ] * 4
    assert not any(NAME.encode() in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize("runs", [6, pytest.param(300, marks=pytest.mark.soak)])
def test_a_forgetting_that_was_killed_is_finished_at_the_next_start(tmp_path: Path, runs: int) -> None:
    command = [sys.executable, "-c", KILLER, str(tmp_path), str(runs)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert found["too early"] == 0
    assert found["left by the next"] == 0, found
    assert found["left by the killed"] or runs < 100  # else nothing was tried


def test_a_run_that_ends_between_the_two_halves_of_a_forgetting_leaves_a_mark(tmp_path: Path) -> None:
    """The rows are gone then, and what stood in them is in the log still."""
    told = subprocess.run([sys.executable, "-c", HALF, str(tmp_path / "memory.db")], check=False)
    assert told.returncode == -signal.SIGKILL
    assert traces(tmp_path)
    with closing(Memory(tmp_path / "memory.db", ManualClock(NOON))) as memory:
        assert not memory.everything().people
        memory.wait()
        assert not traces(tmp_path)


def traces(folder: Path) -> int:
    return sum(file.read_bytes().count(b"Rosalinde") for file in folder.iterdir())
