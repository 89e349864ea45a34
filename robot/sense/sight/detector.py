"""Faces in one picture: in the whole of it, or near a place. Nothing is kept between pictures."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

import cv2
import numpy as np

from robot.core.errors import DeviceError
from robot.parts.protocols import Detection
from robot.sense.sight import exposure
from robot.sense.sight.yunet import SAME, SIDES, lay_out, load_model, overlap
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from robot.sense.sight.exposure import Exposure
    from robot.sense.sight.yunet import Network

SURE = 0.65  # score from which a box counts as a face; the model's own default of 0.9 loses most small ones
SIZES = 8  # of input, whose networks (16 MB each) are kept: a camera has four, a visitor's or the one before four more
REGION_PX = 128  # what a look at a region shows the network: a square of this side


def checked(image: np.ndarray) -> np.ndarray:
    """The same picture, which is one that can be looked at: (h, w, 3) uint8, of `SIDES`. Raises DeviceError."""
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        form = f"{' x '.join(map(str, image.shape))} {image.dtype}"
        raise DeviceError(
            sentence("health.picture_form", form=form), place="sight", remedy=sentence("health.report_to_maker")
        )
    height, width = image.shape[:2]
    if height not in SIDES or width not in SIDES:
        what = sentence("health.picture_size", size=f"{width}x{height}", least=SIDES[0], most=SIDES[-1])
        raise DeviceError(what, place="sight", remedy=sentence("health.other_size"))
    return image


def merged(found: Sequence[Detection]) -> list[Detection]:
    """Without the lesser of boxes that show the same face (looks at regions that overlap)."""
    kept: list[Detection] = []
    for one in sorted(found, key=lambda d: -d.score):
        if all(overlap(one.box, other.box) < SAME for other in kept):
            kept.append(one)
    return kept


def dressed(found: Sequence[Detection], image: np.ndarray) -> list[Detection]:
    """The same with the colours of the shirts, each from a patch below the chin that nobody nearer covers."""
    return [one._replace(shirt=_shirt(one, found, image)) for one in found]


def _shirt(one: Detection, found: Sequence[Detection], image: np.ndarray) -> tuple[float, float, float] | None:
    x, y, width, height = one.box
    top, left = round(y + 1.7 * height), round(x)
    bottom, right = round(y + 2.3 * height), round(x + width)
    if left < 0 or top < 0 or bottom > image.shape[0] or right > image.shape[1] or bottom - top < 4:
        return None
    for other in found:
        ox, oy, wide, high = other.box
        if high > height and ox - wide < right and left < ox + 2 * wide and oy < bottom:  # as broad as shoulders
            return None
    blue, green, red, _ = cv2.mean(image[top:bottom, left:right])
    return blue, green, red


class FaceFinder:
    """Finds faces in whole pictures and in regions of them. Not thread-safe: give each thread its own."""

    def __init__(self, sure: float = SURE) -> None:
        """Raises ModelError."""
        cv2.setNumThreads(1)  # a picture is too small to be worth a second core, which the loop needs
        # One network for each size of input: changing the size of one would lay it out anew at each look.
        laid_out = partial(lay_out, load_model(), sure=sure)
        self._network: Callable[[int, int], Network] = lru_cache(SIZES)(laid_out)

    def look(
        self, image: np.ndarray, scale: float = 1.0, light: Exposure | None = None, *, lift: bool = False
    ) -> list[Detection]:
        """All faces of a picture, (h, w, 3) uint8 BGR; a `scale` below 1 is quicker and misses small ones.

        `light` is how the picture came out, measured when left out; `lift` looks into its shadows.
        """
        light = light or exposure.measured(image)
        if scale != 1.0:
            image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        return self._detect(exposure.whole(image, light, lift=lift), 1 / scale, 0, 0)

    def look_near(
        self, image: np.ndarray, u: float, v: float, extent: float, light: Exposure | None = None
    ) -> list[Detection]:
        """Faces in a square round pixel (u, v) that is wide enough for a face of `extent` px to have moved."""
        height, width = image.shape[:2]
        side = min(max(REGION_PX, round(3 * extent)), width, height)
        left = min(max(round(u - side / 2), 0), width - side)
        top = min(max(round(v - side / 2), 0), height - side)
        region = image[top : top + side, left : left + side]
        if side != REGION_PX:
            region = cv2.resize(region, (REGION_PX, REGION_PX), interpolation=cv2.INTER_AREA)
        return self._detect(exposure.near(region, light or exposure.measured(image)), side / REGION_PX, left, top)

    def _detect(self, image: np.ndarray, scale: float, left: int, top: int) -> list[Detection]:
        height, width = image.shape[:2]
        return [_detection(row, scale, left, top) for row in self._network(width, height)(image)]


def _detection(row: list[float], scale: float, left: int, top: int) -> Detection:
    points = tuple((left + scale * row[i], top + scale * row[i + 1]) for i in range(4, 14, 2))
    return Detection((left + scale * row[0], top + scale * row[1], scale * row[2], scale * row[3]), points, row[14])
