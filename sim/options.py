"""How one run of the simulator is to go."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Senses(StrEnum):
    """What the robot's sight is given."""

    pixels = "pixels"
    truth = "truth"


class Hears(StrEnum):
    """How people's words reach the robot."""

    text = "text"
    sound = "sound"


class Options(NamedTuple):
    """How to run."""

    senses: Senses
    hears: Hears
    seed: int
    fast: bool
    fps: float
    language: str | None
