"""Ears of flesh and file: a microphone through PortAudio, or a WAV file that plays at the pace of the clock."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hardware.sound import Kept, device_of
from robot.audio import HEARD_RATE, read_wav, resample
from robot.messages import Condition, Health
from robot.parts import Audio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.parts import Surroundings

REMEDY = "connect a microphone, or choose one with [parts] ears; `arecord -l` lists them"
BLOCK_S = 0.032
HELD = 150  # blocks that wait when nobody polls; the oldest goes first
RATES = (HEARD_RATE, 48_000)  # what is asked of a device; cards without a converter know only the second
_TAPS = 49


class Microphone:
    """A robot.parts.Ears over PortAudio, mono."""

    def __init__(self, device: str | int | None, around: Surroundings) -> None:
        self._device, self._clock = device, around.clock
        self._blocks: deque[Audio] = deque(maxlen=HELD)
        self._kept = Kept("microphone", self._make, REMEDY)
        self._decimator: Decimator | None = None
        self._kept.start()

    def poll(self, now: float) -> Sequence[Audio]:  # noqa: ARG002 - real time needs no telling
        if not self._blocks:
            return ()
        out = []
        while self._blocks:
            out.append(self._blocks.popleft())
        return out

    def rest(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Muted: the device is closed, so that nothing can be heard."""
        self._kept.want(not on)
        self._blocks.clear()

    def health(self) -> Health:
        return self._kept.health()

    def close(self) -> None:
        self._kept.close()

    def _make(self, sounddevice: Any) -> Any:
        for rate in RATES:
            try:
                sounddevice.check_input_settings(device=self._device, channels=1, dtype="float32", samplerate=rate)
            except sounddevice.PortAudioError:
                if rate == RATES[-1]:
                    raise
                continue
            self._decimator = None if rate == HEARD_RATE else Decimator(rate // HEARD_RATE)
            return sounddevice.InputStream(
                samplerate=rate,
                channels=1,
                dtype="float32",
                device=self._device,
                blocksize=int(rate * BLOCK_S),
                callback=self._take,
            )
        return None

    def _take(self, block: np.ndarray, _frames: int, _time: object, _status: object) -> None:
        """PortAudio's thread brings a block."""
        self._kept.beat()
        samples = block[:, 0].copy() if self._decimator is None else self._decimator(block[:, 0])
        self._blocks.append(Audio(self._clock.now() - len(samples) / HEARD_RATE, samples))


class Decimator:
    """Every n-th sample after a low pass (windowed sinc), block by block."""

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


class FileEars:
    """A WAV file, mixed to mono and brought to 16 kHz, handed out as the clock goes; then silence."""

    BLOCK = 320  # samples: 20 ms

    def __init__(self, path: Path) -> None:
        samples, rate = read_wav(path)
        self._name = path.name
        self._sound = resample(samples, rate, HEARD_RATE)
        self._start: float | None = None
        self._at = 0

    @property
    def length(self) -> float:
        """Seconds."""
        return len(self._sound) / HEARD_RATE

    def poll(self, now: float) -> Sequence[Audio]:
        if self._start is None:
            self._start = now
        out = []
        while self._start + (self._at + self.BLOCK) / HEARD_RATE <= now:
            block = self._sound[self._at : self._at + self.BLOCK]
            if len(block) < self.BLOCK:
                block = np.concatenate([block, np.zeros(self.BLOCK - len(block), np.float32)])
            out.append(Audio(self._start + self._at / HEARD_RATE, block))
            self._at += self.BLOCK
        return out

    def health(self) -> Health:
        if self._at >= len(self._sound):
            return Health("microphone", Condition.OK, f"{self._name} has ended; silence from here on")
        return Health("microphone", Condition.OK, self._name)

    def close(self) -> None:
        self._at = len(self._sound)


def open_microphone(address: str, around: Surroundings) -> Microphone:
    """`microphone:` is the default device, `microphone:2` one by number, `microphone:USB` one by a part of its name.

    It may be connected later; its health says what is missing.
    """
    return Microphone(device_of(address, "microphone"), around)


def open_file(address: str, _around: Surroundings) -> FileEars:
    """A WAV file. Raises InputError when it is none."""
    return FileEars(Path(address.removeprefix("file:")))
