"""What a camera may do that nobody foresaw: it is told, nothing ends by it, and the next good picture is looked at."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from robot.core.body_frame import ZERO
from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError
from robot.parts.protocols import Picture
from robot.sense.sight.detector import FaceFinder
from robot.sense.sight.eye import faces_in
from robot.sense.sight.sight import Sight
from robot.sense.sight.yunet import lay_out
from robot.texts.catalogue import words
from sim.senses.image_sensor import ImageSensor
from tests.support.stage import ONE, TICK_S, somebody

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.sense.sight.yunet import Network

GOOD = ImageSensor(ONE.camera).develop(0, ZERO, (somebody(),))


class Strange:
    """A camera that does for half a second what it is told to, and then gives good pictures."""

    latency: float | None = 0.06

    def __init__(self, first: Callable[[float], Picture]) -> None:
        self._first = first

    def poll(self, now: float) -> Picture | None:
        return self._first(now) if now < 0.5 else Picture(now, ZERO, GOOD)

    def health(self) -> Health:
        return Health("camera", Condition.OK, "strange")

    def close(self) -> None: ...


def told(first: Callable[[float], Picture]) -> Health:
    """How sight does while its camera is strange; well again afterwards."""
    sight = Sight(Strange(first), ONE.camera)
    for tick in range(20):
        assert not sight.poll(tick * TICK_S)
    health = sight.health()
    assert any(one.faces for tick in range(20, 40) for one in sight.poll(tick * TICK_S))
    assert sight.health().condition is Condition.OK
    sight.close()
    assert health.condition is Condition.FAULT
    return health


@pytest.mark.parametrize(
    ("shape", "kind", "reason"),
    [
        ((480, 640), np.uint8, "of the form 480 x 640 uint8 instead of height x width x 3 uint8"),
        ((480, 640, 1), np.uint8, "of the form 480 x 640 x 1 uint8"),
        ((480, 640, 4), np.uint8, "of the form 480 x 640 x 4 uint8"),
        ((480, 640, 3), np.float32, "of the form 480 x 640 x 3 float32"),
        ((1, 1, 3), np.uint8, "of 1x1 pixels: each side must be from 32 to 16352"),
        ((3, 640, 3), np.uint8, "of 640x3 pixels"),
        ((480, 4, 3), np.uint8, "of 4x480 pixels"),
        ((32, 16_400, 3), np.uint8, "of 16400x32 pixels"),
        ((0, 0, 3), np.uint8, "of 0x0 pixels"),
    ],
)
def test_a_picture_that_cannot_be_looked_at_is_told_with_what_it_should_be(
    shape: tuple[int, ...], kind: type, reason: str
) -> None:
    image: np.ndarray = np.full(shape, 128, kind)
    health = told(lambda now: Picture(now, ZERO, image))
    assert reason in words(health.reason)
    assert health.remedy
    assert reason in words(told(lambda now: Picture(now, ZERO, develop=lambda: image)).reason)
    with pytest.raises(DeviceError):
        faces_in(image)


@pytest.mark.parametrize("shape", [(32, 32, 3), (32, 16_352, 3), (2000, 32, 3)])
def test_pictures_at_the_limits_are_looked_at(shape: tuple[int, ...]) -> None:
    assert faces_in(np.full(shape, 128, np.uint8)) == ()


def test_pictures_of_many_sizes_leave_few_networks_and_those_in_use_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[weakref.ref[Network]] = []

    def noted(model: np.ndarray, width: int, height: int, sure: float) -> Network:
        network = lay_out(model, width, height, sure)
        laid_out.append(weakref.ref(network))
        return network

    monkeypatch.setattr("robot.sense.sight.detector.lay_out", noted)
    finder = FaceFinder()
    own, lent = GOOD, cv2.resize(GOOD, (400, 300))
    for _ in range(3):
        for image in (own, lent):
            for scale in (1.0, 0.6, 0.4):
                finder.look(image, scale)
            finder.look_near(image, 100, 100, 30)
    assert len(laid_out) == 7, "once for each size of two cameras by turns"
    for side in range(40, 240, 10):
        finder.look(cv2.resize(GOOD, (side, side)))
    assert sum(network() is not None for network in laid_out) == 8
    assert len(laid_out) == 27


def odd(*_: object) -> np.ndarray:
    raise ValueError("odd")


def in_polling(now: float) -> Picture:
    del now
    raise ValueError("odd")


@pytest.mark.parametrize("first", [in_polling, lambda now: Picture(now, ZERO, develop=odd)])
def test_an_error_of_a_camera_is_told_and_logged_once(
    first: Callable[[float], Picture], caplog: pytest.LogCaptureFixture
) -> None:
    health = told(first)
    assert words(health.reason) == "an error that nobody foresaw: ValueError: odd"
    assert "tried again" in words(health.remedy)
    assert len([record for record in caplog.records if record.exc_info]) == 1
