"""Hearing: what ears give (sound or lines) and what is typed, turned into speech edges and utterances with a meaning.

Typed, simulated and recognised words enter at one place, `_understood`. Sound is worked on in the listener's process,
which starts with the first block of sound: a robot that is only typed to loads no recogniser. With `lockstep` what the
listener finds is handed out at fixed delays of robot time, so that a run is the same at every speed.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from robot.audio import HEARD_RATE, pcm16
from robot.clock import stopwatch
from robot.messages import Condition, Health, Utterance, VoiceActivity
from robot.parts import Audio, Line
from robot.sense import models as speech_models
from robot.sense.heard import Done, Ready, Recognised, Spoke
from robot.sense.level import Level
from robot.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from robot.clock import Clock
    from robot.parts import Ears, Listener, Listens
    from robot.sense.heard import Message
    from robot.sense.phrases import Phrases

log = logging.getLogger(__name__)

LISTEN = "robot.sense.listener:listen"
EDGE_DELAY_S = 0.04  # in lockstep, from an edge of speech to its percept
TEXT_DELAY_S = 0.3  # and from the end of the hangover to the words
TAIL_S = 0.25  # after the robot's own voice, while its echo may be heard
PATIENCE_S = 20.0  # real time that the listener may take for a block before it counts as hung
HARK_S = 0.004  # and that is waited for it while the robot speaks: whoever breaks in is heard a tick sooner
RETRY_S = 5.0
BEHIND_S = 1.5


class Hearing:
    """Hears. `ears` None: only typed lines come in. `models`: the folder of a Vosk model, or of several. `elsewhere`:
    who understands instead of this machine, whenever it answers.
    """

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
        elsewhere: Listens | None = None,
    ) -> None:
        self._elsewhere = elsewhere
        self._ears = ears
        self._phrases = phrases
        self._clock = clock
        self._language = self._first_language = language
        self._models = models
        self._lockstep = lockstep
        self._retry_s = retry_s
        self._typed: deque[str] = deque(maxlen=32)
        self._lock = Lock()
        self._worker: Listener | None = None
        self._ready: Ready | None = None
        self._sent_t = self._done_t = -1.0
        self._sent_at = 0.0  # by stopwatch
        self._held: deque[tuple[float, VoiceActivity | Utterance]] = deque()  # with the time each is due
        self._speaking = False  # somebody, as was told
        self._cut_t = -1.0  # edges in sound up to here are told no more
        self._gated_until = -1.0
        self._gated = False
        self._muted = False
        self._retry_at = 0.0
        self._level = Level()
        self._share = 1.0
        self._aloud = False  # the robot's own voice sounds
        self._apart = False  # what is heard is of another room, in real time

    @property
    def language(self) -> str:
        return self._language

    def type(self, text: str) -> None:
        """A typed line; may be called from any thread."""
        with self._lock:
            self._typed.append(text)

    def beside(self, played: Sequence[Audio]) -> None:
        """Told what the robot's own speaker played: that is taken out of what is heard in the same room."""
        self._aloud = bool(played)
        if self._worker is None or self._muted or self._apart:
            return
        for audio in played:
            self._worker.send(("played", audio.t, pcm16(audio.samples), audio.anew))

    def gate(self, active: bool) -> None:  # noqa: FBT001 - the one argument is in the name
        """Told whether the robot's own voice sounds where nobody can tell how: it does not listen meanwhile. Lines are
        heard all the same.
        """
        if active == self._gated:
            return
        self._gated = active
        if not active:
            self._gated_until = self._clock.now() + TAIL_S
        elif self._worker is not None:
            self._worker.send(("reset",))
            self._cut_off()

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
        if on:
            self._held.clear()
            self._cut_off()

    @property
    def share(self) -> float:
        """Of the time that the listener may work, 0..1. In lockstep all of it: the loop waits for what it gives."""
        return self._share

    @share.setter
    def share(self, share: float) -> None:
        if not self._lockstep:
            self._share = share
        if self._worker is not None:
            self._worker.pace(self._share)

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
            heard = self._ears.poll(now)
            if getattr(self._ears, "elsewhere", False) != self._apart:
                self._apart, self._level = not self._apart, Level()
            for item in heard:
                if self._muted:
                    continue
                if isinstance(item, Line):
                    out.append(self._understood(item.t, item.text, item.via))
                elif isinstance(item, VoiceActivity):
                    self._tell(item, out)
                else:
                    self._take(item, now)
        if self._worker is not None:
            self._drain(now)
        while self._held and self._held[0][0] <= now:
            self._tell(self._held.popleft()[1], out)
        return out

    def _tell(self, percept: VoiceActivity | Utterance, out: list[VoiceActivity | Utterance]) -> None:
        """Edges by turns: a begin only in silence, an end only of what began."""
        if isinstance(percept, VoiceActivity):
            if percept.speaking == self._speaking:
                return
            self._speaking = percept.speaking
        out.append(percept)

    def _cut_off(self) -> None:
        """Whoever speaks is not heard to the end: that is now, and edges that come late of it are not told."""
        self._cut_t = self._sent_t
        self._held = deque(held for held in self._held if isinstance(held[1], Utterance))
        self._held.appendleft((0.0, VoiceActivity(self._clock.now(), speaking=False)))

    def health(self) -> Health:
        if self._muted:
            return Health("hearing", Condition.OFF, "muted", "unmute it on the page or by the switch", "senses_muted")
        if self._ears is None:
            return Health("hearing", Condition.LESSER, "typed lines only", "set [parts] ears")
        ears = self._ears.health()
        if ears.condition in (Condition.FAULT, Condition.OFF):
            return replace(ears, part="hearing")
        return self._level.trouble() or self._listening(ears.reason)

    def _listening(self, ears: str) -> Health:
        """Which recogniser works, on what."""
        if self._worker is None:
            return Health("hearing", Condition.OK, f"{ears}; no recogniser is needed so far")
        if self._ready is None:
            return Health("hearing", Condition.LESSER, "the recogniser is being loaded")
        if self._ready.fault:
            return Health("hearing", Condition.LESSER, self._ready.fault, self._ready.remedy)
        behind = self._sent_t - self._done_t
        if behind > BEHIND_S and self._done_t >= 0.0:
            reason = f"understands {behind:.1f} s late: the machine is too busy"
            return Health("hearing", Condition.LESSER, reason, "end other programs; bowlby top")
        if self._share < 1.0:
            reason = f"{self._ready.name} works {self._share:.0%} of the time only: the machine is too busy"
            return Health("hearing", Condition.LESSER, reason, "end other programs; bowlby top")
        remedy = f"bowlby models fetch {self._language}: better hearing" if "PocketSphinx" in self._ready.name else ""
        return Health("hearing", Condition.OK, f"{self._ready.name}; {ears}", remedy)

    @property
    def _in_step(self) -> bool:
        return self._lockstep and not self._apart

    @property
    def level(self) -> float:
        """How loud the last block was, rms 0..1."""
        return self._level.rms

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
        """Send a block of sound to the listener, if it may be listened to."""
        if self._worker is None:
            if stopwatch() < self._retry_at:
                return
            self._start()
        if self._gated or now < self._gated_until or self._worker is None:
            return
        if self._done_t >= self._sent_t:
            self._sent_at = stopwatch()
        self._sent_t = audio.t + len(audio.samples) / HEARD_RATE
        self._worker.send(("sound", audio.t, pcm16(audio.samples), audio.anew))

    def _start(self) -> None:
        own = Worker(LISTEN, name="bowlby-listener")
        self._worker = own if self._elsewhere is None else self._elsewhere.beside(own)
        self._worker.pace(self._share)
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
        if self._in_step:
            self._await(worker, min(self._sent_t, now - EDGE_DELAY_S), PATIENCE_S)
        elif self._aloud and self._share == 1.0:
            self._await(worker, self._sent_t, HARK_S)
        late = self._done_t < self._sent_t and stopwatch() - self._sent_at > PATIENCE_S / self._share
        if late or not worker.alive:
            self._lost(worker)

    def _await(self, worker: Listener, until: float, patience: float) -> None:
        """Take what comes until the listener has worked on all up to `until`, or real time `patience` is over."""
        end = stopwatch() + patience
        while self._done_t < until and worker.alive and (left := end - stopwatch()) > 0.0:
            worker.wait(min(left, 0.5))
            for message in worker.receive():
                self._sort(message)

    def _sort(self, message: Message) -> None:
        match message:
            case Done():
                self._done_t = message.t
                self._sent_at = stopwatch()
                self._level.see(message)
            case Spoke() if message.certain > self._cut_t:
                self._held.append((message.certain + EDGE_DELAY_S, VoiceActivity(message.t, message.speaking)))
            case Recognised() if not self._muted:
                utterance = self._understood(
                    message.t, message.text, "heard", message.confidence if message.text else 0.0, message.recogniser
                )
                self._held.append((message.certain + TEXT_DELAY_S, utterance))
            case Ready():
                self._ready = message
                log.debug("hearing: %s", message.name or message.fault)
        if not self._in_step and self._held:
            self._held = deque((0.0, percept) for _, percept in self._held)

    def _lost(self, worker: Listener) -> None:
        log.error("the listener %s; it is started anew", "hangs" if worker.alive else "ended by itself")
        worker.close()
        self._worker = None
        self._retry_at = stopwatch() + self._retry_s
        self._cut_off()
