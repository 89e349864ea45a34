"""Timers and reminders outlive the run: killed at any moment, with clocks set and machines suspended, none is lost and
none rings twice.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.clock import nap
from robot.decide.reminders import REMINDERS, Kind, Reminder
from tests.support.reminders import START, Machine, timer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAILY = tuple(range(7))
RINGS_AGAIN = timedelta(seconds=65)  # the second ring of one that nobody answered
OFF_S = [1.0, 3.0, 900.0, 3600.0, -10.0, -120.0]  # by how much the clock differs after a kill
KILLS = 6  # of a real process, quick here; `make soak` does 60
SETTLES_S = 720.0  # what a clock leaps over later, the robot was there for
SEEDS = [*range(20), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(20, 60))]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "memory.db", START)
    machine.run(1.0)
    yield machine
    machine.kill()


def at(due: str, what: str = "the pills", every: tuple[int, ...] = ()) -> Reminder:
    return Reminder(kind=Kind.REMINDER, due=due, what=what, every=every)


def rings(moments: list[datetime]) -> int:
    """How often it rang, where a second ring after a minute belongs to the first."""
    return sum(not n or moment - moments[n - 1] > RINGS_AGAIN for n, moment in enumerate(moments))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_killed_at_a_random_moment_none_is_lost_and_none_rings_twice(tmp_path: Path, seed: int) -> None:
    """Killed three times around the moment at which it rings, off for a while, its clock set meanwhile or not."""
    chance = np.random.default_rng(seed)
    machine = Machine(tmp_path / "memory.db", START)
    machine.robot.set("1", timer(machine.clock, 30))
    machine.robot.set("2", at("2026-03-02T12:00:30"))
    machine.robot.set("3", at("2026-03-02T12:00:31", every=DAILY))
    for _ in range(3):
        machine.run(float(chance.uniform(5.0, 20.0)))
        machine.kill()
        machine.wall += timedelta(seconds=float(chance.choice(OFF_S)))
        machine.start()
    machine.run(400.0)
    machine.kill()
    for key in ("1", "2", "3"):
        rung, missed = machine.of(key, "ring"), machine.of(key, "missed")
        assert rung or missed, f"{key} is lost"
        assert rings(rung) <= 1, f"{key} rang twice: {rung}"
        assert len(missed) <= 1, f"{key} was told twice: {missed}"


def killed(path: Path, kills: int, seed: int) -> list[tuple[str, str]]:
    """What real processes told that were killed at random moments, and the last, which ended by itself."""
    chance, lines = np.random.default_rng(seed), []
    for n in range(kills + 1):
        last = n == kills
        words = [sys.executable, "-m", "tests.support.reminders", str(path), str(n + 1), "ends" if last else "sets"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            if not last:
                lines.append(process.stdout.readline())  # it runs
                nap(float(chance.uniform(0.0, 3.0)))
                process.kill()
            lines += process.stdout.readlines()
    return [(what, key) for what, key in (line.split() for line in lines if line.endswith("\n") and line.strip())]


@pytest.mark.slow
@pytest.mark.parametrize("kills", [KILLS, pytest.param(60, marks=pytest.mark.soak)])
def test_a_real_process_killed_again_and_again_loses_none(tmp_path: Path, kills: int) -> None:
    told = killed(tmp_path / "memory.db", kills, seed=kills)
    asked = {key for what, key in told if what == "set"}
    rung = Counter(key for what, key in told if what == "ring")
    assert len(asked) >= kills
    assert asked <= {key for what, key in told if what in {"ring", "missed"}}
    assert max(rung.values()) == 1


def test_it_is_on_disk_before_it_sounds(machine: Machine) -> None:
    machine.robot.set("1", timer(machine.clock, 10))
    machine.run(9.3)
    assert '"ringing"' in machine.robot.memory.stored(REMINDERS.name)["1"]
    assert not machine.phrases
    machine.run(2.0)
    assert len(machine.of("1", "ring")) == 1


def test_what_was_missed_while_it_was_off_is_told_once(machine: Machine) -> None:
    machine.robot.set("1", at("2026-03-02T17:00:00", "call Anna"))
    machine.robot.set("2", at("2026-03-02T08:00:00", every=DAILY))
    machine.kill()
    machine.wall = START + timedelta(days=3, hours=1)
    machine.start()
    machine.run(60.0)
    assert machine.phrases == ["missed_reminder", "missed_reminder"]
    machine.kill()
    machine.start()
    machine.run(60.0)
    assert len(machine.phrases) == 2
    (left,) = REMINDERS.read(machine.robot.memory).values()
    assert left.due == "2026-03-06T08:00:00"  # the next morning


def test_a_timer_lasts_as_long_as_it_was_asked_to_whatever_the_clock_is_set_to(machine: Machine) -> None:
    machine.robot.set("1", timer(machine.clock, 60))
    machine.run(10.0)
    machine.show(START + timedelta(hours=1))
    machine.run(10.0)
    machine.show(START - timedelta(hours=2))
    machine.run(10.0)
    assert not machine.phrases
    left = REMINDERS.read(machine.robot.memory)["1"].left(machine.clock.civil())
    assert 25 < left.total_seconds() < 35  # and that is what it tells
    machine.run(40.0)
    assert len(machine.of("1", "ring")) == 1


def test_a_suspended_machine_tells_what_it_missed(machine: Machine) -> None:
    machine.robot.set("1", timer(machine.clock, 60, "egg"))
    machine.run(5.0)
    machine.suspend(3600.0)
    machine.run(10.0)
    assert machine.phrases == ["missed_timer_named"]


def test_what_comes_again_rings_once_a_day_though_the_clock_is_set_back(machine: Machine) -> None:
    machine.robot.set("1", at("2026-03-02T12:00:10", every=DAILY))
    machine.run(100.0)
    assert rings(machine.of("1", "ring")) == 1
    machine.show(START)
    machine.run(60.0)
    assert rings(machine.of("1", "ring")) == 1
    machine.show(START + timedelta(days=1))
    machine.run(120.0)
    assert rings(machine.of("1", "ring")) == 2


def test_a_clock_that_was_wrong_by_years_costs_no_reminder(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "memory.db", datetime(2031, 6, 1, 7, 59, 50, tzinfo=UTC))
    machine.robot.set("1", at("2031-06-01T08:00:00", every=DAILY))
    machine.run(100.0)
    machine.show(datetime(2026, 3, 2, 7, 59, 0, tzinfo=UTC))
    machine.run(70.0)
    machine.kill()
    assert machine.of("1", "ring")[-1] == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_what_a_clock_leaps_over_for_days_is_told(machine: Machine) -> None:
    machine.robot.set("1", at("2026-03-02T13:00:00"))
    machine.run(SETTLES_S)
    machine.show(START + timedelta(days=3))
    machine.run(60.0)
    assert machine.phrases == ["missed_reminder"]


def test_what_was_over_before_a_slow_clock_was_put_right_is_told(machine: Machine) -> None:
    """A board without a clock of its own starts where it was cut, and is put right by the network a moment later."""
    machine.robot.set("1", at("2026-03-02T12:30:00"))
    machine.run(5.0)
    machine.show(START + timedelta(hours=1))
    machine.run(60.0)
    assert machine.phrases == ["missed_reminder"]


def test_what_is_put_off_for_long_rings_twice_as_well_and_is_kept_for_a_while(machine: Machine) -> None:
    machine.robot.set("1", timer(machine.clock, 10))
    machine.run(100.0)
    machine.robot.set("1", timer(machine.clock, 720))  # as "twelve more minutes" does
    machine.run(720.0 + 100.0)
    assert len(machine.of("1", "ring")) == 4
    assert "1" in machine.robot.memory.stored(REMINDERS.name)


def test_summer_time_skips_no_alarm_and_rings_none_twice(tmp_path: Path) -> None:
    """In Paris 2:30 is not there on 29 March, and comes twice on 25 October."""
    winter, summer = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
    spring = Machine(tmp_path / "spring.db", datetime(2026, 3, 29, 1, 48, 0, tzinfo=winter))
    spring.robot.set("1", at("2026-03-29T02:30:00"))
    spring.run(SETTLES_S)
    spring.show(datetime(2026, 3, 29, 3, 0, 0, tzinfo=summer))
    spring.run(90.0)
    spring.kill()
    assert rings(spring.of("1", "ring")) == 1
    assert not spring.of("1", "missed")

    autumn = Machine(tmp_path / "autumn.db", datetime(2026, 10, 25, 2, 29, 50, tzinfo=summer))
    autumn.robot.set("1", at("2026-10-25T02:30:00", every=DAILY))
    autumn.run(90.0)
    autumn.show(datetime(2026, 10, 25, 2, 29, 0, tzinfo=winter))
    autumn.run(120.0)
    autumn.kill()
    assert rings(autumn.of("1", "ring")) == 1
