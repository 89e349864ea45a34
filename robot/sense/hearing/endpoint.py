"""Where speech begins and ends: the Silero voice detector with a hangover, over 32 ms chunks.

Tried: the end is found 0.46 s after the last sound on a clean voice, 0.54 s on a noisy one, of which 0.4 s is hangover.
Whoever reads what was said may change the hangover of a pause while it lasts (`turn.py`).
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy import fft  # numpy loads it when first asked, which would hold up the loop

from robot.core.audio import HEARD_RATE
from robot.sense.hearing.voice_detector import CHUNK, VoiceDetector

CHUNK_S = CHUNK / HEARD_RATE
BEGIN = 0.5  # probability of speech that begins an utterance
GO_ON = 0.35  # and that keeps it going
BEGIN_CHUNKS = 2  # that must follow each other
# While the robot speaks less is enough, since it must fall silent at once: one chunk of this probability and power, or
# of a sudden hiss, as “stop” begins with, of which the detector is sure only after a tenth of a second. Clinks, clicks
# and rustling hiss as well, but the detector gives them 0.03 at most where they begin. What is faint must go on for two
# chunks: it may be what is left of the robot's own voice, now and then.
EAGER, EAGER_POWER = 0.15, 1e-5
FAINT_POWER = 4e-5
HISS = 0.05
HISS_HZ, HISS_SHARE = 3000, 0.5  # so much of it lies higher
HISS_RISE = 4.0  # times louder than any chunk of the last second
HANGOVER_S = 0.4
PAUSE_S = 0.13  # after which an end is likely, so that recognition may begin ahead of it
WEIGH_S = 0.22  # after which whoever reads ahead says how long to wait
LEAD_IN_S = 0.35  # of sound before the begin that belongs to the utterance
LONGEST_S = 12.0  # of one part of it
MOST_PARTS = 3  # among other voices nobody waits longer for an answer


class Edge(Enum):
    """What a chunk brought about."""

    BEGIN = "begin"
    MORE = "more"  # sound of the utterance
    PAUSE = "pause"  # it may have ended
    WEIGH = "weigh"  # how long is to be waited?
    END = "end"
    DROPPED = "dropped"  # shorter than any word: a click


class Cut(NamedTuple):
    """An edge, the robot time it belongs to and when it was certain, and the sound since the last one (n,) float32.
    `goes_on`: an end only of a part, as whoever speaks is long about it.
    """

    edge: Edge
    t: float
    certain: float
    samples: np.ndarray
    goes_on: bool = False


_NONE = np.zeros(0, np.float32)
SHORTEST_S = 0.13


class Endpointer:
    """Cuts a stream of sound into utterances."""

    def __init__(self) -> None:
        self._detector = VoiceDetector()
        self._rest = _NONE
        self._before: list[np.ndarray] = []
        self._held: list[np.ndarray] = []  # sound of the utterance that is not given out yet
        self._silence: list[np.ndarray] = []  # all of it since the last sound
        self._powers: deque[float] = deque(maxlen=round(1.0 / CHUNK_S))
        self._inside = False
        self._runs = 0
        self._quiet_s = 0.0
        self._voiced_s = 0.0
        self._length_s = 0.0
        self._parts = 0
        self._hangover_s = HANGOVER_S
        self.probability = 0.0

    def reset(self) -> None:
        """Forget what was heard so far."""
        self._detector.reset()
        self._rest = _NONE
        self._before.clear()
        self._held.clear()
        self._silence.clear()
        self._powers.clear()
        self._inside = False
        self._runs = 0

    def wait(self, hangover_s: float) -> None:
        """End the present pause after so long a silence; the next one is another."""
        self._hangover_s = hangover_s

    def feed(self, samples: np.ndarray, t: float, *, eager: bool = False) -> list[Cut]:
        """Take sound (n,) float32 whose first sample was at robot time `t`; give the edges in it. `eager`: the least
        sign of a voice begins an utterance.
        """
        t -= len(self._rest) / HEARD_RATE
        sound = np.concatenate([self._rest, samples]) if len(self._rest) else samples
        cuts: list[Cut] = []
        whole = len(sound) // CHUNK * CHUNK
        for at in range(0, whole, CHUNK):
            cuts += self._chunk(sound[at : at + CHUNK], t + (at + CHUNK) / HEARD_RATE, eager=eager)
        self._rest = sound[whole:]
        return cuts

    def _chunk(self, chunk: np.ndarray, t: float, *, eager: bool) -> list[Cut]:
        """`t` is the end of the chunk."""
        self.probability = self._detector.probability(chunk)
        if self._inside:
            return self._go_on(chunk, t)
        self._powers.append(float(np.mean(chunk * chunk)))
        self._before.append(chunk)
        del self._before[: -int(LEAD_IN_S / CHUNK_S)]
        voice = self.probability >= BEGIN
        if eager:
            voice = (self.probability >= EAGER and self._powers[-1] > EAGER_POWER) or self._hisses(chunk)
        self._runs = self._runs + 1 if voice else 0
        if self._runs < (1 if eager and self._powers[-1] > FAINT_POWER else BEGIN_CHUNKS):
            return []
        self._inside = True
        self._quiet_s = 0.0
        self._voiced_s = self._length_s = self._runs * CHUNK_S
        self._hangover_s, self._parts = HANGOVER_S, 1
        lead = np.concatenate(self._before)
        self._before.clear()
        return [Cut(Edge.BEGIN, t - self._runs * CHUNK_S, t, lead)]

    def _hisses(self, chunk: np.ndarray) -> bool:
        """Whether a hiss has just begun, in this chunk or the one before."""
        power = self._powers[-1]
        before = max(list(self._powers)[:-2], default=power)
        if self.probability < HISS or power < max(FAINT_POWER, HISS_RISE * before):
            return False
        spectrum = np.abs(fft.rfft(chunk)) ** 2
        return bool(spectrum[HISS_HZ * CHUNK // HEARD_RATE :].sum() > HISS_SHARE * spectrum.sum())

    def _go_on(self, chunk: np.ndarray, t: float) -> list[Cut]:
        self._length_s += CHUNK_S
        self._held.append(chunk)
        if self._length_s >= LONGEST_S and self._parts < MOST_PARTS:
            self._length_s, self._parts = 0.0, self._parts + 1
            return [Cut(Edge.END, t, t, self._given_out(), goes_on=True)]
        if self.probability >= GO_ON and self._length_s < LONGEST_S:
            self._quiet_s, self._hangover_s = 0.0, HANGOVER_S
            self._voiced_s += CHUNK_S
            self._silence.clear()
            return [Cut(Edge.MORE, t, t, self._given_out())]
        before, self._quiet_s = self._quiet_s, self._quiet_s + CHUNK_S
        self._silence.append(chunk)
        if self._quiet_s >= self._hangover_s or self._length_s >= LONGEST_S:
            self._inside = False
            self._runs = 0
            self._before = self._silence[-int(LEAD_IN_S / CHUNK_S) :]
            self._held, self._silence = [], []
            edge = Edge.END if self._voiced_s >= SHORTEST_S else Edge.DROPPED
            return [Cut(edge, t - self._quiet_s, t, _NONE)]
        if before < PAUSE_S <= self._quiet_s:
            return [Cut(Edge.PAUSE, t, t, self._given_out())]
        if before < WEIGH_S <= self._quiet_s:
            return [Cut(Edge.WEIGH, t, t, _NONE)]
        return []

    def _given_out(self) -> np.ndarray:
        sound = np.concatenate(self._held)
        self._held.clear()
        return sound
