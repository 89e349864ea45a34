"""Reachy Mini's targets: within limits, even however its loop drifts, and so much ahead as its head lags behind."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from hardware.reachy.body import reachy_mini
from hardware.reachy.motion import Heartbeat, Lags, Limiter
from robot.core.body_frame import Pose
from robot.express.motion import Follower

TICK = 0.02


def test_it_brakes_before_the_end_of_a_joints_way() -> None:
    limiter = Limiter(reachy_mini())
    end, acceleration = reachy_mini().joint("head_yaw").upper, reachy_mini().joint("head_yaw").acceleration
    ways = [limiter.at.head_yaw, *(limiter.step(Pose(head_yaw=9.0), TICK).head_yaw for _ in range(100))]
    for before, after in pairwise(ways):
        assert after - before < (math.sqrt(2.0 * acceleration * (end - before)) + 0.11) * TICK
    assert ways[-1] == pytest.approx(end)


def test_an_even_motion_stays_even_however_the_two_loops_drift() -> None:
    """Our frames come fifty times a second, its turns 46 times: each turn takes the newest target."""
    limiter, beat = Limiter(reachy_mini()), Heartbeat()
    period, speed = 1 / 46, 1.0
    taken: list[float] = []
    turn, newest, t = 0.0, 0.0, 0.0
    while t < 4.0:
        while turn <= t:
            beat.beat(turn)
            taken.append(newest)
            turn += period
        limiter.step(Pose(speed * t - 2.0), TICK)
        newest = limiter.ahead(beat.lead(t)).base_yaw
        t += TICK
    steps = [b - a for a, b in pairwise(taken[60:])]
    assert max(steps) < 1.15 * speed * period, "without looking ahead a turn would take two steps at once"
    assert min(steps) > 0.85 * speed * period


def test_a_beat_that_stumbles_is_not_followed() -> None:
    beat, t = Heartbeat(), 0.0
    for n in range(200):
        t += 0.008 if n % 2 else 0.032
        beat.beat(t)
    assert abs(beat.lead(t + 0.001)) < 0.001


class Lagging:
    """A head that comes after what it is told, and the motion that allows for it."""

    def __init__(self, lag: float) -> None:
        self.limiter, self.lags, self.lag = Limiter(reachy_mini()), Lags(), lag
        self.limiter.place(Pose())
        self.at = self.told = Pose()
        self._n = 0

    def go(self, yaw: float, held: float | None = None) -> float:
        """A turn; `held`: where a hand has the head. Gives where it is."""
        self.limiter.step(Pose(head_yaw=yaw), TICK, self.lags.seconds)
        self.told = self.limiter.ahead(0.0)
        follows = self.at.head_yaw + (self.told.head_yaw - self.at.head_yaw) * TICK / (self.lag + TICK)
        self.at = Pose(head_yaw=follows if held is None else held)
        self._n += 1
        self.lags.learn(self._n * TICK, self.at, self.told)
        return self.at.head_yaw

    def beyond(self, goal: float) -> float:
        """How far it goes beyond one that it turns to."""
        follower = Follower(reachy_mini().joint("head_yaw"), 8.8)
        follower.place(self.limiter.at.head_yaw)
        return max(self.go(follower.step(goal, 0.0, TICK)) - goal for _ in range(150))


def test_a_body_that_lags_is_told_so_much_ahead_that_it_is_where_it_is_meant_to_be() -> None:
    head, off = Lagging(0.12), list[float]()
    for n in range(600):
        meant = 0.4 * math.sin(2.5 * n * TICK)
        off.append(abs(head.go(meant) - meant))
    assert head.lags.seconds[3] == pytest.approx(0.12, abs=0.03)
    assert max(off[-200:]) < max(off[:200]) / 3
    assert head.lags.seconds[:3] == (0.0, 0.0, 0.0), "what never moved told nothing"


@pytest.mark.parametrize("lag", [0.03, 0.12])
def test_a_hand_on_the_head_teaches_no_lag(lag: float) -> None:
    """It is taken aside slowly and brought back quicker, three times; or held, while it would sway."""
    head = Lagging(lag)
    for n in range(1000):
        head.go(0.4 * math.sin(1.5 * n * TICK))
    learnt = head.lags.seconds[3]
    for _ in range(3):
        for n in range(330):
            head.go(0.0, 0.09 * n * TICK)
        for n in range(75):
            head.go(0.0, 0.6 - 0.4 * n * TICK)
    for n in range(200):
        head.go(0.2 * math.sin(4.0 * n * TICK), 0.1 + 0.02 * math.sin(6.0 * n * TICK))
    for _ in range(200):
        head.go(0.0)
    assert head.lags.seconds[3] == pytest.approx(learnt, abs=0.01)
    assert head.beyond(0.6) < math.radians(1.0)


@pytest.mark.parametrize("lag", [0.0, 0.1, 0.2])
def test_a_leap_of_what_is_wanted_is_no_leap_of_the_target_by_a_lag(lag: float) -> None:
    limiter, joint = Limiter(reachy_mini()), reachy_mini().joint("head_yaw")
    limiter.place(Pose())
    targets = [Pose()]
    for n in range(60):
        limiter.step(Pose(head_yaw=0.8 if n < 20 else -0.8), TICK, (lag,) * 6)
        targets.append(limiter.ahead(0.0))
    assert max(abs(b.head_yaw - a.head_yaw) for a, b in pairwise(targets)) <= joint.speed * TICK + 1e-9
    assert targets[-1].head_yaw == pytest.approx(-0.8, abs=0.02)


def test_a_lag_that_is_learnt_at_once_is_no_leap_of_the_target() -> None:
    limiter, joint = Limiter(reachy_mini()), reachy_mini().joint("head_yaw")
    limiter.place(Pose())
    targets = []
    for n in range(60):
        limiter.step(Pose(head_yaw=1.5 * n * TICK - 0.4), TICK, (0.2 if n > 30 else 0.0,) * 6)
        targets.append(limiter.ahead(0.0))
    assert max(abs(b.head_yaw - a.head_yaw) for a, b in pairwise(targets)) <= joint.speed * TICK + 1e-9
