"""Where an echo lies in what was heard: how long after it was played, and how loud.

Without a filter the delay is measured by generalised cross-correlation with phase transform (Knapp and Carter 1976). A
filter that has learned finds the echo in an eighth of a second or less: where, at whatever loudness, it explains most
of what was heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy import fft  # numpy loads it when first asked, which would hold up the loop

from robot.sense.hearing.echo_reference import BLOCK, SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from robot.sense.hearing.echo_reference import EchoReference

AHEAD = 64  # samples of the filter before the measured delay, for what comes a little sooner
SOONEST, LATEST = -1600, 8000  # samples: the delays that are looked for, -0.1 to 0.5 s
SOUGHT = 8192  # samples of the microphone in which a delay is sought
STANDS_OUT = 8.0  # times the average of the correlation
LOUDER = 4.0  # times at most that an echo may become louder or softer
SHARPENS = 0.95  # of each sample is taken off the next: high tones tell where an echo lies, a vowel's pitch does not


class EchoPlace(NamedTuple):
    """A delay, how many times louder than the filter has it the echo is there, and the share of the power that is left
    then.
    """

    delay: int
    gain: float
    left: float


class EchoPlaces(NamedTuple):
    """Where the filter explains most, as loud as it has it and at any loudness; and what is left at present."""

    same: EchoPlace
    louder: EchoPlace
    left_here: float


class EchoSearch:
    """Looks for what was played in what was heard last."""

    def __init__(self, reference: EchoReference) -> None:
        self._reference = reference
        self._past = np.zeros(0, np.float32)
        self._end = 0

    def hear(self, heard: np.ndarray, at: int) -> None:
        """A block from index `at` on."""
        self._past = np.concatenate([self._past[-(SOUGHT - BLOCK) :], heard])
        self._end = at + BLOCK

    def forget(self) -> None:
        """What was heard up to now lies elsewhere."""
        self._past = self._past[:0]

    def places(self, spans: Sequence[int], response: np.ndarray, delay: int | None) -> Iterator[EchoPlaces]:
        """Where the echo lies in what was heard last, by each of the spans (samples, longest first) of which there is
        enough and in which it sounds; by a filter's `response`, and the `delay` that is held true at present.
        """
        spans = [samples for samples in spans if samples <= len(self._past)]
        if not spans:
            return
        reach = LATEST - SOONEST + AHEAD  # a measured delay less AHEAD may be as small
        reference = self._reference.span(
            self._end - spans[0] - LATEST - len(response), len(response) + spans[0] + reach
        )
        size = 1 << (len(reference) + len(response)).bit_length()
        whole = fft.irfft(fft.rfft(reference, size) * fft.rfft(response, size))[len(response) : len(reference)]
        for samples in spans:
            heard, echo = _sharpened(self._past[-samples:]), _sharpened(whole[spans[0] - samples :])
            power = float(np.sum(heard * heard))
            sums = np.concatenate([[0.0], np.cumsum(echo * echo)])
            theirs = sums[len(heard) :] - sums[: -len(heard)]
            if min(power, theirs.max()) < SILENT * samples:
                continue
            size = 1 << len(echo).bit_length()
            cross = fft.irfft(fft.rfft(echo, size) * np.conj(fft.rfft(heard, size)))[: reach + 1]
            gain = np.clip(cross / np.maximum(theirs, SILENT), 1 / LOUDER, LOUDER)
            left = (power - 2 * cross + theirs) / power
            left_louder = (power - 2 * gain * cross + gain * gain * theirs) / power
            here = None if delay is None else float(left[LATEST - delay])
            same, louder = int(np.argmin(left)), int(np.argmin(left_louder))
            yield EchoPlaces(
                EchoPlace(LATEST - same, 1.0, float(left[same])),
                EchoPlace(LATEST - louder, float(gain[louder]), float(left_louder[louder])),
                0.0 if here is None else here,
            )

    def measured(self, samples: int = SOUGHT, stands_out: float = STANDS_OUT) -> int | None:
        """The delay in so much of what was heard last; None when nothing stands out."""
        if len(self._past) < samples:
            return None
        reach = LATEST - SOONEST
        reference = self._reference.span(self._end - samples - LATEST, samples + reach)
        size = 1 << (samples + reach).bit_length()
        cross = fft.rfft(self._past[-samples:], size) * np.conj(fft.rfft(reference, size))
        correlation = np.roll(fft.irfft(cross / (np.abs(cross) + 1e-9)), reach)[: reach + 1]
        peak = int(np.argmax(correlation))
        if correlation[peak] <= stands_out * float(np.mean(np.abs(correlation))):
            return None
        return peak - reach + LATEST


def _sharpened(samples: np.ndarray) -> np.ndarray:
    return samples[1:] - SHARPENS * samples[:-1]
