"""The listener: a process that takes sound and gives what it heard. It finds speech, measures it and recognises it.

Messages in: ("grammar", language, Grammar, model folder or None), ("sound", t, 16-bit bytes), ("reset",).
Messages out, each a tuple of kind and values: see the classes below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from robot.errors import ModelError
from robot.sense.endpoint import Edge, Endpointer
from robot.sense.recognisers import Recogniser, choose

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from robot.sense.endpoint import Cut
    from robot.sense.grammar import Grammar

CLIPPED = 0.985


class Ready(NamedTuple):
    """A recogniser is there, or `fault` and `remedy` say why not."""

    language: str
    name: str
    fault: str = ""
    remedy: str = ""
    unknown_words: tuple[str, ...] = ()


class Spoke(NamedTuple):
    """Speech began or ended at robot time `t`, which was certain at `certain`."""

    t: float
    certain: float
    speaking: bool


class Recognised(NamedTuple):
    """An utterance that ended at `t`; `text` is empty when it was no whole phrase."""

    t: float
    certain: float
    text: str
    confidence: float
    recogniser: str


class Done(NamedTuple):
    """All sound up to robot time `t` was worked through; level (rms), peak, and the share of clipped samples."""

    t: float
    level: float
    peak: float
    clipped: float


Message = Ready | Spoke | Recognised | Done


def listen(pipe: Connection) -> None:
    """In the process: work until the parent goes."""
    endpointer = Endpointer()
    recogniser: Recogniser | None = None
    while True:
        kind, *values = pipe.recv()
        if kind == "sound":
            t, raw = values
            samples = np.frombuffer(raw, "<i2").astype(np.float32) / 32768
            for cut in endpointer.feed(samples, t):
                for message in _follow(cut, recogniser):
                    pipe.send(message)
            pipe.send(_measured(samples, t))
        elif kind == "grammar":
            language, grammar, model = values
            recogniser, ready = _load(language, grammar, model)
            pipe.send(ready)
        else:
            endpointer.reset()
            if recogniser is not None:
                recogniser.finish()


def _load(language: str, grammar: Grammar, model: Path | None) -> tuple[Recogniser | None, Ready]:
    try:
        recogniser = choose(language, grammar, model)
    except ModelError as error:
        return None, Ready(language, "", error.what, error.remedy)
    return recogniser, Ready(language, recogniser.name, unknown_words=recogniser.unknown_words)


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
    found = recogniser.finish()
    if cut.edge is Edge.DROPPED:
        return [ended]
    return [ended, Recognised(cut.t, cut.certain, found.text, found.confidence, recogniser.name)]


def _measured(samples: np.ndarray, t: float) -> Done:
    loud = np.abs(samples)
    end = t + len(samples) / 16_000
    if not len(samples):
        return Done(end, 0.0, 0.0, 0.0)
    level = float(np.sqrt(np.mean(samples * samples)))
    return Done(end, level, float(loud.max()), float(np.mean(loud > CLIPPED)))
