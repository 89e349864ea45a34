"""The simulator's ears: what its people say, as lines at the end of each, or as sound through the real recogniser.

`sim://?hears=text` (the default) or `sim://?hears=sound`. Sound is spoken by espeak-ng: clear, but no human voice.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast
from urllib.parse import parse_qs, urlsplit

import numpy as np

from robot.audio import HEARD_RATE, resample
from robot.errors import ConfigError
from robot.express.renderer import Renderer, Timbre, Wording
from robot.messages import Condition, Health, VoiceActivity
from robot.parts import Audio, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.parts import Surroundings

CHARACTERS_S = 14.0  # the pace of a simulated person's speech
HANGOVER_S = 0.45  # until the end of a line is certain, as with a real voice
BLOCK = 320  # samples: 20 ms
NOISE = 3e-4  # rms of a quiet room
VOICES = {"en": Timbre("gmw/en-us+f3", 150, 50), "fr": Timbre("roa/fr+f3", 150, 50)}


class Spoken(Protocol):
    """A line that somebody began to say, as `sim.world` gives it."""

    @property
    def t(self) -> float: ...
    @property
    def text(self) -> str: ...


class Place(Protocol):
    """What the ears need of a world."""

    def take_said(self, now: float) -> Sequence[Spoken]: ...


class _Due(NamedTuple):
    t: float
    item: Line | VoiceActivity


class TextEars:
    """Gives the edges of speech and then the line, at the pace of a voice."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._due: deque[_Due] = deque()

    def poll(self, now: float) -> Sequence[Line | VoiceActivity]:
        for said in self._place.take_said(now):
            end = said.t + len(said.text) / CHARACTERS_S
            self._due.append(_Due(said.t, VoiceActivity(said.t, speaking=True)))
            self._due.append(_Due(end + HANGOVER_S, VoiceActivity(end, speaking=False)))
            self._due.append(_Due(end + HANGOVER_S, Line(end, said.text, "heard")))
            self._due = deque(sorted(self._due, key=lambda due: due.t))
        if not self._due or self._due[0].t > now:
            return ()
        out: list[Line | VoiceActivity] = []
        while self._due and self._due[0].t <= now:
            out.append(self._due.popleft().item)
        return out

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "simulated, as text")

    def close(self) -> None:
        self._due.clear()


class SoundEars:
    """Gives blocks of sound, 20 ms each: a quiet room and the voices in it."""

    def __init__(self, place: Place, seed: int, language: str) -> None:
        self._place = place
        self._language = language
        self._renderer = Renderer(VOICES)
        self._chance = np.random.default_rng(seed + 77)
        self._ahead = np.zeros(0, np.float32)  # voices from `_at` on
        self._at = 0

    def poll(self, now: float) -> Sequence[Audio]:
        for said in self._place.take_said(now):
            self._mix(said)
        out: list[Audio] = []
        while (self._at + BLOCK) / HEARD_RATE <= now:
            block = self._chance.normal(0.0, NOISE, BLOCK).astype(np.float32)
            voices, self._ahead = self._ahead[:BLOCK], self._ahead[BLOCK:]
            block[: len(voices)] += voices
            out.append(Audio(self._at / HEARD_RATE, block))
            self._at += BLOCK
        return out

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "simulated, as sound")

    def close(self) -> None:
        self._renderer.close()

    def _mix(self, said: Spoken) -> None:
        rendering = self._renderer.wait(Wording(said.text, self._language))
        if rendering.samples is None:
            return
        voice = resample(rendering.samples, rendering.rate, HEARD_RATE)
        start = max(0, round(said.t * HEARD_RATE) - self._at)
        mixed = np.zeros(max(len(self._ahead), start + len(voice)), np.float32)
        mixed[: len(self._ahead)] = self._ahead
        mixed[start : start + len(voice)] += voice
        self._ahead = mixed


def open_ears(address: str, around: Surroundings) -> TextEars | SoundEars:
    """The factory of `sim://` ears. Raises ConfigError for an unknown option or without a world."""
    asked = {key: values[-1] for key, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}
    hears, language = asked.pop("hears", "text"), asked.pop("language", "en")
    if asked or hears not in ("text", "sound") or language not in VOICES:
        raise ConfigError(
            "the simulator's ears cannot do that",
            place=address,
            remedy="use sim://?hears=text or sim://?hears=sound&language=en",
        )
    if around.place is None or not hasattr(around.place, "take_said"):
        raise ConfigError("the simulator's ears need a world", place=address, remedy="use them with `bowlby sim`")
    place = cast("Place", around.place)
    return TextEars(place) if hears == "text" else SoundEars(place, around.seed, language)
