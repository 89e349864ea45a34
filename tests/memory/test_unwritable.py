"""A file that cannot be written is told and costs nothing: on a full disk, on a locked one, and of a newer version."""

from __future__ import annotations

import errno
import resource
import signal
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import ManualClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import PartError
from robot.core.feelings import SOMEONE
from robot.memory import database
from robot.memory.memory import Memory
from robot.memory.schema import VERSION
from robot.memory.store import MemoryFile
from robot.memory.writer import Writer
from robot.texts.catalogue import words
from tests.support.full_memory import NOON
from tests.support.small_disk import on_a_small_disk

if TYPE_CHECKING:
    from pathlib import Path

SMALL_DISK = """
import sys
from pathlib import Path
from robot.core.clock import RealClock
from robot.health.last_run import RunFile
from robot.memory.memory import Memory
from robot.texts.catalogue import words

def fill(file):
    with file.open("wb", buffering=0) as ballast:
        try:
            while ballast.write(bytes(4096)):
                pass
        except OSError as error:
            return error.strerror

disk = Path(sys.argv[1])
ballast = disk / "ballast"
memory = Memory(disk / "memory.db", RealClock())
memory.remember_person("Ada")
memory.wait()
print(fill(ballast))
memory.look()
memory.wait()
print(words(memory.health().reason))
for n in range(200):
    memory.keep_topic(1, f"garden {n}", "words " * 50)
memory.wait()
print(words(memory.health().reason))
RunFile(RealClock(), disk).begin()
ballast.unlink()
memory.look()
memory.wait()
print(memory.health().condition)
everything = memory.everything()
memory.close()
fill(ballast)
again = Memory(disk / "memory.db", RealClock())
print(again.everything() == everything, words(again.health().reason))
again.forget_person("Ada")
again.keep_event("while it was full")
again.wait()
print(again.forgotten)
ballast.unlink()
again.look()
again.wait()
print(again.forgotten, again.health().condition)
again.close()
print(any(b"Ada" in file.read_bytes() for file in disk.iterdir() if file.is_file()))
once_more = Memory(disk / "memory.db", RealClock())
print(len(once_more.everything().topics), once_more.everything().events[0][0])
once_more.close()
"""

LOCKED_DISK = """
import subprocess, sys
from pathlib import Path
from robot.core.clock import RealClock
from robot.memory.memory import Memory
from robot.texts.catalogue import words

disk = Path(sys.argv[1])

def locked(how):
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)

memory = Memory(disk / "memory.db", RealClock())
memory.remember_person("Ada")
memory.wait()
left = {file.name: file.read_bytes() for file in disk.iterdir()}  # as a killed run leaves it, the log not yet read
memory.close()
for name, content in left.items():
    (disk / name).write_bytes(content)
locked("ro")
again = Memory(disk / "memory.db", RealClock())
again.remember_person("Ben")
again.look()
again.wait()
print([person.name for person in again.everything().people], again.health().condition, words(again.health().reason))
locked("rw")
again.look()
again.wait()
print(again.health().condition)
again.close()
print([person.name for person in Memory(disk / "memory.db", RealClock()).everything().people])
"""

LOCKED_NEWER = """
import sqlite3, subprocess, sys
from pathlib import Path
from robot.core.clock import RealClock
from robot.memory.memory import Memory
from robot.memory.schema import VERSION
from robot.texts.catalogue import words

path = Path(sys.argv[1]) / "memory.db"
Memory(path, RealClock()).close()
with sqlite3.connect(path) as store:
    store.execute("CREATE TABLE future (x)")
    store.execute(f"PRAGMA user_version = {VERSION + 1}")
store.close()
for mode in (0o600, 0o644):  # the second is to be made private first, which cannot be done either
    path.chmod(mode)
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", path.parent], check=True)
    memory = Memory(path, RealClock())
    memory.remember_person("Ada")
    subprocess.run(["mount", "-o", "remount,rw", path.parent], check=True)
    memory.look()
    memory.wait()
    print(memory.unread, memory.health().condition, words(memory.health().reason))
    memory.close()
    print(path.read_bytes() == before)
"""

DAMAGED_ON_FULL = """
import os, sys
from pathlib import Path
from robot.core.clock import RealClock
from robot.memory.memory import Memory

disk = Path(sys.argv[1])
ballast, path = disk / "ballast", disk / "memory.db"

def names(memory):
    return [person.name for person in memory.everything().people]

for free in range(0, 200_000, 8192):
    for file in disk.iterdir():
        file.unlink()
    memory = Memory(path, RealClock())
    memory.remember_person("Ada")
    memory.close()
    content = bytearray(path.read_bytes())
    content[108:110] = bytes([255, 255])
    path.write_bytes(content)
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            file.truncate(max(file.tell() - free, 0))
    memory = Memory(path, RealClock())
    begun = names(memory)
    ballast.unlink()
    memory.remember_person("Ben")
    for _ in range(40):
        memory.look()
    memory.wait()
    how = memory.health().condition
    memory.close()
    again = Memory(path, RealClock())
    left = {file.name.partition(".damaged")[1] for file in disk.iterdir()}
    print(begun, how, names(again), again.health().condition, sorted(left), len(list(disk.glob("*-fresh*"))))
    again.close()
"""


@pytest.mark.slow
def test_on_a_disk_that_cannot_be_written_it_starts_with_what_it_can_read(tmp_path: Path) -> None:
    names, after, then = on_a_small_disk(tmp_path, LOCKED_DISK)
    assert names.startswith("['Ada', 'Ben'] fault ")
    assert "cannot be written" in names
    assert after == "ok"
    assert then == "['Ada', 'Ben']"


@pytest.mark.slow
def test_a_damaged_file_is_set_aside_only_for_a_whole_new_one(tmp_path: Path) -> None:
    """However little room there is on the disk, from none at all to enough."""
    lines = on_a_small_disk(tmp_path, DAMAGED_ON_FULL)
    assert len(lines) > 20
    assert set(lines) == {"['Ada'] lesser ['Ada', 'Ben'] ok ['', '.damaged'] 0"}


@pytest.mark.slow
def test_a_file_of_a_newer_version_is_left_alone_on_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    lines = on_a_small_disk(tmp_path, LOCKED_NEWER)
    assert lines[1::2] == ["True"] * 2
    for told in lines[::2]:
        assert told.startswith("True fault ")
        assert f"of version {VERSION + 1}" in told


class OutOfReach(MemoryFile):
    """A file that cannot be written, and how often that was tried."""

    tries = 0

    def reach(self) -> sqlite3.Connection | None:
        self.tries += 1
        raise OSError(errno.EROFS, "locked")


def test_a_file_that_cannot_be_written_is_tried_less_and_less_often(tmp_path: Path) -> None:
    file = OutOfReach(tmp_path / "memory.db", ManualClock(NOON), beside=False)
    writer = Writer(None, file, lambda _: None)
    tried_at = []
    for look in range(1, 101):
        before = file.tries
        writer.look()
        writer.wait()
        if file.tries > before:
            tried_at.append(look)
    assert tried_at == [1, 2, 4, 8, 16, 32, 62, 92]
    writer.close()
    assert file.tries == len(tried_at) + 1  # a last time


@pytest.mark.slow
def test_on_a_disk_that_is_truly_full_it_says_so_and_loses_nothing(tmp_path: Path) -> None:
    assert on_a_small_disk(tmp_path, SMALL_DISK) == [
        "No space left on device",
        "the disk is full: 0 KiB are left",
        "cannot be written: database or disk is full",
        "ok",
        "True its file cannot be written, so what is new is kept in this run alone: the disk is full: 0 KiB are left",
        "False",
        "True ok",
        "False",
        "0 while it was full",
    ]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    store = sqlite3.connect(path)
    store.execute(f"PRAGMA user_version = {VERSION + 1}")
    store.execute("CREATE TABLE future (x)")
    store.close()
    before = path.read_bytes()
    with closing(Memory(path, ManualClock(NOON))) as memory:
        memory.remember_person("Ada")
        memory.look()
        memory.wait()
        assert memory.health().condition is Condition.FAULT
        assert f"of version {VERSION + 1}" in words(memory.health().reason)
        with pytest.raises(PartError, match=f"of version {VERSION + 1}"):
            memory.demand_written()
    assert path.read_bytes() == before


@pytest.mark.parametrize("frees", [True, False])
def test_another_program_that_writes_to_it_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, frees: bool
) -> None:
    """As one that shows tables, with an edit that was not saved."""
    monkeypatch.setattr(database, "BUSY_S", 0.5)
    path = tmp_path / "memory.db"
    memory = Memory(path, ManualClock(NOON))
    memory.wait()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for n in range(20):  # as many seconds of a robot that runs
            memory.keep_event(f"event {n}")
            memory.look()
        longest = 0.0
        for _ in range(100):
            before = stopwatch()
            memory.bonds()
            longest = max(longest, stopwatch() - before)
            nap(0.02)
        assert longest < 0.3
        memory.wait()
        assert memory.health().condition is Condition.FAULT
        if frees:
            other.execute("COMMIT")
        before = stopwatch()
        memory.close()
        assert stopwatch() - before < 3.0
    with closing(Memory(path, ManualClock(NOON))) as again:
        kept = [kind for kind, _ in again.everything().events]
        assert kept == ([f"event {n}" for n in range(20)] if frees else [])


def test_a_full_disk_is_told_and_nothing_is_lost_when_there_is_space_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "memory.db"
    memory = Memory(path, ManualClock(NOON))
    memory.keep_event("before")
    memory.wait()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 8192, limit[1]))
        for n in range(100):
            memory.keep_topic(SOMEONE, f"topic {n}", "words " * 500)
        memory.wait()
        assert memory.health().condition is Condition.FAULT
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    memory.keep_event("space again")
    memory.look()  # as the loop has it done each second, whether or not there is anything new
    memory.wait()
    assert memory.health().condition is Condition.OK
    everything = memory.everything()
    memory.close()
    again = Memory(path, ManualClock(NOON))
    assert again.everything() == everything
    assert len(again.everything().topics) == 100
    again.close()
