"""The next run goes on where the last one ended: bonds have faded, and what duties count within a day still counts."""

from __future__ import annotations

import math
import time  # noqa: TID251 - to set the zone, not to tell the time
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from robot.core.clock import ManualClock, RealClock
from robot.core.feelings import SOMEONE
from robot.core.voice_commands import Manner
from robot.decide.diary import DiaryWriter
from robot.feel.attachment import Attachment, Style
from robot.loop.memory_keeper import INFORMED, OPENING, TOLD, earlier, faded_bonds
from robot.memory.memory import Memory
from tests.support.full_memory import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    writer.remember(earlier(memory, clock))
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


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine there; it has no fixed distance from UTC."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class MachineClock(RealClock):
    """As of a machine, at a moment that is set."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = NOON

    def civil(self) -> datetime:
        return self.moment.astimezone()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("said", "now", "counts"),
    [
        ("2026-03-28T23:30:00+01:00", "2026-03-29T09:00:00+02:00", False),
        ("2026-03-29T00:30:00+01:00", "2026-03-29T09:00:00+02:00", True),
        ("2026-10-24T23:30:00+02:00", "2026-10-25T09:00:00+01:00", False),
        ("2026-10-25T00:30:00+02:00", "2026-10-25T09:00:00+01:00", True),
        ("2026-05-02T08:00:00+02:00", "2026-05-01T12:00:00+02:00", False),  # while the clock was ahead
        ("2026-05-01T13:00:00+02:00", "2026-05-01T12:00:00+02:00", False),
    ],
)
def test_what_counts_today_was_said_today(said: str, now: str, *, counts: bool) -> None:
    clock = MachineClock()
    clock.moment = datetime.fromisoformat(said)
    with closing(Memory(None, clock)) as memory:
        for kind in (TOLD, OPENING, INFORMED):
            memory.keep_event(kind)
        clock.moment = datetime.fromisoformat(now)
        found = earlier(memory, clock)
        today = clock.civil().date() if counts else None
        assert (found.told_robot_on, found.informed_on, len(found.openings)) == (today, today, int(counts))
        simulated = ManualClock(clock.civil().replace(tzinfo=ZoneInfo("Europe/Berlin")))
        assert earlier(memory, simulated) == found
