"""Ears for tests: given sound, handed out block by block as robot time goes; and hearing played to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from robot.core.audio import HEARD_RATE
from robot.core.condition import Condition, Health
from robot.core.percepts import Utterance, VoiceActivity
from robot.parts.protocols import Audio, Ears, TextLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.clock import ManualClock
    from robot.sense.hearing.hearing import Hearing

BLOCK = 320
DT = 0.02


class SoundEars(Ears):
    """Gives `sound` in blocks of 20 ms, then silence for ever."""

    def __init__(self, sound: np.ndarray) -> None:
        self._sound = sound
        self._at = 0
        self.closed = False
        self.resting = False

    @property
    def length(self) -> float:
        return len(self._sound) / HEARD_RATE

    def poll(self, now: float) -> Sequence[Audio | TextLine | VoiceActivity]:
        out = []
        while (self._at + BLOCK) / HEARD_RATE <= now:
            block = self._sound[self._at : self._at + BLOCK]
            block = np.concatenate([block, np.zeros(BLOCK - len(block), np.float32)])
            out.append(Audio(self._at / HEARD_RATE, block))
            self._at += BLOCK
        return [] if self.resting else out

    def rest(self, on: bool) -> None:  # noqa: FBT001 - as the microphone has it
        self.resting = on

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "test sound")

    def close(self) -> None:
        self.closed = True


class LineEars(Ears):
    """Gives lines, or edges of speech, at their times."""

    def __init__(self, *lines: TextLine | VoiceActivity) -> None:
        self._lines = list(lines)

    def poll(self, now: float) -> Sequence[Audio | TextLine | VoiceActivity]:
        due = [line for line in self._lines if line.t <= now]
        self._lines = [line for line in self._lines if line.t > now]
        return due

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "test lines")

    def close(self) -> None:
        self._lines.clear()


def play(hearing: Hearing, clock: ManualClock, until: float) -> list[tuple[float, VoiceActivity | Utterance]]:
    """Poll fifty times a second; everything heard, with the time at which it was handed out."""
    out: list[tuple[float, VoiceActivity | Utterance]] = []
    n = round(clock.now() / DT)
    while clock.now() < until:
        out += [(clock.now(), percept) for percept in hearing.poll(clock.now())]
        n += 1
        clock.sleep_until(n * DT)
    return out


def utterances(heard: list[tuple[float, VoiceActivity | Utterance]]) -> list[Utterance]:
    return [percept for _, percept in heard if isinstance(percept, Utterance)]
