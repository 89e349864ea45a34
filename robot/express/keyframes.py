"""Expressions as keyframe data: TOML files with a few moments each, eased by minimum jerk between them.

A file holds `[[frame]]` tables with `t` (s) and any of `yaw pitch roll left_ear right_ear` (degrees, added to what the
robot does anyway), `lid` (0 shut .. 1 open, multiplies), `pupil` (added to the pupil's size) and `light` (added to the
chest's brightness). It begins and ends at rest: a channel that is left out is at rest.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from robot.errors import ConfigError
from robot.express.motion import minimum_jerk
from robot.parts import data_folders

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ANGLES = ("yaw", "pitch", "roll", "left_ear", "right_ear")
LONGEST_S = 8.0


class Offsets(NamedTuple):
    """What an expression adds at one moment: angles in rad, the rest as in its file."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    left_ear: float = 0.0
    right_ear: float = 0.0
    lid: float = 1.0
    pupil: float = 0.0
    light: float = 0.0


REST = Offsets()


class Expression(NamedTuple):
    """A named motion, a pure function of time."""

    name: str
    times: tuple[float, ...]
    frames: tuple[Offsets, ...]

    @property
    def duration(self) -> float:
        return self.times[-1]

    def at(self, t: float, strength: float = 1.0) -> Offsets:
        """Offsets `t` seconds after its start; rest before and after."""
        if t <= 0.0 or t >= self.duration:
            return REST
        i = bisect_right(self.times, t)
        start, end = self.times[i - 1], self.times[i]
        share = minimum_jerk((t - start) / (end - start))
        a, b = self.frames[i - 1], self.frames[i]
        return Offsets(*(r + strength * (p + share * (q - p) - r) for p, q, r in zip(a, b, REST, strict=True)))


def load(name: str, text: str, place: str) -> Expression:
    """Read one file's text. Raises ConfigError that names file, frame and key."""
    try:
        rows = tomllib.loads(text).get("frame", [])
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"this is not TOML: {error}", place=place) from error
    times, frames = [0.0], [REST]
    for number, row in enumerate(rows, 1):
        where = f"{place}: frame {number}"
        values = dict(row)
        t = values.pop("t", None)
        if not isinstance(t, (int, float)) or t <= times[-1] or t > LONGEST_S:
            raise ConfigError(f"t = {t} must be a time after {times[-1]} s and up to {LONGEST_S} s", place=where)
        unknown = sorted(set(values) - set(Offsets._fields))
        if unknown:
            raise ConfigError(f"unknown key {unknown[0]!r}", place=where, remedy=f"use {', '.join(Offsets._fields)}")
        for key, value in values.items():
            if not isinstance(value, (int, float)):
                raise ConfigError(f"{key} = {value!r} is not a number", place=where)
        times.append(float(t))
        frames.append(Offsets(**{k: math.radians(v) if k in ANGLES else float(v) for k, v in values.items()}))
    if len(frames) < 2:
        raise ConfigError("an expression needs at least one [[frame]]", place=place)
    if frames[-1] != REST:
        raise ConfigError("the last frame must be at rest (only `t`), or the motion would end in a jump", place=place)
    return Expression(name, tuple(times), tuple(frames))


def load_shipped() -> dict[str, Expression]:
    """Every expression of every package of behaviours, by name. Raises ConfigError."""
    found: dict[str, Expression] = {}
    for folder in data_folders("expressions"):
        for name, expression in load_all(folder).items():
            if name in found:
                raise ConfigError(f"two packages bring an expression {name!r}", place=str(folder), remedy="rename one")
            found[name] = expression
    return found


def load_all(folder: Traversable) -> dict[str, Expression]:
    """Every expression of a folder, by name."""
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {f.name[:-5]: load(f.name[:-5], f.read_text(encoding="utf-8"), str(f)) for f in files}
