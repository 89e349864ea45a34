"""The listener's process: takes sound, finds speech in it, recognises it, and gives what it heard.

Messages in: ("grammar", language, Grammar, model folder or None), ("sound", t, 16-bit bytes, anew), ("reset",), and
("played", t, 16-bit bytes, anew): what the robot's own speaker gave out, before the sound in which it is heard.
Messages out: see `robot/sense/hearing/worker_messages.py`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from robot.core.errors import ModelError
from robot.sense.hearing.echo import EchoCanceller
from robot.sense.hearing.endpoint import Edge, Endpointer
from robot.sense.hearing.recognisers import Recogniser, choose
from robot.sense.hearing.worker_messages import Done, Ready, Recognised, Spoke

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from robot.sense.hearing.endpoint import Cut
    from robot.sense.hearing.worker_messages import Message
    from robot.sense.language.grammar import Grammar

CLIPPED = 0.985

NICE = 4  # hearing gives way after sight (robot/sense/sight/sight.py)


def listen(pipe: Connection) -> None:
    """In the process: work until the parent goes, behind the loop where the machine is too busy for both."""
    os.nice(NICE)
    echo, endpointer = EchoCanceller(), Endpointer()
    recogniser: Recogniser | None = None
    while True:
        kind, *values = pipe.recv()
        if kind == "sound":
            t, raw, anew = values
            samples = _samples(raw)
            if anew:
                echo.stumbled()
            for cut in _cuts(samples, t, echo, endpointer):
                for message in _follow(cut, recogniser):
                    pipe.send(message)
            pipe.send(_measured(samples, t))
        elif kind == "played":
            t, raw, anew = values
            if anew:
                echo.stumbled()
            echo.played(_samples(raw), t)
        elif kind == "grammar":
            language, grammar, model = values
            recogniser, ready = _load(language, grammar, model)
            pipe.send(ready)
        else:
            endpointer.reset()
            if recogniser is not None:
                recogniser.finish()


def _samples(raw: bytes) -> np.ndarray:
    return np.frombuffer(raw, "<i2").astype(np.float32) / 32768


def _load(language: str, grammar: Grammar, model: Path | None) -> tuple[Recogniser | None, Ready]:
    try:
        recogniser = choose(language, grammar, model)
    except ModelError as error:
        return None, Ready(language, "", error.what, error.remedy)
    return recogniser, Ready(language, recogniser.name, unknown_words=recogniser.unknown_words)


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
