"""Where nothing can be noted, since the disk is full or locked, the robot starts all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.clock import ManualClock
from robot.health.last_run import RunEnding, RunFile, read
from tests.support.small_disk import on_a_small_disk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FULL = """
import sys
from pathlib import Path
from robot.core.clock import ManualClock
from robot.health.at_work import IN_LOOP, AtWork
from robot.health.last_run import RunFile

place = Path(sys.argv[1])
with (place / "ballast").open("wb", buffering=0) as ballast:
    try:
        while True:
            ballast.write(bytes(4096))
    except OSError as error:
        print(error.strerror)
file = RunFile(ManualClock(), place)
print(file.begin().ending)
print(AtWork.open(place, IN_LOOP))
(place / "ballast").unlink()
print(AtWork.open(place, IN_LOOP) is not None)
"""
LOCKED = """
import subprocess
import sys
from pathlib import Path
from robot.core.clock import ManualClock
from robot.health.last_run import RunEnding, RunFile

place = Path(sys.argv[1])
for noted in (False, True):
    if noted:
        file = RunFile(ManualClock(), place)
        file.begin()
        file.end(RunEnding.FAULT, "no board")
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    file = RunFile(ManualClock(), place)
    last = file.begin()
    print(last.ending, last.detail, file.notes)
    file.end(RunEnding.ASKED)
    subprocess.run(["mount", "-o", "remount,rw", place], check=True)
"""


def test_on_a_full_disk_it_does_not_note_what_is_at_work(tmp_path: Path) -> None:
    assert on_a_small_disk(tmp_path, FULL) == ["No space left on device", "first", "None", "True"]


def test_on_a_locked_disk_it_starts_and_knows_what_was_noted_before(tmp_path: Path) -> None:
    assert on_a_small_disk(tmp_path, LOCKED) == ["first  None", "fault no board None"]


def test_a_folder_that_cannot_be_made_is_told_and_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    place = tmp_path / "file" / "state"
    file = RunFile(ManualClock(), place)
    assert file.begin().ending is RunEnding.FIRST
    file.end(RunEnding.ASKED)
    assert [record.getMessage() for record in caplog.records] == [
        f"how this run ends cannot be noted at {place}: Not a directory"
    ]


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.exists", refuse)
    last = read(tmp_path)
    assert last.ending is RunEnding.KILLED
    assert "Permission denied" in str(last.detail)
