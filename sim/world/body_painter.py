"""Paints what is below a head: neck, hair behind it, clothes and limbs, as flat shapes between corners."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, hypot, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from robot.core.kinematics import NEAREST_M
from sim.world.people import BUILDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from robot.core.kinematics import PinholeView
    from sim.world.people import Age, Colour, Figure

SHIFT = 4  # cv2 draws between pixels when it is given places with so many binary digits after the point
FINER, FARTHEST = 1 << SHIFT, 8000 << SHIFT


def _smooth(corners: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Rounded by Chaikin's corner cutting, twice; the ends stay."""
    for _ in range(2):
        cut = [corners[0]]
        for (a, b), (c, d) in pairwise(corners):
            cut += [(0.75 * a + 0.25 * c, 0.75 * b + 0.25 * d), (0.25 * a + 0.75 * c, 0.25 * b + 0.75 * d)]
        corners = (*cut, corners[-1])
    return corners


# Half outlines of a body seen from the front: to the side and below the middle of the head, m.
HALVES = {
    "long": ((0.050, -0.09), (0.092, -0.03), (0.112, 0.10), (0.120, 0.26), (0.105, 0.33), (0.04, 0.34)),
    "bob": ((0.050, -0.09), (0.092, -0.03), (0.108, 0.06), (0.105, 0.13), (0.06, 0.155)),
    "torso": (
        (0.048, 0.15),
        (0.085, 0.168),
        (0.165, 0.188),
        (0.205, 0.225),
        (0.205, 0.33),
        (0.168, 0.50),
        (0.184, 0.88),
    ),
    "front": ((0.030, 0.240), (0.110, 0.225), (0.150, 0.300), (0.105, 0.460), (0.090, 0.660), (0.02, 0.70)),
    "collar": ((0.070, 0.160), (0.072, 0.175), (0.036, 0.220), (0.0, 0.226)),
    "neck": ((0.047, 0.020), (0.043, 0.105), (0.050, 0.155), (0.062, 0.172), (0.030, 0.208), (0.0, 0.212)),
    "chin": ((0.046, 0.020), (0.041, 0.120), (0.020, 0.140), (0.0, 0.143)),
}
LIMBS = {
    "arm": ((0.186, 0.255), (0.215, 0.40), (0.235, 0.540), (0.215, 0.790)),
    "hand": ((0.215, 0.840), (0.215, 0.841)),
    "leg": ((0.085, 0.840), (0.090, 1.560)),
}
# The same of somebody who sits, and how far each corner is before them: hands in the lap, knees forward.
SEATED = {
    "arm": ((0.186, 0.255, 0.0), (0.225, 0.40, 0.02), (0.245, 0.520, 0.05), (0.10, 0.640, 0.24)),
    "hand": ((0.06, 0.655, 0.28), (0.05, 0.655, 0.28)),
    "leg": ((0.095, 0.70, 0.0), (0.125, 0.70, 0.42), (0.115, 1.130, 0.40)),
}
CHAIR = {
    "back": ((0.20, 0.30), (0.23, 0.34), (0.23, 0.74), (0.0, 0.74)),
    "posts": ((0.21, 0.74), (0.21, 1.16)),
}
CHAIR_COLOUR: Colour = (70, 100, 140)
OF_THE_HEAD = frozenset({"long", "bob", "neck", "chin"})


class Outlines(NamedTuple):
    """All corners (n, 3) of a body in one array, so that they are projected in one go: to the side, below the middle of
    the head, and before it, m. And which belong to which shape.
    """

    corners: np.ndarray
    where: dict[str, slice]


@lru_cache(maxsize=6)
def _outlines(age: Age, *, sits: bool) -> Outlines:
    corners: list[tuple[float, float, float]] = []
    where: dict[str, slice] = {}
    build = BUILDS[age]

    def add(name: str, shape: Iterable[Sequence[float]], scale: float) -> None:
        start = len(corners)
        corners.extend((scale * s, scale * b, scale * (ahead[0] if ahead else 0.0)) for s, b, *ahead in shape)
        where[name] = slice(start, len(corners))

    for name, half in (HALVES | ({"back": CHAIR["back"]} if sits else {})).items():
        smooth = _smooth(half)
        scale = build.head if name in OF_THE_HEAD else build.body
        add(name, [*smooth, *((-s, b) for s, b in reversed(smooth))], scale)
    for name, line in ((SEATED | {"post": CHAIR["posts"]}) if sits else LIMBS).items():
        for side in (-1, 1):
            add(f"{name}{side}", [(side * s, *rest) for s, *rest in line], build.body)
    return Outlines(np.array(corners), where)


class BodyPainter:
    """Neck, hair behind it, clothes and limbs: a flat shape that faces the camera and is as wide as the turn says."""

    def __init__(self, image: np.ndarray, view: PinholeView, figure: Figure) -> None:
        self._image, self._look, self._sits = image, figure.look, figure.sits
        corners, self._where = _outlines(figure.look.age, sits=figure.sits)
        dx, dy = figure.x - view.eye[0], figure.y - view.eye[1]
        away = hypot(dx, dy) or 1.0
        turn = figure.heading - atan2(-dy, -dx)
        wide = sqrt(cos(turn) ** 2 + (0.55 * sin(turn)) ** 2)
        self._scale = view.focal / away
        side, below, before = corners[:, 0] * wide, corners[:, 1], corners[:, 2]
        place = (
            dx - side * dy / away + before * cos(figure.heading),
            dy + side * dx / away + before * sin(figure.heading),
            figure.z - view.eye[2] - below,
        )
        r = view.rotation
        depth, left, up = (r[i] * place[0] + r[3 + i] * place[1] + r[6 + i] * place[2] for i in range(3))
        self._seen = depth > NEAREST_M
        scale = view.focal / np.maximum(depth, NEAREST_M)
        places = np.stack([view.cu - scale * left, view.cv - scale * up], axis=1)
        self._places = np.clip(places * FINER, -FARTHEST, FARTHEST).astype(np.int32)

    def paint(self) -> None:
        look = self._look
        if self._sits:
            self._fill("back", CHAIR_COLOUR, 1.0)
            for side in (-1, 1):
                self._line(f"post{side}", 0.045, CHAIR_COLOUR, 0.8)
        if look.cut in HALVES:
            self._fill(look.cut, look.hair, 0.72)
        if not self._sits:
            self._legs()
            self._arms()
        self._fill("torso", look.shirt, 1.0)
        self._fill("front", look.shirt, 1.05)
        self._fill("collar", look.shirt, 0.72)
        if self._sits:  # lap and hands are before the body
            self._legs()
            self._arms()
        self._fill("neck", look.skin, 0.82)
        self._fill("chin", look.skin, 0.66)

    def _legs(self) -> None:
        for side in (-1, 1):
            self._line(f"leg{side}", 0.155, self._look.trousers, 1.0)

    def _arms(self) -> None:
        for side in (-1, 1):
            self._line(f"hand{side}", 0.085, self._look.skin, 0.92)
            self._line(f"arm{side}", 0.088, self._look.shirt, 0.84)

    def _fill(self, name: str, colour: Colour, factor: float) -> None:
        where = self._where[name]
        if self._seen[where].all():
            cv2.fillPoly(self._image, [self._places[where]], times(colour, factor), cv2.LINE_AA, SHIFT)

    def _line(self, name: str, thick: float, colour: Colour, factor: float) -> None:
        where = self._where[name]
        if self._seen[where].all():
            width = min(max(round(thick * self._scale * BUILDS[self._look.age].body), 1), 200)
            cv2.polylines(self._image, [self._places[where]], False, times(colour, factor), width, cv2.LINE_AA, SHIFT)


def times(colour: Colour, factor: float) -> Colour:
    return (
        min(round(colour[0] * factor), 255),
        min(round(colour[1] * factor), 255),
        min(round(colour[2] * factor), 255),
    )
