"""Sight by another machine: a picture goes there as JPEG, the faces in it come back.

The picture itself, its time and the head's pose stay with whoever asked, as do tracks and names: the other machine
learns no more than one picture, and a switch between the two changes nobody's number. Both ends are in this file.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from hardware.network.line import ServiceLine
from hardware.network.session import place
from robot.core.clock import stopwatch
from robot.parts.protocols import Detection  # noqa: TC001 - a field of Looked, which is read by its types
from robot.recording.plain import plain, reader
from robot.sense.sight.detector import FaceFinder, dressed
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from robot.core.condition import Health
    from robot.parts.registry import Surroundings

KEY = "bowlby/lend/sight"
PATIENCE_S = 0.3
QUALITY = 90
LARGEST = 4_000_000  # bytes of a JPEG that is looked at
SIDES = range(32, 1921)  # pixels, as many as a camera may be asked for
JPEG = b"\xff\xd8"
FRAMES = {0xC0, 0xC1, 0xC2}  # segments that tell the size: baseline, extended, progressive (ITU-T T.81, table B.1)
BEFORE = {0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)}  # those that may come before it
LENT = sentence("health.sight_lent")
INSTEAD = sentence("health.sight_away")
REMEDY = sentence("health.see_lend_runs")


class Looked(NamedTuple):
    """An answer: the time of the picture, as it was given; the faces in its pixels; and what looking cost."""

    t: float
    faces: tuple[Detection, ...]
    cost_s: float


def open_sight(address: str, around: Surroundings) -> FarSight:  # noqa: ARG001 - the signature of factories
    """`tcp://desk.local`. Raises ConfigError for another kind of address, DeviceError without library or key."""
    line = ServiceLine(
        place(address), "far_sight", KEY, patience_s=PATIENCE_S, lent=LENT, instead=INSTEAD, remedy=REMEDY
    )
    return FarSight(line)


class FarSight:
    """A robot.parts.Looks."""

    def __init__(self, line: ServiceLine) -> None:
        self._line = line
        self.added_s = 0.0  # to the last look, by the way there and back

    @property
    def there(self) -> bool:
        return self._line.there

    def look(self, t: float, image: np.ndarray) -> tuple[Detection, ...] | None:
        if not self._line.there:
            return None
        began = stopwatch()
        done, jpeg = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
        answer = self._line.ask(jpeg.tobytes(), repr(t).encode()) if done else None
        told = None if answer is None else _read(answer)
        if told is None or told.t != t:
            return None
        self.added_s = stopwatch() - began - told.cost_s
        return told.faces

    def health(self) -> Health:
        return self._line.health()

    def close(self) -> None:
        self._line.close()


def _read(answer: bytes) -> Looked | None:
    try:
        told: Looked = reader(Looked)(json.loads(answer))
    except (KeyError, TypeError, ValueError):
        return None
    return told


def _size(jpeg: bytes) -> tuple[int, int]:
    """Width and height, before a decoder makes room for so many pixels. Raises ValueError for what is no JPEG."""
    at = len(JPEG)
    while jpeg.startswith(JPEG) and len(jpeg) >= at + 9 and jpeg[at] == 0xFF:
        length, height, width = struct.unpack_from(">HxHH", jpeg, at + 2)
        if jpeg[at + 1] in FRAMES:
            return width, height
        if jpeg[at + 1] not in BEFORE:
            break
        at += 2 + length
    raise ValueError("this is no JPEG")


class Onlooker:
    """The end that lends. One thread calls it."""

    def __init__(self) -> None:
        """Raises ModelError."""
        self._finder = FaceFinder()

    def answer(self, payload: bytes, attachment: bytes) -> bytes:
        """The faces of a JPEG; nothing is kept of it. Empty: nothing but a knock. Raises ValueError."""
        if not payload:
            return b""
        width, height = _size(payload)
        if len(payload) > LARGEST or width not in SIDES or height not in SIDES:
            raise ValueError(f"no picture of {width}x{height} in {len(payload)} bytes is looked at")
        try:
            image = cv2.imdecode(np.frombuffer(payload, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error as error:
            raise ValueError(f"the picture cannot be read: {error}") from error
        if image is None:
            raise ValueError("this is no JPEG")
        began = stopwatch()
        faces = dressed(self._finder.look(image), image)
        return json.dumps(plain(Looked(float(attachment), tuple(faces), stopwatch() - began))).encode()
