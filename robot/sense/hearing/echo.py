"""The robot's own voice, taken out of what its microphone hears, so that it can listen while it speaks.

What the speaker plays is known (the reference). Three well-known steps, in blocks of 16 ms:

1. The delay from the reference to the microphone (buffers, air) is measured by generalised cross-correlation with
   phase transform (Knapp and Carter 1976). When the echo is lost or has moved, the filter that has learned it finds it
   again, in an eighth of a second or less: where, at whatever loudness, it explains most of what was heard. The filter
   is taken as it was when it last held good, since a voice beside the echo spoils it for a while.
2. A filter of 128 ms learns how speaker, room and microphone colour the echo, and the echo is subtracted: a partitioned
   Kalman filter in the frequency domain (Enzner and Vary 2006; partitions: Kuech, Mabande and Enzner 2014). It needs no
   detector of double talk: what somebody else says counts as noise, and the filter learns more slowly meanwhile.
3. What is left passes only where it is clearly louder than what an echo of this power leaves behind (energy ratio); a
   hiss, as “stop” begins with, is held against the high tones alone, since a vowel of its own has hardly any.

Until the filter has proved itself, in the first seconds that the robot speaks and again where samples were lost,
silence is given: better deaf for a moment than answering itself. Microphone and speaker should share one clock, that is
one sound card: at 50 ppm between two, one sentence in a minute was taken for a person.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy import fft  # numpy loads it when first asked, which would hold up the loop

from robot.core.audio import HEARD_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCK = 256  # samples
PARTITIONS = 8
SPECTRUM = 2 * BLOCK
HELD = 4 * HEARD_RATE  # samples of the reference that are kept

AHEAD = 64  # samples of the filter before the measured delay, for what comes a little sooner
SOONEST, LATEST = -1600, 8000  # samples: the delays that are looked for, -0.1 to 0.5 s
SOUGHT = 8192  # samples of the microphone in which a delay is sought
LOCATED = (2048, 1024, 512)  # are enough where a filter that has learned tells which delay is right; longest first
SEEK_EVERY = 2  # blocks
AGREE = 24  # samples between two measurements of one delay
STANDS_OUT = 8.0  # times the average of the correlation

KEEPS = 0.999  # of the filter from block to block; the rest is how much rooms change
SMOOTH = 0.9
GOOD, BAD = 0.1, 0.6  # share of the heard power that is left when the filter has learned, and when the echo is lost
EXPLAINS, BETTER = 0.8, 0.6  # share that is left at most where the echo lies now, beside a voice; of what is left here
EXPLAINS_SURELY = 0.4  # at most where its loudness is another one, or nothing was let through
PROOF = 60  # blocks of either
KNOWN = 6  # of them, more good than bad, that are enough where it had learned and only the delay was lost

OVER, OVER_HISS = 6.0, 3.0  # times what is left at most by an echo: what is louder is no echo
RINGS = 0.7  # of its power that an echo keeps from block to block, as rooms ring
FALLS, RISES = 0.01, 0.1  # how fast that most is learned
LEAP, DOUBTS = 4.0, 0.003  # from so many times the most on it is hardly learned from: somebody speaks
HISS_BIN = 3000 * SPECTRUM // HEARD_RATE  # of the spectrum: what lies higher is a hiss
SETTLES, SETTLED = 30, 0.25  # blocks after it has moved in which a little of it may stand out; share that is left then
LITTLE, LEAKS = 0.05, 0.15  # and at any time; and where it is over before long
LOUDER = 4.0  # times at most that an echo may become louder or softer
SURE, CLEAR = 4, 0.9  # blocks of it, or share that is left, by which it can be told what was let through
ADDS = 1.3  # share that is left where it has just moved: what is taken out adds to what was heard
YOUNG, ADDED = 512, 1536  # samples that are waited for more, to find by them whether it has moved; and where it adds
LATELY = 4  # blocks since the echo was lost
SEEK_DOUBT = 8  # blocks in doubt after which the echo is sought
FAINT = 1e-5  # power of what is let through and is nothing
SILENT = 1e-7  # power below which nothing sounds
SHARPENS = 0.95  # of each sample is taken off the next: high tones tell where an echo lies, a vowel's pitch does not


class Whose(Enum):
    """Whose voice it is that was let through."""

    OWN = "own"
    OTHERS = "others"
    UNSURE = "unsure"  # too little was heard of it


class _Place(NamedTuple):
    """A delay, how many times louder than the filter has it the echo is there, and the share of the power that is left
    then.
    """

    delay: int
    gain: float
    left: float


class _Places(NamedTuple):
    """Where the filter explains most, as loud as it has it and at any loudness; and what is left at present."""

    same: _Place
    louder: _Place
    left_here: float


class EchoCanceller:
    """Give it what was played before what was heard at the same time."""

    def __init__(self) -> None:
        self._played = np.zeros(0, np.float32)
        self._played_from = 0  # index of its first sample, in samples of robot time
        self._heard = np.zeros(0, np.float32)  # less than a block, not yet worked on
        self._past = np.zeros(0, np.float32)
        self._delay: int | None = None
        self._guess: int | None = None  # as it was measured last
        self._place: int | None = None  # where the filter found it last, unsurely
        self._moved = self._lost = -SETTLES  # blocks at which it was found elsewhere, and was found nowhere
        self._through = 0  # blocks, of late, in which something was let through
        self._blocks = self._end = 0
        self._forget()

    def _forget(self) -> None:
        shape = (PARTITIONS, SPECTRUM // 2 + 1)
        self._filter = self._proven = np.zeros(shape, np.complex128)  # the second as it was when it last held good
        self._unsure = np.ones(shape)  # variance of the filter's error
        self._noise = np.zeros(shape[1])
        self._heard_power = self._rest_power = 0.0
        self._all, self._hiss = EchoGate(OVER), EchoGate(OVER_HISS)
        self._before = np.zeros((2, BLOCK), np.float32)  # echo and rest of the last block
        self._proof = self._doubt = 0
        self.learned = self._taught = False

    def played(self, samples: np.ndarray, t: float) -> None:
        """What goes out of the speaker from robot time `t` on, (n,) float32 at 16 kHz."""
        at = round(t * HEARD_RATE)
        end = self._played_from + len(self._played)
        if not len(self._played) or at > end + HELD:
            self._played, self._played_from, end = np.zeros(0, np.float32), at, at
        gap = np.zeros(max(at - end, 0), np.float32)
        self._played = np.concatenate([self._played[: max(at - self._played_from, 0)], gap, samples])
        spare = max(len(self._played) - HELD, 0)
        self._played = self._played[spare:]
        self._played_from += spare

    def stumbled(self) -> None:
        """Samples were lost on either side: the delay is another one. What the filter knows of the room still holds."""
        self._past = self._past[:0]  # it holds the delay of before
        self._place = None
        if self._delay is not None:
            self._guess = self._delay + AHEAD
        self._delay = None
        self.learned = False
        self._proof = PROOF - KNOWN if self._taught else 0

    def sounds(self, t: float) -> bool:
        """Whether the robot's own voice may be heard at `t`."""
        return t * HEARD_RATE < self._played_from + len(self._played) + LATEST

    def clean(self, samples: np.ndarray, t: float) -> tuple[np.ndarray, float]:
        """What was heard from `t` on without the robot's own voice, and when it begins; less than a block waits."""
        at = round(t * HEARD_RATE) - len(self._heard)
        if not len(self._heard) and not self.sounds(t):
            return samples, t
        sound = np.concatenate([self._heard, samples])
        whole = len(sound) // BLOCK * BLOCK
        self._heard = sound[whole:]
        blocks = [self._block(sound[n : n + BLOCK], at + n) for n in range(0, whole, BLOCK)]
        return np.concatenate([sound[:0], *blocks]), at / HEARD_RATE

    def _reference(self, start: int, count: int) -> np.ndarray:
        """What was played from index `start` on; silence where nothing was."""
        begin = start - self._played_from
        before = np.zeros(min(max(-begin, 0), count), np.float32)
        part = self._played[max(begin, 0) : max(begin + count, 0)]
        return np.concatenate([before, part, np.zeros(count - len(before) - len(part), np.float32)])

    def _reference_spectra(self, start: int) -> np.ndarray:
        """What was played in the block from index `start` on and in those before it, as the filter takes it; all 0 for
        silence: (partitions, bins).
        """
        span = self._reference(start - PARTITIONS * BLOCK, (PARTITIONS + 1) * BLOCK)
        if _power(span) <= SILENT:
            return np.zeros_like(self._filter)
        return fft.rfft(np.lib.stride_tricks.sliding_window_view(span, SPECTRUM)[::-BLOCK], axis=1)

    def _echo(self, reference: np.ndarray) -> np.ndarray:
        """What comes back of it by the filter, (BLOCK,)."""
        echo: np.ndarray = fft.irfft((reference * self._filter).sum(axis=0))[BLOCK:].astype(np.float32)
        return echo

    def _block(self, heard: np.ndarray, at: int) -> np.ndarray:
        self._past = np.concatenate([self._past[-(SOUGHT - BLOCK) :], heard])
        self._blocks += 1
        self._end = at + BLOCK
        if _power(self._reference(at - LATEST, LATEST - SOONEST + BLOCK)) < SILENT:
            return heard  # nothing was played for so long that no echo is left
        if self._delay is None:
            if self._blocks % SEEK_EVERY == 0:
                self._seek()
            return np.zeros_like(heard)
        reference = self._reference_spectra(at - self._delay)
        echo = self._echo(reference)
        rest = heard - echo
        if reference.any():
            self._learn(reference, rest)
            self._judge(heard, rest)
        else:
            self._heard_power = self._rest_power = 0.0  # what somebody said before is no ground for doubt
            self._doubt = min(self._doubt, PROOF // 2)
        if not self.learned:
            return np.zeros_like(heard)
        passed = self._passed(echo, rest if _power(rest) < _power(heard) else heard)
        through = _power(passed) > FAINT
        self._through = min(self._through + 1, SURE) if through else max(self._through - 1, 0)
        return passed

    def whose(self, held: int) -> Whose:
        """Whose voice it is that was let through, by what was heard up to now, `held` samples after it was found. It is
        its own where the echo has come to lie elsewhere, or to be louder or softer, unnoticed by whoever gave the
        sound: it is taken out so from now on, and a person beside it is heard a block later.
        """
        lately_lost = self._blocks - self._lost <= LATELY
        if self._delay is None or lately_lost:
            return Whose.OWN if lately_lost else Whose.OTHERS
        places = [*self._places(LOCATED)]
        if self._followed(places, EXPLAINS) or self._explained(places):
            return Whose.OWN
        left = places[-1].left_here if places else CLEAR
        has_moved = self._moved > 0  # some time, or has become louder or softer
        doubtful = has_moved and left < CLEAR and self._through < SURE
        if held < (ADDED if left > ADDS else YOUNG if doubtful else 0):
            return Whose.UNSURE
        leaks = max((found.left_here for found in places), default=1.0) < LEAKS
        is_over = self._through < (SURE if leaks else 1)
        return Whose.OWN if held and is_over else Whose.OTHERS

    def _explained(self, places: Sequence[_Places]) -> bool:
        """Whether the filter as it last held good explains nearly all of what was heard; it is that from now on."""
        left = [found.left_here for found in places]
        settles = self._blocks - self._moved < SETTLES
        if not left or (max(left) >= LITTLE and not (settles and min(left) < SETTLED)):
            return False
        self._filter = self._proven
        return True

    def _followed(self, places: Sequence[_Places], explains: float) -> bool:
        """Whether the echo was found elsewhere, with so much left at most, or at another loudness. There the filter has
        it from now on.
        """
        for found in places:
            most = BETTER * found.left_here
            for place, enough in ((found.same, explains), (found.louder, EXPLAINS_SURELY)):
                if place.left < min(enough, most):
                    self._delay, self._moved = place.delay, self._blocks
                    self._filter = self._proven = self._proven * place.gain
                    return True
        return False

    def _seek(self) -> None:
        """Measure the delay. It is believed where a filter that has learned explains by it what was heard, or when it
        stays where it was: a peak that moves is none.
        """
        found = next(self._places(LOCATED[:2]), None) if self._taught else None
        if found is not None:
            place = found.same
            again = self._place is not None and abs(place.delay - self._place) <= 1
            if place.left < GOOD or (again and place.left < EXPLAINS):
                self._delay, self.learned = place.delay, True
                return
            self._place = place.delay
        delay = self._measured()
        if delay is not None and self._guess is not None and abs(delay - self._guess) <= AGREE:
            self._delay = delay - AHEAD
            if not self._taught:
                self._forget()
        self._guess = delay

    def _places(self, spans: Sequence[int]) -> Iterator[_Places]:
        """Where the echo lies in what was heard last, by each of the spans (samples, longest first) of which there is
        enough and in which it sounds.
        """
        spans = [samples for samples in spans if samples <= len(self._past)]
        if not spans:
            return
        reach = LATEST - SOONEST + AHEAD  # a measured delay less AHEAD may be as small
        response = fft.irfft(self._proven, axis=1)[:, :BLOCK].ravel()
        reference = self._reference(self._end - spans[0] - LATEST - len(response), len(response) + spans[0] + reach)
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
            here = None if self._delay is None else float(left[LATEST - self._delay])
            same, louder = int(np.argmin(left)), int(np.argmin(left_louder))
            yield _Places(
                _Place(LATEST - same, 1.0, float(left[same])),
                _Place(LATEST - louder, float(gain[louder]), float(left_louder[louder])),
                0.0 if here is None else here,
            )

    def _measured(self) -> int | None:
        """The delay in what was heard last; None when nothing stands out."""
        if len(self._past) < SOUGHT:
            return None
        reach = LATEST - SOONEST
        reference = self._reference(self._end - SOUGHT - LATEST, SOUGHT + reach)
        size = 1 << (SOUGHT + reach).bit_length()
        cross = fft.rfft(self._past[-SOUGHT:], size) * np.conj(fft.rfft(reference, size))
        correlation = np.roll(fft.irfft(cross / (np.abs(cross) + 1e-9)), reach)[: reach + 1]
        peak = int(np.argmax(correlation))
        if correlation[peak] < STANDS_OUT * float(np.mean(np.abs(correlation))):
            return None
        return peak - reach + LATEST

    def _learn(self, reference: np.ndarray, rest: np.ndarray) -> None:
        """One step of the Kalman filter."""
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

    def _judge(self, heard: np.ndarray, rest: np.ndarray) -> None:
        """Whether the filter has learned, or has lost the echo."""
        self._heard_power = SMOOTH * self._heard_power + (1 - SMOOTH) * _power(heard)
        self._rest_power = SMOOTH * self._rest_power + (1 - SMOOTH) * _power(rest)
        self._proof += 1 if self._rest_power < GOOD * self._heard_power else -min(self._proof, 1)
        self._doubt += 1 if self._rest_power > BAD * self._heard_power else -self._doubt
        if self._rest_power < GOOD * self._heard_power:
            self._proven = self._filter
        if self._proof >= PROOF:
            self.learned = self._taught = True
        if self._doubt >= PROOF:
            self._delay = self._guess = None
            self._lost = self._blocks
            self._forget()
        elif self._doubt % SEEK_DOUBT == SEEK_DOUBT - 1 and self._taught:
            places = [*self._places(LOCATED)]
            if not self._followed(places, EXPLAINS_SURELY) and any(found.left_here < BETTER * BAD for found in places):
                self._filter = self._proven  # a voice beside it has spoiled it since

    def _passed(self, echo: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """The part of what is left that is no echo."""
        now = np.stack([echo, rest])
        spectrum = fft.rfft(np.concatenate([self._before, now], axis=1), axis=1)
        spectrum[:, :HISS_BIN] = 0.0
        high = fft.irfft(spectrum, axis=1)[:, BLOCK:].astype(np.float32)
        self._before = now
        keep, keep_hiss = self._all.keep(echo, rest), self._hiss.keep(*high)
        passed: np.ndarray = rest * keep + high[1] * np.maximum(keep_hiss - keep, 0.0)
        return passed


class EchoGate:
    """Holds back what an echo leaves behind, and learns how much that is."""

    def __init__(self, over: float) -> None:
        self._over = over
        self._most = GOOD  # share of an echo's power that is left at most
        self._echo_power = self._keep = 0.0

    def keep(self, echo: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """How much of each sample of the rest, 0..1, may pass."""
        self._echo_power = max(_power(echo), RINGS * self._echo_power)
        left = _power(rest)
        if self._echo_power > SILENT:
            share = left / self._echo_power
            pace = FALLS if share < self._most else RISES if share < LEAP * self._most else DOUBTS
            self._most += pace * (min(share, LEAP * self._most) - self._most)
        keep = min(max(2.0 - self._over * self._most * self._echo_power / max(left, SILENT), 0.0), 1.0)
        ramp = np.linspace(self._keep, keep, BLOCK, dtype=np.float32)
        self._keep = keep
        return ramp


def _sharpened(samples: np.ndarray) -> np.ndarray:
    return samples[1:] - SHARPENS * samples[:-1]


def _power(samples: np.ndarray) -> float:
    return float(np.mean(samples * samples))
