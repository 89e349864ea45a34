"""The listener's process: takes sound, finds speech in it, recognises it, and gives what it heard.

Messages in: ("grammar", language, Grammar, folders of models, wake word), ("sound", t, 16-bit bytes, anew), ("reset",),
and ("played", t, 16-bit bytes, anew): what the robot's own speaker gave out, before the sound in which it is heard.
Messages out: see `robot/sense/hearing/worker_messages.py`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from robot.core.audio import HEARD_RATE, from_pcm16
from robot.core.errors import ModelError
from robot.sense.hearing.completeness import Completeness
from robot.sense.hearing.end_detector import EndDetector
from robot.sense.hearing.endpoint import CHUNK_S, Edge
from robot.sense.hearing.others_speech import OthersSpeech
from robot.sense.hearing.recogniser import RecognisedText
from robot.sense.hearing.recognisers import choose
from robot.sense.hearing.turn import UNFINISHED_S, Turns
from robot.sense.hearing.wake_word import CallByWord, WakeWord
from robot.sense.hearing.worker_messages import Done, Ready, Recognised, Spoke, Woken
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
BEFORE = int(1.5 * HEARD_RATE)  # samples before where a wake word is certain, among which it is; more are other words

NICE = 4  # hearing gives way after sight (robot/sense/sight/sight.py)


def listen(pipe: Connection) -> None:
    """In the process: work until the parent goes, behind the loop where the machine is too busy for both."""
    os.nice(NICE)
    try:
        ear: _Ear | _DeafEar = _Ear()
    except ModelError as error:
        ear = _DeafEar(error)
    while True:
        kind, *values = pipe.recv()
        for message in getattr(ear, kind)(*values):
            pipe.send(message)


class _Ear:
    """What the process holds; a method for each message that comes in, which gives those that go out."""

    def __init__(self) -> None:
        self._others = OthersSpeech()
        self._recogniser: Recogniser | None = None
        self._loaded: tuple[str, Grammar, Sequence[Path]] | None = None  # for what it was loaded
        self._ready = Ready("", "")
        self._turns = Turns("", Grammar((), {}))
        self._ending: EndDetector | None = None
        self._completeness: Completeness | None = None
        self._stretch: list[np.ndarray] = []
        self._wake: WakeWord | None = None
        self._call: CallByWord | None = None  # by the wake word, in this utterance
        self._said = 0  # samples of this utterance
        self._parts: list[RecognisedText] = []  # of it, where it is so long that it comes in several
        self._inside = False  # somebody speaks

    def grammar(self, language: str, grammar: Grammar, folders: Sequence[Path], wake: str = "") -> Iterator[Message]:
        if self._recogniser is None or self._loaded != (language, grammar, folders):
            self._recogniser = None  # one less in memory while the next is loaded
            self._recogniser, self._ready = _load(language, grammar, folders)
            self._loaded = language, grammar, folders
        self._drop_begun()
        ready = self._ready
        if not ready.dictates:
            self._ending = None
        elif self._ending is None:
            try:
                self._ending, self._completeness = EndDetector(), Completeness.load()
            except ModelError as error:
                ready = ready._replace(by_words=error.what)
        self._turns = Turns(language, grammar, self._completeness)
        self._wake = None
        if wake:
            try:
                self._wake = WakeWord(wake)
                ready = ready._replace(wake=self._wake.word)
            except ModelError as error:
                ready = ready._replace(wake=wake, no_wake=error.what, no_wake_remedy=error.remedy)
        yield ready

    def sound(self, t: float, raw: bytes, anew: bool) -> Iterator[Message]:  # noqa: FBT001 - as it is sent
        samples = from_pcm16(raw)
        heard = self._others.heard(samples, t, anew=anew)
        for cut in heard.cuts:
            self._keep(cut)
            if cut.edge is Edge.WEIGH:
                self._weigh()
            else:
                yield from self._follow(cut)
        if self._wake is not None and self._wake.heard(heard.samples):
            yield self._called(heard.t + len(heard.samples) / HEARD_RATE, self._wake)
        yield _measured(samples, t)

    def _called(self, t: float, wake: WakeWord) -> Woken:
        """By the word. What counts of the utterance is behind it, unless much was said before."""
        if not self._inside:
            return Woken(t, t, alone=True)
        self._call = CallByWord(wake.word)
        if self._recogniser is not None and not self._recogniser.dictates:  # the word is none of its phrases
            self._recogniser.drop()
            self._call.apart = True
        elif self._said > BEFORE:  # much was said before it: all of that counts
            self._call.late = True
        return Woken(t, t, alone=False)

    def played(self, t: float, raw: bytes, anew: bool) -> Iterator[Message]:  # noqa: FBT001 - as it is sent
        self._others.played(from_pcm16(raw), t, anew=anew)
        yield from ()

    def reset(self) -> Iterator[Message]:
        self._others.reset()
        self._inside, self._call = False, None
        self._drop_begun()
        yield from ()

    def _drop_begun(self) -> None:
        """What was begun of an utterance."""
        if self._recogniser is not None:
            self._recogniser.drop()
        self._parts.clear()

    def _keep(self, cut: Cut) -> None:
        """What was said since the last long pause: with that in it, nobody sounds as if they had ended."""
        self._inside = cut.goes_on or cut.edge not in (Edge.END, Edge.DROPPED)
        self._said = len(cut.samples) + (0 if cut.edge is Edge.BEGIN else self._said)
        if self._call is not None and cut.edge is Edge.MORE:
            self._call.voice(CHUNK_S)
        if self._ending is None:
            return
        samples = cut.samples
        resumed = cut.edge is Edge.MORE and len(samples) > LONG_PAUSE
        if resumed:
            samples = samples[-LEAD_IN:]
        if resumed or cut.edge is Edge.BEGIN or cut.goes_on:
            self._stretch.clear()
        self._stretch.append(samples)

    def _weigh(self) -> None:
        """Wait as long as is fitting after what was said so far, and how. The melody comes first: it is weighed while
        the recogniser's own thread still reads the words.
        """
        if self._recogniser is None:
            return
        call = self._call
        if call is not None and call.alone:
            self._others.wait(UNFINISHED_S)
            return
        ended = None if self._ending is None else self._ending.probability(np.concatenate(self._stretch)[:-TAIL])
        text = self._recogniser.so_far().text
        self._others.wait(self._turns.hangover_s(text if call is None else call.behind(text), ended))

    def _follow(self, cut: Cut) -> list[Message]:
        recogniser = self._recogniser
        if recogniser is not None and len(cut.samples):
            recogniser.feed(cut.samples)
        if cut.edge is Edge.BEGIN:
            return [Spoke(cut.t, cut.certain, speaking=True)]
        call = self._call
        if cut.edge is Edge.PAUSE and recogniser is not None and (call is None or not call.alone):
            recogniser.pause()
        if cut.goes_on and recogniser is not None:
            self._parts.append(recogniser.finish())
        if cut.goes_on or cut.edge not in (Edge.END, Edge.DROPPED):
            return []
        self._call = None
        ended = Spoke(cut.t, cut.certain, speaking=False)
        if recogniser is None:
            return [ended]
        if cut.edge is Edge.DROPPED:
            recogniser.drop()
            return [ended] if call is None else [ended, Woken(cut.t, cut.certain, alone=True)]
        found = self._joined(recogniser.finish())
        text = found.text if call is None else call.behind(found.text)
        if not text and (found.text or (call is not None and call.alone)):
            return [ended, Woken(cut.t, cut.certain, alone=True)]
        return [ended, Recognised(cut.t, cut.certain, text, found.confidence, recogniser.name)]

    def _joined(self, last: RecognisedText) -> RecognisedText:
        """All that was said, of which this is the last part; as sure as the least sure of it."""
        parts = [part for part in (*self._parts, last) if part.text]
        self._parts.clear()
        return RecognisedText(
            " ".join(part.text for part in parts), min((part.confidence for part in parts), default=0.0)
        )


class _DeafEar:
    """In its place where no voice can be found: tells why, and takes sound as the other does."""

    def __init__(self, error: ModelError) -> None:
        self._error = error

    def grammar(self, language: str, *_: object) -> Iterator[Message]:
        yield Ready(language, "", self._error.what, self._error.remedy)

    def sound(self, t: float, raw: bytes, _: object) -> Iterator[Message]:
        yield _measured(from_pcm16(raw), t)

    def played(self, *_: object) -> Iterator[Message]:
        yield from ()

    def reset(self) -> Iterator[Message]:
        yield from ()


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


def _measured(samples: np.ndarray, t: float) -> Done:
    loud = np.abs(samples)
    end = t + len(samples) / 16_000
    if not len(samples):
        return Done(end, 0.0, 0.0, 0.0)
    level = float(np.sqrt(np.mean(samples * samples)))
    return Done(end, level, float(loud.max()), float(np.mean(loud > CLIPPED)))
