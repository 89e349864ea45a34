"""Sounds without words, made from a few parameters: a pitch line, a loudness line, a colour of overtones, breath.

Each is the same on every run: float32 mono at `RATE`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from robot.core.errors import ConfigError

RATE = 22_050  # Hz, that of the voice


class Recipe(NamedTuple):
    """`pitch` (Hz) and `loudness` (0..1) are points spread evenly over `seconds`; `overtones` are their strengths."""

    seconds: float
    pitch: tuple[float, ...]
    loudness: tuple[float, ...]
    overtones: tuple[float, ...] = (1.0, 0.35, 0.12)
    breath: float = 0.0  # share of noise
    tremor: tuple[float, float] = (0.0, 0.0)  # depth 0..1 and rate in Hz of a wavering loudness


RECIPES = {
    "chirp_greeting": Recipe(0.55, (620, 900, 760, 1240), (0, 0.7, 0.35, 0.8, 0)),
    "peekaboo": Recipe(0.4, (820, 1100, 960, 1320), (0, 0.7, 0.4, 0.6, 0)),
    "purr": Recipe(
        seconds=1.8,
        pitch=(88, 96, 90, 84),
        loudness=(0, 0.6, 0.7, 0.6, 0),
        overtones=(1.0, 0.8, 0.6, 0.4, 0.2),
        breath=0.12,
        tremor=(0.8, 24.0),
    ),
    "call": Recipe(0.8, (520, 700, 560), (0, 0.6, 0.7, 0.5, 0), (1.0, 0.5, 0.2)),
    "sigh": Recipe(1.3, (360, 330, 250, 190), (0, 0.45, 0.3, 0.12, 0), (1.0, 0.3), 0.35),
    "yawn": Recipe(1.9, (260, 420, 400, 300, 170), (0, 0.35, 0.55, 0.45, 0.2, 0), (1.0, 0.45, 0.15), 0.2),
    "startle": Recipe(0.22, (900, 1500, 1300), (0, 0.9, 0.5, 0), (1.0, 0.4)),
    "farewell": Recipe(0.7, (880, 740, 590), (0, 0.6, 0.5, 0.35, 0)),
    "hm": Recipe(0.45, (165, 190, 170), (0, 0.5, 0.45, 0), (1.0, 0.5, 0.25), 0.05),
    "chime": Recipe(1.4, (660, 660, 880, 880, 988, 988), (0, 0.4, 0.2, 0.4, 0.25, 0.4, 0.15, 0), (1.0, 0.2, 0.06)),
    "hum": Recipe(
        seconds=3.2,
        pitch=(392, 392, 440, 494, 494, 440, 392, 330, 330, 392, 440, 392, 392),
        loudness=(0, 0.5, 0.5, 0.5, 0.55, 0.5, 0.5, 0.45, 0.5, 0.5, 0.4, 0.2, 0),
        overtones=(1.0, 0.25, 0.08),
        breath=0.02,
        tremor=(0.12, 5.0),
    ),
    "hum_brother": Recipe(  # Frère Jacques
        seconds=3.9,
        pitch=(349, 349, 392, 392, 440, 440, 349, 349, 440, 440, 466, 466, 523, 523, 523),
        loudness=(0, 0.5, 0.5, 0.45, 0.5, 0.45, 0.5, 0.3, 0.5, 0.45, 0.5, 0.45, 0.5, 0.4, 0),
        overtones=(1.0, 0.25, 0.08),
        breath=0.02,
        tremor=(0.12, 5.0),
    ),
    "hum_star": Recipe(  # Ah ! vous dirai-je, maman
        seconds=3.9,
        pitch=(330, 330, 494, 494, 554, 554, 494, 494, 440, 440, 415, 415, 370, 370, 330, 330),
        loudness=(0, 0.5, 0.45, 0.5, 0.5, 0.5, 0.5, 0.3, 0.5, 0.45, 0.5, 0.45, 0.5, 0.45, 0.4, 0),
        overtones=(1.0, 0.25, 0.08),
        breath=0.02,
        tremor=(0.12, 5.0),
    ),
}
NAMES = tuple(RECIPES)


def recipe(name: str) -> Recipe:
    """How a sound is made. Raises ConfigError for an unknown one."""
    if name not in RECIPES:
        raise ConfigError(f"no sound is called {name!r}", place="sound", remedy=f"use one of: {', '.join(NAMES)}")
    return RECIPES[name]


@lru_cache(maxsize=32)
def make(name: str) -> np.ndarray:
    """The samples of a sound by name. Raises ConfigError for an unknown one."""
    samples = cook(recipe(name))
    samples.setflags(write=False)
    return samples


def cook(recipe: Recipe) -> np.ndarray:
    """Samples of a recipe, peaks within +-0.9."""
    count = int(recipe.seconds * RATE)
    at = np.linspace(0.0, 1.0, count)
    pitch = np.exp(np.interp(at, np.linspace(0, 1, len(recipe.pitch)), np.log(recipe.pitch)))
    loudness = np.interp(at, np.linspace(0, 1, len(recipe.loudness)), recipe.loudness)
    phase = 2 * math.pi * np.cumsum(pitch) / RATE
    tone = sum(strength * np.sin((n + 1) * phase) for n, strength in enumerate(recipe.overtones))
    noise = np.random.default_rng(count).normal(0.0, 1.0, count)
    noise = np.convolve(noise, np.ones(6) / 6, "same")
    depth, rate = recipe.tremor
    wave = (1 - recipe.breath) * tone / sum(recipe.overtones) + recipe.breath * noise
    wave = wave * loudness * (1 - depth * (0.5 + 0.5 * np.sin(2 * math.pi * rate * recipe.seconds * at)))
    return (0.9 * wave / max(1.0, float(np.max(np.abs(wave))))).astype(np.float32)
