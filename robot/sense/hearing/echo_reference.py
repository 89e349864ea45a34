"""What the robot's own speaker played, by robot time: by it an echo of it is known."""

from __future__ import annotations

import numpy as np
from numpy import fft  # numpy loads it when first asked, which would hold up the loop

from robot.core.audio import HEARD_RATE

BLOCK = 256  # samples
PARTITIONS = 8
SPECTRUM = 2 * BLOCK
HELD = 4 * HEARD_RATE  # samples of the reference that are kept
SILENT = 1e-7  # power below which nothing sounds


class EchoReference:
    """The last seconds of it; silence where nothing was played."""

    def __init__(self) -> None:
        self._played = np.zeros(0, np.float32)
        self._from = 0  # index of its first sample, in samples of robot time

    @property
    def end(self) -> int:
        """Index of the first sample behind it."""
        return self._from + len(self._played)

    def add(self, samples: np.ndarray, t: float) -> None:
        """What goes out of the speaker from robot time `t` on, (n,) float32 at 16 kHz."""
        at = round(t * HEARD_RATE)
        end = self.end
        if not len(self._played) or at > end + HELD:
            self._played, self._from, end = np.zeros(0, np.float32), at, at
        gap = np.zeros(max(at - end, 0), np.float32)
        self._played = np.concatenate([self._played[: max(at - self._from, 0)], gap, samples])
        spare = max(len(self._played) - HELD, 0)
        self._played = self._played[spare:]
        self._from += spare

    def span(self, start: int, count: int) -> np.ndarray:
        """What was played from index `start` on; silence where nothing was."""
        begin = start - self._from
        before = np.zeros(min(max(-begin, 0), count), np.float32)
        part = self._played[max(begin, 0) : max(begin + count, 0)]
        return np.concatenate([before, part, np.zeros(count - len(before) - len(part), np.float32)])

    def spectra(self, start: int) -> np.ndarray:
        """What was played in the block from index `start` on and in those before it, as a filter takes it; all 0 for
        silence: (partitions, bins).
        """
        span = self.span(start - PARTITIONS * BLOCK, (PARTITIONS + 1) * BLOCK)
        if power(span) <= SILENT:
            return np.zeros((PARTITIONS, SPECTRUM // 2 + 1), np.complex128)
        return fft.rfft(np.lib.stride_tricks.sliding_window_view(span, SPECTRUM)[::-BLOCK], axis=1)


def power(samples: np.ndarray) -> float:
    return float(np.mean(samples * samples))
