"""Sound samples of a device: the time at which each passes, and their rate changed."""

from __future__ import annotations

import math

import numpy as np

ADRIFT_S = 0.1  # between counted and measured time: samples were lost unnoticed, or two clocks drift
_TAPS = 49


class SampleClock:
    """When samples pass through a device, in robot time. It counts them: callbacks come late and in bursts, sound does
    not. Where samples were lost it begins anew.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._offset = math.inf  # robot time less the stream's own
        self._next: float | None = None
        self._anew = True  # samples were lost since `take_anew`; a new stream is as good as that

    def stamp(self, now: float, stream_now: float, passes: float, count: int, *, lost: bool) -> float | None:
        """Robot time of the first of `count` samples; None when that cannot be told.

        `now` is the robot time of the callback, `stream_now` the same on the stream's clock, and `passes` when the
        first sample passes on that clock, as PortAudio tells them; `lost`: samples went missing before.
        """
        self._offset = min(self._offset, now - stream_now)  # the callback may have waited for the interpreter
        measured = passes + self._offset
        if lost:
            self._next, self._anew = None, True
        elif self._next is None or abs(measured - self._next) > ADRIFT_S:
            self._next, self._anew = measured, True
        begun = self._next
        if begun is not None:
            self._next = begun + count / self._rate
        return begun

    def take_anew(self) -> bool:
        """Whether samples were lost since the last call."""
        anew, self._anew = self._anew, False
        return anew


class Decimator:
    """Every n-th sample after a low pass (windowed sinc), block by block.

    Each block in gives its block out, half a millisecond late. `soxr.ResampleStream` gives nothing for four blocks and
    then five at once (35 ms), which the echo canceller and an answer would both wait for.
    """

    def __init__(self, factor: int) -> None:
        self._factor = factor
        at = np.arange(_TAPS) - _TAPS // 2
        taps = np.sinc(at / factor * 0.92) * np.hamming(_TAPS)
        self._taps = (taps / taps.sum()).astype(np.float32)
        self._before = np.zeros(_TAPS - 1, np.float32)

    def __call__(self, block: np.ndarray) -> np.ndarray:
        """(n * factor,) -> (n,) float32."""
        sound = np.concatenate([self._before, block])
        self._before = sound[-(_TAPS - 1) :]
        return np.convolve(sound, self._taps, "valid")[:: self._factor].astype(np.float32)
