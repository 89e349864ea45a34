"""Robot time and board time, however long the robot runs and however far the board's clock is off."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from firmware_bridge.clocksync import ClockSync

DAY = 86400.0


@settings(max_examples=15, deadline=None)
@given(ppm=st.floats(-5000, 5000), offset=st.integers(0, 2**32 - 1), days=st.floats(1, 42), seed=st.integers(0, 999))
@example(ppm=5000, offset=0, days=42, seed=0)
@example(ppm=-5000, offset=0, days=42, seed=0)
def test_a_clock_that_is_off_is_followed_for_weeks(ppm: float, offset: int, days: float, seed: int) -> None:
    chance, sync = np.random.default_rng(seed), ClockSync()

    def board(t: float) -> float:
        return offset + 1e6 * (1 + ppm * 1e-6) * t

    t, pings = 0.0, 0
    while t < days * DAY:
        trip = 0.0006 + chance.random() * 2e-4
        sync.add(t, t + trip, int(board(t + trip / 2)) % 2**32)
        pings += 1
        assert sync.samples == pings  # none was taken for wrong
        t += 0.25 if pings < 240 else 300.0
        apart = (sync.board_us(t) - board(t) + 2**31) % 2**32 - 2**31
        assert pings < 8 or abs(apart) < 3000
        assert abs(sync.robot_s(int(board(t - 1)) % 2**32, t) - (t - 1)) < 0.01


def test_a_board_that_has_restarted_is_met_anew_after_a_few_pings() -> None:
    sync = ClockSync()
    for n in range(40):
        sync.add(n / 4, n / 4 + 0.0006, 1_000_000_000 + n * 250_000)
    for n in range(40, 60):
        sync.add(n / 4, n / 4 + 0.0006, (n - 40) * 250_000)
    assert abs(sync.board_us(15.0) - 20 * 250_000) < 1000
