"""The next run goes on where the last one ended: bonds have faded, and what duties count within a day still counts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from robot.core.clock import ManualClock
from robot.core.feelings import SOMEONE
from robot.core.voice_commands import Manner
from robot.decide.diary import DiaryWriter
from robot.feel.attachment import Attachment, Style
from robot.loop.memory_keeper import OPENING, TOLD, earlier, faded_bonds
from robot.memory.memory import Memory
from tests.support.full_memory import NOON

if TYPE_CHECKING:
    from robot.core.diary import Diary


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
