"""A face as 128 numbers in which pictures of one person lie close together: dlib's network (King 2017, CC0).

It comes with the extra `faces`; without it, nobody is recognised and nothing else is lost. Same person 0.1 to 0.45
apart, others mostly over 0.6 (photographs; the simulator's painted people are more alike).
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from robot.core.errors import ModelError
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 128
REMEDY = sentence("health.add_faces")
NETWORK, LANDMARKS = "dlib_face_recognition_resnet_model_v1.dat", "shape_predictor_5_face_landmarks.dat"


def installed() -> bool:
    """Whether the extra is there; nothing is loaded."""
    return find_spec("dlib") is not None and find_spec("face_recognition_models") is not None


class FaceEncoder:
    """Takes a second to load. Raises ModelError where the extra is missing or broken."""

    def __init__(self) -> None:
        folder = _models()
        try:
            import dlib  # noqa: PLC0415 - 20 MB that only those who want it load
        except ImportError as error:
            what = sentence("health.dlib_not_loaded", error=str(error))
            raise ModelError(what, place="face recognition", remedy=REMEDY) from error
        try:
            self._network: Any = dlib.face_recognition_model_v1(str(folder / NETWORK))
            self._landmarks: Any = dlib.shape_predictor(str(folder / LANDMARKS))
        except RuntimeError as error:
            what = sentence("health.face_network_not_loaded", error=str(error))
            raise ModelError(what, place=str(folder), remedy=REMEDY) from error
        self._rectangle: Callable[[int, int, int, int], Any] = dlib.rectangle

    def encode(self, image: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
        """(128,) float32 of the face in `box` (x, y, width, height, px) of a BGR image (h, w, 3) uint8; 55 ms."""
        x, y, width, height = box
        u, v, half = x + width / 2, y + 0.55 * height, max(width, 0.8 * height) / 2  # as dlib's own detector frames it
        left, top = max(int(u - 2 * half), 0), max(int(v - 2 * half), 0)
        crop = image[top : int(v + 2 * half) + 1, left : int(u + 2 * half) + 1]
        rgb = np.ascontiguousarray(cv2.cvtColor(crop, cv2.COLOR_BGR2RGB))
        u, v = u - left, v - top
        frame = self._rectangle(int(u - half), int(v - half), int(u + half), int(v + half))
        shape = self._landmarks(rgb, frame)
        return np.array(self._network.compute_face_descriptor(rgb, shape, 0), np.float32)


def _models() -> Path:
    """The folder of the models, without importing their package, which needs setuptools. Raises ModelError."""
    spec = find_spec("face_recognition_models")
    if spec is None or spec.origin is None:
        raise ModelError(sentence("health.extra_missing"), place="face recognition", remedy=REMEDY)
    return Path(spec.origin).parent / "models"
