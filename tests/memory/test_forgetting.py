"""What was to be forgotten is forgotten, whenever the robot is killed; and it is not called forgotten before it is."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import ManualClock
from robot.memory.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

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
