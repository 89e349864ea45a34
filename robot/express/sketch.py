"""Draws the robot's head and chest as one body frame has them: the shape of `page/web/robot3d.js`, without a browser.

Meshes of a few hundred faces, painted from far to near; the eyes are the two 8x8 matrices as the firmware lights them.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.body_frame import BodyFrame, Eyes, Light

Points = np.ndarray  # (n, 3) metres, or (n, 2) pixels, float64
Colour = tuple[float, float, float]  # BGR, 0..1

SHELL: Colour = (0.92, 0.955, 0.975)
DARK: Colour = (0.20, 0.175, 0.155)
ACCENT: Colour = (0.42, 0.56, 0.94)
GLASS: Colour = (0.072, 0.058, 0.05)
BACK: Colour = (0.66, 0.60, 0.54)
SUN = np.array([0.72, -0.38, 0.58])

PIVOT = 0.30  # m: the head turns, nods and tilts about this height
HEAD = (0.080, 0.102, 0.078)
POWER = 2.7
FACE = (0.156, 0.104)
EYE_AT, DOT = 0.035, 0.0066
EAR_FLAT = 0.75  # rad: an ear at 0 stands so far above the horizontal
EYE_POINT = np.array([0.74, 0.10, 0.345])  # where the drawing is seen from
AIM_POINT = np.array([0.0, 0.0, 0.264])
FOCAL = 1.7
FINE = 3  # drawn so many times larger, then reduced: smooth edges


class Mesh(NamedTuple):
    """Quads: (n, 4, 3) corners and (n, 3) outward normals."""

    corners: np.ndarray
    normals: np.ndarray


def _quads(grid: np.ndarray, normals: np.ndarray) -> Mesh:
    """A mesh from a (rows, columns, 3) grid of points."""
    corners = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2).reshape(-1, 4, 3)
    middle = (normals[:-1, :-1] + normals[:-1, 1:] + normals[1:, 1:] + normals[1:, :-1]).reshape(-1, 3)
    return Mesh(corners, middle / np.linalg.norm(middle, axis=1, keepdims=True))


@cache
def _pebble(radii: tuple[float, float, float], power: float, around: int) -> Mesh:
    """|x/a|^p + |y/b|^p + |z/c|^p = 1: a ball on its way to a box."""
    u = np.linspace(0.0, 2 * math.pi, around + 1)
    v = np.linspace(0.001, math.pi - 0.001, around * 2 // 3)
    ball = np.stack(
        [np.outer(np.sin(v), np.cos(u)), np.outer(np.sin(v), np.sin(u)), np.outer(np.cos(v), np.ones_like(u))], axis=-1
    )
    ball /= (np.abs(ball) ** power).sum(axis=-1, keepdims=True) ** (1 / power)
    return _quads(ball * radii, np.sign(ball) * np.abs(ball) ** (power - 1) / np.asarray(radii))


@cache
def _turned(profile: tuple[tuple[float, float], ...], around: int = 64) -> Mesh:
    """A turned shape from (radius, height) points, from below to above, its corners cut twice."""
    points = np.asarray(profile)
    for _ in range(2):
        cut = np.stack([0.75 * points[:-1] + 0.25 * points[1:], 0.25 * points[:-1] + 0.75 * points[1:]], axis=1)
        points = np.concatenate([points[:1], cut.reshape(-1, 2), points[-1:]])
    radius, height = points.T
    u = np.linspace(0.0, 2 * math.pi, around + 1)
    grid = np.stack(
        [np.outer(radius, np.cos(u)), np.outer(radius, np.sin(u)), np.outer(height, np.ones_like(u))], axis=-1
    )
    up, out = np.gradient(radius), np.gradient(height)
    normals = np.stack([np.outer(out, np.cos(u)), np.outer(out, np.sin(u)), np.outer(-up, np.ones_like(u))], axis=-1)
    return _quads(grid, normals)


BODY = (
    (0.080, 0.02), (0.094, 0.036), (0.0985, 0.05), (0.098, 0.07), (0.0955, 0.092), (0.09, 0.115), (0.082, 0.138),
    (0.072, 0.158), (0.062, 0.172), (0.052, 0.182), (0.036, 0.19), (0.012, 0.191),
)  # fmt: skip
NECK = tuple((0.032 - 0.0006 * i + (0.0045 if i % 2 else 0.0), 0.19 + 0.0046 * i) for i in range(9))
RING = ((0.0301, 0.0), (0.028, 0.007), (0.0005, 0.0075))


def turn(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> np.ndarray:
    """Rotation by roll, then pitch (positive up), then yaw (positive left)."""
    cy, sy, cp, sp, cr, sr = (f(a) for a in (yaw, -pitch, roll) for f in (math.cos, math.sin))
    return np.array(
        [
            [cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr],
            [sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr],
            [-sp, cp * sr, cp * cr],
        ]
    )


class Canvas:
    """Collects faces and lights, then paints them from far to near."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width * FINE, height * FINE
        forward = AIM_POINT - EYE_POINT
        forward /= np.linalg.norm(forward)
        right = np.cross(forward, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        self._axes = np.stack([right, np.cross(forward, right), forward])
        self._faces: list[tuple[float, np.ndarray, Sequence[float]]] = []

    def project(self, points: Points) -> tuple[Points, np.ndarray]:
        """Pixels of points (n, 3), and their depths in metres."""
        seen = (points - EYE_POINT) @ self._axes.T
        scale = FOCAL * self.height / seen[:, 2:3]
        return seen[:, :2] * scale + [self.width / 2, self.height / 2], seen[:, 2]

    def add(self, mesh: Mesh, colour: Colour, rotation: np.ndarray, place: Points, lift: float = 0.0) -> None:
        """Put a mesh into the picture, turned and then moved; `lift` metres nearer when it comes to what hides what."""
        corners = mesh.corners @ rotation.T + place
        normals = mesh.normals @ rotation.T
        to_eye = EYE_POINT - corners.mean(axis=1)
        front = (normals * to_eye).sum(axis=1) > 0
        pixels, depth = self.project(corners[front].reshape(-1, 3))
        light = 0.50 + 0.16 * normals[front, 2] + 0.46 * np.clip(normals[front] @ SUN, 0.0, None)
        depths = (depth.reshape(-1, 4).mean(axis=1) - lift).tolist()
        colours = (np.minimum(light, 1.04)[:, None] * colour).tolist()
        self._faces += zip(depths, _fixed(pixels.reshape(-1, 4, 2)), colours, strict=True)

    def painted(self) -> np.ndarray:
        """Everything so far, (h, w, 3) float32 BGR at the fine size."""
        image = np.empty((self.height, self.width, 3), np.float32)
        image[:] = BACK
        image *= np.linspace(1.13, 0.93, self.height, dtype=np.float32)[:, None, None]
        for _, quad, colour in sorted(self._faces, key=lambda face: -face[0]):
            cv2.fillConvexPoly(image, quad, colour, cv2.LINE_8, 4)
        return image


def _fixed(polygon: Points) -> np.ndarray:
    """Pixels with four binary digits of fraction, as OpenCV takes them."""
    return np.round(polygon * 16).astype(np.int32)


def _times(colour: Colour, by: float) -> Colour:
    return colour[0] * by, colour[1] * by, colour[2] * by


def _on_visor(y: np.ndarray, z: np.ndarray) -> Points:
    """Points of the head's front at (y, z) metres of the face, a little above the shell."""
    high = z - 0.004
    rest = np.clip(1 - np.abs(y / HEAD[1]) ** POWER - np.abs(high / HEAD[2]) ** POWER, 0.0, None)
    return np.stack([HEAD[0] * rest ** (1 / POWER) + 0.0016, y, high], axis=-1)


def dots(eyes: Eyes) -> np.ndarray:
    """How bright each of an eye's (8, 8) dots is, 0..1, as `hardware/firmware/core/eyes.cpp` lights them.

    A glowing pupil on a dim eyeball, cut from above by the lid. Row 0 is the highest; column 0 is the robot's right.
    """
    at = np.arange(8) - 3.5
    x, y = at[None, :], at[:, None]
    radius = 1.0 + 2.0 * eyes.size

    def disc(dx: np.ndarray, dy: np.ndarray, size: float) -> np.ndarray:
        return np.asarray(np.clip(0.5 + (size * size - dx * dx - dy * dy) / (2 * size), 0.0, 1.0))

    ball = 0.11 * disc(x, y, 3.9)
    pupil = disc(x - 2.0 * eyes.x, y + 2.0 * eyes.y, radius)
    lit = np.clip(0.5 + y - (4.0 - 8.0 * eyes.lid), 0.0, 1.0)
    return np.asarray(np.maximum(ball, pupil) * lit)


def _face(canvas: Canvas, image: np.ndarray, head: np.ndarray, place: Points, eyes: Eyes) -> np.ndarray:
    """Paint the visor and the eyes; gives what shines, to be blurred into a glow."""
    shine = np.zeros_like(image)
    if (head @ [1.0, 0.0, 0.0]) @ (EYE_POINT - place) < 0.0:
        return shine
    a = np.linspace(0.0, 2 * math.pi, 80, endpoint=False)
    edge = (np.abs(np.cos(a)) ** 4 + np.abs(np.sin(a)) ** 4) ** -0.25
    rim = _on_visor(edge * np.cos(a) * FACE[0] / 2, edge * np.sin(a) * FACE[1] / 2)
    cv2.fillPoly(image, [_fixed(canvas.project(rim @ head.T + place)[0])], GLASS, cv2.LINE_8, 4)
    blue, green, red = (c / 255 for c in reversed(eyes.colour))
    glow = 0.45 + 0.55 * eyes.brightness
    levels = dots(eyes)
    half = 0.43 * DOT
    for side in (-1.0, 1.0):
        for row in range(8):
            for column in range(8):
                y = side * EYE_AT + (column - 3.5) * DOT
                z = (3.5 - row) * DOT + 0.002
                square = _on_visor(y + half * np.array([-1, 1, 1, -1]), z + half * np.array([-1, -1, 1, 1]))
                polygon = _fixed(canvas.project(square @ head.T + place)[0])
                level = 0.05 + 0.95 * glow * levels[row, column]
                colour = (blue * level, green * level, red * level)
                cv2.fillConvexPoly(image, polygon, colour, cv2.LINE_8, 4)
                cv2.fillConvexPoly(shine, polygon, _times(colour, float(levels[row, column])), cv2.LINE_8, 4)
    return shine


def _chest(canvas: Canvas, image: np.ndarray, base: np.ndarray, light: Light) -> np.ndarray:
    """Paint the ring's eight lights; gives what shines."""
    shine = np.zeros_like(image)
    slope = base @ turn(0.0, 0.3)
    middle = base @ [0.0895, 0.0, 0.113]
    blue, green, red = (c / 255 for c in reversed(light.colour))
    for i in range(8):
        a = math.pi / 2 - 2 * math.pi * (i + 0.5) / 8
        spot = slope @ [0.009, -0.0195 * math.cos(a), 0.0195 * math.sin(a)] + middle
        at = canvas.project(spot[None])[0][0]
        share = min(max(light.fill * 8 - i, 0.0), 1.0) * min(light.brightness, 1.0)
        level = 0.0 if share == 0.0 else 0.15 + 0.85 * share**0.6
        colour = tuple(0.1 + 0.95 * c * level for c in (blue, green, red))
        centre = [round(float(c) * 16) for c in at]
        radius = round(0.0062 * FOCAL * canvas.height / 0.7 * 16)
        cv2.circle(image, centre, radius, colour, -1, cv2.LINE_8, 4)
        cv2.circle(shine, centre, radius, _times((blue, green, red), level), -1, cv2.LINE_8, 4)
    return shine


def draw(frame: BodyFrame, width: int = 224, height: int = 224) -> np.ndarray:
    """One picture of the robot, (height, width, 3) uint8 BGR; seen from the front, a little from its left and above."""
    pose = frame.pose
    canvas = Canvas(width, height)
    base, pivot = turn(pose.base_yaw), np.array([0.0, 0.0, PIVOT])
    head = base @ turn(pose.head_yaw, pose.neck_pitch, pose.neck_roll)
    canvas.add(_turned(BODY), SHELL, base, np.zeros(3))
    canvas.add(_turned(NECK, 24), DARK, base, np.zeros(3))
    ring = base @ turn(0.0, 0.3) @ turn(0.0, -math.pi / 2)
    canvas.add(_turned(RING, 24), DARK, ring, base @ [0.0885, 0.0, 0.113], lift=0.01)
    canvas.add(_pebble(HEAD, POWER, 64), SHELL, head, pivot)
    for side, angle in ((1.0, pose.left_ear), (-1.0, pose.right_ear)):
        ear = head @ turn(0.0, 0.0, -side * (math.pi / 2 - EAR_FLAT - angle))
        foot = head @ [-0.012, side * 0.083, 0.048] + pivot
        canvas.add(_pebble((0.012, 0.027, 0.056), 2.2, 24), SHELL, ear, ear @ [0.0, 0.0, 0.046] + foot)
        canvas.add(_pebble((0.006, 0.016, 0.038), 2.2, 18), ACCENT, ear, ear @ [0.0085, 0.0, 0.046] + foot, lift=0.004)
    image = canvas.painted()
    shine = _face(canvas, image, head, pivot, frame.eyes) + _chest(canvas, image, base, frame.light)
    small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    glow = cv2.GaussianBlur(cv2.resize(shine, (width, height), interpolation=cv2.INTER_AREA), (0, 0), width / 60)
    return np.asarray(np.clip((small + 0.75 * glow) * 255, 0, 255).astype(np.uint8))
