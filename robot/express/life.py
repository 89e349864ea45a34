"""Signs of life that never stop while it is awake: breathing, blinks, small fixations.

Breathing 12-20 a minute; blinks 17 a minute at rest and 26 in talk with log-normal gaps (Bentivoglio et al. 1997).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

BREATH_HZ = 0.25
BREATH_RAD = math.radians(0.7)
BLINK_S = 0.20
BLINKS_AT_REST = 17 / 60
BLINKS_IN_TALK = 26 / 60
SPREAD = 0.6  # sigma of the log-normal gaps


class Life(NamedTuple):
    """What life adds in one tick: pitch in rad, lid as a factor, breath -1..1."""

    pitch: float
    lid: float
    breath: float


class IdleLife:
    """Keeps breath and blinks going."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._phase = float(rng.uniform(0.0, 2 * math.pi))
        self._blink_at = 1.0

    def step(self, now: float, dt: float, *, arousal: float, in_talk: bool, still: bool = False) -> Life:
        """One tick; breath quickens with arousal. While `still` no blink begins: an expression has its own lids."""
        self._phase += 2 * math.pi * BREATH_HZ * (0.8 + 0.5 * arousal) * dt
        breath = math.sin(self._phase)
        if still and now < self._blink_at + dt:
            self._blink_at = max(self._blink_at, now + dt)
        since = now - self._blink_at
        if since >= BLINK_S:
            self._blink_at = now + self._gap(BLINKS_IN_TALK if in_talk else BLINKS_AT_REST)
            since = -1.0
        lid = 1.0 if since < 0.0 else abs(1.0 - 2.0 * since / BLINK_S)
        return Life(BREATH_RAD * breath, lid, breath)

    def _gap(self, rate: float) -> float:
        mean = 1.0 / rate
        return float(self._rng.lognormal(math.log(mean) - SPREAD * SPREAD / 2, SPREAD))
