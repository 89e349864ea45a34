"""A camera that shows a file: a picture, the pictures of a folder one after another, or a video.

It keeps step with the clock: the same film at the same robot time gives the same pictures.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from robot.core.body_frame import ZERO
from robot.core.condition import Condition, Health
from robot.core.errors import InputError
from robot.parts import pictures
from robot.parts.protocols import Picture
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from robot.parts.registry import Surroundings

STILL_FPS = 10.0  # pictures a second where the file names none
LATENCY_S = 0.06
PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".pgm", ".ppm"}


class FileCamera:
    """A robot.parts.Camera. `length` is the number of pictures, as far as known; a single picture stays for ever."""

    latency: float | None = LATENCY_S

    def __init__(self, path: str, around: Surroundings) -> None:
        """Raises InputError when there is nothing to show."""
        self.path = Path(path)
        self._around = around
        self.fps = STILL_FPS
        self.length = 1
        self.shown = 0
        self.unreadable = 0
        self.ended = False
        self._start: float | None = None
        self._next: np.ndarray | None = None
        self._capture: cv2.VideoCapture | None = None
        self._pictures = self._opened()
        self._next = next(self._pictures, None)
        if self._next is None:
            raise InputError(f"{self.path.name} is neither a picture nor a video", place=path, remedy=_REMEDY)
        self.still = self.path.is_file() and self._capture is None

    def _opened(self) -> Iterator[np.ndarray]:
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what is wrong is said here, in words
        if self.path.is_dir():
            files = sorted(file for file in self.path.iterdir() if file.suffix.lower() in PICTURES)
            if not files:
                raise InputError("there are no pictures in this folder", place=str(self.path), remedy=_REMEDY)
            self.length = len(files)
            return (image for file in files if (image := self._read(file)) is not None)
        if not self.path.is_file():
            raise InputError("there is no such file", place=str(self.path), remedy="see to the name")
        if self.path.suffix.lower() in PICTURES:
            image = self._read(self.path)
            return iter([] if image is None else [image])
        self._capture = cv2.VideoCapture(str(self.path), cv2.CAP_FFMPEG)
        size = [self._capture.get(side) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)]
        if size[0] * size[1] > pictures.MOST_PIXELS:
            what = f"the video has pictures of more than {pictures.MOST_PIXELS / 1e6:.0f} million pixels"
            raise InputError(what, place=str(self.path), remedy="make it smaller")
        fps = self._capture.get(cv2.CAP_PROP_FPS)
        self.fps = fps if 1 <= fps <= 240 else STILL_FPS
        self.length = max(int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT)), 0)
        return _frames(self._capture)

    def _read(self, file: Path) -> np.ndarray | None:
        """None where it cannot be read; in a folder what is too large is one of those."""
        try:
            image = pictures.read(file)
        except InputError:
            if file == self.path:
                raise
            image = None
        if image is None:
            self.unreadable += 1
        return image

    def poll(self, now: float) -> Picture | None:
        if self.ended:
            return None
        if self._start is None:
            self._start = now
        due = self._start + self.shown / self.fps
        if now < due - 1e-9:
            return None
        image = self._next
        self.shown += 1
        if not self.still:
            while (following := next(self._pictures, None)) is not None and now >= due + 1 / self.fps - 1e-9:
                image, due = following, due + 1 / self.fps  # the loop is slower than the film: skip
                self.shown += 1
            self._next = following
            self.ended = following is None
        head = ZERO if self._around.pose_at is None else self._around.pose_at(now)
        return Picture(now, head, image, still=self.still)

    def health(self) -> Health:
        if self.ended:
            ended = sentence("health.film_ended", file=self.path.name, count=self.shown)
            return Health("camera", Condition.LESSER, ended, sentence("health.start_again"))
        if self.unreadable:
            reason = sentence("health.pictures_unreadable", count=self.unreadable)
            return Health("camera", Condition.LESSER, reason, _REMEDY)
        return Health("camera", Condition.OK, sentence("health.shows_file", file=self.path.name))

    def close(self) -> None:
        self.ended = True
        self._next = None
        if self._capture is not None:
            self._capture.release()


_REMEDY = sentence("health.give_picture")


def _frames(capture: cv2.VideoCapture) -> Iterator[np.ndarray]:
    while True:
        given, image = capture.read()
        if not given or image is None:
            return
        yield image
