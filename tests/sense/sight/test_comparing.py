"""How often a face is made into numbers to be compared: a stranger's six times, a known one's again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from robot.core.body_frame import ZERO
from robot.parts.protocols import Picture
from robot.sense.sight.eye import Eye
from robot.sense.sight.face_recognition import TRIES, FaceRecognition
from sim.senses.camera import detections
from tests.support.stage import ONE, certain, somebody

if TYPE_CHECKING:
    from robot.core.percepts import FacesSeen

ANNA: np.ndarray = np.eye(1, 128, 0, np.float32)[0]
STRANGER: np.ndarray = np.eye(1, 128, 1, np.float32)[0]
IMAGE = np.full((ONE.camera.height, ONE.camera.width, 3), 128, np.uint8)
THERE = detections(ONE.camera, ZERO, (somebody(x=0.8),))


class Counting:
    """Makes the numbers of whoever is before the camera, and counts how often."""

    def __init__(self, who: np.ndarray) -> None:
        self.who = who
        self.count = 0

    def encode(self, image: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
        del image, box
        self.count += 1
        return self.who


def hiding(counting: Counting, hidden_s: float) -> list[FacesSeen]:
    """Somebody is there for eighty seconds, and hides for a while every ten; Anna is known."""
    recognition = FaceRecognition(lambda: counting)
    recognition.know({"Anna": ANNA})
    eye = Eye(ONE.camera, recognition=recognition)
    times = (0.1 * k for k in range(800))
    return [eye.see(Picture(t, ZERO, IMAGE, () if t > 5 and t % 10.0 < hidden_s else THERE)) for t in times]


def test_a_stranger_who_hides_again_and_again_is_compared_six_times_in_all() -> None:
    stranger = Counting(STRANGER)
    for hidden_s in (0.6, 3.0):
        stranger.count = 0
        seen = hiding(stranger, hidden_s)
        assert {face.track for one in seen for face in certain(one)} == {1}
        assert stranger.count == TRIES


def test_whoever_is_known_is_compared_anew_when_they_are_back_however_often() -> None:
    anna = Counting(ANNA)
    seen = hiding(anna, 3.0)
    assert anna.count == 8
    assert {face.who for face in certain(seen[-1])} == {"Anna"}
    other = Counting(ANNA)
    recognition = FaceRecognition(lambda: other)
    recognition.know({"Anna": ANNA})
    eye = Eye(ONE.camera, recognition=recognition)
    names = []
    for k in range(60):
        other.who = ANNA if k < 20 else STRANGER
        one = eye.see(Picture(0.1 * k, ZERO, IMAGE, () if 20 <= k < 40 else THERE))
        names += [(k < 40, face.who) for face in certain(one) if k > 5]
    assert set(names) == {(True, "Anna"), (False, "")}
