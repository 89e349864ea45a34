"""Whether the camera still sees: a picture that stays black, or that is the same to the last bit again and again."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from robot.core.condition import Condition, Health
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    import numpy as np

BLACK = 2.0  # mean grey level; a dark room's noise alone is brighter
TELL_S = 0.8
STEP = 16  # every so many pixels are looked at
COVERED = Health(
    "camera",
    Condition.FAULT,
    sentence("health.camera_dark"),
    sentence("health.look_before_lens"),
    "camera_dark",
)
FROZEN = Health(
    "camera",
    Condition.FAULT,
    sentence("health.camera_frozen"),
    sentence("health.plug_camera_again"),
    "camera_frozen",
)


class LensCheck:
    """Watches the pictures that sight has looked at."""

    def __init__(self) -> None:
        self._last = b""  # a digest, which shows nothing
        self._black_since: float | None = None
        self._same_since: float | None = None
        self._t = 0.0

    def see(self, t: float, image: np.ndarray, *, still: bool) -> None:
        """One picture more, (h, w, 3) uint8. A sensor's noise makes no two alike, but those of a `still` one are."""
        sample = image[::STEP, ::STEP]
        told, black = blake2b(sample.tobytes()).digest(), float(sample.mean()) < BLACK
        if not black:
            self._black_since = None
        elif self._black_since is None:
            self._black_since = t
        if still or told != self._last:
            self._same_since = None
        elif self._same_since is None:
            self._same_since = self._t
        self._last, self._t = told, t

    def trouble(self) -> Health | None:
        """What is wrong, if anything is."""
        if self._black_since is not None and self._t - self._black_since >= TELL_S:
            return COVERED
        if self._same_since is not None and self._t - self._same_since >= TELL_S:
            return FROZEN
        return None
