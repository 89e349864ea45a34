"""The skin of a painted head: what is drawn on the shells that `sim.world.painter` wraps round an ellipsoid.

A shell is an atlas (SIDE, 2 * SIDE, 4) uint8 BGRA: the front half of the head as seen from the front, then its back.
Places on it are (y, z) in -1..1, y to the person's left and z up, in units of the head's half width and half height.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.world.people import Age

if TYPE_CHECKING:
    from sim.world.people import Appearance

SIDE = 128
NOSE_SHELL, HAIR_SHELL, CURLS_SHELL, GLASSES_SHELL = 1.17, 1.075, 1.16, 1.06
EYE = 0.4  # how far from the middle an eye is
CHILD_EYE = 1.18  # how much larger in the face a child's are
STEPS = 6  # faces are painted for so many degrees of each expression and kept

_AXIS = np.linspace(-1, 1, SIDE, dtype=np.float32)
Y, Z = np.meshgrid(_AXIS, -_AXIS)
_BLEND = np.float32(1.6 / SIDE)


class Shell(NamedTuple):
    """One layer of a head: how much larger than the head it is, and what is on it."""

    scale: float
    atlas: np.ndarray
    far: bool = False  # its inner side, behind the head
    only: tuple[float, float] | None = None  # on the front: the height z of its middle, and its radius; None: all round


class _Canvas:
    """Half of a head to paint on with soft blobs."""

    def __init__(self, colour: tuple[float, ...], alpha: float) -> None:
        self.rgb = np.empty((SIDE, SIDE, 3), np.float32)
        self.rgb[:] = colour
        self.alpha = np.full((SIDE, SIDE), alpha, np.float32)

    def lay(self, mask: np.ndarray, colour: tuple[float, ...]) -> None:
        """Lay a colour over what is there, as far as the mask (0..1) says."""
        self.rgb += mask[..., None] * (np.asarray(colour, np.float32) - self.rgb)
        np.maximum(self.alpha, mask, out=self.alpha)

    def tint(self, mask: np.ndarray, factor: float) -> None:
        """Lighten or darken."""
        self.rgb *= 1 + mask[..., None] * np.float32(factor - 1)

    def pixels(self) -> np.ndarray:
        pixels: np.ndarray = (255 * _unit(np.dstack([self.rgb / 255, self.alpha]))).astype(np.uint8)
        return pixels


def _unit(values: np.ndarray) -> np.ndarray:
    """Limited to 0..1."""
    limited: np.ndarray = np.minimum(np.maximum(values, 0), 1)
    return limited


def _blob(y: float, z: float, wide: float, high: float, soft: float = 0.25, turn: float = 0.0) -> np.ndarray:
    """An ellipse of half axes `wide` and `high` whose rim is `soft` of its size wide."""
    dy, dz = Y - y, Z - z
    if turn:
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        dy, dz = c * dy + s * dz, c * dz - s * dy
    away = np.sqrt((dy / wide) ** 2 + (dz / high) ** 2)
    mask: np.ndarray = (1 + soft / 2 - away) / soft
    return _unit(mask)


def _edge(value: np.ndarray, soft: float) -> np.ndarray:
    """1 where `value` is positive, falling to 0 over `soft`."""
    return _unit(value / soft + 0.5)


def _curve(y: float, z: float, wide: float, bend: float, thick: float) -> np.ndarray:
    """A line along a parabola through (y, z), `bend` higher (or lower) at its ends, tapered."""
    dy = (Y - y) / wide
    away = np.abs(Z - z - bend * dy * dy)
    taper = _unit(1 - dy * dy) ** 0.5
    line: np.ndarray = _unit((thick * taper - away) / _BLEND + 0.5) * (np.abs(dy) < 1)
    return line


def shells(look: Appearance, smile: float, eyes_closed: float, mouth: float) -> tuple[Shell, ...]:
    """The layers of a head, innermost first; the same few are painted once and kept."""
    return _shells(look, round(smile * STEPS), round(eyes_closed * STEPS), round(mouth * STEPS))


@lru_cache(maxsize=96)
def _shells(look: Appearance, smile: int, eyes_closed: int, mouth: int) -> tuple[Shell, ...]:
    layers = [Shell(1.0, _skin(look, smile / STEPS, eyes_closed / STEPS, mouth / STEPS))]
    if look.glasses:
        layers.append(Shell(GLASSES_SHELL, _glasses()))
    layers.append(Shell(NOSE_SHELL, _nose(look), only=(-0.08, 0.34)))
    if look.cut != "bald":
        hair = Shell(CURLS_SHELL if look.cut == "curly" else HAIR_SHELL, _hair(look))
        layers = [hair._replace(far=True), *layers, hair]
    return tuple(layers)


def _skin(look: Appearance, smile: float, eyes_closed: float, mouth: float) -> np.ndarray:
    skin = look.skin
    face = _Canvas(skin, 1.0)
    face.tint(_blob(0, 0.45, 0.6, 0.3, 1.4), 1.06)
    face.tint(_edge(np.abs(Y) - 0.72, 0.5) * _blob(0, -0.3, 1.2, 0.8, 0.5), 0.9)
    face.tint(_blob(0, -1.0, 0.7, 0.2, 1.2), 0.84)
    flush = (skin[0] * 0.82, skin[1] * 0.80, min(skin[2] * 1.04, 255))
    for side in (-1, 1):
        face.lay(0.55 * _blob(side * 0.47, -0.28, 0.28, 0.17, 1.6), flush)
        face.tint(_blob(side * EYE, 0.03, 0.3, 0.14, 1.2), 0.86)  # the hollow of the eye
    if look.beard:
        jaw = _edge(-0.33 - Z - 0.25 * (1 - np.abs(Y)), 0.16) * (1 - _blob(0, -0.47, 0.24, 0.075, 0.6))
        face.lay(0.8 * np.maximum(jaw, _blob(0, -0.37, 0.26, 0.05, 0.8)), _mix(look.hair, skin, 0.2))
    if look.age is Age.old:
        _wrinkles(face)
    for side in (-1, 1):
        _eye(face, look, side, eyes_closed, smile)
        brow = tuple(min(h, c) * 0.62 for h, c in zip(look.hair, skin, strict=True))  # darker than hair and skin
        thick = 0.026 if look.age is Age.child else 0.036
        face.lay(0.8 * _curve(side * (EYE + 0.01), 0.265, 0.27, -0.055, thick), brow)
    _mouth(face, look, smile, mouth)
    back = _Canvas(skin, 1.0)
    return np.hstack([face.pixels(), back.pixels()])


def _wrinkles(face: _Canvas) -> None:
    """Lines across the forehead, crow's feet, bags under the eyes, and folds from nose to mouth."""
    for z, weight in ((0.42, 0.7), (0.5, 0.8), (0.58, 0.5)):
        face.tint(weight * _curve(0, z, 0.5, -0.035, 0.014), 0.74)
    for side in (-1, 1):
        face.tint(0.8 * _curve(side * EYE, -0.09, 0.2, 0.05, 0.02), 0.74)
        for turn in (-0.5, 0.0, 0.5):
            face.tint(0.7 * _blob(side * (EYE + 0.26), 0.04 + 0.1 * turn, 0.075, 0.011, 0.6, side * turn), 0.7)
        face.tint(0.8 * _blob(side * 0.31, -0.36, 0.16, 0.016, 0.8, side * -0.95), 0.66)
        face.tint(0.6 * _blob(side * 0.5, -0.62, 0.13, 0.02, 1.0, side * -1.1), 0.76)


def _eye(face: _Canvas, look: Appearance, side: int, closed: float, smile: float) -> None:
    size = CHILD_EYE if look.age is Age.child else 1.0
    y, z, wide = side * EYE, 0.05, 0.2 * size
    open_ = (1 - closed) * size
    line = tuple(c * 0.3 for c in look.skin)
    if open_ > 0.1:
        high = 0.085 * open_
        opening = _blob(y, z, wide, high, 0.22) * _edge(Z - (z - high * (1 - 0.35 * smile)), 0.04)
        face.lay(opening, (222, 226, 230))
        face.lay(opening * _blob(y, z + 0.005, 0.105 * size, 0.078 * size, 0.25), look.iris)
        face.lay(opening * _blob(y, z + 0.005, 0.05 * size, 0.037 * size, 0.35), (16, 14, 14))
        face.lay(opening * _blob(y - 0.035, z + 0.035, 0.028, 0.02, 0.5), (255, 255, 255))
        face.lay(0.45 * _curve(y, z - high, wide, high * 0.7, 0.012), line)
    lid = z + 0.078 * open_ - 0.03 * closed
    face.lay(0.9 * _curve(y, lid, wide * 1.12, -0.07 * open_ + 0.03 * closed, 0.026), line)
    face.tint(0.5 * _curve(y, z + 0.14, wide, -0.05, 0.02), 0.8)  # the fold of the lid


def _mouth(face: _Canvas, look: Appearance, smile: float, opening: float) -> None:
    skin = look.skin
    lip = (skin[0] * 0.62, skin[1] * 0.58, min(skin[2] * 0.9, 255))
    wide, bend, z = 0.27 + 0.08 * smile, 0.02 + 0.085 * smile, -0.5 - 0.02 * smile
    gap = 0.012 + 0.13 * opening
    curve = bend * ((Y / wide) ** 2)
    inside = (np.abs(Y) < wide) * _unit(1 - (Y / wide) ** 2) ** 0.5
    upper = _unit((0.05 * inside - np.abs(Z - z - curve - 0.025)) / (2 * _BLEND) + 0.5) * (inside > 0)
    lower = _unit((0.062 * inside - np.abs(Z - z - curve + gap + 0.03)) / (2 * _BLEND) + 0.5) * (inside > 0)
    face.lay(0.85 * upper, lip)
    face.lay(0.85 * lower, _mix(lip, (190, 180, 255), 0.2))
    hole = _unit((gap * inside - np.abs(Z - z - curve + gap / 2)) / (2 * _BLEND) + 0.5) * (inside > 0)
    face.lay(0.92 * hole, (34, 28, 58))
    if opening > 0.25 or smile > 0.6:
        teeth = hole * _edge(Z - (z + curve - 0.45 * gap - 0.004), 0.02)
        face.lay(0.85 * teeth, (225, 230, 234))
    for side in (-1, 1):
        corner = _blob(side * (wide + 0.02), z + bend + 0.01, 0.05, 0.05, 1.2)
        face.tint(0.5 * corner, 0.72)
        face.tint(smile * 0.6 * _curve(side * 0.45, -0.38, 0.12, -0.06, 0.05), 0.85)
    face.tint(_blob(0, z - gap - 0.14, 0.2, 0.035, 1.0), 0.88)  # under the lower lip


def _nose(look: Appearance) -> np.ndarray:
    skin = look.skin
    front = _Canvas(skin, 0.0)
    light, dark = _mix(skin, (255, 255, 255), 0.26), tuple(c * 0.58 for c in skin)
    for side, weight in ((-1, 0.62), (1, 0.34)):  # the light comes from the person's left
        front.lay(weight * _blob(side * 0.10, -0.06, 0.045, 0.2, 1.2, side * 0.2), dark)
        front.lay(weight * _blob(side * 0.14, -0.215, 0.055, 0.055, 0.9), dark)
    front.lay(0.6 * _blob(0.01, -0.06, 0.05, 0.2, 0.9), light)
    front.lay(0.65 * _blob(0.01, -0.2, 0.085, 0.06, 0.9), light)
    front.lay(0.6 * _blob(0, -0.275, 0.15, 0.035, 1.0), dark)
    for side in (-1, 1):
        front.lay(0.85 * _blob(side * 0.062, -0.258, 0.036, 0.022, 0.7), tuple(c * 0.28 for c in skin))
    return np.hstack([front.pixels(), np.zeros((SIDE, SIDE, 4), np.uint8)])


def _hair(look: Appearance) -> np.ndarray:
    front, back = _Canvas(look.hair, 0.0), _Canvas(look.hair, 0.0)
    close = look.cut in ("short", "curly")
    line = 0.6 + 0.05 * np.sin(3 * Y + 0.7) - 0.3 * np.abs(Y) ** 3
    temple = {"short": 0.12, "curly": 0.05, "bob": -0.6, "long": -0.7}[look.cut]
    sides = _edge(np.abs(Y) - (0.86 if close else 0.78), 0.05) * _edge(Z - temple, 0.12)
    front.lay(np.maximum(_edge(Z - line, 0.07), sides), look.hair)
    nape = {"short": -0.5, "curly": -0.55, "bob": -0.8, "long": -0.85}[look.cut]
    rim = _unit((np.hypot(Y, Z) - 0.7) / 0.3) * (np.abs(Y) > np.abs(Z))
    back.lay(_edge(Z - nape - (temple - nape) * rim * rim, 0.12), look.hair)
    curl = np.sin(23 * Y + 2 * np.sin(19 * Z)) * np.sin(21 * Z + 2 * np.sin(17 * Y))
    strands = curl if look.cut == "curly" else np.sin(24 * Y + 2.5 * np.sin(2.5 * Z)) * (0.7 + 0.3 * np.sin(11 * Y))
    depth = 0.3 if look.cut == "curly" else 0.13
    for half in (front, back):
        half.tint(_unit(strands), 1 + depth)
        half.tint(_unit(-strands), 1 - depth)
        half.tint(_blob(0.25, 0.78, 0.5, 0.16, 1.6), 1.3)
    return np.hstack([front.pixels(), back.pixels()])


def _glasses() -> np.ndarray:
    front = _Canvas((40, 36, 34), 0.0)
    for side in (-1, 1):
        rim = _blob(side * EYE, 0.03, 0.3, 0.19, 0.06) - _blob(side * EYE, 0.03, 0.265, 0.165, 0.06)
        front.lay(0.9 * _unit(rim), (40, 36, 34))
        front.lay(0.9 * _edge(0.02 - np.abs(Z - 0.08), 0.02) * _edge(side * Y - 0.7, 0.02), (40, 36, 34))
    front.lay(0.9 * _curve(0, 0.1, 0.13, -0.03, 0.022), (40, 36, 34))
    return np.hstack([front.pixels(), np.zeros((SIDE, SIDE, 4), np.uint8)])


def _mix(a: tuple[float, ...], b: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(x + share * (y - x) for x, y in zip(a, b, strict=True))
