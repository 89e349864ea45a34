"""Paints a figure into a picture: a head of shells round an ellipsoid, neck, shoulders, arms and legs.

Each pixel of the head's region is a ray that meets the ellipsoid in the head's own coordinates, so that perspective,
the tilt of the camera and the turn of the head come out right by themselves.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, degrees, hypot, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from robot.core.kinematics import NEAREST_M
from sim.world.people import BUILDS, HEAD
from sim.world.portrait import SIDE, shells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from robot.core.kinematics import PinholeView, Vector
    from sim.world.people import Age, Colour, Figure
    from sim.world.portrait import Shell

REACH = 1.17  # the widest shell
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


def paint(image: np.ndarray, view: PinholeView, figure: Figure, sun: Vector) -> None:
    """Paint one figure over a picture, (h, w, 3) uint8 BGR. `sun` is the direction the light comes from."""
    if view.project(figure.x, figure.y, figure.z) is None:
        return
    _Body(image, view, figure).paint()
    _paint_head(image, view, figure, sun)


class _Body:
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
            cv2.fillPoly(self._image, [self._places[where]], _times(colour, factor), cv2.LINE_AA, SHIFT)

    def _line(self, name: str, thick: float, colour: Colour, factor: float) -> None:
        where = self._where[name]
        if self._seen[where].all():
            width = min(max(round(thick * self._scale * BUILDS[self._look.age].body), 1), 200)
            cv2.polylines(self._image, [self._places[where]], False, _times(colour, factor), width, cv2.LINE_AA, SHIFT)


def _paint_head(image: np.ndarray, view: PinholeView, figure: Figure, sun: Vector) -> None:
    """Cast a ray for each pixel of the head's region on each shell."""
    _paint_ears(image, view, figure, near=False)
    pixel = view.project(figure.x, figure.y, figure.z)
    if pixel is None:
        return
    stretch = view.angular(pixel.u, pixel.v, 1.0) * view.focal
    head = _head(figure)
    reach = view.focal * head[2] * REACH / pixel.depth / stretch + 2
    left, right = max(int(pixel.u - reach), 0), min(int(pixel.u + reach) + 2, view.width)
    top, bottom = max(int(pixel.v - reach), 0), min(int(pixel.v + reach) + 2, view.height)
    if left >= right or top >= bottom:
        return
    c, s = cos(figure.heading), sin(figure.heading)
    axes = ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))
    r = view.rotation
    off = (view.eye[0] - figure.x, view.eye[1] - figure.y, view.eye[2] - figure.z)
    columns = (np.arange(left, right, dtype=np.float32) - view.cu)[None, :] / -view.focal  # times the camera's left
    rows = (np.arange(top, bottom, dtype=np.float32) - view.cv)[:, None] / -view.focal  # times its up
    start: list[float] = []
    ray: list[np.ndarray] = []
    for axis, half in zip(axes, head, strict=True):
        start.append(_dot(axis, off) / half)
        forward, to_left, up = (_dot(axis, (r[i], r[3 + i], r[6 + i])) / half for i in range(3))
        ray.append(np.float32(forward) + np.float32(to_left) * columns + np.float32(up) * rows)
    light = [_dot(axis, sun) for axis in axes]
    along = start[0] * ray[0] + start[1] * ray[1] + start[2] * ray[2]
    square = ray[0] * ray[0] + ray[1] * ray[1] + ray[2] * ray[2]
    inverse = 1 / square
    cast = [along, square, inverse, along * along * inverse]  # own minus the last is the squared miss of the middle
    own = _dot((start[0], start[1], start[2]), (start[0], start[1], start[2]))
    sharp = view.focal * head[1] / pixel.depth / 2
    region = image[top:bottom, left:right]
    canvas = region.astype(np.float32)
    whole = slice(0, bottom - top), slice(0, right - left)
    for shell in shells(figure.look, figure.smile, figure.eyes_closed, figure.mouth):
        part = whole
        if shell.only is not None:
            forth, rise = shell.scale * head[0], shell.scale * shell.only[0] * head[2]
            middle = view.project(figure.x + c * forth, figure.y + s * forth, figure.z + rise)
            if middle is None:
                continue
            radius = shell.only[1] * head[2] * view.focal / middle.depth / stretch
            part = (
                slice(max(int(middle.v - radius) - top, 0), max(int(middle.v + radius) + 2 - top, 0)),
                slice(max(int(middle.u - radius) - left, 0), max(int(middle.u + radius) + 2 - left, 0)),
            )
        if canvas[part].size:
            _lay(canvas[part], shell, start, [one[part] for one in ray], [one[part] for one in cast], own, light, sharp)
    np.copyto(region, np.minimum(canvas, 255), casting="unsafe")
    _paint_ears(image, view, figure, near=True)


def _lay(
    canvas: np.ndarray,
    shell: Shell,
    start: list[float],
    ray: list[np.ndarray],
    cast: list[np.ndarray],
    own: float,
    light: list[float],
    sharp: float,
) -> None:
    """Lay one shell over the canvas: where each ray meets it, what is painted there, and how much light falls on it."""
    along, square, inverse, nearest = cast
    inside = nearest + np.float32(shell.scale**2 - own)
    reach = np.sqrt(np.maximum(inside, 0) * square)
    reach = (reach if shell.far else -reach) - along
    reach *= inverse * np.float32(1 / shell.scale)
    x, y, z = (np.float32(start[i] / shell.scale) + reach * ray[i] for i in range(3))
    shade = np.float32(light[0]) * x + np.float32(light[1]) * y + np.float32(light[2]) * z
    np.maximum(shade, 0, out=shade)
    shade *= np.float32(0.46)
    shade += np.float32(0.66)
    middle = np.float32((SIDE - 1) / 2)
    y *= middle
    y += middle
    y += np.where(x < 0, np.float32(SIDE), np.float32(0))
    z *= -middle
    z += middle
    rgba = cv2.remap(shell.atlas, y, z, cv2.INTER_LINEAR)
    inside *= np.float32(sharp)
    inside += np.float32(0.5)
    alpha = np.minimum(np.maximum(inside, 0), 1) * rgba[..., 3] * np.float32(1 / 255)
    canvas += (rgba[..., :3] * shade[..., None] - canvas) * alpha[..., None]


def _paint_ears(image: np.ndarray, view: PinholeView, figure: Figure, *, near: bool) -> None:
    """The ears behind the head's edge before the head is painted; afterwards one on the side that faces the camera."""
    if figure.look.cut in HALVES:
        return
    c, s = cos(figure.heading), sin(figure.heading)
    turn = figure.heading - atan2(view.eye[1] - figure.y, view.eye[0] - figure.x)
    for side in (-1, 1):
        if (-side * sin(turn) > 0.3) != near:
            continue
        out, back = side * _head(figure)[1] * 1.02, -0.008
        pixel = view.project(figure.x + c * back - s * out, figure.y + s * back + c * out, figure.z - 0.004)
        if pixel is None or not view.contains(pixel.u, pixel.v):
            continue
        scale = view.focal / pixel.depth * FINER * BUILDS[figure.look.age].head
        centre = round(pixel.u * FINER), round(pixel.v * FINER)
        size = round((0.011 + 0.012 * abs(sin(turn))) * scale), round(0.031 * scale)
        tilt = -degrees(atan2(view.rotation[7], view.rotation[8]))
        colour = _times(figure.look.skin, 0.88 if near else 0.80)
        cv2.ellipse(image, centre, size, tilt, 0, 360, colour, -1, cv2.LINE_AA, SHIFT)


def _head(figure: Figure) -> Vector:
    """Half depth, half width and half height of somebody's head, m."""
    scale = BUILDS[figure.look.age].head
    return scale * HEAD[0], scale * HEAD[1], scale * HEAD[2]


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _times(colour: Colour, factor: float) -> Colour:
    return (
        min(round(colour[0] * factor), 255),
        min(round(colour[1] * factor), 255),
        min(round(colour[2] * factor), 255),
    )
