"""Observations: bearing, size, turn of the head, distance and shirt colour, worked out from one detection."""

from __future__ import annotations

from math import atan, hypot
from typing import TYPE_CHECKING, NamedTuple

from robot.core.percepts import Band

if TYPE_CHECKING:
    from robot.core.kinematics import Bearing, PinholeView
    from robot.parts.protocols import Detection

FACE_M = 0.20  # height of an adult's face as the detector boxes it
NEAR_M, FAR_M, SLACK = 0.9, 2.2, 1.12  # bands; a face must be past a border by this factor to cross it
NOSE = 0.5  # a nose stands out by half the distance between the eyes
FRONT, SIDE = 0.2, 0.8  # rad of the head's turn up to which it faces us, and from which it does not
UNLIKE = 0.12  # shares of a colour that make two shirts wholly different

Shirt = tuple[float, float, float]  # share of blue, share of red, brightness; each about 0..1


class Glimpse(NamedTuple):
    """A detection in angles."""

    bearing: Bearing
    size: float
    facing: float
    shirt: Shirt | None
    detection: Detection


def glimpse(view: PinholeView, detection: Detection) -> Glimpse:
    x, y, width, height = detection.box
    u, v = x + width / 2, y + height / 2
    size = view.angular(u, v, height)
    return Glimpse(view.bearing(u, v, FACE_M / size), size, facing(detection), shirt_of(detection), detection)


def shirt_of(detection: Detection) -> Shirt | None:
    """The shirt's colour with little of the light that falls on it."""
    if detection.shirt is None:
        return None
    blue, green, red = detection.shirt
    total = blue + green + red + 3.0  # black has no colour
    return blue / total, red / total, total / 2000


def unlike(a: Shirt | None, b: Shirt | None) -> float:
    """How ill two shirts agree, 0..1; middling when one is not known."""
    if a is None or b is None:
        return 0.5
    return min(hypot(a[0] - b[0], a[1] - b[1], 0.5 * (a[2] - b[2])) / UNLIKE, 1.0)


def facing(detection: Detection) -> float:
    """How much a face is turned to the camera, 0..1, from how far the nose is off the line from eyes to mouth."""
    right, left, nose, mouth_right, mouth_left = detection.landmarks
    across_u, across_v = left[0] - right[0], left[1] - right[1]
    apart = hypot(across_u, across_v)
    if apart < 0.15 * detection.box[2]:
        return 0.0
    eyes_u, eyes_v = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    down_u, down_v = (mouth_left[0] + mouth_right[0]) / 2 - eyes_u, (mouth_left[1] + mouth_right[1]) / 2 - eyes_v
    length = down_u * down_u + down_v * down_v or 1.0
    along = ((nose[0] - eyes_u) * down_u + (nose[1] - eyes_v) * down_v) / length
    off_u, off_v = nose[0] - eyes_u - along * down_u, nose[1] - eyes_v - along * down_v
    off = (off_u * across_u + off_v * across_v) / apart
    turn = abs(atan(off / (NOSE * apart)))
    return min(max((SIDE - turn) / (SIDE - FRONT), 0.0), 1.0)


def blended(old: Shirt, new: Shirt) -> Shirt:
    return old[0] + 0.2 * (new[0] - old[0]), old[1] + 0.2 * (new[1] - old[1]), old[2] + 0.2 * (new[2] - old[2])


def band_of(before: Band | None, size: float) -> Band:
    distance = FACE_M / size
    near = NEAR_M * (1.0 if before is None else SLACK if before is Band.NEAR else 1 / SLACK)
    far = FAR_M * (1.0 if before is None else 1 / SLACK if before is Band.FAR else SLACK)
    return Band.NEAR if distance < near else Band.FAR if distance > far else Band.MIDDLE
