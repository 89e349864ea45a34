"""Looks, listens and speaks for a moment, so that a person sees whether the parts do what they should."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from rich.text import Text

from robot.core.clock import RealClock, nap, stopwatch
from robot.core.errors import DeviceError
from robot.core.messages import Condition
from robot.parts.protocols import Audio
from robot.parts.registry import CAMERAS, EARS, SPEAKERS, Surroundings, open_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.parts.protocols import Part

LOOK_S = 5.0
LISTEN_S = 4.0
GLANCE_S = 0.03
COLUMNS, ROWS = 56, 42  # of the picture in the terminal; two rows make a line
SILENT_DB, LOW_DB, CLIPPED = -75.0, -45.0, 0.98


class CameraTrial(NamedTuple):
    """A picture of the camera, and how many faces are in it."""

    image: np.ndarray
    faces: int


def _well(part: Part, name: str) -> None:
    health = part.health()
    if health.condition is Condition.FAULT:
        raise DeviceError(health.reason, place=name, remedy=health.remedy)


def look(address: str) -> CameraTrial:
    """The first picture that comes. Raises BowlbyError with the reason when none does; nothing is stored."""
    from robot.sense.sight.detector import FaceFinder  # noqa: PLC0415 - loads the network

    clock = RealClock()
    camera = open_part(CAMERAS, address, Surroundings(clock))
    try:
        end = stopwatch() + LOOK_S
        while stopwatch() < end:
            picture = camera.poll(clock.now())
            image = None if picture is None else picture.image
            if image is None and picture is not None and picture.develop is not None:
                image = picture.develop()
            if image is not None:
                return CameraTrial(image, len(FaceFinder().look(image, 1.0)))
            nap(GLANCE_S)
        _well(camera, "camera")
        raise DeviceError(f"no picture within {LOOK_S:g} s", place="camera", remedy="is it the right address?")
    finally:
        camera.close()


def painted(image: np.ndarray) -> Text:
    """A picture as coloured half blocks, for a terminal."""
    small = cv2.resize(image, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
    text = Text()
    for row in range(0, ROWS, 2):
        for upper, lower in zip(small[row].tolist(), small[row + 1].tolist(), strict=True):
            text.append("▀", style=f"rgb({_rgb(upper)}) on rgb({_rgb(lower)})")
        text.append("\n")
    return text


def _rgb(pixel: list[int]) -> str:
    return ",".join(str(value) for value in reversed(pixel))


class SoundLevel(NamedTuple):
    """How loud it was: the loudest tenth of a second in decibels below full scale, and the highest sample."""

    loudest_db: float
    peak: float

    @property
    def verdict(self) -> str:
        """The name of the sentence that tells it."""
        if self.loudest_db < SILENT_DB:
            return "loud_none"
        if self.peak >= CLIPPED:
            return "loud_high"
        return "loud_low" if self.loudest_db < LOW_DB else "loud_good"


def listen(address: str, show: Callable[[float], None]) -> SoundLevel:
    """Listen for some seconds; `show` is told the level, in dB, as it goes. Nothing is kept. Raises BowlbyError."""
    clock = RealClock()
    ears = open_part(EARS, address, Surroundings(clock))
    loudest, peak, heard = -120.0, 0.0, False
    try:
        end = stopwatch() + LISTEN_S
        while stopwatch() < end:
            for block in ears.poll(clock.now()):
                if isinstance(block, Audio) and len(block.samples):
                    heard = True
                    loud = float(20 * np.log10(max(float(np.sqrt(np.mean(block.samples**2))), 1e-6)))
                    loudest, peak = max(loudest, loud), max(peak, float(np.abs(block.samples).max()))
                    show(loud)
            nap(GLANCE_S)
        if not heard:
            _well(ears, "microphone")
            raise DeviceError(f"no sound at all within {LISTEN_S:g} s", place="microphone", remedy="is it plugged in?")
    finally:
        ears.close()
    return SoundLevel(loudest, peak)


def speak(address: str, text: str, language: str) -> None:
    """Say a sentence. Raises BowlbyError where there is no voice or no sound card."""
    from robot.express.renderer import SpeechRequest, render  # noqa: PLC0415 - loads the voice

    samples, rate = render(SpeechRequest(text, language))
    clock = RealClock()
    card = open_part(SPEAKERS, address, Surroundings(clock))
    try:
        _well(card, "speaker")
        card.play(samples, rate, clock.now())
        end = clock.now() + len(samples) / rate + 1.0
        while card.playing(clock.now()) and clock.now() < end:
            nap(GLANCE_S)
        _well(card, "speaker")
    finally:
        card.close()
