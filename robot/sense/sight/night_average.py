"""In the dark: the mean of the last few pictures, in which the noise of the sensor is less than in each.

A camera that has to amplify shows more grain than face. What stands still is the same in every picture, once the head's
own turn is taken out; grain is not. Four pictures halve it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from robot.sense.sight.exposure import measured

if TYPE_CHECKING:
    from robot.core.kinematics import PinholeView
    from robot.sense.sight.exposure import Exposure

GRAINY = 0.25  # noise, of the mean brightness, from which single pictures show too little
PICTURES = 4
APART_S = 0.5  # older than this, the mean is of another moment
TURNED_PX = 24.0  # further, the head turns: each picture is blurred in itself, and people are not where they were


class _Mean(NamedTuple):
    t: float
    view: PinholeView
    image: np.ndarray  # (h, w, 3) float32
    pictures: int


class NightAverage:
    """Folds grainy pictures into one; holds nothing as long as there is light."""

    def __init__(self) -> None:
        self._mean: _Mean | None = None

    @property
    def holds(self) -> bool:
        """Whether it holds anything of earlier pictures."""
        return self._mean is not None

    def drop(self) -> None:
        """Hold nothing any more."""
        self._mean = None

    def take(self, t: float, view: PinholeView, image: np.ndarray, light: Exposure) -> tuple[np.ndarray, Exposure]:
        """What to look at instead of a picture, (h, w, 3) uint8 BGR, and how that came out; the same where it is light
        enough.
        """
        before, self._mean = self._mean, None
        if light.noise < GRAINY * light.mean:
            return image, light
        mean, pictures = image.astype(np.float32), 1
        if before is not None and t - before.t <= APART_S and before.image.shape == image.shape:
            turn = _turn(before.view, view)
            middle = turn @ (view.cu, view.cv, 1.0)
            if np.hypot(middle[0] / middle[2] - view.cu, middle[1] / middle[2] - view.cv) <= TURNED_PX:
                pictures = min(before.pictures + 1, PICTURES)
                cv2.warpPerspective(
                    before.image, turn, (view.width, view.height), dst=mean, borderMode=cv2.BORDER_TRANSPARENT
                )
                cv2.accumulateWeighted(image, mean, 1.0 / pictures)
        self._mean = _Mean(t, view, mean, pictures)
        if pictures == 1:
            return image, light
        shown = cv2.convertScaleAbs(mean)
        return shown, measured(shown)


def _turn(before: PinholeView, now: PinholeView) -> np.ndarray:
    """The homography (3, 3) from pixels of one picture to those of another, for what is far away."""
    pixels = np.array([[now.cu, -now.focal, 0.0], [now.cv, 0.0, -now.focal], [1.0, 0.0, 0.0]])
    old, new = (np.reshape(view.rotation, (3, 3)) for view in (before, now))
    turn: np.ndarray = pixels @ new.T @ old @ np.linalg.inv(pixels)
    return turn
