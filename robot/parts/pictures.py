"""Pictures out of files, decoded within limits: a file of some kilobytes may say that it is a picture of gigabytes.

How many pixels there may be is OpenCV's own to hold; `robot/__init__.py` tells it before anything loads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from robot import MOST_PIXELS
from robot.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 << 20  # bytes of a file
MOST_SCANS = 24  # of a JPEG, which is gone through once for each; ten are usual
SCAN = b"\xff\xda"


def decoded(coded: bytes, place: str) -> np.ndarray | None:
    """The picture (h, w, 3) uint8 BGR, or None where there is none in it. Raises InputError for one that is too large.

    `place` stands in messages.
    """
    if len(coded) > LARGEST:
        what = f"the picture's file is larger than {LARGEST >> 20} MiB"
        raise InputError(what, place=place, remedy="save it as a JPEG")
    if coded.startswith(b"\xff\xd8") and coded.count(SCAN) > MOST_SCANS:
        raise InputError(f"the picture has more than {MOST_SCANS} scans", place=place, remedy="save it anew")
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
