"""A recording that cannot be written ends in words, with its reason, and holds nothing up."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from firmware_bridge.descriptions import bowlby_one
from robot.app.runner import whole
from robot.config.schema import Config
from robot.core.clock import ManualClock
from robot.core.errors import InputError
from robot.health.last_run import RunEnding
from robot.memory.memory import Memory
from robot.recording.beginning import Beginning
from robot.recording.recorder import BACKLOG_TICKS, BackgroundRecorder, Recorder
from robot.texts.catalogue import words
from tests.support.small_disk import on_a_small_disk

if TYPE_CHECKING:
    from pathlib import Path

FULL = """
import sys
from pathlib import Path
from robot.core.errors import InputError
from tests.recording.test_unwritable import recorder

place = Path(sys.argv[1])
with (place / "ballast").open("wb", buffering=0) as ballast:
    try:
        while True:
            ballast.write(bytes(4096))
    except OSError:
        pass
try:
    recorder(place / "run.mcap")
except InputError as error:
    print(error)
"""


def recorder(path: Path) -> Recorder:
    clock = ManualClock()
    memory = Memory(None, clock)
    beginning = Beginning(
        Config(), bowlby_one(), clock.civil(), clock.midnight(), RunEnding.FIRST, False, memory.image()
    )
    memory.close()
    return Recorder(path, beginning, clock)


@pytest.mark.slow
def test_on_a_full_disk_it_is_not_begun_and_that_is_told(tmp_path: Path) -> None:
    (told,) = on_a_small_disk(tmp_path, FULL)
    assert "run.mcap: the recording cannot be written: No space left on device" in told
    assert "free some" in told


class UnheardOf:
    """A tick that ends in an error which nobody foresaw, once it is let go."""

    def __init__(self) -> None:
        self.taken, self.go = threading.Event(), threading.Event()

    @property
    def t(self) -> float:
        self.taken.set()
        self.go.wait(20.0)
        raise ZeroDivisionError("no such tick")


@pytest.mark.parametrize("waiting", [0, BACKLOG_TICKS])
def test_an_error_that_nobody_foresaw_ends_it_with_its_reason(tmp_path: Path, waiting: int) -> None:
    recording, tick = recorder(tmp_path / "run.mcap"), UnheardOf()
    seen: Any = tick
    background = BackgroundRecorder(recording, ManualClock())
    background.see(seen)
    assert tick.taken.wait(20.0)
    for _ in range(waiting):
        background.see(seen)
    tick.go.set()
    assert ends(background)
    assert "run.mcap cannot be written: ZeroDivisionError: no such tick" in words(recording.fault)
    assert words(recording.health().remedy).startswith("please report it")
    with pytest.raises(InputError, match=r"ZeroDivisionError.*please report it"):
        whole(recording)


def ends(background: BackgroundRecorder) -> bool:
    """Whether closing it does."""
    closing = threading.Thread(target=background.close, daemon=True)
    closing.start()
    closing.join(20.0)
    return not closing.is_alive()
