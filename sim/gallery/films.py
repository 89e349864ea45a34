"""Draws what was played as small moving pictures (WebP), each with a still for whoever wants no motion."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import cv2

from robot.core.errors import InputError
from robot.express.preview import at
from robot.express.sketch import draw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from robot.core.body_frame import BodyFrame

SIZE = 128  # pixels
EVERY_S = 0.125
QUALITY = 40
STILL = 0.4  # which moment of a film the still shows, of its length
LOOP_PAUSE_MS = 500


def write(folder: Path, name: str, frames: Sequence[BodyFrame]) -> str:
    """Write `NAME-DIGEST.webp`, which moves, and its still `NAME-DIGEST-still.webp`, unless the same film is there.

    Gives the files' stem. Raises InputError where they cannot be written.
    """
    count = max(round(frames[-1].t / EVERY_S), 1)
    shown = [at(frames, n * EVERY_S) for n in range(count)]
    digest = hashlib.sha256(repr((SIZE, QUALITY, [one[1:] for one in shown])).encode()).hexdigest()
    stem = f"{name}-{digest[:8]}"
    moving, still = folder / f"{stem}.webp", folder / f"{stem}-still.webp"
    if moving.exists() and still.exists():
        return stem
    film = cv2.Animation()
    film.frames = pictures = [draw(frame, SIZE, SIZE) for frame in shown]
    film.durations = [round(1000 * EVERY_S)] * (count - 1) + [LOOP_PAUSE_MS]
    settings = [cv2.IMWRITE_WEBP_QUALITY, QUALITY]
    if not (
        cv2.imwrite(str(still), pictures[round(STILL * (count - 1))], settings)
        and cv2.imwriteanimation(str(moving), film, settings)
    ):
        raise InputError("the film cannot be written", place=str(moving), remedy="see to its folder")
    return stem
