"""Reachy Mini's camera, microphones and speaker: devices of the daemon's computer, found by what they are.

The Lite's hang on the USB: a camera of 38fb:1002 and a sound card of 38fb:1001, older ones of other numbers. The
wireless one has a Raspberry Pi inside, whose camera is an imx708 on the ribbon cable. All by SDK 1.13.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import cv2

from hardware.body.names import REACHY_MINI
from hardware.live import LiveCamera, Settings
from hardware.microphone import Microphone
from hardware.reachy import media
from hardware.reachy.body import SHIPPED
from hardware.reachy.line import where
from hardware.sources import PiSource, V4l2Source
from hardware.speaker import SoundSpeaker
from hardware.usb_card import SYS, UsbCard, usb_identity
from robot.core.body_file import described
from robot.core.clock import nap, stopwatch
from robot.core.errors import DeviceError
from robot.parts.home_network import on_this_machine
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from hardware.live import PictureSource
    from hardware.reachy.line import Where
    from robot.core.body_description import CameraMount
    from robot.core.condition import Health
    from robot.parts.registry import Surroundings

FPS = 15
CARD = UsbCard(("38fb:1001", "2886:001a"), sentence("health.reachy_no_card"), sentence("health.reachy_connect"))
BUSY = sentence("health.reachy_no_media")


class CameraKind(NamedTuple):
    """A camera that Reachy Minis were built with: the pictures that are asked of it, and half of what they show from
    left to right, as a tangent: by its maker's calibration, less what that size leaves out of the sensor.
    """

    width: int
    height: int
    half: float


USB = {
    "38fb:1002": CameraKind(1920, 1080, 1920 / 2001.8 / 1.115),
    "1bcf:28c4": CameraKind(1920, 1080, 1920 / 2001.8 / 1.115),
    "0c45:636d": CameraKind(1280, 720, 640 / 550.4),
}
RIBBON, RIBBON_KIND = "imx708", CameraKind(1280, 720, 1920 / 2001.8)


class MiniSource:
    """A hardware.live.PictureSource: whichever camera this one has, its pictures as the body's file describes them."""

    def __init__(self, mount: CameraMount, sys: Path = SYS) -> None:
        self.name = sentence("health.reachy_camera")
        self._mount, self._sys = mount, sys
        self._source: PictureSource | None = None
        self._half = 1.0
        self._due = 0.0

    def open(self) -> None:
        source, kind = self._found()
        source.open()
        self._source, self._half = source, kind.half

    def _found(self) -> tuple[PictureSource, CameraKind]:
        """Raises DeviceError where there is none."""
        nodes = sorted((self._sys / "class/video4linux").glob("*"))
        for node in nodes:
            kind = USB.get(usb_identity(node / "device"))
            if kind is not None and _text(node / "index") == "0":  # a camera's further nodes tell about its pictures
                return V4l2Source(f"/dev/{node.name}", Settings(kind.width, kind.height, FPS)), kind
        if any(_text(node / "name").startswith(RIBBON) for node in nodes):
            return PiSource(0, Settings(RIBBON_KIND.width, RIBBON_KIND.height, FPS)), RIBBON_KIND
        raise DeviceError(sentence("health.reachy_no_camera"), place="camera", remedy=sentence("health.reachy_connect"))

    def read(self) -> tuple[np.ndarray, float]:
        """Fewer than it takes, since a large picture costs time to unpack."""
        nap(max(self._due - stopwatch(), 0.0))
        self._due = stopwatch() + 1.0 / FPS
        if self._source is None:
            raise DeviceError(sentence("health.camera_lost", place=self.name), place="camera")
        image, age = self._source.read()
        return fitted(image, self._half, self._mount), age

    def release(self) -> None:
        if self._source is not None:
            self._source.release()
            self._source = None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def fitted(image: np.ndarray, half: float, mount: CameraMount) -> np.ndarray:
    """A picture, (h, w, 3), as wide as the mount's and at its focal length: its sides cut off, or drawn out."""
    height, width = image.shape[:2]
    scale = mount.focal_px / (width / 2 / half)
    small = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    aside = (mount.width - small.shape[1]) / 2
    if aside < 0:
        return small[:, math.ceil(-aside) :][:, : mount.width]
    left = math.floor(aside)
    return cv2.copyMakeBorder(small, 0, 0, left, mount.width - small.shape[1] - left, cv2.BORDER_REPLICATE)


class _Borrowing:
    """A part that uses the daemon's media; stands before the class that drives the device."""

    _here: Where
    _media: media.Media
    _over = False

    def borrow(self, here: Where) -> None:
        """Before the device is opened."""
        self._here, self._media = here, media.borrowed(here)

    def health(self) -> Health:
        return self._media.explain(super().health())  # type: ignore[misc]  # the driver's

    def close(self) -> None:
        try:
            super().close()  # type: ignore[misc]  # as above
        finally:
            if not self._over:
                self._over = True
                media.given_back(self._here)


class MiniCamera(_Borrowing, LiveCamera):
    """Its camera, while the daemon lets go of it."""

    def __init__(self, here: Where, source: PictureSource, around: Surroundings) -> None:
        self.borrow(here)
        super().__init__(source, around)


class MiniEars(_Borrowing, Microphone):
    """Its microphones: the beam that its sound card forms of them."""

    def __init__(self, here: Where, card: UsbCard, around: Surroundings) -> None:
        self.borrow(here)
        super().__init__(card, around, BUSY)


class MiniSpeaker(_Borrowing, SoundSpeaker):
    """Its speaker."""

    def __init__(self, here: Where, card: UsbCard, around: Surroundings) -> None:
        self.borrow(here)
        super().__init__(card, around, BUSY)


def open_camera(address: str, around: Surroundings) -> MiniCamera:
    """`reachy://`, or a port of this machine's. It may be plugged in later; its health says what is missing. Raises
    DeviceError for another machine's.
    """
    here = _here(address)
    return MiniCamera(here, MiniSource(described(around.build, SHIPPED, REACHY_MINI).camera), around)


def open_ears(address: str, around: Surroundings) -> MiniEars:
    """As `open_camera`."""
    return MiniEars(_here(address), CARD, around)


def open_speaker(address: str, around: Surroundings) -> MiniSpeaker:
    """As `open_camera`."""
    return MiniSpeaker(_here(address), CARD, around)


def _here(address: str) -> Where:
    found = where(address)
    if not on_this_machine(found.host):
        raise DeviceError(
            sentence("health.reachy_elsewhere", host=found.host), remedy=sentence("health.reachy_run_there")
        )
    return found
