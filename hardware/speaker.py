"""The sound card: what is played begins within a buffer and is cut within one."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from hardware.sound import Kept, device_of
from robot.audio import resample

if TYPE_CHECKING:
    from robot.messages import Health
    from robot.parts import Surroundings

REMEDY = "connect a speaker, or choose one with [parts] speaker; `aplay -l` lists them"
FADE_S = 0.008  # a cut without a click
RATE = 48_000  # every sound card knows it


class SoundSpeaker:
    """Plays one clip at a time through PortAudio."""

    def __init__(self, device: str | int | None) -> None:
        self._device = device
        self._lock = Lock()
        self._clip = np.zeros(0, np.float32)
        self._at = 0
        self._kept = Kept("speaker", self._make, REMEDY)
        self._kept.start()

    def play(self, samples: np.ndarray, rate: int, now: float) -> None:  # noqa: ARG002 - real time needs no telling
        clip = resample(samples, rate, RATE)
        with self._lock:
            self._clip, self._at = clip, 0

    def cut(self) -> None:
        with self._lock:
            rest = self._clip[self._at : self._at + int(FADE_S * RATE)]
            self._clip, self._at = (rest * np.linspace(1, 0, len(rest))).astype(np.float32), 0

    def playing(self, now: float) -> bool:  # noqa: ARG002 - real time needs no telling
        return self._kept.open and self._at < len(self._clip)

    def health(self) -> Health:
        return self._kept.health()

    def close(self) -> None:
        self._kept.close()

    def _make(self, sounddevice: Any) -> Any:
        return sounddevice.OutputStream(
            samplerate=RATE,
            channels=1,
            dtype="float32",
            device=self._device,
            latency="low",
            callback=self._fill,
        )

    def _fill(self, out: np.ndarray, frames: int, _time: object, _status: object) -> None:
        """PortAudio's thread asks for the next `frames`."""
        self._kept.beat()
        with self._lock:
            part = self._clip[self._at : self._at + frames]
            self._at += len(part)
        out[: len(part), 0] = part
        out[len(part) :, 0] = 0.0


def open_speaker(address: str, _around: Surroundings) -> SoundSpeaker:
    """`sound:` is the default card, `sound:2` one by number, `sound:USB` one by a part of its name.

    It may be connected later; its health says what is missing.
    """
    return SoundSpeaker(device_of(address, "sound"))
