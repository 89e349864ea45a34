"""Ears of flesh and file: a microphone of the sound card, or a WAV file that plays at the pace of the clock."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from hardware.card import Card, device_of
from robot.core.audio import HEARD_RATE, read_wav, resample
from robot.core.condition import Condition, Health
from robot.parts.protocols import Audio, Ears
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hardware.card import Device
    from robot.parts.registry import Surroundings
    from robot.texts.sentence import AnyText

REMEDY = sentence("health.connect_or_choose_microphone")
HELD = 300  # blocks that wait when nobody polls; the oldest goes first


class Microphone(Ears):
    """Ears of the sound card, mono."""

    def __init__(self, device: Device, around: Surroundings, remedy: AnyText = REMEDY) -> None:
        self._clock = around.clock
        self._blocks: deque[Audio] = deque(maxlen=HELD)
        self._card = Card("microphone", "capture", device, remedy, self._take)

    def poll(self, now: float) -> Sequence[Audio]:  # noqa: ARG002 - real time needs no telling
        self._card.attend()
        if not self._blocks:
            return ()
        out = joined(self._blocks)
        self._blocks.clear()
        return out

    def rest(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Muted: the device is closed, so that nothing can be heard."""
        self._card.want(not on)
        self._blocks.clear()

    def health(self) -> Health:
        return self._card.health()

    def close(self) -> None:
        self._card.close()

    def _take(self, message: tuple[Any, ...]) -> None:
        _, t, raw, anew = message
        self._blocks.append(Audio(self._clock.at(t), np.frombuffer(raw, np.float32), anew))


def joined(blocks: Iterable[Audio]) -> list[Audio]:
    """Blocks that follow each other as one; where samples were lost another begins."""
    runs: list[list[Audio]] = []
    for block in blocks:
        if block.anew or not runs:
            runs.append([])
        runs[-1].append(block)
    return [replace(run[0], samples=np.concatenate([block.samples for block in run])) for run in runs]


class FileEars(Ears):
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
            return Health("microphone", Condition.OK, sentence("health.sound_file_ended", file=self._name))
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
