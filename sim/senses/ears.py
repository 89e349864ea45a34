"""The simulator's ears: what its people say, as lines at the end of each, or as sound through the real recogniser.

`sim://?hears=text` (the default) or `sim://?hears=sound&noise=50`. Sound is spoken by espeak-ng: clear, but no human
voice; those who speak at the same time are mixed, and the room is as noisy as `noise` says, in dB. As text everything
is understood, also what two say at once.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast
from urllib.parse import parse_qs, urlsplit

import numpy as np

from robot.core.audio import HEARD_RATE, resample
from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError
from robot.core.percepts import VoiceActivity
from robot.express.renderer import Renderer, Timbre, timbres
from robot.express.rendering import SpeechRequest
from robot.parts.protocols import Audio, Ears, TextLine
from robot.sense.hearing.level import SILENT
from robot.texts.languages import languages
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.parts.registry import Surroundings

CHARACTERS_S = 14.0  # the pace of a simulated person's speech
HANGOVER_S = 0.45  # until the end of a line is certain, as with a real voice
BLOCK = 320  # samples: 20 ms
NOISE = 3e-4  # rms of a room in which hardly anything is heard
VOICE_DB, VOICE = 60.0, 0.083  # so loud is a voice at a metre (ISO 9921), and so is a simulated one here, rms
COLOUR = 0.75 ** np.arange(24)  # impulse response that gives noise the long-term spectrum of voices, roughly
ECHO = 0.5  # how loud the robot hears itself
DIRECT_SAMPLES = 7
REVERB_SAMPLES = 926  # to 1/e: reverberation time 0.4 s, a living room
ROOM_SHARE = 0.14  # -17 dB: the speaker is far nearer than the walls


def voices() -> dict[str, Timbre]:
    """Those of people, two for each language."""
    found = {code: own.voice for code, own in timbres().items()}
    women = {code: Timbre(f"{voice}+f3", 150, 50) for code, voice in found.items()}
    return women | {f"{code}, another": Timbre(f"{voice}+m3", 150, 50) for code, voice in found.items()}


class SpokenLine(Protocol):
    """A line that somebody began to say, as `sim.world.world` gives it."""

    @property
    def t(self) -> float: ...
    @property
    def text(self) -> str: ...
    @property
    def figure(self) -> int:
        """Who: every second person has the other voice."""
        ...


class EarsWorld(Protocol):
    """What the ears need of a world."""

    deaf: bool  # the microphone gives nothing

    def take_said(self, now: float) -> Sequence[SpokenLine]: ...

    def take_sound(self) -> Sequence[Audio]:
        """What the robot's own speaker gave out."""
        ...


class _Due(NamedTuple):
    t: float
    item: TextLine | VoiceActivity


class TextEars(Ears):
    """Gives the edges of speech and then the line, at the pace of a voice."""

    def __init__(self, place: EarsWorld) -> None:
        self._place = place
        self._due: deque[_Due] = deque()

    def poll(self, now: float) -> Sequence[TextLine | VoiceActivity]:
        for said in self._place.take_said(now):
            self._hear(said)
        if self._place.deaf:
            self._due.clear()
        if not self._due or self._due[0].t > now:
            return ()
        out: list[TextLine | VoiceActivity] = []
        while self._due and self._due[0].t <= now:
            out.append(self._due.popleft().item)
        return out

    def _hear(self, said: SpokenLine) -> None:
        """A line, and the edges of speech; whoever falls in while somebody speaks makes it one stretch of voice."""
        end = silent = said.t + len(said.text) / CHARACTERS_S
        for due in [one for one in self._due if _ends_a_voice(one.item) and one.t >= said.t]:
            self._due.remove(due)
            silent = max(silent, due.item.t)
        self._due.append(_Due(said.t, VoiceActivity(said.t, speaking=True)))
        self._due.append(_Due(silent + HANGOVER_S, VoiceActivity(silent, speaking=False)))
        self._due.append(_Due(end + HANGOVER_S, TextLine(end, said.text, "heard")))
        self._due = deque(sorted(self._due, key=lambda due: due.t))

    def health(self) -> Health:
        if self._place.deaf:  # there is no sound to tell it by
            return replace(SILENT, part="microphone", remedy=sentence("health.check_switch_and_plug"))
        return Health("microphone", Condition.OK, sentence("health.simulated_text"))

    def close(self) -> None:
        self._due.clear()


def _ends_a_voice(item: TextLine | VoiceActivity) -> bool:
    return isinstance(item, VoiceActivity) and not item.speaking


class SoundEars(Ears):
    """Gives blocks of sound, 20 ms each: the room and the voices in it."""

    def __init__(self, place: EarsWorld, seed: int, language: str, noise_db: float | None = None) -> None:
        self._place = place
        self._language = language
        self._renderer = Renderer(voices())
        self._chance = np.random.default_rng(seed + 77)
        self._echo = way_to_itself(self._chance)
        self._noise = None if noise_db is None else _Noise(noise_db, self._chance)
        self._ahead = np.zeros(0, np.float32)  # voices from `_at` on
        self._at = 0

    def poll(self, now: float) -> Sequence[Audio]:
        for said in self._place.take_said(now):
            self._say(said)
        for audio in self._place.take_sound():
            self._mix(np.convolve(audio.samples, self._echo), audio.t)
        out: list[Audio] = []
        while (self._at + BLOCK) / HEARD_RATE <= now:
            block = self._chance.normal(0.0, NOISE, BLOCK).astype(np.float32)
            if self._noise is not None:
                block += self._noise.block()
            voices, self._ahead = self._ahead[:BLOCK], self._ahead[BLOCK:]
            block[: len(voices)] += voices
            if self._place.deaf:
                block[:] = 0.0
            out.append(Audio(self._at / HEARD_RATE, block))
            self._at += BLOCK
        return out

    def health(self) -> Health:
        return Health("microphone", Condition.OK, sentence("health.simulated_sound"))

    def close(self) -> None:
        self._renderer.close()

    def _say(self, said: SpokenLine) -> None:
        voice = self._language if said.figure % 2 else f"{self._language}, another"
        rendering = self._renderer.wait(SpeechRequest(said.text, voice))
        if rendering.samples is None:
            return
        self._mix(resample(rendering.samples, rendering.rate, HEARD_RATE), said.t)

    def _mix(self, voice: np.ndarray, t: float) -> None:
        """Let something be heard from `t` on, or from now where that is past."""
        start = max(0, round(t * HEARD_RATE) - self._at)
        mixed = np.zeros(max(len(self._ahead), start + len(voice)), np.float32)
        mixed[: len(self._ahead)] = self._ahead
        mixed[start : start + len(voice)] += voice
        self._ahead = mixed


class _Noise:
    """A room full of people far off, or of machines: as loud as asked, with the spectrum of voices, without words."""

    def __init__(self, level_db: float, chance: np.random.Generator) -> None:
        self._chance = chance
        self._rms = VOICE * 10 ** ((level_db - VOICE_DB) / 20)
        self._kernel = COLOUR / float(np.sqrt(np.sum(COLOUR * COLOUR)))
        self._last = np.zeros(len(COLOUR) - 1)

    def block(self) -> np.ndarray:
        """The next 20 ms, float32."""
        white = np.concatenate([self._last, self._chance.normal(0.0, self._rms, BLOCK)])
        self._last = white[BLOCK:]
        return np.convolve(white, self._kernel, "valid").astype(np.float32)


def way_to_itself(chance: np.random.Generator) -> np.ndarray:
    """Impulse response from the robot's speaker to its microphone 15 cm away: the direct sound, then 0.2 s of room."""
    at = np.arange(HEARD_RATE // 5)
    room = chance.normal(0.0, 1.0, len(at)) * np.exp(-at / REVERB_SAMPLES) * (at > DIRECT_SAMPLES)
    room *= ROOM_SHARE / float(np.sqrt(np.sum(room * room)))
    room[DIRECT_SAMPLES] = 1.0
    return (ECHO * room).astype(np.float32)


def open_ears(address: str, around: Surroundings) -> TextEars | SoundEars:
    """The factory of `sim://` ears. Raises ConfigError for an unknown option or without a world."""
    asked = {key: values[-1] for key, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}
    hears, language, noise = asked.pop("hears", "text"), asked.pop("language", "en"), asked.pop("noise", "")
    if asked or hears not in ("text", "sound") or language not in languages() or not _is_level(noise):
        raise ConfigError(
            "the simulator's ears cannot do that",
            place=address,
            remedy="use sim://?hears=text or sim://?hears=sound&language=en&noise=50",
        )
    if around.place is None or not hasattr(around.place, "take_said"):
        raise ConfigError("the simulator's ears need a world", place=address, remedy="use them with `bowlby sim`")
    place = cast("EarsWorld", around.place)
    if hears == "text":
        return TextEars(place)
    return SoundEars(place, around.seed, language, float(noise) if noise else None)


def _is_level(text: str) -> bool:
    """Nothing, or a sound level in dB."""
    return not text or text.replace(".", "", 1).isdecimal()
