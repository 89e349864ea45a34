"""The memory loses nothing that was committed, is private, complete to show, and complete to forget."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from robot.clock import ManualClock, RealClock, generator, nap
from robot.decide.diary import Diary
from robot.errors import PartError
from robot.memory.keeper import OPENING, TOLD, restore
from robot.memory.memory import SOMEONE, Memory
from robot.memory.schema import VERSION
from robot.messages import Condition, Manner

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "Rosalinde"
KILLS = 6  # quick here; `make soak` does 200

WRITER = """
import sys
from pathlib import Path
from robot.clock import RealClock
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


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    store = sqlite3.connect(path)
    store.execute(f"PRAGMA user_version = {VERSION + 1}")
    store.execute("CREATE TABLE future (x)")
    store.close()
    before = path.read_bytes()
    with pytest.raises(PartError, match=rf"version {VERSION + 1}.*update bowlby"):
        Memory(path, ManualClock(NOON))
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
    memory.keep_event(TOLD)
    memory.keep_event(OPENING)
    memory.keep_bond(SOMEONE, 0.5)
    clock.sleep_until(3600.0)
    diary = Diary(Manner())
    assert restore(memory, diary, clock) == pytest.approx(0.5, abs=0.01)
    assert diary.told_robot_on == NOON.date()
    assert diary.told_robot_at == pytest.approx(0.0)
    assert diary.openings_on(NOON.date()) == 1
    clock.sleep_until(86400.0)
    tomorrow = Diary(Manner())
    restore(memory, tomorrow, clock)
    assert tomorrow.told_robot_on is None
    assert tomorrow.openings_on(clock.civil().date()) == 0
    memory.close()


def command(*words: str, config: Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "robot", "memory", *words, "--config", str(config)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == expect, done.stderr
    return done


def test_the_command_shows_exports_forgets_and_resets(tmp_path: Path) -> None:
    path, config, copy = tmp_path / "memory.db", tmp_path / "bowlby.toml", tmp_path / "copy.json"
    config.write_text(f'[memory]\nfile = "{path}"\n')
    full(path, ManualClock(RealClock().civil())).close()
    assert NAME in command("show", config=config).stdout
    shown = json.loads(command("show", "--json", config=config).stdout)
    command("export", str(copy), config=config)
    assert json.loads(copy.read_text()) == shown
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "known: Rosalinde" in " ".join(command("forget", "Rosa", "--yes", config=config, expect=2).stderr.split())
    command("forget", NAME, "--yes", config=config)
    assert NAME not in command("show", "--json", config=config).stdout
    command("reset", "--yes", config=config)
    assert json.loads(command("show", "--json", config=config).stdout)["topics"] == []
