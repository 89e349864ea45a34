"""Expressions as keyframe data: TOML files with a few moments each, eased by minimum jerk between them.

A file holds `[[frame]]` tables with `t` (s), `hold` (s that it stays so) and any of the channels, all of them on top of
what the robot does anyway:

    yaw pitch roll left_ear right_ear   degrees
    eye_yaw eye_pitch                   degrees, the eyes alone; they keep to their target while the head moves
    lid                                 0 shut .. 1 open, multiplies
    pupil light                         added to the pupil's size and to the chest's brightness
    warmth                              -1 (eyes and chest blue) .. 1 (amber)

It begins and ends at rest: a channel that is left out is at rest. Angles go to the joints' followers with their rate,
so that a nod is as big as its file says.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field

from robot.core import toml_text, typed_toml
from robot.core.errors import ConfigError
from robot.core.typed_toml import Table
from robot.express.motion import minimum_jerk
from robot.parts.registry import data_folders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

ANGLES = ("yaw", "pitch", "roll", "left_ear", "right_ear", "eye_yaw", "eye_pitch")
LONGEST_S = 8.0
MOST_FRAMES = 200
FLASHES_A_SECOND = 3  # duty 40; WCAG 2.2, 2.3.1: three general flashes, each a pair of opposing changes of 10 %
FLASH = 0.1

Turn = Annotated[float, Field(ge=-90.0, le=90.0)]
Change = Annotated[float, Field(ge=-1.0, le=1.0)]


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
    eye_yaw: float = 0.0
    eye_pitch: float = 0.0
    warmth: float = 0.0


REST = Offsets()


class FrameTable(Table):
    """One `[[frame]]`."""

    t: float = Field(gt=0.0, le=LONGEST_S)
    hold: float = Field(0.0, ge=0.0, le=LONGEST_S)
    yaw: Turn = 0.0
    pitch: Turn = 0.0
    roll: Turn = 0.0
    left_ear: Turn = 0.0
    right_ear: Turn = 0.0
    lid: float = Field(1.0, ge=0.0, le=1.0)
    pupil: Change = 0.0
    light: Change = 0.0
    eye_yaw: Turn = 0.0
    eye_pitch: Turn = 0.0
    warmth: Change = 0.0

    @property
    def offsets(self) -> Offsets:
        values = self.model_dump(exclude={"t", "hold"})
        return Offsets(**{k: math.radians(v) if k in ANGLES else v for k, v in values.items()})


class FileTable(Table):
    """A whole file."""

    frame: list[FrameTable] = Field(min_length=1, max_length=MOST_FRAMES)


class Expression(NamedTuple):
    """A named motion, a pure function of time."""

    name: str
    times: tuple[float, ...]
    frames: tuple[Offsets, ...]
    about: str = ""  # the first line of its file

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
        return Offsets._make([r + strength * (p + share * (q - p) - r) for p, q, r in zip(a, b, REST, strict=True)])


@lru_cache(maxsize=256)  # a robot that is made anew reads the same files
def load(name: str, text: str, place: str) -> Expression:
    """Read one file's text. Raises ConfigError that names file, line, frame and remedy."""
    times, frames = [0.0], [REST]
    for number, row in enumerate(typed_toml.parse(FileTable, text, place).frame):
        where = f"{place}:{typed_toml.line_of(text, ('frame', number, 't'))}"
        if row.t <= times[-1]:
            raise ConfigError(
                f"frame {number + 1}: t = {row.t} is not after {times[-1]} s, where the frame before it ends",
                place=where,
                remedy="frames stand in the order of their times",
            )
        times.append(row.t)
        frames.append(row.offsets)
        if row.hold:
            times.append(row.t + row.hold)
            frames.append(row.offsets)
    if frames[-1] != REST:
        raise ConfigError(
            "the last frame must be at rest, or the motion would end in a jump", place=where, remedy="give it only `t`"
        )
    for channel in ("light", "lid", "pupil", "warmth"):
        most = flashes(times, [getattr(frame, channel) for frame in frames])
        if most > FLASHES_A_SECOND:
            raise ConfigError(
                f"{channel} flashes {most} times in a second",
                place=place,
                remedy=f"{FLASHES_A_SECOND} are safe for everybody (duty 40)",
            )
    first = text.lstrip().partition("\n")[0]
    return Expression(name, tuple(times), tuple(frames), first[1:].strip() if first.startswith("#") else "")


def read_expression(path: Path | str) -> Expression:
    """A file of keyframes; its name is the expression's. Raises ConfigError."""
    path = Path(path)
    return load(path.stem, toml_text.read_text(path), str(path))


def flashes(times: Sequence[float], values: Sequence[float]) -> int:
    """The most flashes within any second: pairs of opposing changes by a tenth or more."""
    swings: list[float] = []
    low = high = values[0]
    way = 0
    for t, value in zip(times, values, strict=True):
        low, high = min(low, value), max(high, value)
        if way != 1 and value - low >= FLASH - 1e-9:
            way, high = 1, value
            swings.append(t)
        elif way != -1 and high - value >= FLASH - 1e-9:
            way, low = -1, value
            swings.append(t)
    return max((sum(1 for later in swings[i:] if later < t + 1.0) // 2 for i, t in enumerate(swings)), default=0)


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
    return {f.name[:-5]: load(f.name[:-5], toml_text.read_text(f), str(f)) for f in files}
