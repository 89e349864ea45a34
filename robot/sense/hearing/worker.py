"""The listener's process: takes sound, finds speech in it, recognises it, and gives what it heard.

Messages in: ("grammar", language, Grammar, folders of models), ("sound", t, 16-bit bytes, anew), ("reset",), and
("played", t, 16-bit bytes, anew): what the robot's own speaker gave out, before the sound in which it is heard.
Messages out: see `robot/sense/hearing/worker_messages.py`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from robot.core.audio import HEARD_RATE
from robot.core.errors import ModelError
from robot.sense.hearing.echo import EchoCanceller
from robot.sense.hearing.end_detector import EndDetector
from robot.sense.hearing.endpoint import Edge, Endpointer
from robot.sense.hearing.recognisers import choose
from robot.sense.hearing.turn import Turns
from robot.sense.hearing.worker_messages import Done, Ready, Recognised, Spoke
from robot.sense.language.grammar import Grammar
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from robot.sense.hearing.endpoint import Cut
    from robot.sense.hearing.recogniser import Recogniser
    from robot.sense.hearing.worker_messages import Message

CLIPPED = 0.985
LONG_PAUSE, LEAD_IN = int(0.35 * HEARD_RATE), int(0.3 * HEARD_RATE)  # samples
TAIL = int(0.13 * HEARD_RATE)  # samples of silence left out: with more of it, whoever stopped on the way sounds at ease

NICE = 4  # hearing gives way after sight (robot/sense/sight/sight.py)


def listen(pipe: Connection) -> None:
    """In the process: work until the parent goes, behind the loop where the machine is too busy for both."""
    os.nice(NICE)
    ear = _Ear()
    while True:
        kind, *values = pipe.recv()
        for message in getattr(ear, kind)(*values):
            pipe.send(message)


class _Ear:
    """What the process holds; a method for each message that comes in, which gives those that go out."""

    def __init__(self) -> None:
        self._echo, self._endpointer = EchoCanceller(), Endpointer()
        self._recogniser: Recogniser | None = None
        self._turns = Turns("", Grammar((), {}))
        self._ending: EndDetector | None = None
        self._stretch: list[np.ndarray] = []

    def grammar(self, language: str, grammar: Grammar, folders: Sequence[Path]) -> Iterator[Message]:
        self._turns = Turns(language, grammar)
        self._recogniser = None  # one less in memory while the next is loaded
        self._recogniser, ready = _load(language, grammar, folders)
        if not ready.dictates:
            self._ending = None
        elif self._ending is None:
            try:
                self._ending = EndDetector()
            except ModelError as error:
                ready = ready._replace(by_words=error.what)
        yield ready

    def sound(self, t: float, raw: bytes, anew: bool) -> Iterator[Message]:  # noqa: FBT001 - as it is sent
        samples = _samples(raw)
        if anew:
            self._echo.stumbled()
        for cut in _cuts(samples, t, self._echo, self._endpointer):
            self._keep(cut)
            if cut.edge is Edge.WEIGH:
                self._weigh()
            else:
                yield from _follow(cut, self._recogniser)
        yield _measured(samples, t)

    def played(self, t: float, raw: bytes, anew: bool) -> Iterator[Message]:  # noqa: FBT001 - as it is sent
        if anew:
            self._echo.stumbled()
        self._echo.played(_samples(raw), t)
        yield from ()

    def reset(self) -> Iterator[Message]:
        self._endpointer.reset()
        if self._recogniser is not None:
            self._recogniser.drop()
        yield from ()

    def _keep(self, cut: Cut) -> None:
        """What was said since the last long pause: with that in it, nobody sounds as if they had ended."""
        if self._ending is None:
            return
        samples = cut.samples
        resumed = cut.edge is Edge.MORE and len(samples) > LONG_PAUSE
        if resumed:
            samples = samples[-LEAD_IN:]
        if resumed or cut.edge is Edge.BEGIN:
            self._stretch.clear()
        self._stretch.append(samples)

    def _weigh(self) -> None:
        """Wait as long as is fitting after what was said so far, and how. The melody comes first: it is weighed while
        the recogniser's own thread still reads the words.
        """
        if self._recogniser is None:
            return
        ended = None if self._ending is None else self._ending.probability(np.concatenate(self._stretch)[:-TAIL])
        self._endpointer.wait(self._turns.hangover_s(self._recogniser.so_far().text, ended))


def _samples(raw: bytes) -> np.ndarray:
    return np.frombuffer(raw, "<i2").astype(np.float32) / 32768


def _load(language: str, grammar: Grammar, folders: Sequence[Path]) -> tuple[Recogniser | None, Ready]:
    try:
        recogniser = choose(language, grammar, folders)
    except ModelError as error:
        return None, Ready(language, "", error.what, error.remedy)
    except (ImportError, OSError) as error:  # a library that this machine lacks
        fault = sentence("health.recogniser_not_loaded", error=str(error))
        return None, Ready(language, "", fault, sentence("health.set_up_again"))
    ready = Ready(
        language,
        recogniser.name,
        unknown_words=recogniser.unknown_words,
        dictates=recogniser.dictates,
        sentence_s=recogniser.sentence_s,
    )
    return recogniser, ready


def _cuts(samples: np.ndarray, t: float, echo: EchoCanceller, endpointer: Endpointer) -> list[Cut]:
    """The edges of others' speech in what was heard."""
    cleaned, begun = echo.clean(samples, t)
    eager = echo.sounds(begun)
    cuts = endpointer.feed(cleaned, begun, eager=eager)
    if eager and any(cut.edge is Edge.BEGIN for cut in cuts) and echo.astray():
        endpointer.reset()
        return []
    return cuts


def _follow(cut: Cut, recogniser: Recogniser | None) -> list[Message]:
    if recogniser is not None and len(cut.samples):
        recogniser.feed(cut.samples)
    if cut.edge is Edge.BEGIN:
        return [Spoke(cut.t, cut.certain, speaking=True)]
    if cut.edge is Edge.PAUSE and recogniser is not None:
        recogniser.pause()
    if cut.edge not in (Edge.END, Edge.DROPPED):
        return []
    ended = Spoke(cut.t, cut.certain, speaking=False)
    if recogniser is None:
        return [ended]
    if cut.edge is Edge.DROPPED:
        recogniser.drop()
        return [ended]
    found = recogniser.finish()
    return [ended, Recognised(cut.t, cut.certain, found.text, found.confidence, recogniser.name)]


def _measured(samples: np.ndarray, t: float) -> Done:
    loud = np.abs(samples)
    end = t + len(samples) / 16_000
    if not len(samples):
        return Done(end, 0.0, 0.0, 0.0)
    level = float(np.sqrt(np.mean(samples * samples)))
    return Done(end, level, float(loud.max()), float(np.mean(loud > CLIPPED)))
