"""The robot's side of the listener's process (`worker.py`): sound goes in, what it found comes out.

The process starts with the first sound: a robot that is only typed to loads no recogniser. When it ends or hangs it is
started anew.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from robot.core.audio import HEARD_RATE, pcm16
from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.parts.workers import Worker
from robot.sense.hearing import models as speech_models
from robot.sense.hearing.hang_watch import HangWatch
from robot.sense.hearing.level import LevelWatch
from robot.sense.hearing.recognisers import SLOW_S
from robot.sense.hearing.worker_messages import Done, Ready
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, both, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from robot.parts.protocols import Audio, Listener, Listens
    from robot.sense.hearing.worker_messages import Message
    from robot.sense.language.phrases import Phrases

log = logging.getLogger(__name__)

LISTEN = "robot.sense.hearing.worker:listen"
SPARE = frozenset({"sound", "played"})  # of what waits for it, where it is too slow
RETRY_S = 5.0
BEHIND_S = 1.5
NOT_NEEDED = sentence("health.no_recogniser_needed")
NO_DUTY = sentence("health.self_harm_unheard")  # what a person must know who relies on it


class Listening:
    """The client of the listener's process; starts another when one ends or hangs."""

    def __init__(
        self,
        phrases: Phrases,
        language: str,
        models: Path | None = None,
        *,
        engine: str = "",
        wake: str = "",
        retry_s: float = RETRY_S,
        elsewhere: Listens | None = None,
    ) -> None:
        """As in `Hearing`."""
        self._phrases = phrases
        self._language = self._first_language = language
        self._models = models
        self._engine = engine
        self._wake = wake
        self._retry_s = retry_s
        self._elsewhere = elsewhere
        self._worker: Listener | None = None
        self._ready: Ready | None = None
        self._done_t = -1.0
        self._hangs = HangWatch()
        self._failure: AnyText = ""
        self._retry_at = 0.0
        self._level = LevelWatch()
        self._share = 1.0
        self._sent_t = -1.0

    @property
    def share(self) -> float:
        """Of the time that it may work, 0..1."""
        return self._share

    @property
    def sent_t(self) -> float:
        """Robot time up to which it was given sound."""
        return self._sent_t

    @property
    def running(self) -> bool:
        """There is one."""
        return self._worker is not None

    def start(self) -> None:
        """Have one from now on, unless one was lost, or could not be had, a moment ago."""
        if self._worker is None and stopwatch() >= self._retry_at:
            try:
                own = Worker(LISTEN, name="bowlby-listener", spare=SPARE)
            except OSError as error:
                self._do_without(sentence("health.listener_not_started", error=str(error)))
                return
            self._worker = own if self._elsewhere is None else self._elsewhere.with_fallback(own)
            self._worker.pace(self._share)
            self._sent_t = self._done_t = -1.0
            self._send_grammar(self._worker)

    def understand(self, phrases: Phrases, language: str) -> None:
        """By these tables, and this language, from now on."""
        self._phrases, self._language = phrases, language
        if self._worker is not None:
            self._send_grammar(self._worker)

    def give(self, audio: Audio) -> None:
        """A block of sound."""
        if self._worker is None:
            return
        if self._done_t >= self._sent_t:
            self._hangs.gets_on(self._worker)
        self._sent_t = audio.t + len(audio.samples) / HEARD_RATE
        self._worker.send(("sound", audio.t, pcm16(audio.samples), audio.anew))

    def played(self, played: Iterable[Audio]) -> None:
        """What the robot's own speaker played, before the sound in which it is heard."""
        if self._worker is not None:
            for audio in played:
                self._worker.send(("played", audio.t, pcm16(audio.samples), audio.anew))

    def reset(self) -> None:
        """Forget what was begun."""
        if self._worker is not None:
            self._worker.send(("reset",))

    def pace(self, share: float) -> None:
        """Work so much of the time only."""
        self._share = share
        if self._worker is not None:
            self._worker.pace(share)

    def other_room(self) -> None:
        """Sound comes from another place from now on, where it has another level."""
        self._level = LevelWatch()

    def collect(self, until: float, patience: float) -> list[Message]:
        """What came. It is waited for until all that was given up to robot time `until` is worked on, it is lost, or
        real time `patience` is over.
        """
        worker = self._worker
        if worker is None:
            return []
        found = self._received(worker)
        end = stopwatch() + patience
        until = min(until, self._sent_t)
        while self._done_t < until and not self._wrong(worker) and (left := end - stopwatch()) > 0.0:
            worker.wait(min(left, 0.5))
            found += self._received(worker)
        return found

    def lost(self) -> bool:
        """Whether it ended or hangs; another is started a while later."""
        worker = self._worker
        if worker is None or not (failure := self._wrong(worker)):
            return False
        self.close()
        self._ready = None
        self._do_without(failure)
        return True

    def _do_without(self, failure: AnyText) -> None:
        """For a while, and then another is started."""
        self._failure = failure
        log.error("%s", words(failure))
        self._retry_at = stopwatch() + self._retry_s

    @property
    def failure(self) -> AnyText:
        """Why the last one was lost, until another is ready."""
        return self._failure

    def _wrong(self, worker: Listener) -> AnyText:
        """How it ended, or that it hangs."""
        if not worker.alive:
            return sentence("health.listener_died", how=worker.ended)
        if self._done_t >= self._sent_t:
            return ""
        still_s = self._hangs.looks(worker, self._share)
        return "" if still_s is None else sentence("health.listener_hangs", seconds=still_s)

    def health(self, ears: AnyText) -> Health:
        """How the sound is, and which recogniser works on it; `ears`: where it comes from."""
        return self._level.trouble() or self._works(ears)

    @property
    def level(self) -> float:
        """How loud the last block was, rms 0..1."""
        return self._level.rms

    @property
    def recogniser(self) -> str:
        """Name of the recogniser in use; empty before sound came."""
        return self._ready.name if self._ready is not None else ""

    @property
    def sentence_s(self) -> float:
        """Seconds that the recogniser takes for a sentence on this machine, where it was measured."""
        return self._ready.sentence_s if self._ready is not None else 0.0

    @property
    def wake(self) -> str:
        """The word that it waits for, as people say it."""
        return self._ready.wake if self._ready is not None else self._wake

    @property
    def dictates(self) -> bool:
        """It takes any words down, not only phrases that are listed."""
        return self._ready is not None and self._ready.dictates

    @property
    def deaf(self) -> bool:
        """Sound came, and no recogniser can be had for it; `health` tells why."""
        return self._ready is not None and bool(self._ready.fault)

    @property
    def pid(self) -> int | None:
        """Process id, for those who watch it."""
        return self._worker.pid if self._worker is not None else None

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _works(self, ears: AnyText) -> Health:
        if self._failure:
            return Health("hearing", Condition.FAULT, self._failure, sentence("health.tried_again"), "listener_lost")
        if self._worker is None:
            return Health("hearing", Condition.OK, both(ears, NOT_NEEDED))
        if self._ready is None:
            return Health("hearing", Condition.LESSER, sentence("health.recogniser_loads"))
        return self._understands(self._ready) or self._calls(self._ready) or self._keeps_up(self._ready, ears)

    def _understands(self, ready: Ready) -> Health | None:
        """What is wrong with what it hears with, if anything is."""
        if ready.fault:
            return Health("hearing", Condition.FAULT, both(ready.fault, NO_DUTY), ready.remedy, "no_words")
        if not ready.dictates:
            phrases_only = both(sentence("health.phrases_only", recogniser=ready.name), NO_DUTY)
            fetch = sentence("health.fetch_model", language=self._language)
            return Health("hearing", Condition.FAULT, phrases_only, fetch, "phrases_only")
        return None

    def _calls(self, ready: Ready) -> Health | None:
        """What is wrong with the word that it waits for, if anything is."""
        if not ready.no_wake:
            return None
        reason = sentence("health.wake_unheard", word=ready.wake, why=ready.no_wake)
        return Health("hearing", Condition.FAULT, reason, ready.no_wake_remedy, "no_wake_word")

    def _keeps_up(self, ready: Ready, ears: AnyText) -> Health:
        behind = self._sent_t - self._done_t
        if behind > BEHIND_S and self._done_t >= 0.0:
            reason = sentence("health.understands_late", seconds=behind)
            return Health("hearing", Condition.LESSER, reason, sentence("health.end_other_programs"))
        if self._share < 1.0:
            starved = sentence("health.recogniser_starved", recogniser=ready.name, percent=100.0 * self._share)
            return Health("hearing", Condition.LESSER, starved, sentence("health.give_more_processor"))
        if ready.sentence_s > SLOW_S:
            slow = sentence("health.recogniser_slow", recogniser=ready.name, seconds=ready.sentence_s)
            return Health("hearing", Condition.LESSER, slow, sentence("health.fetch_light", language=self._language))
        hears_with = both(ready.name, ready.by_words) if ready.by_words else ready.name
        return Health("hearing", Condition.OK, both(hears_with, ears))

    def _received(self, worker: Listener) -> list[Message]:
        found: list[Message] = worker.receive()
        for message in found:
            match message:
                case Done():
                    self._done_t = message.t
                    self._hangs.gets_on(worker)
                    self._level.see(message)
                case Ready():
                    self._ready, self._failure = message, ""
                    self._hangs.gets_on(worker)
                    log.debug("hearing: %s", message.name or words(message.fault))
                    if message.by_words:
                        log.warning("hearing: %s", words(message.by_words))
        return found

    def _send_grammar(self, worker: Listener) -> None:
        self._ready = None
        grammar = self._phrases.grammar(self._language)
        worker.send(("grammar", self._language, grammar, self._folders(), self._wake))

    def _folders(self) -> tuple[Path, ...]:
        """Where the models of the present language lie, the best one first. A folder that was asked for but holds none
        is given as it is, so that the recogniser tells what is wrong with it.
        """
        if self._engine == speech_models.SPHINX:
            return ()
        asked = self._models
        if asked is None:
            return speech_models.find(self._language, engine=self._engine)
        if self._language != self._first_language:
            below = speech_models.find(self._language, asked, self._engine)
            return below or speech_models.find(self._language, engine=self._engine)
        if speech_models.is_model(asked):
            return (asked,)
        return speech_models.find(self._language, asked, self._engine) or (asked,)
