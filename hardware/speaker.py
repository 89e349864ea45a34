"""The sound card: what is played begins within a buffer and is cut within one, and what has gone out is told."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

from hardware.card import Card, device_of
from hardware.stream import RATE
from robot.core.audio import HEARD_RATE, resample
from robot.parts.protocols import Audio
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.card import Device
    from robot.core.condition import Health
    from robot.parts.registry import Surroundings
    from robot.texts.sentence import AnyText

REMEDY = sentence("health.connect_or_choose_speaker")
HELD = 400  # blocks told of when nobody asks; the oldest goes first


class SoundSpeaker:
    """Plays one clip at a time on the sound card."""

    def __init__(self, device: Device, around: Surroundings, remedy: AnyText = REMEDY) -> None:
        self._clock = around.clock
        self._number = self._ended = 0
        self._out: deque[Audio] = deque(maxlen=HELD)
        self._card = Card("speaker", "play", device, remedy, self._take)

    def play(self, samples: np.ndarray, rate: int, now: float) -> None:  # noqa: ARG002 - real time needs no telling
        """A clip; one that no card can play has ended."""
        self._number += 1
        if not self._card.open:
            self._ended = self._number
            return
        sound, reference = resample(samples, rate, RATE), resample(samples, rate, HEARD_RATE)
        self._card.send(("play", self._number, sound.tobytes(), reference.tobytes()))

    def cut(self) -> None:
        self._ended = self._number
        self._card.send(("cut",))

    def playing(self, now: float) -> bool:  # noqa: ARG002 - real time needs no telling
        self._card.attend()
        if not self._card.open:
            self._ended = self._number
        return self._ended < self._number

    def played(self, now: float) -> Sequence[Audio]:  # noqa: ARG002 - real time needs no telling
        self._card.attend()
        if not self._out:
            return ()
        out = list(self._out)
        self._out.clear()
        return out

    def health(self) -> Health:
        return self._card.health()

    def close(self) -> None:
        self._card.close()

    def _take(self, message: tuple[Any, ...]) -> None:
        match message:
            case ("ended", number):
                self._ended = max(self._ended, number)
            case ("played", t, raw, anew):
                self._out.append(Audio(self._clock.at(t), np.frombuffer(raw, np.float32), anew))


def open_speaker(address: str, around: Surroundings) -> SoundSpeaker:
    """`sound:` is the default card, `sound:2` one by number, `sound:USB` one by a part of its name.

    It may be connected later; its health says what is missing.
    """
    return SoundSpeaker(device_of(address, "sound"), around)
