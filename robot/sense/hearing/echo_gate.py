"""What is left of an echo passes no further: only what is clearly louder than that does."""

from __future__ import annotations

import numpy as np
from numpy import fft  # numpy loads it when first asked, which would hold up the loop

from robot.core.audio import HEARD_RATE
from robot.sense.hearing.echo_filter import GOOD
from robot.sense.hearing.echo_reference import BLOCK, SILENT, SPECTRUM, power

OVER, OVER_HISS = 6.0, 3.0  # times what is left at most by an echo: what is louder is no echo
RINGS = 0.7  # of its power that an echo keeps from block to block, as rooms ring
FALLS, RISES = 0.01, 0.1  # how fast that most is learned
LEAP, DOUBTS = 4.0, 0.003  # from so many times the most on it is hardly learned from: somebody speaks
HISS_BIN = 3000 * SPECTRUM // HEARD_RATE  # of the spectrum: what lies higher is a hiss


class EchoGate:
    """Holds back what an echo leaves behind, and learns how much that is."""

    def __init__(self, over: float) -> None:
        self._over = over
        self._most = GOOD  # share of an echo's power that is left at most
        self._echo_power = self._keep = 0.0

    def keep(self, echo: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """How much of each sample of the rest, 0..1, may pass."""
        self._echo_power = max(power(echo), RINGS * self._echo_power)
        left = power(rest)
        if self._echo_power > SILENT:
            share = left / self._echo_power
            pace = FALLS if share < self._most else RISES if share < LEAP * self._most else DOUBTS
            self._most += pace * (min(share, LEAP * self._most) - self._most)
        keep = min(max(2.0 - self._over * self._most * self._echo_power / max(left, SILENT), 0.0), 1.0)
        ramp = np.linspace(self._keep, keep, BLOCK, dtype=np.float32)
        self._keep = keep
        return ramp


class EchoGates:
    """One gate for all tones, and one for the high ones alone: a hiss, as “stop” begins with, is held against these,
    since a vowel of the robot's own has hardly any.
    """

    def __init__(self) -> None:
        self._all, self._hiss = EchoGate(OVER), EchoGate(OVER_HISS)
        self._before = np.zeros((2, BLOCK), np.float32)  # echo and rest of the last block

    def passed(self, echo: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """The part of what is left that is no echo."""
        now = np.stack([echo, rest])
        spectrum = fft.rfft(np.concatenate([self._before, now], axis=1), axis=1)
        spectrum[:, :HISS_BIN] = 0.0
        high = fft.irfft(spectrum, axis=1)[:, BLOCK:].astype(np.float32)
        self._before = now
        keep, keep_hiss = self._all.keep(echo, rest), self._hiss.keep(*high)
        passed: np.ndarray = rest * keep + high[1] * np.maximum(keep_hiss - keep, 0.0)
        return passed
