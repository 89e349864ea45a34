"""AnyText to sound: pyttsx3 over espeak-ng in a process of its own, one sentence at a time, under a time limit.

pyttsx3 can neither be cut nor used from two threads, and now and then hangs; a process can be killed. What is said
again comes from a cache.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from robot.core.audio import from_pcm16
from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import ModelError
from robot.core.language_words import WordTable, sections
from robot.express.rendering import Rendering, Renders, SpeechRequest
from robot.parts.workers import Worker
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

SPEAK = "robot.express.espeak:speak"
REMEDY = "sudo apt install espeak-ng libespeak-ng1"
AGAIN_S = 2.0  # between two starts of a process that nobody waits for
_TRIES = 2


class _Stored(NamedTuple):
    """A rendering as it waits to be said again: 16-bit samples, half as large."""

    raw: bytes
    rate: int
    fault: AnyText = ""

    def rendering(self) -> Rendering:
        samples = None if self.fault else from_pcm16(self.raw)
        return Rendering(samples, self.rate, self.fault)


class Timbre(NamedTuple):
    """An espeak-ng voice (`espeak-ng --voices`, column File), its words a minute and pitch (0..99)."""

    voice: str
    words_min: int
    pitch: int


class VoiceWords(WordTable, section="voice"):
    """[voice] of a language's words: its timbre of espeak-ng."""

    espeak: str
    words_min: int
    pitch: int


def timbres() -> dict[str, Timbre]:
    """That of each language that has one."""
    found = sections(VoiceWords)
    return {code: Timbre(voice.espeak, voice.words_min, voice.pitch) for code, voice in found.items()}


class Renderer:
    """Renders sentences in the background. The process starts with the object, so that first words come quickly."""

    MOST = 12  # sentences that it keeps, of about 140 kB each
    TARGET = SPEAK  # what its process runs

    def __init__(self, spoken: Mapping[str, Any] | None = None, limit_s: float = 5.0) -> None:
        """`spoken`: what its process speaks a language with: a `Timbre`, or what a renderer of another kind takes."""
        self._timbres: Mapping[str, Any] = timbres() if spoken is None else spoken
        self._limit = limit_s
        self._done: OrderedDict[SpeechRequest, _Stored] = OrderedDict()
        self._waiting: OrderedDict[SpeechRequest, int] = OrderedDict()  # and how often it was tried
        self._asked: dict[int, SpeechRequest] = {}  # by number of the message
        self._count = 0
        self._since = 0.0  # when the oldest of them was begun
        self._fault: AnyText = ""
        self._restarts = 0
        self._started = 0.0
        self._worker: Worker | None = self._start()

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that it speaks."""
        return tuple(self._timbres)

    def pieces(self, wording: SpeechRequest) -> tuple[SpeechRequest, ...]:
        """What a wording is rendered in, one after the other, so that the first sounds early."""
        return (wording,)

    def forget(self) -> None:
        """What was asked for and has not come is wanted no more. Rendering takes no time here: it may come."""

    def tend(self) -> None:
        """Start the process anew if it died while nobody asked for anything."""
        if self._worker is not None and not self._worker.alive and not self._waiting:
            if self._fault or stopwatch() - self._started < AGAIN_S:
                return
            self._restart()

    def ask(self, wording: SpeechRequest) -> None:
        """Begin to render; nothing happens when that was asked before, but what failed then is tried again."""
        done = self._done.get(wording)
        if done is not None and not done.fault:
            self._done.move_to_end(wording)  # it is about to be taken
            return
        if wording in self._waiting:
            return
        if wording.language not in self._timbres:
            self._keep(wording, _Stored(b"", 0, sentence("health.no_voice_for", language=wording.language)))
            return
        if not self._waiting:
            self._since = stopwatch()
        self._waiting[wording] = 1
        self._send(wording)

    def take(self, wording: SpeechRequest) -> Rendering | None:
        """The rendering, or None while it is not there. That it failed is told once, and kept no longer."""
        self._collect()
        done = self._done.pop(wording, None)
        if done is None:
            return None
        if not done.fault:
            self._done[wording] = done  # as the latest
        return done.rendering()

    def wait(self, wording: SpeechRequest) -> Rendering:
        """Block until the rendering is there; bounded by the time limit and its tries."""
        while True:
            self.ask(wording)  # again, should others have taken its place
            found = self.take(wording)
            if found is not None:
                return found
            if self._worker is not None:
                self._worker.wait(0.05)

    def health(self) -> Health:
        if self._fault:
            return Health("voice", Condition.FAULT, self._fault, REMEDY)
        well = self._well()
        if self._restarts:
            well = sentence("health.voice_restarted", voice=well, count=self._restarts)
        return Health("voice", Condition.OK, well)

    @property
    def pid(self) -> int | None:
        """Process id of the worker, for those who watch it."""
        return self._worker.pid if self._worker else None

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _well(self) -> AnyText:
        """With what it speaks."""
        return sentence("health.voice_well", languages=", ".join(self._timbres))

    def _start(self) -> Worker:
        self._started = stopwatch()
        return Worker(self.TARGET, name="bowlby-voice")

    def _send(self, wording: SpeechRequest) -> None:
        if self._worker is not None:
            self._count += 1
            self._asked[self._count] = wording
            self._worker.send((self._count, wording.text, *self._manner(wording)))

    def _manner(self, wording: SpeechRequest) -> tuple[Any, ...]:
        """How the process is to say it."""
        timbre = self._timbres[wording.language]
        rate = round(timbre.words_min * min(max(wording.rate, 0.7), 1.4))
        return timbre.voice, rate, round(min(max(timbre.pitch * wording.pitch, 5), 99))

    def _keep(self, wording: SpeechRequest, stored: _Stored) -> None:
        self._done[wording] = stored
        while len(self._done) > self.MOST:
            self._done.popitem(last=False)

    def _collect(self) -> None:
        if self._worker is None:
            self._give_up(self._fault or sentence("health.voice_closed"))
            return
        for number, raw, rate, fault in self._worker.receive():
            wording = self._asked.pop(number, None)
            if wording is None:
                self._fault = fault if number < 0 else self._fault
                continue
            self._waiting.pop(wording, None)
            self._since = stopwatch()
            self._keep(wording, _Stored(raw, rate, fault))
        if self._fault:
            self._give_up(self._fault)
        elif self._waiting and (not self._worker.alive or self._hangs(self._worker)):
            self._restart()

    def _hangs(self, worker: Worker) -> bool:
        """Whether it takes longer than it ever should."""
        del worker
        return stopwatch() - self._since > self._limit

    def _give_up(self, fault: AnyText) -> None:
        while self._waiting:
            self._keep(self._waiting.popitem(last=False)[0], _Stored(b"", 0, fault))

    def _restart(self) -> None:
        log.warning(
            "the voice process %s; it is started anew", "hangs" if self._worker and self._worker.alive else "died"
        )
        if self._worker is not None:
            self._worker.close()
        self._restarts += 1
        self._asked.clear()
        self._worker = self._start()
        if not self._waiting:
            return
        oldest, tries = next(iter(self._waiting.items()))
        if tries >= _TRIES:
            del self._waiting[oldest]
            fault = sentence("health.not_rendered", text=oldest.text, count=tries)
            self._keep(oldest, _Stored(b"", 0, fault))
        else:
            self._waiting[oldest] = tries + 1
        self._since = stopwatch()
        for wording in self._waiting:
            self._send(wording)


class KeptRenderer(Renderer):
    """One for many voices, one after another: only `end` closes it."""

    MOST = 48  # as many as a scene has, so that a study renders each once

    def close(self) -> None:
        """Nothing: the next voice goes on with it."""

    def end(self) -> None:
        """Free its process."""
        super().close()


def render(wording: SpeechRequest, renderer: Renders | None = None) -> tuple[np.ndarray, int]:
    """A text, now: (samples, rate). Raises ModelError. For commands; the loop uses a renderer by itself. One that is
    given is closed.
    """
    renderer = renderer or Renderer()
    try:
        renderings = [renderer.wait(piece) for piece in renderer.pieces(wording)]
    finally:
        renderer.close()
    for rendering in renderings:
        if rendering.samples is None:
            raise ModelError(rendering.fault, place="voice", remedy=REMEDY)
    return np.concatenate([one.samples for one in renderings if one.samples is not None]), renderings[0].rate
