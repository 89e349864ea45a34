"""The natural voice: Piper's, one network a language, rendered piece by piece, and espeak-ng wherever it fails.

A long text is rendered sentence by sentence, and a long first sentence up to a comma, so that it sounds soon. What the
network cannot do, espeak-ng does; that is told as long as it lasts.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from robot.core.clock import stopwatch
from robot.core.condition import Condition, Health
from robot.express.piper.process import DROP, LOAD
from robot.express.renderer import Renderer
from robot.texts.catalogue import words
from robot.texts.sentence import AnyText, both, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from robot.express.rendering import Rendering, SpeechRequest
    from robot.parts.workers import Worker

log = logging.getLogger(__name__)

SPEAK = "robot.express.piper.process:speak"
STILL_S = 5.0  # without any work done: it hangs, however slow the machine is
LOOK_S = 0.2  # between two looks at what it has done
SLOWEST, FASTEST = 0.7, 1.4
LOWEST, HIGHEST = 0.85, 1.15  # of pitch: beyond, it sounds like another
SENTENCE_END = re.compile(r"(?<=[.!?…])(?:\s*[»”\")]+)?\s+")  # with what closes a quotation: it is not spoken
CLAUSE_END = re.compile(r"(?<=[,;:–—])\s+")
SOON = 60  # characters that are rendered at once, so that they sound in time on one core
SHORTEST = 12  # characters: less is not cut off by itself


class NaturalRenderer(Renderer):
    """Renders by Piper's networks, which lie in the files given by language."""

    TARGET = SPEAK

    def __init__(self, files: dict[str, Path], first: str = "") -> None:
        """`first`: the language that will be asked for first; its network is made ready beforehand."""
        self._first = str(files.get(first, ""))
        self._toil = -1.0
        self._looked_at = 0.0
        super().__init__(files, STILL_S)

    def pieces(self, wording: SpeechRequest) -> tuple[SpeechRequest, ...]:
        parts = [part for part in SENTENCE_END.split(wording.text.strip()) if part]
        if parts and len(parts[0]) > SOON:
            parts[:1] = _halves(parts[0])
        return tuple(wording._replace(text=part) for part in parts) or (wording,)

    def forget(self) -> None:
        if self._waiting and self._worker is not None:
            self._worker.send((DROP,))
            self._waiting.clear()
            self._asked.clear()

    def _start(self) -> Worker:
        worker = super()._start()
        if self._first:
            worker.send((LOAD, self._first))
        return worker

    def _hangs(self, worker: Worker) -> bool:
        now = stopwatch()
        if now - self._looked_at < LOOK_S:
            return False
        self._looked_at, toil = now, worker.toil
        if toil != self._toil:
            self._toil, self._since = toil, now
        return super()._hangs(worker)

    def _manner(self, wording: SpeechRequest) -> tuple[Any, ...]:
        slower = 1.0 / min(max(wording.rate, SLOWEST), FASTEST)
        return str(self._timbres[wording.language]), slower, min(max(wording.pitch, LOWEST), HIGHEST)

    def _well(self) -> AnyText:
        return sentence("health.natural_voice", voices=", ".join(sorted(file.stem for file in self._timbres.values())))


class Voices:
    """A renderer that has the natural voice say what it can, and espeak-ng the rest."""

    def __init__(self, natural: Renderer, plain: Renderer, missing: dict[str, Health], first: str = "") -> None:
        """`missing`: why a language has no natural voice; `first`: the language that is spoken at first."""
        self._natural, self._plain, self._missing = natural, plain, missing
        self._language = first
        self._plainly: set[SpeechRequest] = set()  # what the natural voice could not say
        self._failed: AnyText = ""

    @property
    def languages(self) -> tuple[str, ...]:
        return self._plain.languages

    @property
    def pid(self) -> int | None:
        return self._natural.pid

    def pieces(self, wording: SpeechRequest) -> tuple[SpeechRequest, ...]:
        return self._of(wording).pieces(wording)

    def ask(self, wording: SpeechRequest) -> None:
        self._language = wording.language
        self._of(wording).ask(wording)

    def take(self, wording: SpeechRequest) -> Rendering | None:
        found = self._of(wording).take(wording)
        if found is None or not self._failed_at(wording, found):
            return found
        self._plain.ask(wording)
        return self.take(wording)

    def wait(self, wording: SpeechRequest) -> Rendering:
        self._language = wording.language
        found = self._of(wording).wait(wording)
        return self.wait(wording) if self._failed_at(wording, found) else found

    def forget(self) -> None:
        self._natural.forget()
        self._plain.forget()
        self._plainly.clear()

    def tend(self) -> None:
        self._natural.tend()
        self._plain.tend()

    def health(self) -> Health:
        plain, natural = self._plain.health(), self._natural.health()
        fault = self._failed or (natural.reason if natural.condition is Condition.FAULT else "")
        missing = self._missing.get(self._language)
        if plain.condition is Condition.FAULT and (fault or missing):
            return plain
        if fault:
            return Health("voice", Condition.LESSER, both(fault, sentence("health.said_by_espeak")), natural.remedy)
        return missing or natural

    def close(self) -> None:
        self._natural.close()
        self._plain.close()

    def _failed_at(self, wording: SpeechRequest, found: Rendering) -> bool:
        """Whether the natural voice could not say this, so that espeak-ng is asked. Why is told once, and holds until
        the natural voice speaks again.
        """
        if self._of(wording) is self._plain:
            self._plainly.discard(wording)  # the next time it is tried again
            return False
        if found.fault:
            self._plainly.add(wording)
            if found.fault != self._failed:
                log.warning("%s", words(both(found.fault, sentence("health.said_by_espeak"))))
        self._failed = found.fault
        return bool(found.fault)

    def _of(self, wording: SpeechRequest) -> Renderer:
        able = wording.language in self._natural.languages and wording not in self._plainly
        return self._natural if able else self._plain


def _halves(text: str) -> list[str]:
    """A long sentence up to the last end of a clause that comes soon, and the rest; or the whole."""
    ends = [found for found in CLAUSE_END.finditer(text) if SHORTEST <= found.start() <= SOON]
    if not ends or len(text) - ends[-1].end() < SHORTEST:
        return [text]
    return [text[: ends[-1].start()], text[ends[-1].end() :]]
