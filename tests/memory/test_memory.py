"""The memory loses nothing that was committed, is private, complete to show, and complete to forget."""

from __future__ import annotations

import errno
import json
import math
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import ManualClock, RealClock, generator, nap
from robot.core.errors import PartError
from robot.core.feelings import SOMEONE
from robot.core.messages import Condition, Manner
from robot.decide.diary import DiaryWriter
from robot.feel.attachment import Attachment, Style
from robot.loop.memory_keeper import OPENING, TOLD, earlier, faded_bonds
from robot.memory.memory import Memory
from robot.memory.schema import VERSION
from robot.memory.store import MemoryFile, set_aside
from robot.memory.writer import Writer
from robot.texts.catalogue import words
from tests.support.command_line import printed, refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from robot.core.diary import Diary

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "Rosalinde"
KILLS = 6  # quick here; `make soak` does 200

WRITER = """
import sys
from pathlib import Path
from robot.core.clock import RealClock
from robot.memory.memory import Memory
memory = Memory(Path(sys.argv[1]), RealClock())
n = 0
while True:
    n += 1
    memory.keep_topic(0, f"topic {n}", "words " * 20)
    memory.wait()
    print(n, flush=True)
"""


def full(path: Path, clock: ManualClock) -> Memory:
    memory = Memory(path, clock)
    memory.remember_person(NAME)
    memory.wait()
    (known,) = memory.everything().people
    memory.keep_bond(known.id, 0.4)
    for n in range(200):
        memory.keep_topic(known.id, f"garden {n}", f"{NAME} spoke of garden {n}")
    memory.keep_topic(SOMEONE, NAME, f"somebody spoke of {NAME}")
    memory.keep_topic(SOMEONE, "the weather", "rain")
    memory.count("crisis")
    memory.wait()
    return memory


def test_the_file_and_its_log_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "memory.db"
    memory = full(path, ManualClock(NOON))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    memory.close()
    assert modes.pop("memory.db") == 0o600
    assert all(mode == 0o600 for mode in modes.values())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


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


def test_details_fade_after_five_days_and_topics_after_thirty() -> None:
    clock = ManualClock(NOON)
    memory = Memory(None, clock)
    memory.keep_topic(SOMEONE, "my sister", "she lives in Lyon")
    for days, expected in ((4, ["she lives in Lyon"]), (6, [None]), (29, [None]), (31, [])):
        clock.sleep_until(timedelta(days=days).total_seconds())
        memory.fade()
        assert [topic.detail for topic in memory.everything().topics] == expected
    memory.close()


def test_a_process_killed_while_writing_loses_nothing_committed(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    rng = generator(5)
    committed = 0
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            last = int(process.stdout.readline())
            nap(float(rng.uniform(0.0, 0.15)))
            os.kill(process.pid, signal.SIGKILL)
            for line in process.stdout:
                last = int(line)
        committed += last
        memory = Memory(path, ManualClock(NOON))
        found = len(memory.everything().topics)
        memory.close()
        assert committed <= found <= committed + KILLS
        committed = found


@pytest.mark.parametrize("damage", ["noise", "head", "text"])
def test_a_damaged_file_is_set_aside_and_the_robot_lives_on(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "memory.db"
    full(path, ManualClock(NOON)).close()
    content = bytearray(path.read_bytes())
    if damage == "noise":
        content[4096:12288] = generator(1).bytes(8192)
    elif damage == "head":
        content[:64] = bytes(64)
    else:
        content = bytearray(b"this is a letter, not a database\n" * 100)
    path.write_bytes(content)
    memory = Memory(path, ManualClock(NOON))
    memory.keep_event("lives on")
    assert [kind for kind, _ in memory.everything().events] == ["lives on"]
    memory.close()
    (aside,) = tmp_path.glob("memory.db.damaged-20260302T120000")
    assert aside.read_bytes() == content
    assert str(aside) in caplog.text


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


def on_a_small_disk(folder: Path, program: str) -> list[str]:
    """What it prints on a file system of 800 KiB, mounted in a name space of the test's own."""
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody have a mount of their own")
    mounted = 'mount -t tmpfs -o size=800k none "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "-rm", "sh", "-ec", mounted, "sh", str(folder), sys.executable, program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


@pytest.mark.slow
def test_on_a_disk_that_cannot_be_written_it_starts_with_what_it_can_read(tmp_path: Path) -> None:
    names, after, then = on_a_small_disk(tmp_path, LOCKED_DISK)
    assert names.startswith("['Ada', 'Ben'] fault ")
    assert "cannot be written" in names
    assert after == "ok"
    assert then == "['Ada', 'Ben']"


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


def test_the_next_run_goes_on_where_the_last_one_ended() -> None:
    clock = ManualClock(NOON)
    memory = Memory(None, clock)
    memory.keep_bond(SOMEONE, 0.5)
    clock.sleep_until(3600.0)
    memory.keep_bond(1, 0.4)
    clock.sleep_until(3600.0 + 30 * 86400.0)
    later = Attachment(Style())
    later.bonds.update(faded_bonds(memory, clock.civil(), later.parameters.bond_days))
    assert later.bonds == pytest.approx({SOMEONE: 0.5 / math.e, 1: 0.4 / math.e}, rel=0.01)
    memory.close()


def begun(memory: Memory, clock: ManualClock) -> Diary:
    """The first page of a run that begins now."""
    writer = DiaryWriter(Manner())
    writer.remember(earlier(memory, clock.civil()))
    return writer.page()


def test_what_duties_count_goes_on_within_the_day_and_no_longer() -> None:
    clock = ManualClock(NOON)
    memory = Memory(None, clock)
    memory.keep_event(TOLD)
    memory.keep_event(OPENING)
    clock.sleep_until(3600.0)
    diary = begun(memory, clock)
    assert diary.told_robot_on == NOON.date()
    assert diary.told_robot_at == pytest.approx(-3600.0)  # the new run begins at 0
    assert diary.openings_on(NOON.date()) == 1
    clock.sleep_until(86400.0)
    tomorrow = begun(memory, clock)
    assert tomorrow.told_robot_on is None
    assert tomorrow.openings_on(clock.civil().date()) == 0
    memory.close()


def beside(*words: str, config: Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, beside this one, which has the memory open."""
    done = subprocess.run(
        [sys.executable, "-m", "robot", "memory", *words, "--config", str(config)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == expect, done.stderr
    return done


@pytest.mark.slow
def test_the_command_shows_exports_forgets_and_resets(tmp_path: Path) -> None:
    path, config, copy = tmp_path / "memory.db", tmp_path / "bowlby.toml", tmp_path / "copy.json"
    config.write_text(f'[memory]\nfile = "{path}"\n')
    full(path, ManualClock(RealClock().civil())).close()

    def command(*words: str) -> str:
        return printed("memory", *words, "--config", str(config))

    assert NAME in command("show")
    shown = json.loads(command("show", "--json"))
    command("export", str(copy))
    assert json.loads(copy.read_text()) == shown
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "known: Rosalinde" in refused("memory", "forget", "Rosa", "--yes", "--config", str(config))
    aside = tmp_path / "memory.db.damaged-20260302T120000"
    aside.write_text(NAME)
    assert aside.name in "".join(command("show").split())
    assert aside.name in "".join(command("forget", NAME, "--yes").split())
    assert not aside.exists()
    assert NAME not in command("show", "--json")
    with closing(Memory(path, ManualClock(NOON))):  # a robot that runs
        assert "the weather" in beside("show", config=config).stdout
        for words in (("forget", NAME, "--yes"), ("reset", "--yes")):
            assert "on its page" in beside(*words, config=config, expect=3).stderr
    command("reset", "--yes")
    assert json.loads(command("show", "--json"))["topics"] == []
