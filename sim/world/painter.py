"""Paints a figure into a picture: the body (`sim.world.body_painter`), then a head of shells round an ellipsoid.

Each pixel of the head's region is a ray that meets the ellipsoid in the head's own coordinates, so that perspective,
the tilt of the camera and the turn of the head come out right by themselves.
"""

from __future__ import annotations

from math import atan2, cos, degrees, sin
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sim.world.body_painter import FINER, HALVES, SHIFT, BodyPainter, times
from sim.world.people import BUILDS, HEAD
from sim.world.portrait import SIDE, shells

if TYPE_CHECKING:
    from robot.core.kinematics import PinholeView, Vector
    from sim.world.people import Figure
    from sim.world.portrait import Shell

REACH = 1.17  # the widest shell


def paint(image: np.ndarray, view: PinholeView, figure: Figure, sun: Vector) -> None:
    """Paint one figure over a picture, (h, w, 3) uint8 BGR. `sun` is the direction the light comes from."""
    if view.project(figure.x, figure.y, figure.z) is None:
        return
    BodyPainter(image, view, figure).paint()
    _paint_head(image, view, figure, sun)


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
        colour = times(figure.look.skin, 0.88 if near else 0.80)
        cv2.ellipse(image, centre, size, tilt, 0, 360, colour, -1, cv2.LINE_AA, SHIFT)


def _head(figure: Figure) -> Vector:
    """Half depth, half width and half height of somebody's head, m."""
    scale = BUILDS[figure.look.age].head
    return scale * HEAD[0], scale * HEAD[1], scale * HEAD[2]


def _dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
