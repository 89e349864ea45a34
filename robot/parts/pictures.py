"""Pictures out of files, decoded within limits: a file of some kilobytes may say that it is a picture of gigabytes.

How many pixels there may be is OpenCV's own to hold; `robot/__init__.py` tells it before anything loads it.
"""

from __future__ import annotations

import os
import re
import struct
from typing import TYPE_CHECKING

import cv2
import numpy as np

from robot.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

MOST_PIXELS = int(os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"])
LARGEST = 64 << 20  # bytes of a file
MOST_SCANS = 24  # of a JPEG, which is gone through once for each; ten are usual
SCAN = b"\xff\xda"
FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..(.)(....)(.)", re.DOTALL)
MOST_JPEG = 96 << 20  # bytes of what is kept of a JPEG in several scans, two for a value of each component
PNG, PNG_HEAD = b"\x89PNG", struct.Struct(">16xIIB")  # width, height, bits of a value (RFC 2083, 11.2.2)
LARGEST_PNG = 32 << 20  # bytes of its pixels in four channels, of which OpenCV has up to six copies


def decoded(coded: bytes, place: str) -> np.ndarray | None:
    """The picture (h, w, 3) uint8 BGR, or None where there is none in it. Raises InputError for one that is too large.

    `place` stands in messages.
    """
    if len(coded) > LARGEST:
        what = f"the picture's file is larger than {LARGEST >> 20} MiB"
        raise InputError(what, place=place, remedy="save it as a JPEG")
    if coded.startswith(b"\xff\xd8"):
        _check_jpeg(coded, place)
    if coded.startswith(PNG) and len(coded) > PNG_HEAD.size and _png_bytes(coded) > LARGEST_PNG:
        raise InputError("the picture is a PNG of too many pixels", place=place, remedy="save it as a JPEG")
    try:
        return cv2.imdecode(np.frombuffer(coded, np.uint8), cv2.IMREAD_COLOR) if coded else None
    except (cv2.error, MemoryError) as error:
        what = f"the picture has more than {MOST_PIXELS / 1e6:.0f} million pixels, or cannot be read"
        raise InputError(what, place=place, remedy="make it smaller") from error


def read(path: Path) -> np.ndarray | None:
    """The picture of a file, as `decoded` gives it. Raises InputError."""
    try:
        with path.open("rb") as file:
            return decoded(file.read(LARGEST + 1), str(path))
    except OSError as error:
        raise InputError(f"the picture cannot be read: {error.strerror}", place=str(path)) from error


def _png_bytes(coded: bytes) -> int:
    width, height, depth = PNG_HEAD.unpack_from(coded)
    return int(width * height * 4 * max(1, depth // 8))


def _check_jpeg(coded: bytes, place: str) -> None:
    """That no frame of it is too large, and it has not too many scans (ISO/IEC 10918-1, annex B). Raises InputError."""
    if coded.count(SCAN) > MOST_SCANS:
        raise InputError(f"the picture has more than {MOST_SCANS} scans", place=place, remedy="save it anew")
    for _, sides, components in FRAME.findall(coded):
        height, width = struct.unpack(">HH", sides)
        if height * width * components[0] * 2 > MOST_JPEG:
            what = f"the picture has more than {MOST_PIXELS / 1e6:.0f} million pixels"
            raise InputError(what, place=place, remedy="make it smaller")
