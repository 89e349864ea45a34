"""A machine that is too busy: the loop goes on, sight and hearing do less, say so, and come back when there is time."""

from __future__ import annotations

from collections import Counter
from itertools import chain, repeat
from typing import TYPE_CHECKING

import psutil
import pytest

from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.config.schema import Config, PartsTable
from robot.core.clock import ManualClock, nap
from robot.core.condition import Condition
from robot.loop.load_shedding import CALM, LATE_S, MEASURES, WINDOW, Pace
from robot.loop.loop import DT
from robot.sense.hearing.hearing import Hearing
from robot.sense.sight.sight import Sight
from robot.texts.catalogue import words
from tests.support.ears import SoundEars, play, utterances
from tests.support.stage import ONE, Reel
from tests.support.tables import TABLES
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.app.robot import Robot
    from robot.core.tick import Tick


ON_TIME, LATE = 0.0, 0.012  # s


class BusyClock(ManualClock):
    """Its machine has too much to do between two moments: ticks come 12 ms late."""

    def __init__(self, until: float) -> None:
        super().__init__()
        self.until = until

    def lag(self, t: float) -> float:
        return LATE if 1.0 < t < self.until else ON_TIME


class Webcam(Reel):
    """A camera in real time: what it shows comes when it is ready."""

    latency: float | None = None


class Looks:
    def __init__(self) -> None:
        self.lesser: list[float] = []
        self.ticks = 0
        self.robot: Robot | None = None

    def see(self, tick: Tick) -> None:
        self.ticks += 1
        assert self.robot is not None
        sight = self.robot.loop.devices.sight
        assert sight is not None
        health = sight.health()
        if health.condition is Condition.LESSER:
            assert "the machine is too busy" in words(health.reason)
            self.lesser.append(tick.t)


def always() -> bool:
    return True


def never() -> bool:
    return False


@pytest.mark.slow
@pytest.mark.parametrize(("used_up", "share"), [(always, MEASURES[-1].share), (never, 1.0)])
def test_sight_gives_way_and_comes_back_and_the_loop_misses_no_tick(used_up: Callable[[], bool], share: float) -> None:
    looks = Looks()
    parts = PartsTable(body="sim://", camera="", ears="", speaker="")
    with build(
        Config(parts=parts), RunContext(BusyClock(until=2.0), research=True, stock=shared_stock()), [looks]
    ) as robot:
        looks.robot = robot
        robot.loop.pace = Pace(used_up)
        robot.loop.devices.sight = Sight(Webcam(()), ONE.camera)
        robot.loop.run(2.0)
        assert looks.lesser
        assert looks.lesser[0] < 1.1
        assert robot.loop.devices.sight is not None
        assert robot.loop.devices.sight.min_interval_s == MEASURES[-1].min_interval_s
        assert robot.loop.devices.hearing.share == share
        robot.loop.run(40.0)  # three steps back, of 10 s each
        assert robot.loop.devices.sight.min_interval_s == 0.0
        assert robot.loop.devices.hearing.share == 1.0
        assert robot.loop.devices.sight.health().condition is Condition.OK
    assert looks.ticks == 40 * 50


def busy(pace: Pace) -> None:
    """Until it takes less."""
    while not pace.note(LATE):
        pass


def calm_until_change(pace: Pace) -> int:
    ticks = 1
    while not pace.note(ON_TIME):
        ticks += 1
    return ticks


def test_a_step_back_that_does_not_last_is_tried_more_seldom() -> None:
    pace = Pace(never)
    waits = []
    for _ in range(4):
        busy(pace)
        waits.append(calm_until_change(pace))
    assert waits == [CALM, 2 * CALM, 4 * CALM, 8 * CALM]


def test_one_busy_while_after_a_step_back_doubles_the_wait_once() -> None:
    pace = Pace(never)
    busy(pace)
    assert calm_until_change(pace) == CALM
    for _ in MEASURES[1:]:
        busy(pace)
    assert [calm_until_change(pace) for _ in MEASURES[1:]] == [2 * CALM] * 3


def test_busy_now_and_then_it_always_comes_back_after_ten_seconds() -> None:
    pace = Pace(never)
    for _ in range(5):
        busy(pace)
        assert calm_until_change(pace) == CALM
        assert not any(pace.note(ON_TIME) for _ in range(CALM))  # it has lasted


def test_once_all_was_well_for_as_long_as_it_waited_it_waits_no_longer_than_at_first() -> None:
    pace = Pace(never)
    for wait in (CALM, 2 * CALM, 4 * CALM):
        busy(pace)
        assert calm_until_change(pace) == wait
    assert not any(pace.note(ON_TIME) for _ in range(4 * CALM))
    busy(pace)
    assert calm_until_change(pace) == CALM


def test_one_late_tick_now_and_then_changes_nothing() -> None:
    pace = Pace(never)
    assert not any(pace.note(ON_TIME if n % 150 else LATE) for n in range(15_000))
    assert pace.measure == MEASURES[0]


@pytest.mark.parametrize("first", [0, 50, 98])
def test_two_late_ticks_within_two_seconds_count_wherever_they_fall(first: int) -> None:
    pace = Pace(never)
    changed = [n for n in range(3 * WINDOW) if pace.note(LATE if n in {first, first + 2} else ON_TIME)]
    assert changed == [first + 2]


def after_stall(seconds: float, turn: float) -> list[float]:
    """How late the ticks come that catch up on one turn of so many seconds, when each of them takes `turn`."""
    late = [seconds - DT]
    while late[-1] > LATE_S:
        late.append(late[-1] + turn - DT)
    return late


@pytest.mark.parametrize("turn", [0.002, 0.015])
def test_ticks_that_catch_up_on_one_stall_are_not_late_anew(turn: float) -> None:
    pace = Pace(never)
    assert not any(pace.note(late) for late in after_stall(0.15, turn))
    assert pace.measure == MEASURES[0]


def test_a_machine_that_falls_behind_with_each_turn_is_too_slow() -> None:
    pace = Pace(never)
    assert [pace.note(0.01 * n) for n in range(1, 7)] == [False, True] * 3
    assert pace.measure.min_interval_s == MEASURES[-1].min_interval_s


def test_hearing_rests_once_the_share_was_used_up_until_all_is_well_again() -> None:
    asked = chain([False, False, True], repeat(False))
    pace = Pace(lambda: next(asked))
    shares = [pace.measure.share for _ in range(8) if pace.note(LATE)]
    assert shares == [1.0, 1.0, MEASURES[-1].share]
    while pace.measure.min_interval_s:
        assert pace.measure in MEASURES
        pace.note(ON_TIME)
    assert all(pace.measure.share == 1.0 for _ in range(8) if pace.note(LATE))


def test_a_share_that_was_used_up_while_nothing_was_late_is_no_reason_later() -> None:
    asked = chain([True], repeat(False))
    pace = Pace(lambda: next(asked))
    for _ in range(WINDOW):
        pace.note(ON_TIME)
    assert all(pace.measure.share == 1.0 for _ in range(8) if pace.note(LATE))


@pytest.mark.slow
def test_a_listener_that_rests_by_turns_says_so_and_understands_all_the_same() -> None:
    clock, ears = ManualClock(), SoundEars(in_a_room([joe("what is your name")], gap_s=0.5))
    hearing = Hearing(ears, TABLES, clock)
    try:
        play(hearing, clock, 0.1)
        while not hearing.recogniser:
            nap(0.05)
            hearing.poll(clock.now())
        hearing.share = 0.3
        heard = utterances(play(hearing, clock, ears.length + 1.0))
        for _ in range(600):
            if heard:
                break
            nap(0.1)
            heard = utterances([(clock.now(), percept) for percept in hearing.poll(clock.now())])
        assert [one.intent for one in heard] == ["what_is_your_name"]
        assert hearing.pid is not None
        listener = psutil.Process(hearing.pid)
        states = Counter(sampled(listener))
        assert states[psutil.STATUS_STOPPED]
        assert len(states) > 1, "it never works"
        assert hearing.health().condition is Condition.LESSER
        hearing.share = 1.0
        nap(0.1)
        assert psutil.STATUS_STOPPED not in sampled(listener)
    finally:
        hearing.close()


def sampled(process: psutil.Process) -> list[str]:
    """Its state, a hundred times over half a second."""
    states: list[str] = []
    for _ in range(100):
        states.append(process.status())
        nap(0.005)
    return states
