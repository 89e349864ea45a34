"""Exposure: how light and noisy a picture is, and its correction before the face network looks.

In the dark the whole is raised to a middling brightness; against the light its shadows are lifted; noise, the camera's
own or the raised one, is smoothed. In a region round a known face only the face's own brightness counts.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

DIM, LIT = 70.0, 125.0  # a mean brightness below the first is raised to the second
MOST_GAIN = 14.0
SHADOW, SHADOWY = 45, 0.07  # a picture with more than this share of pixels below that level may be against the light
GAMMA = 0.45  # what lifts shadows
NOISY = 9.0  # grey levels, standard deviation, from which smoothing helps more than it blurs
SMOOTH_PX = 0.9

_LIFT: np.ndarray = (255 * (np.arange(256) / 255) ** GAMMA).astype(np.uint8)


class Exposure(NamedTuple):
    """How one picture came out."""

    mean: float  # brightness, grey levels
    shadows: float  # share of dark pixels
    noise: float  # standard deviation, grey levels

    @property
    def against_the_light(self) -> bool:
        return self.mean >= DIM and self.shadows > SHADOWY


def measured(image: np.ndarray) -> Exposure:
    """From a sample of the pixels of a picture, (h, w, 3) uint8 BGR.

    The noise is the median difference of neighbours, which edges hardly touch.
    """
    sample = image[::8, ::8, 1]
    rows = image[4::24, :, 1].astype(np.int16)
    steps = np.abs(rows[:, 1:] - rows[:, :-1])
    middle = float(np.partition(steps, steps.size // 2, axis=None)[steps.size // 2])
    return Exposure(float(sample.mean()), float((sample < SHADOW).mean()), middle / 0.954)  # 0.6745 * sqrt(2)


def whole(image: np.ndarray, exposure: Exposure, *, lift: bool) -> np.ndarray:
    """A whole picture made fit to look at; `lift` asks for the shadows of one taken against the light."""
    if exposure.mean < DIM:
        return _smooth(_raised(image, exposure.mean))
    if lift:
        image = cv2.LUT(image, _LIFT)
    return _smooth(image) if exposure.noise > NOISY else image


def near(region: np.ndarray, exposure: Exposure) -> np.ndarray:
    """A square region with a face in its middle, made fit to look at."""
    third = len(region) // 3
    mean = float(region[third : 2 * third : 2, third : 2 * third : 2, 1].mean())
    if mean < DIM:
        return _smooth(_raised(region, mean))
    return _smooth(region) if exposure.noise > NOISY else region


def _raised(image: np.ndarray, mean: float) -> np.ndarray:
    return cv2.convertScaleAbs(image, alpha=min(LIT / max(mean, 1.0), MOST_GAIN))


def _smooth(image: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(image, (0, 0), SMOOTH_PX)
