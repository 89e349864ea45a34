"""A filter that learns how speaker, room and microphone colour what is played: 128 ms of it.

A partitioned Kalman filter in the frequency domain (Enzner and Vary 2006; partitions: Kuech, Mabande and Enzner 2014).
It needs no detector of double talk: what somebody else says counts as noise, and it learns more slowly meanwhile.
"""

from __future__ import annotations

import numpy as np
from numpy import fft  # numpy loads it when first asked, which would hold up the loop

from robot.sense.hearing.echo_reference import BLOCK, PARTITIONS, SPECTRUM

KEEPS = 0.999  # of the filter from block to block; the rest is how much rooms change
SMOOTH = 0.9
GOOD = 0.1  # share of the heard power that is left when it has learned


class EchoFilter:
    """As it is now, and as it was when it last held good, since a voice beside the echo spoils it for a while."""

    def __init__(self) -> None:
        shape = (PARTITIONS, SPECTRUM // 2 + 1)
        self._filter = self._proven = np.zeros(shape, np.complex128)
        self._unsure = np.ones(shape)  # variance of the filter's error
        self._noise = np.zeros(shape[1])

    def echo(self, reference: np.ndarray) -> np.ndarray:
        """What comes back of what is played, (BLOCK,)."""
        echo: np.ndarray = fft.irfft((reference * self._filter).sum(axis=0))[BLOCK:].astype(np.float32)
        return echo

    def learn(self, reference: np.ndarray, rest: np.ndarray) -> None:
        """One step of it."""
        error = fft.rfft(np.concatenate([np.zeros(BLOCK, np.float32), rest]))
        self._noise = SMOOTH * self._noise + (1 - SMOOTH) * np.abs(error) ** 2
        power = np.abs(reference) ** 2
        gain = self._unsure / (0.5 * np.sum(power * self._unsure, axis=0) + self._noise + 1e-6)
        change = fft.irfft(gain * np.conj(reference) * error, axis=1)
        change[:, BLOCK:] = 0.0  # a filter as long as a block, not a circular one
        self._filter = self._filter + fft.rfft(change, axis=1)
        shrunk = KEEPS**2 * (1 - 0.5 * gain * power) * self._unsure
        known = np.abs(self._filter) ** 2
        self._unsure = shrunk + (1 - KEEPS**2) * (known + known.mean(axis=1, keepdims=True))

    def holds_good(self) -> None:
        """What it is now is proven."""
        self._proven = self._filter

    def fall_back(self) -> None:
        """Be as it last held good."""
        self._filter = self._proven

    def become_louder(self, times: float) -> None:
        """Be as it last held good, so many times louder."""
        self._filter = self._proven = self._proven * times

    @property
    def response(self) -> np.ndarray:
        """What comes back of one sample by it as it last held good, (partitions * block,)."""
        whole: np.ndarray = fft.irfft(self._proven, axis=1)[:, :BLOCK].ravel()
        return whole
