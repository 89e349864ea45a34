"""The simulated speaker: what is played lasts as long as it would on a sound card, and the room's ears hear it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from robot.core.audio import HEARD_RATE, resample
from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError
from robot.parts.protocols import Audio
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.parts.registry import Surroundings


GONE, REMEDY = sentence("health.card_gone"), sentence("health.connect_speaker")


@runtime_checkable
class Room(Protocol):
    """A world that carries sound from the speaker to the ears."""

    silenced: bool  # the sound card is gone
    hears_sound: bool  # else nothing that is played is made into sound

    def sound(self, audio: Audio) -> None:
        """Something sounds."""
        ...


class SimSpeaker:
    """Plays into the room, by robot time."""

    def __init__(self, room: Room | None = None) -> None:
        self._room = room
        self._clip = np.zeros(0, np.float32)  # what is still to be told of, at the rate of hearing
        self._told = 0.0
        self._until = -1.0

    def play(self, samples: np.ndarray, rate: int, now: float) -> None:
        if self._gone:
            raise DeviceError(GONE, place="speaker", remedy=REMEDY)
        self._until = now + len(samples) / rate
        if self._room is None or self._room.hears_sound:
            self._clip, self._told = resample(samples, rate, HEARD_RATE), now

    def cut(self) -> None:
        self._until = -1.0
        self._clip = self._clip[:0]

    def playing(self, now: float) -> bool:
        return now < self._until and not self._gone

    @property
    def _gone(self) -> bool:
        return self._room is not None and self._room.silenced

    def played(self, now: float) -> Sequence[Audio]:
        if self._gone:
            self.cut()
        count = min(round((now - self._told) * HEARD_RATE), len(self._clip))
        if count <= 0:
            return ()
        audio = Audio(self._told, self._clip[:count])
        self._clip = self._clip[count:]
        self._told += count / HEARD_RATE
        if self._room is not None:
            self._room.sound(audio)
        return (audio,)

    def health(self) -> Health:
        if self._gone:
            return Health("speaker", Condition.FAULT, GONE, REMEDY, "speaker_lost")
        return Health("speaker", Condition.OK, sentence("health.simulated"))

    def close(self) -> None:
        self.cut()


def open_speaker(_address: str, around: Surroundings) -> SimSpeaker:
    """The factory of `sim://` speakers."""
    return SimSpeaker(around.place if isinstance(around.place, Room) else None)
