"""How much sound waits in front of a speaker: as little as the machine keeps filled, so that a cut is quick.

A buffer that ran empty twice within a while, each time in the midst of a word, is doubled at the next pause. What ran
empty was heard as a stutter, and whoever listens for an echo has to find its delay anew.
"""

from __future__ import annotations

import math

from robot.texts.sentence import AnyText, sentence

FIRST_S = 0.04  # at 9 ms, PortAudio's "low", and at 20 ms it ran empty even on idle machines
MOST_S = 0.08
APART_S, NEAR_S = 0.5, 30.0  # between the two: what comes sooner is of the same cause, what comes later is chance


class Buffer:
    """`length_s`: what is asked of the card."""

    def __init__(self) -> None:
        self.length_s = FIRST_S
        self._emptied = -math.inf
        self._short = False

    def ran_empty(self, now: float) -> None:
        """At `now` (s), while something was played."""
        since = now - self._emptied
        if since >= APART_S:
            self._short = self._short or since <= NEAR_S
            self._emptied = now

    def grow(self) -> bool:
        """Whether it has been too short, and is longer from now on."""
        if not self._short or self.length_s >= MOST_S:
            return False
        self.length_s *= 2
        self._short = False
        return True

    @property
    def trouble(self) -> AnyText:
        """What it costs that it is longer than it should be; empty when it is not."""
        if self.length_s == FIRST_S:
            return ""
        return sentence("health.silent_late", ms=1000 * self.length_s)
