"""Looks, listens and speaks for a moment, so that a person sees whether the parts do what they should."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from rich.text import Text

from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError, ModelError
from robot.core.percepts import Utterance
from robot.parts.protocols import Audio, Ears
from robot.parts.registry import CAMERAS, EARS, SPEAKERS, VOICES, Surroundings, open_part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from robot.config.schema import HearingTable
    from robot.core.percepts import VoiceActivity
    from robot.parts.protocols import Part, TextLine

LOOK_S = 5.0
LISTEN_S = 6.0
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
    from robot.sense.sight.detector import FaceFinder, checked  # noqa: PLC0415 - loads the network

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
                return CameraTrial(image, len(FaceFinder().look(checked(image), 1.0)))
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


class ListeningTrial(NamedTuple):
    """How loud it was, what was understood of it ("" for nothing), and what is wrong with the recogniser, if anything
    is.
    """

    level: SoundLevel
    text: str
    health: Health


class _Metered(Ears):
    """Ears that measure what they pass on."""

    def __init__(self, ears: Ears, show: Callable[[float], None]) -> None:
        self._ears, self._show = ears, show
        self.loudest, self.peak, self.heard = -120.0, 0.0, False

    def poll(self, now: float) -> Sequence[Audio | TextLine | VoiceActivity]:
        blocks = self._ears.poll(now)
        for block in blocks:
            if isinstance(block, Audio) and len(block.samples):
                self.heard = True
                loud = float(20 * np.log10(max(float(np.sqrt(np.mean(block.samples**2))), 1e-6)))
                self.loudest, self.peak = max(self.loudest, loud), max(self.peak, float(np.abs(block.samples).max()))
                self._show(loud)
        return blocks

    def health(self) -> Health:
        return self._ears.health()

    def close(self) -> None:
        self._ears.close()


def listen(
    address: str, language: str, settings: HearingTable, ready: Callable[[], None], show: Callable[[float], None]
) -> ListeningTrial:
    """Listen until a sentence was heard, or for some seconds; `ready` is told when somebody may speak, and `show` the
    level, in dB, as it goes. However long the recogniser takes to load is waited for. Nothing is kept. Raises
    BowlbyError.
    """
    from robot.sense.hearing.hearing import Hearing  # noqa: PLC0415 - a command's imports wait until it runs
    from robot.sense.language import phrases  # noqa: PLC0415

    clock = RealClock()
    ears = _Metered(open_part(EARS, address, Surroundings(clock)), show)
    hearing = Hearing(
        ears, phrases.load(), clock, language=language, models=settings.model, engine=settings.engine, retry_s=math.inf
    )
    texts: list[str] = []
    try:
        end, told = stopwatch() + LISTEN_S, False
        while not texts and not hearing.failure and stopwatch() < end:
            texts = [one.text for one in hearing.poll(clock.now()) if isinstance(one, Utterance) and one.text]
            if (hearing.recogniser or hearing.deaf) and not told:
                ready()
                told = True
                end = stopwatch() + LISTEN_S
            elif not told and ears.heard:
                end = stopwatch() + LISTEN_S
            nap(GLANCE_S)
        if hearing.failure:
            raise ModelError(hearing.failure, place="hearing", remedy="bowlby doctor")
        if not ears.heard:
            _well(ears, "microphone")
            raise DeviceError(f"no sound at all within {LISTEN_S:g} s", place="microphone", remedy="is it plugged in?")
        return ListeningTrial(SoundLevel(ears.loudest, ears.peak), " ".join(texts), hearing.health())
    finally:
        hearing.close()


def speak(address: str, text: str, language: str, voice: str) -> Health:
    """Say a sentence by the voice of an address, and tell how that voice does. Raises BowlbyError where there is no
    voice or no sound card.
    """
    from robot.express.renderer import render  # noqa: PLC0415 - loads the voice
    from robot.express.rendering import SpeechRequest  # noqa: PLC0415 - loads the voice

    clock = RealClock()
    renderer = open_part(VOICES, voice, Surroundings(clock, language=language))
    samples, rate = render(SpeechRequest(text, language), renderer)
    health: Health = renderer.health()
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
    return health
