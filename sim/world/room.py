"""The room round the robot: a box with painted walls, seen in the right perspective by the moving camera.

Each side is a picture on a plane; a homography carries it into a *panel*, a wide picture taken in one of a few
directions, and another carries the panel into the camera's picture. Sides and panels are painted once, on demand. From
panel to picture the camera's place counts as the neck's: a few centimetres, which nobody sees at 2 m and more.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import asin, atan, atan2, hypot, pi, tan
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from robot.core.body_description import CameraMount
from robot.core.body_frame import Pose
from robot.core.clock import generator
from robot.core.kinematics import NEAREST_M, PinholeView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.kinematics import Vector
    from sim.world.people import Colour

FRONT, BACK, SIDE, FLOOR, CEILING = 5.0, -2.6, 3.4, -0.75, 1.85  # m, from the robot on its table
TABLE = ((-0.45, 0.8), (0.62, 0.8), (0.62, -0.8), (-0.45, -0.8))  # the corners of its top
PANEL_STEP = pi / 12
PER_M = 90  # px of a wall's picture for each metre
SUN: Vector = (-0.55, 0.45, 0.70)  # where the light comes from: the window on the left, behind the robot, and above
PANES = ((0.75, 1.76), (1.84, 2.84))  # the window's, along the left wall, m
PANE_Z = (0.18, 1.38)
NEAR = 0.3  # m; nothing of the room is nearer to the camera's plane and in view
CEILING_COLOUR: Colour = (226, 234, 238)
WALL: Colour = (196, 212, 222)
WOOD: Colour = (104, 142, 178)


class Side(NamedTuple):
    """One side of the room: its top left corner as seen from inside, and the steps of one pixel right and down."""

    corner: Vector
    right: Vector
    down: Vector
    picture: np.ndarray  # (h, w, 3) uint8 BGR

    @property
    def corners(self) -> list[tuple[float, ...]]:
        """Its four corners, in order."""
        high, wide = self.picture.shape[:2]
        return [
            tuple(self.corner[k] + i * self.right[k] + j * self.down[k] for k in range(3))
            for i, j in ((0, 0), (wide, 0), (wide, high), (0, high))
        ]


def backdrop(view: PinholeView) -> np.ndarray:
    """The room without people, (height, width, 3) uint8 BGR; a new array."""
    r = view.rotation
    corner = atan2(hypot(view.width, view.height) / 2, view.focal)
    reach = tan(min(corner + 0.75 * PANEL_STEP, 1.4))  # so that a panel holds the picture, however it is turned
    panel, seen = _panel(
        round(atan2(r[3], r[0]) / PANEL_STEP), round(asin(r[6]) / PANEL_STEP), view.focal, reach, view.pivot_z
    )
    turn = _lens(view) @ _base(view) @ _base(seen).T @ np.linalg.inv(_lens(seen))
    return cv2.warpPerspective(panel, turn, (view.width, view.height), borderMode=cv2.BORDER_REPLICATE)


@lru_cache(maxsize=24)
def _panel(yaw: int, pitch: int, focal: float, reach: float, height_m: float) -> tuple[np.ndarray, PinholeView]:
    """The room in one direction, in steps of PANEL_STEP, and the camera that took it."""
    side = 2 * round(focal * reach)
    mount = CameraMount(side, side, 2 * atan(side / 2 / focal), height_m, 0.0)
    view = PinholeView(mount, Pose(base_yaw=yaw * PANEL_STEP, neck_pitch=pitch * PANEL_STEP))
    image = np.empty((side, side, 3), np.uint8)
    image[:] = CEILING_COLOUR
    floor, *walls = _sides()
    # The floor's plane also meets the rays that go up, behind the camera; ceiling and walls cover what that paints.
    _hang(image, view, floor)
    above = _clipped(
        view, [(x, y, CEILING) for x, y in ((FRONT, SIDE), (FRONT, -SIDE), (BACK, -SIDE), (BACK, SIDE))], NEAR
    )
    if len(above) > 2:
        cv2.fillConvexPoly(image, (above * 16).astype(np.int32), CEILING_COLOUR, cv2.LINE_8, 4)
    for wall in walls:
        _hang(image, view, wall)
    return image, view


def _base(view: PinholeView) -> np.ndarray:
    """From the base frame to the camera's forward, left and up."""
    return np.array(view.rotation).reshape(3, 3).T


def _lens(view: PinholeView) -> np.ndarray:
    """From forward, left and up to (u, v, 1), times depth."""
    return np.array([[view.cu, -view.focal, 0], [view.cv, 0, -view.focal], [1, 0, 0]])


def table(image: np.ndarray, view: PinholeView) -> None:
    """Paint the table that the robot stands on, which hides what is behind it."""
    corners = _clipped(view, [(x, y, 0.0) for x, y in TABLE])
    edge = _clipped(view, [(TABLE[1][0], y, z) for y, z in ((0.8, 0.0), (-0.8, 0.0), (-0.8, -0.04), (0.8, -0.04))])
    for outline, colour in ((edge, (70, 98, 128)), (corners, (112, 150, 184))):
        if len(outline) > 2:
            cv2.fillConvexPoly(image, (outline * 16).astype(np.int32), colour, cv2.LINE_AA, 4)


def window(view: PinholeView) -> np.ndarray | None:
    """Where in the picture the sky is, (h, w) bool; None where it is not in view."""
    mask: np.ndarray | None = None
    for left, right in PANES:
        outline = _clipped(view, [(x, SIDE, z) for x, z in product((left, right), PANE_Z)], NEAR)
        if len(outline) > 2 and outline.max() > 0:
            mask = np.zeros((view.height, view.width), np.uint8) if mask is None else mask
            hull = cv2.convexHull((outline * 16).astype(np.int32))
            cv2.fillConvexPoly(mask, hull, 1, cv2.LINE_8, 4)
    return None if mask is None or not mask.any() else mask.astype(bool)


def _hang(image: np.ndarray, view: PinholeView, side: Side) -> None:
    outline = _clipped(view, side.corners, NEAR)
    if len(outline) < 3:
        return
    left, top = np.maximum(np.floor(outline.min(axis=0)), 0).astype(int)
    right, bottom = np.minimum(np.ceil(outline.max(axis=0)) + 1, (view.width, view.height)).astype(int)
    if left >= right or top >= bottom:
        return
    from_corner = [side.corner[k] - view.eye[k] for k in range(3)]
    plane = _base(view) @ np.array([side.right, side.down, from_corner]).T
    shift = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]])
    cv2.warpPerspective(
        side.picture,
        shift @ _lens(view) @ plane,
        (int(right - left), int(bottom - top)),
        dst=image[top:bottom, left:right],
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_TRANSPARENT,
    )


def _clipped(view: PinholeView, corners: Sequence[Sequence[float]], near: float = NEAREST_M) -> np.ndarray:
    """The outline (n, 2) in the picture of a flat shape, cut off where it goes behind the camera."""
    points = (np.array(corners) - view.eye) @ _base(view).T
    kept: list[np.ndarray] = []
    for a, b in zip(points, np.roll(points, -1, axis=0), strict=True):
        if a[0] >= near:
            kept.append(a)
        if (a[0] >= near) != (b[0] >= near):
            kept.append(a + (b - a) * (near - a[0]) / (b[0] - a[0]))
    if not kept:
        return np.empty((0, 2))
    cut = np.array(kept)
    places = np.stack([view.cu - view.focal * cut[:, 1] / cut[:, 0], view.cv - view.focal * cut[:, 2] / cut[:, 0]], 1)
    outline: np.ndarray = np.clip(places, -200_000, 200_000)
    return outline


@lru_cache(maxsize=1)
def _sides() -> tuple[Side, ...]:
    """The floor first, then the walls; softened, since they are seen smaller than they are painted."""
    step = 1 / PER_M
    sides = (
        Side((FRONT, SIDE, FLOOR), (0, -step, 0), (-step, 0, 0), _floor()),
        Side((FRONT, SIDE, CEILING), (0, -step, 0), (0, 0, -step), _front()),
        Side((BACK, SIDE, CEILING), (step, 0, 0), (0, 0, -step), _left()),
        Side((FRONT, -SIDE, CEILING), (-step, 0, 0), (0, 0, -step), _right()),
        Side((BACK, -SIDE, CEILING), (0, step, 0), (0, 0, -step), _wall(2 * SIDE)),
    )
    return tuple(side._replace(picture=cv2.GaussianBlur(side.picture, (0, 0), 1.3)) for side in sides)


def _px(metres: float) -> int:
    return round(metres * PER_M)


def _box(picture: np.ndarray, left: float, top: float, wide: float, high: float, colour: Colour) -> None:
    """A filled rectangle; places in m from the top left corner."""
    cv2.rectangle(picture, (_px(left), _px(top)), (_px(left + wide), _px(top + high)), colour, -1)


def _wall(wide: float) -> np.ndarray:
    high = CEILING - FLOOR
    picture = np.empty((_px(high), _px(wide), 3), np.uint8)
    picture[:] = WALL
    shade = np.linspace(1.04, 0.93, len(picture), dtype=np.float32)[:, None, None]
    picture[:] = np.minimum(picture * shade, 255)
    _box(picture, 0, high - 0.12, wide, 0.12, (232, 236, 240))
    _box(picture, 0, high - 0.13, wide, 0.01, (150, 168, 180))
    return picture


def _front() -> np.ndarray:
    """A landscape in a frame, a shelf with books and a plant."""
    picture = _wall(2 * SIDE)
    _box(picture, 2.55, 0.55, 1.3, 0.95, (62, 84, 110))
    _box(picture, 2.60, 0.60, 1.2, 0.85, (236, 206, 170))
    hills = np.array([[2.6, 1.15], [2.9, 0.98], [3.25, 1.12], [3.55, 0.95], [3.8, 1.1], [3.8, 1.45], [2.6, 1.45]])
    cv2.fillPoly(picture, [(hills * PER_M).astype(np.int32)], (96, 150, 112), cv2.LINE_AA)
    cv2.circle(picture, (_px(3.5), _px(0.78)), _px(0.07), (150, 220, 250), -1, cv2.LINE_AA)
    _box(picture, 4.7, 0.75, 1.5, 0.04, WOOD)
    _box(picture, 4.7, 1.25, 1.5, 0.04, WOOD)
    chance = generator(5)
    for shelf in (0.75, 1.25):
        x = 4.78
        while x < 5.75:
            wide, high = float(chance.uniform(0.03, 0.07)), float(chance.uniform(0.2, 0.33))
            colour = tuple(int(c) for c in chance.integers(60, 190, 3))
            _box(picture, x, shelf - high, wide, high, (colour[0], colour[1], colour[2]))
            x += wide + 0.008
    for leaf in range(9):
        tip = (_px(0.75 + 0.32 * np.sin(leaf - 4) / 1.6), _px(1.25 + 0.25 * np.cos(leaf * 1.7)))
        cv2.line(picture, (_px(0.75), _px(1.95)), tip, (72, 124 + 6 * leaf, 84), _px(0.05), cv2.LINE_AA)
    _box(picture, 0.58, 1.9, 0.34, 0.62, (96, 128, 190))
    return picture


def _left() -> np.ndarray:
    """A window with curtains."""
    picture = _wall(FRONT - BACK)
    sky = np.linspace(250, 214, _px(1.25), dtype=np.float32)[:, None]
    pane = picture[_px(0.45) : _px(0.45) + len(sky), _px(3.3) : _px(5.5)]
    pane[:] = np.dstack([sky + 0 * pane[..., 0], sky * 0.93 + 0 * pane[..., 0], sky * 0.84 + 0 * pane[..., 0]])
    for x in (3.27, 4.37, 5.47):
        _box(picture, x, 0.45, 0.06, 1.25, (238, 242, 244))
    _box(picture, 3.27, 0.42, 2.26, 0.05, (238, 242, 244))
    _box(picture, 3.2, 1.68, 2.4, 0.07, (226, 232, 236))
    for x in (2.75, 5.45):
        for fold in range(8):
            _box(picture, x + 0.075 * fold, 0.3, 0.075, 1.75, (150, 176 + 14 * (fold % 2), 196 + 12 * (fold % 2)))
    return picture


def _right() -> np.ndarray:
    """A door and a lamp."""
    picture = _wall(FRONT - BACK)
    high = CEILING - FLOOR
    _box(picture, 1.0, high - 2.1, 0.98, 2.1, (214, 222, 226))
    _box(picture, 1.05, high - 2.05, 0.88, 2.05, (150, 178, 200))
    for top in (1.9, 0.95):
        _box(picture, 1.18, high - top, 0.62, 0.75, (138, 166, 190))
    cv2.circle(picture, (_px(1.84), _px(high - 1.0)), _px(0.035), (90, 120, 140), -1, cv2.LINE_AA)
    _box(picture, 4.48, 1.0, 0.03, high - 1.05, (80, 90, 100))
    shade = np.array([[4.28, 1.0], [4.7, 1.0], [4.6, 0.66], [4.38, 0.66]])
    cv2.fillPoly(picture, [(shade * PER_M).astype(np.int32)], (176, 218, 244), cv2.LINE_AA)
    return picture


def _floor() -> np.ndarray:
    """Boards and a rug."""
    high, wide = _px(FRONT - BACK), _px(2 * SIDE)
    picture = np.empty((high, wide, 3), np.uint8)
    chance = generator(3)
    board = _px(0.18)
    for left in range(0, wide, board):
        factor = float(chance.uniform(0.9, 1.05))
        picture[:, left : left + board] = [min(int(c * factor), 255) for c in WOOD]
        picture[:, left : left + 1] = [int(c * 0.75) for c in WOOD]
    cv2.ellipse(picture, (wide // 2, _px(2.4)), (_px(1.7), _px(1.1)), 0, 0, 360, (120, 120, 168), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (wide // 2, _px(2.4)), (_px(1.55), _px(0.97)), 0, 0, 360, (148, 152, 196), -1, cv2.LINE_AA)
    return picture
