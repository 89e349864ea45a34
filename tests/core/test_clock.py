"""Moments of the stopwatch in robot time: sound is placed by them to the sample."""

from __future__ import annotations

import sys
import threading

import pytest

from robot.core import clock as clocks
from robot.core.clock import PacedClock, RealClock, stopwatch

EXACT_S = 1e-5  # a sixth of a sample
READINGS = 20_000


def test_a_moment_stays_where_it_is_whoever_is_held_up() -> None:
    clock, over = RealClock(), threading.Event()

    def work() -> None:
        while not over.is_set():
            sum(range(50))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    others = [threading.Thread(target=work) for _ in range(3)]
    for other in others:
        other.start()
    moment = stopwatch()
    try:
        found = [clock.at(moment) for _ in range(READINGS)][READINGS // 10 :]
    finally:
        over.set()
        sys.setswitchinterval(before)
        for other in others:
            other.join()
    assert max(found) - min(found) < EXACT_S


def test_time_in_suspend_is_robot_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, moment = RealClock(), stopwatch()
    before, uptime = clock.at(moment), clocks._uptime
    monkeypatch.setattr(clocks, "_uptime", lambda: uptime() + 3600.0)
    assert clock.at(moment) - before == pytest.approx(3600.0, abs=0.1)


def test_a_paced_clock_places_a_moment_between_its_ticks() -> None:
    clock, moment = PacedClock(speed=2.0), stopwatch()
    first = clock.at(moment)
    clock.sleep_until(0.2)
    assert clock.at(moment) == first
    assert clock.at(moment + 1.0) - first == pytest.approx(2.0)
