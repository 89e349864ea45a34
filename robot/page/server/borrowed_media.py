"""What comes over the live line from a browser that lends: pictures and sound, looked at before anything believes them.

A message is its tag, the browser's clock when it was sent (s, float64), for a picture how old it was then (s, float32),
little-endian, and then a JPEG, or mono samples of 16 bits at 16 kHz.
"""

from __future__ import annotations

import math
import struct
from enum import StrEnum
from typing import NamedTuple

from robot.core.audio import from_pcm16
from robot.parts.browser_media import LentSound

PICTURE, SOUND = 3, 4
PICTURE_HEAD, SOUND_HEAD = struct.Struct("<Bdf"), struct.Struct("<Bd")
LARGEST_PICTURE = 60_000  # bytes
LONGEST_SIDE, SHORTEST_SIDE = 1280, 64  # px
LONGEST_BLOCK = 2048  # samples
LATEST = 1e9  # s: a browser's clock counts from when its page was opened
OLDEST_S = 1.0  # a picture when it was sent
START_OF_IMAGE, END_OF_IMAGE = b"\xff\xd8", b"\xff\xd9"
NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})  # markers among those of frame headers that are none


class Unfit(StrEnum):
    """Why something that came is not taken."""

    DAMAGED = "damaged"
    LARGE = "large"


class CodedPicture(NamedTuple):
    """A JPEG that says of itself that it may be decoded. `told`, `age`: see `LentPicture`."""

    told: float
    age: float
    jpeg: bytes


def picture(data: bytes) -> CodedPicture | Unfit:
    """A picture that came, still coded. What says that it is too large is not to be decoded; what does not, and is,
    is found out by `picture_decoder.py`.
    """
    if len(data) < PICTURE_HEAD.size:
        return Unfit.DAMAGED
    _, told, age = PICTURE_HEAD.unpack_from(data)
    coded = data[PICTURE_HEAD.size :]
    size = size_of(coded)
    if size is None or not _credible(told) or not 0 <= age <= OLDEST_S or not coded.endswith(END_OF_IMAGE):
        return Unfit.DAMAGED
    if len(coded) > LARGEST_PICTURE or max(size) > LONGEST_SIDE:
        return Unfit.LARGE
    return CodedPicture(told, age, coded) if min(size) >= SHORTEST_SIDE else Unfit.DAMAGED


def sound(data: bytes, arrived: float) -> LentSound | Unfit:
    """A block of sound that came."""
    size = len(data) - SOUND_HEAD.size
    if size <= 0 or size % 2:
        return Unfit.DAMAGED
    if size > 2 * LONGEST_BLOCK:
        return Unfit.LARGE
    _, told = SOUND_HEAD.unpack_from(data)
    if not _credible(told):
        return Unfit.DAMAGED
    return LentSound(told, arrived, from_pcm16(memoryview(data)[SOUND_HEAD.size :]))


def _credible(told: float) -> bool:
    return math.isfinite(told) and 0 <= told < LATEST


def size_of(coded: bytes) -> tuple[int, int] | None:
    """Width and height that a JPEG says it has, px, without decoding it (ISO/IEC 10918-1, annex B), or None."""
    at = 2
    while coded.startswith(START_OF_IMAGE) and at + 9 <= len(coded) and coded[at] == 0xFF:
        marker = coded[at + 1]
        if marker == 0xFF:  # one more to fill up
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in NO_FRAME:
            height, width = struct.unpack_from(">HH", coded, at + 5)
            return width, height
        at += 2 + int.from_bytes(coded[at + 2 : at + 4], "big")
    return None
