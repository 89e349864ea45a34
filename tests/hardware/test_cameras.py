"""Cameras: lost and back, at rest, missing."""

from __future__ import annotations

import importlib.machinery
import sys
import threading
import types
import weakref
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from hardware.camera import open_picamera, open_v4l2
from hardware.live import LiveCamera, Settings
from hardware.sources import PiSource
from robot.core.body_frame import Pose
from robot.core.clock import RealClock, generator, nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import ConfigError, DeviceError
from robot.parts.registry import CAMERAS, Surroundings, open_part
from robot.texts.catalogue import words
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from robot.parts.protocols import Picture

AROUND = Surroundings(RealClock(), pose_at=lambda t: Pose(base_yaw=t))


class Bench:
    """A device on a bench whose plug can be pulled."""

    name = "bench camera"

    def __init__(self) -> None:
        self.plugged = True
        self.hangs = False
        self.opened = self.released = 0
        self._noise = generator(0)  # no two pictures of a real one are alike

    def open(self) -> None:
        if not self.plugged:
            raise DeviceError("there is no bench camera", remedy="plug it in")
        self.opened += 1

    def read(self) -> tuple[np.ndarray, float]:
        nap(0.005)
        while self.hangs:
            nap(0.005)
        if not self.plugged:
            raise DeviceError("the bench camera was lost", remedy="plug it in")
        return self._noise.integers(0, 256, (48, 64, 3), np.uint8), 0.04

    def release(self) -> None:
        self.released += 1


def _until(camera: LiveCamera, what: Callable[[Picture | None], bool], seconds: float = 3.0) -> Picture | None:
    """Poll like the loop does until something holds."""
    end = stopwatch() + seconds
    while stopwatch() < end:
        picture = camera.poll(0.0)
        if what(picture):
            return picture
        nap(0.005)
    pytest.fail("it did not happen in time")


def test_a_lost_camera_is_said_and_comes_back_ten_times_with_one_thread() -> None:
    bench = Bench()
    before = set(threading.enumerate())
    camera = LiveCamera(bench, AROUND, retry_s=0.02)
    for _ in range(10):
        _until(camera, lambda picture: picture is not None)
        assert camera.health().condition is Condition.OK
        bench.plugged = False
        _until(camera, lambda _: camera.health().condition is Condition.FAULT)
        assert "plug it in" in words(camera.health().remedy)
        bench.plugged = True
    assert len(set(threading.enumerate()) - before) == 1
    camera.close()
    camera.close()
    assert set(threading.enumerate()) <= before
    assert bench.released >= bench.opened == 10


@pytest.mark.parametrize("call", ["open", "read", "release"])
def test_whatever_a_driver_raises_is_said_and_tried_again(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(*_: object) -> None:
        raise cv2.error("odd")

    bench = Bench()
    camera = LiveCamera(bench, AROUND, retry_s=0.02)
    with monkeypatch.context() as patch:
        if call == "release":  # of a camera that is lost
            bench.plugged = False
        patch.setattr(bench, call, odd)
        _until(camera, lambda _: "nobody foresaw: error: odd" in words(camera.health().reason))
        assert camera.health().ailment == "camera_lost"
    bench.plugged = True
    _until(camera, lambda picture: picture is not None)
    assert camera.health().condition is Condition.OK
    camera.close()


def test_pictures_carry_the_moment_of_capture_and_the_head_at_that_moment() -> None:
    camera = LiveCamera(Bench(), AROUND)
    picture = _until(camera, lambda picture: picture is not None)
    arrived = AROUND.clock.now()
    camera.close()
    assert picture is not None
    assert 0.03 < arrived - picture.t < 0.4
    assert picture.head.base_yaw == picture.t


def test_with_nobody_looking_the_device_is_freed_and_taken_again_when_asked() -> None:
    bench = Bench()
    camera = LiveCamera(bench, AROUND, rest_s=0.1)
    _until(camera, lambda picture: picture is not None)
    end = stopwatch() + 3
    while camera.health().condition is not Condition.OFF and stopwatch() < end:
        nap(0.01)
    assert bench.released == bench.opened == 1
    _until(camera, lambda _: bench.opened == 2)
    camera.close()


def test_at_rest_no_picture_is_held_and_none_from_before_is_given_when_it_is_asked_again() -> None:
    made: list[weakref.ref[np.ndarray]] = []

    class Noted(Bench):
        def read(self) -> tuple[np.ndarray, float]:
            image, age = super().read()
            made.append(weakref.ref(image))
            return image, age

    camera = LiveCamera(Noted(), AROUND, rest_s=0.1)
    _until(camera, lambda picture: picture is not None)
    until(lambda: camera.health().condition is Condition.OFF)
    assert not [ref for ref in made if ref() is not None]
    nap(0.3)
    asked = AROUND.clock.now()
    picture = _until(camera, lambda picture: picture is not None)
    camera.close()
    assert picture is not None
    assert picture.t > asked - 0.1


def test_a_camera_that_hangs_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.live.STALL_S", 0.1)
    bench = Bench()
    camera = LiveCamera(bench, AROUND)
    _until(camera, lambda picture: picture is not None)
    bench.hangs = True
    _until(camera, lambda _: "gives no pictures" in words(camera.health().reason))
    bench.hangs = False
    _until(camera, lambda _: camera.health().condition is Condition.OK)
    camera.close()


def test_a_missing_usb_camera_may_come_later_and_is_said_meanwhile() -> None:
    camera = open_part(CAMERAS, "/dev/video93", AROUND)
    assert isinstance(camera, LiveCamera)
    _until(camera, lambda _: camera.health().condition is Condition.FAULT)
    assert "/dev/video93" in words(camera.health().reason)
    assert "plug" in words(camera.health().remedy)
    camera.close()


def test_cameras_that_are_being_unplugged_are_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("video0", "video2"):
        (tmp_path / name).mkdir()
    (tmp_path / "video2" / "name").write_text("HD Webcam\n")
    monkeypatch.setattr("hardware.sources.CAMERAS", tmp_path)
    camera = open_part(CAMERAS, "/dev/video93", AROUND)
    assert isinstance(camera, LiveCamera)
    _until(camera, lambda _: camera.health().condition is Condition.FAULT)
    assert words(camera.health().remedy) == "plug it in, or use one of: /dev/video2 (HD Webcam)"
    camera.close()


def test_a_pi_camera_without_picamera2_says_what_to_install() -> None:
    with pytest.raises(DeviceError, match="picamera2") as missing:
        open_picamera("picamera:", AROUND)
    assert "apt install python3-picamera2, then make install" in words(missing.value.remedy)


class _Request:
    def make_array(self, _name: str) -> np.ndarray:
        return np.full((48, 64, 3), 7, np.uint8)

    def get_metadata(self) -> dict[str, int]:
        return {"SensorTimestamp": int((stopwatch() - 0.05) * 1e9)}

    def release(self) -> None:
        pass


class _PiCamera:
    """What picamera2 offers, as far as it is used: a camera that fails once in mid-stream."""

    taken = 0

    def __init__(self, number: int) -> None:
        if number > 0:
            raise IndexError("list index out of range")

    def create_video_configuration(self, main: dict[str, object], controls: dict[str, int]) -> object:
        assert main == {"size": (640, 480), "format": "RGB888"}
        assert controls == {"FrameRate": 15}
        return main

    def configure(self, _configuration: object) -> None:
        pass

    def start(self) -> None:
        pass

    def capture_request(self) -> _Request:
        nap(0.005)
        _PiCamera.taken += 1
        if _PiCamera.taken == 4:
            raise RuntimeError("camera frontend has timed out")
        return _Request()

    def close(self) -> None:
        pass


@pytest.fixture
def picamera2(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    module = types.ModuleType("picamera2")
    module.__spec__ = importlib.machinery.ModuleSpec("picamera2", None)
    module.Picamera2 = _PiCamera  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "picamera2", module)
    return module


@pytest.mark.usefixtures("picamera2")
def test_a_pi_camera_is_read_and_taken_again_after_a_fault() -> None:
    camera = open_picamera("picamera:", AROUND)
    picture = _until(camera, lambda picture: picture is not None)
    assert picture is not None
    assert 0.03 < AROUND.clock.now() - picture.t < 0.5
    _until(camera, lambda _: camera.health().condition is Condition.FAULT)
    assert "timed out" in words(camera.health().reason)
    _until(camera, lambda _: camera.health().condition is Condition.OK)
    camera.close()
    missing = open_picamera("picamera:1", AROUND)
    _until(missing, lambda _: missing.health().condition is Condition.FAULT)
    assert "Pi camera 1" in words(missing.health().reason)
    missing.close()


def test_a_pi_camera_that_does_not_start_is_closed_before_it_is_tried_again(picamera2: types.ModuleType) -> None:
    opened: list[_PiCamera] = []
    closed: list[_PiCamera] = []

    class Stuck(_PiCamera):
        def start(self) -> None:
            opened.append(self)
            raise RuntimeError("Failed to start camera: Device or resource busy")

        def close(self) -> None:
            closed.append(self)

    picamera2.Picamera2 = Stuck  # type: ignore[attr-defined]
    camera = LiveCamera(PiSource(0, Settings()), AROUND, retry_s=0.02)
    _until(camera, lambda _: len(opened) > 2)
    assert "resource busy" in words(camera.health().reason)
    camera.close()
    assert closed == opened


def test_a_picamera2_that_cannot_be_imported_is_said(picamera2: types.ModuleType) -> None:
    del picamera2.Picamera2
    picamera2.__getattr__ = _misfit  # type: ignore[method-assign]
    camera = open_picamera("picamera:", AROUND)
    _until(camera, lambda _: "no module named libcamera" in words(camera.health().reason))
    assert "ribbon cable" in words(camera.health().remedy)
    camera.close()


def _misfit(_name: str) -> None:
    raise ImportError("no module named libcamera")


@pytest.mark.parametrize("address", ["/dev/video0?wdith=640", "/dev/video0?width=9", "v4l2:0?fps=fast"])
def test_a_wrong_option_is_named(address: str) -> None:
    with pytest.raises(ConfigError):
        open_v4l2(address, AROUND)
