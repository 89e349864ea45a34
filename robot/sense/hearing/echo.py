"""The robot's own voice, taken out of what its microphone hears, so that it can listen while it speaks.

What the speaker plays is known (`echo_reference.py`). Three well-known steps, in blocks of 16 ms:

1. The delay from that to the microphone (buffers, air) is measured; when the echo is lost or has moved, the filter that
   has learned it finds it again (`echo_search.py`).
2. A filter learns how speaker, room and microphone colour the echo, and the echo is subtracted (`echo_filter.py`).
3. What is left passes only where it is clearly louder than what an echo of this power leaves behind (`echo_gate.py`).

Until the filter has proved itself, in the first seconds that the robot speaks and again where samples were lost,
silence is given: better deaf for a moment than answering itself. Where no echo is heard at all (`echo_absence.py`)
everything passes, and a begin is held back until it is certain that it is no echo that has turned up. Microphone and
speaker should share one clock, that is one sound card: at 50 ppm between two, one sentence in a minute was taken for a
person.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from robot.core.audio import HEARD_RATE
from robot.sense.hearing.echo_absence import EchoAbsence
from robot.sense.hearing.echo_filter import GOOD, SMOOTH, EchoFilter
from robot.sense.hearing.echo_gate import EchoGates
from robot.sense.hearing.echo_reference import BLOCK, SILENT, EchoReference, power
from robot.sense.hearing.echo_search import AHEAD, LATEST, SOONEST, EchoSearch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from robot.sense.hearing.echo_search import EchoPlaces

LOCATED = (2048, 1024, 512)  # samples, enough where a filter that has learned tells which delay is right; longest first
SEEK_EVERY = 2  # blocks
AGREE = 24  # samples between two measurements of one delay
BAD = 0.6  # share of the heard power that is left when the echo is lost
EXPLAINS, BETTER = 0.8, 0.6  # share that is left at most where the echo lies now, beside a voice; of what is left here
EXPLAINS_SURELY = 0.4  # at most where its loudness is another one, or nothing was let through
PROOF = 60  # blocks of that, or of what is left when it has learned
KNOWN = 6  # of them, more good than bad, that are enough where it had learned and only the delay was lost
SETTLES, SETTLED = 30, 0.25  # blocks after it has moved in which a little of it may stand out; share that is left then
LITTLE, LEAKS = 0.05, 0.15  # and at any time; and where it is over before long
SURE, CLEAR = 4, 0.9  # blocks of it, or share that is left, by which it can be told what was let through
ADDS = 1.3  # share that is left where it has just moved: what is taken out adds to what was heard
YOUNG, ADDED = 512, 1536  # samples that are waited for more, to find by them whether it has moved; and where it adds
LATELY = 4  # blocks since the echo was lost
SEEK_DOUBT = 8  # blocks in doubt after which the echo is sought
FAINT = 1e-5  # power of what is let through and is nothing
TURNS_UP, CERTAIN = 6144, 25.0  # samples, and times the average, by which an echo is told from a voice where none was


class Whose(Enum):
    """Whose voice it is that was let through."""

    OWN = "own"
    OTHERS = "others"
    UNSURE = "unsure"  # too little was heard of it


class EchoCanceller:
    """Give it what was played before what was heard at the same time."""

    def __init__(self) -> None:
        self._reference = EchoReference()
        self._search = EchoSearch(self._reference)
        self._heard = np.zeros(0, np.float32)  # less than a block, not yet worked on
        self._delay: int | None = None
        self._guess: int | None = None  # as it was measured last
        self._place: int | None = None  # where the filter found it last, unsurely
        self._moved = self._lost = -SETTLES  # blocks at which it was found elsewhere, and was found nowhere
        self._through = 0  # blocks, of late, in which something was let through
        self._blocks = 0
        self._absence = EchoAbsence()
        self._forget()

    def _forget(self) -> None:
        self._filter = EchoFilter()
        self._gates = EchoGates()
        self._heard_power = self._rest_power = 0.0
        self._proof = self._doubt = 0
        self.learned = self._taught = False

    def played(self, samples: np.ndarray, t: float) -> None:
        """What goes out of the speaker from robot time `t` on, (n,) float32 at 16 kHz."""
        self._reference.add(samples, t)

    def stumbled(self) -> None:
        """Samples were lost on either side: the delay is another one. What the filter knows of the room still holds."""
        self._search.forget()  # it holds the delay of before
        self._place = None
        if self._delay is not None:
            self._guess = self._delay + AHEAD
        self._delay = None
        self.learned = False
        self._proof = PROOF - KNOWN if self._taught else 0

    def sounds(self, t: float) -> bool:
        """Whether the robot's own voice may be heard at `t`."""
        return t * HEARD_RATE < self._reference.end + LATEST

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

    def _block(self, heard: np.ndarray, at: int) -> np.ndarray:
        self._search.hear(heard, at)
        self._blocks += 1
        if power(self._reference.span(at - LATEST, LATEST - SOONEST + BLOCK)) < SILENT:
            return heard  # nothing was played for so long that no echo is left
        if not (self.learned or self._absence.sure):
            self._absence.hear(heard, at, aloud=power(self._reference.span(at, BLOCK)) > SILENT)
        unlearned = heard if self._absence.sure else np.zeros_like(heard)
        if self._delay is None:
            if self._blocks % SEEK_EVERY == 0:
                self._seek()
            return unlearned
        reference = self._reference.spectra(at - self._delay)
        echo = self._filter.echo(reference)
        rest = heard - echo
        if reference.any():
            self._filter.learn(reference, rest)
            self._judge(heard, rest)
        else:
            self._heard_power = self._rest_power = 0.0  # what somebody said before is no ground for doubt
            self._doubt = min(self._doubt, PROOF // 2)
        if not self.learned:
            return unlearned
        self._absence.forget()
        passed = self._gates.passed(echo, rest if power(rest) < power(heard) else heard)
        through = power(passed) > FAINT
        self._through = min(self._through + 1, SURE) if through else max(self._through - 1, 0)
        return passed

    def whose(self, held: int) -> Whose:
        """Whose voice it is that was let through, by what was heard up to now, `held` samples after it was found. It is
        its own where the echo has come to lie elsewhere, or to be louder or softer, unnoticed by whoever gave the
        sound: it is taken out so from now on, and a person beside it is heard a block later.
        """
        if self._absence.sure:
            return self._turned_up(held)
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

    def _turned_up(self, held: int) -> Whose:
        """Whose voice it is where there was no echo: its own where there is one now."""
        if held < TURNS_UP:
            return Whose.UNSURE
        if self._search.measured(TURNS_UP, CERTAIN) is None:
            return Whose.OTHERS
        self._absence.forget()
        return Whose.OWN

    def _explained(self, places: Sequence[EchoPlaces]) -> bool:
        """Whether the filter as it last held good explains nearly all of what was heard; it is that from now on."""
        left = [found.left_here for found in places]
        settles = self._blocks - self._moved < SETTLES
        if not left or (max(left) >= LITTLE and not (settles and min(left) < SETTLED)):
            return False
        self._filter.fall_back()
        return True

    def _followed(self, places: Sequence[EchoPlaces], explains: float) -> bool:
        """Whether the echo was found elsewhere, with so much left at most, or at another loudness. There the filter has
        it from now on.
        """
        for found in places:
            most = BETTER * found.left_here
            for place, enough in ((found.same, explains), (found.louder, EXPLAINS_SURELY)):
                if place.left < min(enough, most):
                    self._delay, self._moved = place.delay, self._blocks
                    self._filter.become_louder(place.gain)
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
        delay = self._search.measured()
        if delay is not None and self._guess is not None and abs(delay - self._guess) <= AGREE:
            self._delay = delay - AHEAD
            if not self._taught:
                self._forget()
        self._guess = delay

    def _places(self, spans: Sequence[int]) -> Iterator[EchoPlaces]:
        """Where the echo lies by the filter as it last held good."""
        return self._search.places(spans, self._filter.response, self._delay)

    def _judge(self, heard: np.ndarray, rest: np.ndarray) -> None:
        """Whether the filter has learned, or has lost the echo."""
        self._heard_power = SMOOTH * self._heard_power + (1 - SMOOTH) * power(heard)
        self._rest_power = SMOOTH * self._rest_power + (1 - SMOOTH) * power(rest)
        self._proof += 1 if self._rest_power < GOOD * self._heard_power else -min(self._proof, 1)
        self._doubt += 1 if self._rest_power > BAD * self._heard_power else -self._doubt
        if self._rest_power < GOOD * self._heard_power:
            self._filter.holds_good()
        if self._proof >= PROOF:
            self.learned = self._taught = True
        if self._doubt >= PROOF:
            self._delay = self._guess = None
            self._lost = self._blocks
            self._forget()
        elif self._doubt % SEEK_DOUBT == SEEK_DOUBT - 1 and self._taught:
            places = [*self._places(LOCATED)]
            if not self._followed(places, EXPLAINS_SURELY) and any(found.left_here < BETTER * BAD for found in places):
                self._filter.fall_back()  # a voice beside it has spoiled it since
