"""What is left of people and pictures while the camera rests, and after it: nothing that lasts longer than is told."""

from __future__ import annotations

import gc
from types import FunctionType, ModuleType
from typing import NamedTuple

import numpy as np
import pytest

from robot.core.body_frame import ZERO
from robot.core.clock import generator, nap
from robot.core.condition import Condition, Health
from robot.core.percepts import Face
from robot.parts.protocols import Picture
from robot.sense.sight.eye import Eye
from robot.sense.sight.face_recognition import FaceRecognition
from robot.sense.sight.sight import Sight
from sim.senses.camera import detections
from tests.support.stage import ONE, TICK_S, certain, somebody
from tests.support.waiting import until

ANNA: np.ndarray = np.eye(1, 128, 0, np.float32)[0]
BEN: np.ndarray = np.eye(1, 128, 1, np.float32)[0]
IMAGE = generator(0).integers(60, 200, (ONE.camera.height, ONE.camera.width, 3), np.uint8)


class Mirror:
    """Makes the numbers of whoever is before the camera."""

    def __init__(self) -> None:
        self.before = ANNA

    def encode(self, image: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
        del image, box
        return self.before


class Known(NamedTuple):
    """Who a face is taken for."""

    track: int
    who: str


def looked_at(eye: Eye, since: float, x: float = 0.8, y: float = 0.0) -> list[list[Known]]:
    """Whom an eye knows in each picture of a second in which somebody stands before it."""
    found = detections(ONE.camera, ZERO, (somebody(x=x, y=y),))
    seen = (eye.see(Picture(since + 0.1 * k, ZERO, IMAGE, found)) for k in range(10))
    return [[Known(face.track, face.who) for face in certain(one)] for one in seen]


@pytest.mark.parametrize("away_s", [7.0, 8 * 3600.0])
def test_whoever_comes_after_a_rest_is_not_taken_for_who_was_there_before(away_s: float) -> None:
    mirror = Mirror()
    recognition = FaceRecognition(lambda: mirror)
    recognition.know({"Anna": ANNA, "Ben": BEN})
    eye = Eye(ONE.camera, recognition=recognition)
    assert looked_at(eye, 0.0)[-1] == [(1, "Anna")]
    mirror.before = BEN
    after = looked_at(eye, 1.0 + away_s, x=0.85, y=0.15)
    assert after[0] == [], "nobody counts by one picture"
    assert after[-1] == [(2, "Ben")]


def test_who_is_back_where_they_were_within_six_seconds_is_the_same_though_the_camera_rested() -> None:
    eye = Eye(ONE.camera)
    assert looked_at(eye, 0.0)[-1] == [(1, "")]
    assert looked_at(eye, 4.0)[0] == [(1, "")]


class Posed:
    """A camera that shows somebody for as long as they are there, and finds them by itself."""

    def __init__(self, latency: float | None) -> None:
        self.latency = latency
        self.there = True
        self._due = 0.0

    def poll(self, now: float) -> Picture | None:
        if now < self._due:
            return None
        self._due = now + 0.1
        found = detections(ONE.camera, ZERO, (somebody(x=0.8),)) if self.there else ()
        return Picture(now, ZERO, IMAGE.copy(), found)

    def health(self) -> Health:
        return Health("camera", Condition.OK, "posed")

    def close(self) -> None: ...


def held(sight: Sight) -> set[str]:
    """What sight holds of pictures and people: whatever hangs on it is looked through."""
    found, known, ahead = set(), set[int](), [sight]
    while ahead:
        one = ahead.pop()
        if id(one) in known or isinstance(one, type | ModuleType | FunctionType | Posed):
            continue
        known.add(id(one))
        if isinstance(one, bytes | np.ndarray) and len(one) > 100:
            found.add("a picture")
        if isinstance(one, Face):
            found.add("a person")
        ahead += gc.get_referents(one)
    return found


def watched(sight: Sight, since: float, seconds: float) -> set[str]:
    """What it holds after it was polled for so long."""
    for tick in range(round(seconds / TICK_S)):
        sight.poll(since + tick * TICK_S)
    return held(sight)


def test_what_was_seen_of_who_left_is_gone_six_seconds_later_though_nobody_else_came() -> None:
    camera = Posed(0.0)
    sight = Sight(camera, ONE.camera)
    assert watched(sight, 0.0, 1.0) == {"a person"}
    camera.there = False
    assert watched(sight, 1.0, 4.0) == {"a person"}
    assert watched(sight, 5.0, 3.0) == set()
    sight.close()


def test_at_rest_nothing_is_held_of_a_picture_at_once_and_of_people_after_six_seconds() -> None:
    sight = Sight(Posed(0.0), ONE.camera)
    watched(sight, 0.0, 1.0)
    sight.awake = False
    assert watched(sight, 1.0, 4.0) == {"a person"}
    assert watched(sight, 5.0, 3.0) == set()
    sight.close()


def test_a_picture_that_waits_to_be_looked_at_is_dropped_when_the_camera_is_switched_off() -> None:
    sight = Sight(Posed(None), ONE.camera)
    sight.poll(0.0)
    until(lambda: sight.poll(0.0))
    sight.min_interval_s = 1.0
    assert watched(sight, 0.1, 0.3) == {"a picture", "a person"}
    sight.awake = False
    assert sight.poll(0.5) == []
    assert held(sight) == {"a person"}
    nap(0.1)
    assert not [one for tick in range(100) for one in sight.poll(0.5 + tick * TICK_S)]
    sight.close()
