"""Meshes made light: read from binary STL, freed of what nobody sees from outside, and coarsened.

A maker's parts have thousands of triangles each, most of them inside. A page without a graphics card has some
microseconds for one.
"""

from __future__ import annotations

import struct
from itertools import product
from typing import NamedTuple

import numpy as np

from robot.core.errors import DeviceError
from robot.texts.sentence import sentence

LONGEST = 2 << 20  # bytes; the true ones have up to 315,000
MOST = 30_000  # triangles of one
FARTHEST_M = 1.0
HEAD, EACH = 84, 50  # bytes
ROW = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("more", "<u2")])
AREA_M2, MOST_POINTS = 0.4e-6, 200_000  # of a surface for each point by which it is seen, and how many at most
DOT_M, BEHIND_M = 0.0015, 0.001  # how finely it is looked at, and what lies no farther behind is seen, too
FACING = 0.3  # cosine: what is seen more aslant is seen better from another side
FINEST_M, COARSEST_M = 0.0008, 0.02  # of the cells in which corners become one
ROUNDS = 7  # of halving between them


class Coarse(NamedTuple):
    """Corners (n, 3) and their normals (n, 3), and triangles (m, 3) by the corners' numbers."""

    corners: np.ndarray
    normals: np.ndarray
    triangles: np.ndarray


def read_stl(data: bytes, name: str) -> np.ndarray:
    """Triangles, (n, 3, 3), m. Raises DeviceError for what is no binary STL within the limits."""
    count = struct.unpack_from("<I", data, HEAD - 4)[0] if len(data) >= HEAD else MOST + 1
    if count > MOST or len(data) != HEAD + EACH * count:
        raise _odd(name)
    triangles: np.ndarray = np.frombuffer(data, ROW, count, HEAD)["corners"].astype(np.float64)
    if not np.isfinite(triangles).all() or (count and np.abs(triangles).max() > FARTHEST_M):
        raise _odd(name)
    return triangles


def _odd(name: str) -> DeviceError:
    return DeviceError(
        sentence("health.figure_no_mesh", name=name, triangles=MOST), remedy=sentence("health.reachy_version")
    )


def seen(triangles: np.ndarray, *, below: bool) -> np.ndarray:
    """Which of them, (n,), are seen from any side, or from any but `below`: by points strewn over them evenly."""
    across = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    area = np.linalg.norm(across, axis=1) / 2
    spacing = max(AREA_M2, float(area.sum()) / MOST_POINTS)
    whose = np.repeat(np.arange(len(triangles)), 1 + (area / spacing).astype(np.int64))
    turn = np.arange(len(whose))
    u, v = turn * 0.7548776662 % 1.0, turn * 0.5698402910 % 1.0  # fills a square evenly (Roberts' R2)
    over = u + v > 1.0
    u[over], v[over] = 1.0 - u[over], 1.0 - v[over]
    first, second, third = triangles[whose].transpose(1, 0, 2)
    points = first + u[:, None] * (second - first) + v[:, None] * (third - first)
    facing = across / np.maximum(2 * area, 1e-15)[:, None]
    found = np.zeros(len(triangles), bool)
    for way in product((-1.0, 0.0, 1.0), repeat=3):
        if any(way) and (below or way[2] >= 0.0):
            towards = np.array(way) / np.linalg.norm(way)
            front = _in_front(points, towards) & (facing @ towards > FACING)[whose]
            found |= np.bincount(whose, front, len(triangles)) > 0
    return found


def _in_front(points: np.ndarray, towards: np.ndarray) -> np.ndarray:
    """Which points, (n,), nothing hides from an eye far off in a direction."""
    aside = np.cross(towards, [0.31, 0.55, 0.77])
    aside /= np.linalg.norm(aside)
    dots = np.floor(np.stack([points @ aside, points @ np.cross(towards, aside)]) / DOT_M).astype(np.int64)
    dots -= dots.min(axis=1, keepdims=True)
    dot = dots[0] * (dots[1].max() + 1) + dots[1]
    near = points @ towards
    nearest = np.full(dot.max() + 1, -np.inf)
    np.maximum.at(nearest, dot, near)
    return np.asarray(near > nearest[dot] - BEHIND_M)


def cell_for(triangles: np.ndarray, budget: int) -> float:
    """The finest cell, m, that leaves at most `budget` of them; the coarsest where none does."""
    low, high = FINEST_M, COARSEST_M
    if len(clustered(triangles, low).triangles) <= budget:
        return low
    for _ in range(ROUNDS):
        cell = (low * high) ** 0.5
        if len(clustered(triangles, cell).triangles) <= budget:
            high = cell
        else:
            low = cell
    return high


def clustered(triangles: np.ndarray, cell: float) -> Coarse:
    """Corners within a cell become one, at their mean; it has a normal for each side that its surfaces look to, so
    that edges stay edges.
    """
    across = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])  # (n, 3), twice the area
    corners = triangles.reshape(-1, 3)
    cells = np.floor(corners / cell).astype(np.int64) + (1 << 14)
    _, where = np.unique((cells[:, 0] << 30) | (cells[:, 1] << 15) | cells[:, 2], return_inverse=True)
    count = where.max() + 1 if len(where) else 0
    sums = np.stack([np.bincount(where, corners[:, axis], count) for axis in range(3)], axis=1)
    places = sums / np.bincount(where, minlength=count)[:, None]
    faces = where.reshape(-1, 3)
    whole = (faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])
    faces, across = faces[whole], across[whole]
    begun = (faces.argmin(axis=1)[:, None] + np.arange(3)) % 3  # so that the same one, either way round, stays two
    _, first = np.unique(np.take_along_axis(faces, begun, axis=1), axis=0, return_index=True)
    faces, across = faces[first], across[first]
    main = np.abs(across).argmax(axis=1)
    side = 2 * main + (across[np.arange(len(across)), main] < 0)
    split, numbers = np.unique(faces * 6 + side[:, None], return_inverse=True)
    numbers = numbers.reshape(-1, 3)
    ways = np.stack(
        [np.bincount(numbers.ravel(), np.repeat(across[:, axis], 3), len(split)) for axis in range(3)], axis=1
    )
    normals = ways / np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-12)
    return Coarse(places[split // 6], normals, numbers)
