"""Hearing: what ears give (sound or lines) and what is typed, turned into speech edges and utterances with a meaning.

Typed, simulated and recognised words enter at one place, `_understood`. Sound is worked on in the listener's process,
which starts with the first block of sound: a robot that is only typed to loads no recogniser. With `lockstep` what the
listener finds is handed out at fixed delays of robot time, so that a run is the same at every speed.
"""

from __future__ import annotations

import logging
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

from robot.audio import HEARD_RATE, pcm16
from robot.clock import stopwatch
from robot.messages import Condition, Health, Utterance, VoiceActivity
from robot.parts import Audio, Line
from robot.sense import models as speech_models
from robot.sense.listener import Done, Ready, Recognised, Spoke
from robot.workers import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from robot.clock import Clock
    from robot.parts import Ears
    from robot.sense.listener import Message
    from robot.sense.phrases import Phrases

log = logging.getLogger(__name__)

LISTEN = "robot.sense.listener:listen"
EDGE_DELAY_S = 0.1  # in lockstep, from an edge of speech to its percept
TEXT_DELAY_S = 0.3  # and from the end of the hangover to the words
TAIL_S = 0.25  # after the robot's own voice, while its echo may be heard
PATIENCE_S = 20.0  # real time that the listener may take for a block before it counts as hung
SILENT_S = 6.0  # of digital silence: no microphone is that quiet
SILENT_PEAK = 2e-4
CLIPPED_SHARE = 0.02
RETRY_S = 5.0


class Hearing:
    """Hears. `ears` None: only typed lines come in. `models`: the folder of a Vosk model, or of several."""

    def __init__(
        self,
        ears: Ears | None,
        phrases: Phrases,
        clock: Clock,
        *,
        language: str = "en",
        models: Path | None = None,
        lockstep: bool = False,
        retry_s: float = RETRY_S,
    ) -> None:
        self._ears = ears
        self._phrases = phrases
        self._clock = clock
        self._language = self._first_language = language
        self._models = models
        self._lockstep = lockstep
        self._retry_s = retry_s
        self._typed: deque[str] = deque(maxlen=32)
        self._lock = Lock()
        self._worker: Worker | None = None
        self._ready: Ready | None = None
        self._sent_t = self._done_t = -1.0
        self._sent_at = 0.0  # by stopwatch
        self._held: deque[tuple[float, VoiceActivity | Utterance]] = deque()  # with the time each is due
        self._speaking = False
        self._gated_until = -1.0
        self._gated = False
        self._muted = False
        self._retry_at = 0.0
        self._silent_since: float | None = None
        self._clipped = 0.0
        self.level = 0.0  # rms of the last block, 0..1

    @property
    def language(self) -> str:
        return self._language

    def type(self, text: str) -> None:
        """A typed line; may be called from any thread."""
        with self._lock:
            self._typed.append(text)

    def gate(self, active: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Told whether the robot's own voice sounds: it does not listen to itself. Lines are heard all the same."""
        if active == self._gated:
            return
        self._gated = active
        if not active:
            self._gated_until = self._clock.now() + TAIL_S
        elif self._worker is not None:
            self._worker.send(("reset",))

    def mute(self, on: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Hear nothing but typed lines until told otherwise; ears that can close their device do."""
        if on == self._muted:
            return
        self._muted = on
        rest = getattr(self._ears, "rest", None)
        if rest is not None:
            rest(on)
        if self._worker is not None:
            self._worker.send(("reset",))

    def set_language(self, language: str) -> None:
        """Understand `language` from now on."""
        if language == self._language:
            return
        self._language = language
        if self._worker is not None:
            self._send_grammar()

    def renew(self, phrases: Phrases) -> None:
        """Understand by these tables from now on."""
        self._phrases = phrases
        if self._worker is not None:
            self._send_grammar()

    def poll(self, now: float) -> list[VoiceActivity | Utterance]:
        """What was heard since the last call."""
        out: list[VoiceActivity | Utterance] = []
        if self._typed:
            with self._lock:
                lines, self._typed = list(self._typed), deque(maxlen=32)
            out += [self._understood(now, text, "typed") for text in lines]
        if self._ears is not None:
            for item in self._ears.poll(now):
                if self._muted:
                    continue
                if isinstance(item, Line):
                    out.append(self._understood(item.t, item.text, item.via))
                elif isinstance(item, VoiceActivity):
                    out.append(item)
                else:
                    self._take(item, now)
        if self._worker is not None:
            self._drain(now)
            while self._held and self._held[0][0] <= now:
                out.append(self._held.popleft()[1])
        return out

    def health(self) -> Health:
        if self._muted:
            return Health("hearing", Condition.OFF, "muted", "unmute it on the page or by the switch")
        if self._ears is None:
            return Health("hearing", Condition.LESSER, "typed lines only", "set [parts] ears")
        ears = self._ears.health()
        if ears.condition in (Condition.FAULT, Condition.OFF):
            return Health("hearing", ears.condition, ears.reason, ears.remedy)
        return self._trouble() or self._listening(ears.reason)

    def _listening(self, ears: str) -> Health:
        """Which recogniser works, on what."""
        if self._worker is None:
            return Health("hearing", Condition.OK, f"{ears}; no recogniser is needed so far")
        if self._ready is None:
            return Health("hearing", Condition.LESSER, "the recogniser is being loaded")
        if self._ready.fault:
            return Health("hearing", Condition.LESSER, self._ready.fault, self._ready.remedy)
        remedy = f"bowlby models fetch {self._language}: better hearing" if "PocketSphinx" in self._ready.name else ""
        return Health("hearing", Condition.OK, f"{self._ready.name}; {ears}", remedy)

    @property
    def recogniser(self) -> str:
        """Name of the recogniser in use; empty before sound came."""
        return self._ready.name if self._ready is not None else ""

    @property
    def deaf(self) -> bool:
        """Sound came, and no recogniser can be had for it; `health` tells why."""
        return self._ready is not None and bool(self._ready.fault)

    @property
    def pid(self) -> int | None:
        """Process id of the listener, for those who watch it."""
        return self._worker.pid if self._worker is not None else None

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        if self._ears is not None:
            self._ears.close()

    def _understood(self, t: float, text: str, via: str, confidence: float = 1.0, recogniser: str = "") -> Utterance:
        heard = self._phrases.understand(text, self._language)
        confidence = round(heard.confidence * confidence, 3)
        return Utterance(t, text, heard.intent, heard.slots, confidence, self._language, via, recogniser)

    def _take(self, audio: Audio, now: float) -> None:
        """Send a block of sound to the listener, but for what the robot says itself."""
        if self._worker is None:
            if stopwatch() < self._retry_at:
                return
            self._start()
        if self._gated or now < self._gated_until or self._worker is None:
            return
        if self._done_t >= self._sent_t:
            self._sent_at = stopwatch()
        self._sent_t = audio.t + len(audio.samples) / HEARD_RATE
        self._worker.send(("sound", audio.t, pcm16(audio.samples)))

    def _start(self) -> None:
        self._worker = Worker(LISTEN, name="bowlby-listener")
        self._ready = None
        self._sent_t = self._done_t = -1.0
        self._send_grammar()

    def _send_grammar(self) -> None:
        self._ready = None
        if self._worker is not None:
            grammar = self._phrases.grammar(self._language)
            self._worker.send(("grammar", self._language, grammar, self._model()))

    def _model(self) -> Path | None:
        """Where the model of the present language lies. A folder that was asked for but holds none is given as it is,
        so that the recogniser tells what is wrong with it.
        """
        asked = self._models
        if asked is None:
            return speech_models.find(self._language)
        if self._language != self._first_language:
            return speech_models.find(self._language, asked) or speech_models.find(self._language)
        return asked if speech_models.is_model(asked) else speech_models.find(self._language, asked) or asked

    def _drain(self, now: float) -> None:
        worker = self._worker
        if worker is None:
            return
        for message in worker.receive():
            self._sort(message)
        if self._lockstep:
            until = min(self._sent_t, now - EDGE_DELAY_S)
            end = stopwatch() + PATIENCE_S
            while self._done_t < until and worker.alive and stopwatch() < end:
                worker.wait(0.5)
                for message in worker.receive():
                    self._sort(message)
        late = self._done_t < self._sent_t and stopwatch() - self._sent_at > PATIENCE_S
        if late or not worker.alive:
            self._lost(worker)

    def _sort(self, message: Message) -> None:
        match message:
            case Done():
                self._done_t = message.t
                self._sent_at = stopwatch()
                self.level = message.level
                self._clipped = max(message.clipped, 0.98 * self._clipped)
                if message.peak > SILENT_PEAK:
                    self._silent_since = None
                elif self._silent_since is None:
                    self._silent_since = message.t
            case Spoke():
                if message.speaking != self._speaking:
                    self._speaking = message.speaking
                    self._held.append((message.certain + EDGE_DELAY_S, VoiceActivity(message.t, message.speaking)))
            case Recognised():
                utterance = self._understood(
                    message.t, message.text, "heard", message.confidence if message.text else 0.0, message.recogniser
                )
                self._held.append((message.certain + TEXT_DELAY_S, utterance))
            case Ready():
                self._ready = message
                log.debug("hearing: %s", message.name or message.fault)
        if not self._lockstep and self._held:
            self._held = deque((0.0, percept) for _, percept in self._held)

    def _lost(self, worker: Worker) -> None:
        log.error("the listener %s; it is started anew", "hangs" if worker.alive else "ended by itself")
        worker.close()
        self._worker = None
        self._retry_at = stopwatch() + self._retry_s
        if self._speaking:
            self._speaking = False
            self._held.append((0.0, VoiceActivity(self._sent_t, speaking=False)))

    def _trouble(self) -> Health | None:
        """A microphone that works only in name."""
        if self._silent_since is not None and self._done_t - self._silent_since > SILENT_S:
            return Health(
                "hearing",
                Condition.FAULT,
                "the microphone gives no sound at all",
                "check its switch and its level (alsamixer, F4)",
            )
        if self._clipped > CLIPPED_SHARE:
            return Health(
                "hearing", Condition.LESSER, "the microphone is far too loud (clipping)", "lower its level (alsamixer)"
            )
        return None
