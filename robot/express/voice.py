"""The robot's voice: sentences and sounds in a queue, rendered, played, cut in mid-word, with their loudness told.

With `lockstep` a sentence asked at robot time t sounds at t + `DELAY_S`, however long rendering took, so that a run is
the same at every speed. Without, it sounds as soon as it is rendered.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from robot.core.condition import Condition, Health
from robot.core.errors import DeviceError
from robot.core.percepts import Speaking
from robot.core.tick import Clip
from robot.core.voice_commands import Silence, Speech
from robot.express import sounds
from robot.express.rendering import Rendering, SpeechRequest
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, both, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.voice_commands import VoiceCommand
    from robot.express.rendering import Renders
    from robot.parts.protocols import Audio, Speaker

log = logging.getLogger(__name__)

FILLER_S = 0.8  # without a word: then a sound tells that words come
FILLER = "hm"
TEND_S = 0.5
DELAY_S = 0.16  # from request to sound in lockstep; a Pi renders a sentence in about that
GAP_S = 0.12  # between two sentences
LOUDNESS_HZ = 25
UNHEARD_CHARACTERS_S = 15.0  # the pace at which a sentence without sound stands written
_FULL = 0.25  # rms of loud speech: loudness 1


class _Waiting(NamedTuple):
    speech: Speech
    asked: float
    due: float
    pieces: tuple[SpeechRequest, ...]  # that it is rendered in; none for a sound by name


class _Sounding(NamedTuple):
    speech: Speech
    start: float
    end: float
    loudness: list[float]
    rest: tuple[SpeechRequest, ...] = ()  # what of it is still to be said


class Voice:
    """Speaks. `speaker` None means that no sound card is there: time passes as if it sounded, and clips are given."""

    def __init__(self, speaker: Speaker | None, renderer: Renders, *, lockstep: bool = False) -> None:
        self._speaker = speaker
        self._renderer = renderer
        self._lockstep = lockstep
        self._queue: deque[_Waiting] = deque()
        self._sounding: _Sounding | None = None
        self._tend_at = 0.0  # when its renderer is looked after next
        self._free_at = -1.0  # when the next sentence may begin
        self._filled = 0  # request that a sound was made for
        self._told = -1  # loudness index of the last percept
        self._cut = False
        self._clips: list[Clip] = []
        self._now = 0.0
        self._fault: AnyText = ""

    def warm_up(self, language: str) -> None:
        """Wait until the voice's process has rendered something; for runs that outpace its start."""
        self._renderer.wait(SpeechRequest("hm", language))

    @property
    def busy(self) -> bool:
        """Something sounds or waits."""
        return self._sounding is not None or bool(self._queue)

    def do(self, command: VoiceCommand) -> None:
        """Take a command; silence is immediate."""
        if isinstance(command, Silence):
            self._queue.clear()
            self._renderer.forget()
            if self._sounding is not None:
                self._cut = True
                if self._speaker is not None:
                    self._speaker.cut()
            return
        pieces: tuple[SpeechRequest, ...] = ()
        if not command.sound:
            wording = SpeechRequest(command.text, command.language, command.rate, command.pitch)
            pieces = self._renderer.pieces(wording)
            for piece in pieces:
                self._renderer.ask(piece)
        self._queue.append(_Waiting(command, self._now, self._now + DELAY_S, pieces))

    def poll(self, now: float) -> list[Speaking]:
        """Go on to `now`: what began, how loud it is (25 times a second), what ended."""
        self._now = now
        sounding = self._sounding
        if sounding is None and not self._queue:
            if now >= self._tend_at:
                self._tend_at = now + TEND_S
                self._renderer.tend()
            return []
        told: list[Speaking] = []
        if sounding is not None and sounding.rest and not self._cut:
            if now >= sounding.end + GAP_S and self._over(sounding, now):
                sounding = self._go_on(sounding, now)
        elif sounding is not None and (self._cut or self._over(sounding, now)):
            told.append(Speaking(now, active=False, request=sounding.speech.request, text=sounding.speech.text))
            self._free_at = now if self._cut else now + GAP_S
            self._sounding = sounding = None
            self._cut = False
        if sounding is None and self._queue and now >= self._free_at:
            sounding = self._begin(now)
        if sounding is not None:
            index = min(int((now - sounding.start) * LOUDNESS_HZ), len(sounding.loudness) - 1)
            if index != self._told:
                self._told = index
                told.append(
                    Speaking(
                        now,
                        active=True,
                        loudness=sounding.loudness[index],
                        request=sounding.speech.request,
                        text=sounding.speech.text,
                    )
                )
        return told

    def take_clips(self) -> list[Clip]:
        """What began to sound since the last call, for whoever plays it elsewhere."""
        if not self._clips:
            return []
        clips, self._clips = self._clips, []
        return clips

    def take_played(self, now: float) -> Sequence[Audio]:
        """What the sound card has played since the last call."""
        return () if self._speaker is None else self._speaker.played(now)

    @property
    def unheard(self) -> bool:
        """Nobody can tell what is heard of it: it sounds on the page or not at all."""
        return self._speaker is None

    def health(self) -> Health:
        voice = self._renderer.health()
        if voice.condition is Condition.FAULT:
            return voice
        if self._speaker is None:
            return Health("voice", Condition.LESSER, sentence("health.no_speaker", voice=voice.reason))
        card = self._speaker.health()
        if self._fault and card.condition is not Condition.FAULT:
            return Health("voice", Condition.LESSER, self._fault)
        if card.condition is not Condition.OK:
            return replace(card, part="voice")
        return Health("voice", Condition.OK, both(voice.reason, card.reason))

    def close(self) -> None:
        self._queue.clear()
        self._renderer.close()
        if self._speaker is not None:
            self._speaker.close()

    def _over(self, sounding: _Sounding, now: float) -> bool:
        if now < sounding.end:
            return False
        return self._speaker is None or not self._speaker.playing(now) or now > sounding.end + 1.0

    def _begin(self, now: float) -> _Sounding | None:
        """Start the oldest of the queue when it is due and rendered."""
        waiting = self._queue[0]
        if self._lockstep and now < waiting.due:
            return None
        rendering = self._rendering(waiting)
        if rendering is None:
            return self._fill(waiting, now)
        self._queue.popleft()
        speech, rest = waiting.speech, waiting.pieces[1:]
        if rendering.samples is None:
            self._fault = rendering.fault
            log.error("nothing is heard: %s", words(rendering.fault))
            length = len(speech.text) / UNHEARD_CHARACTERS_S
            self._told = -1
            self._sounding = _Sounding(speech, now, now + length, [0.0])
            return self._sounding
        if waiting.pieces:
            self._fault = ""
        return self._sound(speech, rendering.samples, rendering.rate, now, rest)

    def _go_on(self, sounding: _Sounding, now: float) -> _Sounding:
        """With the next piece of it, if that is rendered; else it stays silent for a moment."""
        rendering = self._rendered(sounding.rest[0])
        if rendering is None:
            return sounding
        if rendering.samples is None:
            self._fault = rendering.fault
            log.error("nothing more is heard: %s", words(rendering.fault))
            self._sounding = sounding._replace(rest=())
            return self._sounding
        return self._sound(sounding.speech, rendering.samples, rendering.rate, now, sounding.rest[1:], text="")

    def _fill(self, waiting: _Waiting, now: float) -> _Sounding | None:
        """Nobody is left without an answer for long: a sound, once, while the words are still being rendered."""
        if waiting.speech.request == self._filled or now - waiting.asked < FILLER_S:
            return None
        self._filled = waiting.speech.request
        speech = replace(waiting.speech, text=FILLER, sound=FILLER)
        return self._sound(speech, sounds.make(FILLER), sounds.RATE, now)

    def _sound(
        self,
        speech: Speech,
        samples: np.ndarray,
        rate: int,
        now: float,
        rest: tuple[SpeechRequest, ...] = (),
        text: str | None = None,
    ) -> _Sounding:
        self._told = -1
        samples = samples * min(max(speech.volume, 0.0), 1.0)
        length = len(samples) / rate
        self._sounding = _Sounding(speech, now, now + length, loudness(samples, rate), rest)
        self._clips.append(Clip(speech.request, speech.text if text is None else text, samples, rate))
        if self._speaker is not None:
            try:
                self._speaker.play(samples, rate, now)
            except DeviceError as error:  # the speaker's own health tells it from now on
                log.warning("%s", error)
        return self._sounding

    def _rendering(self, waiting: _Waiting) -> Rendering | None:
        if not waiting.pieces:
            return Rendering(sounds.make(waiting.speech.sound), sounds.RATE)
        return self._rendered(waiting.pieces[0])

    def _rendered(self, piece: SpeechRequest) -> Rendering | None:
        if self._lockstep:
            return self._renderer.wait(piece)
        rendering = self._renderer.take(piece)
        if rendering is None:
            self._renderer.ask(piece)  # again, should the cache have lost it
        return rendering


def loudness(samples: np.ndarray, rate: int) -> list[float]:
    """Loudness 0..1 of sound (n,), 25 values a second: root mean square, 1 for loud speech."""
    step = rate // LOUDNESS_HZ
    count = max(1, -(-len(samples) // step))
    padded = np.zeros(count * step, np.float32)
    padded[: len(samples)] = samples
    rms = np.sqrt(np.mean(padded.reshape(count, step) ** 2, axis=1))
    return [round(min(1.0, float(value) / _FULL), 3) for value in rms]
