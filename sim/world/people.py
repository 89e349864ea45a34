"""The people of the simulator: where one is, what the face does, and what one looks like. Painted by code, so that no
photograph of anybody need be shipped.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.clock import generator

if TYPE_CHECKING:
    import numpy as np

Colour = tuple[int, int, int]  # blue, green, red

HEAD = (0.095, 0.078, 0.113)  # an adult's: half depth, half width, half height, m

# Skin in five tones from light to dark, in the spirit of Fitzpatrick's scale.
SKINS: tuple[Colour, ...] = ((186, 205, 240), (150, 180, 226), (112, 150, 202), (76, 110, 164), (52, 76, 118))
HAIRS: tuple[Colour, ...] = ((28, 30, 36), (34, 48, 74), (52, 92, 140), (96, 160, 205), (168, 170, 172), (38, 62, 142))
DARK_HAIRS: tuple[Colour, ...] = ((28, 30, 36), (24, 28, 34), (34, 44, 62), (150, 152, 156))
IRISES: tuple[Colour, ...] = ((48, 74, 108), (120, 96, 60), (84, 110, 70), (36, 46, 62))
SHIRTS: tuple[Colour, ...] = (
    (150, 96, 52),
    (70, 120, 72),
    (66, 66, 178),
    (92, 158, 212),
    (128, 74, 118),
    (150, 150, 84),
    (72, 72, 80),
    (196, 200, 206),
)
TROUSERS: tuple[Colour, ...] = ((86, 66, 50), (60, 60, 64), (88, 104, 120))
GREYS: tuple[Colour, ...] = ((168, 170, 172), (206, 208, 210), (150, 152, 156))
CUTS = ("short", "short", "long", "long", "bob", "curly", "bald")  # the common ones more often


class Age(StrEnum):
    """How old somebody looks."""

    child = "child"  # of about six
    adult = "adult"
    old = "old"


class Build(NamedTuple):
    """What age makes of a body: sizes relative to an adult's, and where the middle of the head is above the table, m,
    when they stand before it and when they sit on a chair as high as they need.
    """

    head: float
    body: float
    stands: float
    sits: float


BUILDS = {
    Age.child: Build(0.9, 0.66, 0.30, 0.20),  # head circumference 51 cm to an adult's 57, 1.15 m tall
    Age.adult: Build(1.0, 1.0, 0.45, 0.30),
    Age.old: Build(0.98, 0.94, 0.40, 0.27),
}
GLASSES = {Age.child: 0.1, Age.adult: 0.25, Age.old: 0.7}  # the share that wears them


@dataclass(frozen=True, slots=True)
class Appearance:
    """What somebody looks like; colours are BGR."""

    skin: Colour = SKINS[1]
    hair: Colour = HAIRS[1]
    cut: str = "short"
    iris: Colour = IRISES[0]
    shirt: Colour = SHIRTS[0]
    trousers: Colour = TROUSERS[0]
    glasses: bool = False
    beard: bool = False
    age: Age = Age.adult


@dataclass(frozen=True, slots=True)
class Figure:
    """A person at a moment. Lengths in m, in the base frame, whose z = 0 is the table that the robot stands on."""

    id: int
    x: float
    y: float
    z: float = 0.45  # of the middle of the head
    heading: float = math.pi  # where the face points; pi from +x is towards the robot
    smile: float = 0.2  # 0..1
    eyes_closed: float = 0.0  # 0..1
    mouth: float = 0.0  # 0 shut .. 1 wide open, as in speech
    sits: bool = False
    look: Appearance = Appearance()

    @property
    def turned(self) -> float:
        """How far the face is turned away from the robot, 0..pi."""
        off = self.heading - math.atan2(-self.y, -self.x)
        return abs((off + math.pi) % (2 * math.pi) - math.pi)


@lru_cache(maxsize=256)
def look_of(seed: int, age: Age = Age.adult) -> Appearance:
    """Somebody by number: the same number is always the same person, neighbours differ in skin, shirt and hair."""
    chance: np.random.Generator = generator(seed)
    cut = CUTS[int(chance.integers(len(CUTS)))]
    hairs = HAIRS if seed % len(SKINS) < 3 else DARK_HAIRS
    hair = hairs[int(chance.integers(len(hairs)))]
    iris = IRISES[int(chance.integers(len(IRISES)))]
    trousers = TROUSERS[int(chance.integers(len(TROUSERS)))]
    glasses = bool(chance.random() < GLASSES[age])
    if age is Age.child:
        cut, hair = ("curly" if cut == "bald" else cut), HAIRS[seed % 4] if hair in GREYS else hair
    return Appearance(
        skin=SKINS[seed % len(SKINS)],
        hair=GREYS[seed % len(GREYS)] if age is Age.old else hair,
        cut=cut,
        iris=iris,
        shirt=SHIRTS[(seed * 3) % len(SHIRTS)],
        trousers=trousers,
        glasses=glasses,
        beard=age is not Age.child and cut not in ("long", "bob") and bool(chance.random() < 0.3),
        age=age,
    )
