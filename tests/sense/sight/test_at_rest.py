"""What is left of people and pictures while the camera rests, and after it: nothing that lasts longer than is told."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from robot.core.body_frame import ZERO
from robot.core.clock import generator
from robot.parts.protocols import Picture
from robot.sense.sight.eye import Eye
from robot.sense.sight.face_recognition import FaceRecognition
from sim.senses.camera import detections
from tests.support.stage import ONE, certain, somebody

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
