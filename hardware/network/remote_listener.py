"""The end of far hearing that lends: a listener's process for each robot that asks. The robot's is in `hearing.py`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hardware.network.hearing import SOUND
from robot.core.clock import stopwatch
from robot.parts.workers import Worker
from robot.recording.plain import plain
from robot.sense.hearing import models
from robot.sense.hearing.worker_client import LISTEN, SPARE
from robot.sense.language.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

WAKE = re.compile(r"\w+")  # a name, no path
MOST_HEARD = 8  # robots at a time
FORGOTTEN_S = 10.0


def _read(header: Any, payload: bytes) -> Iterator[tuple[Any, ...]]:
    """What a listener is told, of what has come. Raises ValueError, TypeError or AttributeError where it cannot be."""
    at = 0
    for kind, *values in header:
        if kind == "grammar":
            language, phrases, slots, commands, wake = values
            if wake and WAKE.fullmatch(wake) is None:
                raise ValueError("a wake word of one's own is heard by the robot's own machine alone")
            words = {name: tuple(listed) for name, listed in slots.items()}
            grammar = Grammar(tuple(phrases), words, tuple(commands))
            yield kind, language, grammar, models.find(language), wake
        elif kind in SOUND:
            t, size, anew = values
            sound = payload[at : at + size]
            if len(sound) != size or size % 2:
                raise ValueError(f"{len(sound)} bytes are no sound of {size}")
            yield kind, float(t), sound, bool(anew)
            at += size
        elif kind == "reset":
            yield (kind,)
        else:
            raise ValueError(f"no message of a listener: {kind!r}")


class Stenographer:
    """Passes on to listeners what their robots send. One thread calls it."""

    def __init__(self) -> None:
        self._listeners: dict[str, tuple[Worker, float]] = {}

    def answer(self, who: str, payload: bytes, attachment: bytes) -> bytes:
        """Pass on to the listener of `who` what it is told, and give what it has said. Raises ValueError for what
        cannot be read. Without a header it is nothing but a knock.
        """
        self._forget()
        if not attachment:
            return b""
        try:
            told = list(_read(json.loads(attachment), payload))
        except (TypeError, AttributeError) as error:
            raise ValueError(f"not what a listener takes: {error}") from error
        worker = self._listener(who, begins=bool(told) and told[0][0] == "grammar")
        for message in told:
            worker.send(message)
        said = [{"kind": type(one).__name__.lower(), **plain(one)} for one in worker.receive()]
        return json.dumps(said).encode()

    def _listener(self, who: str, *, begins: bool) -> Worker:
        """That of `who`. A new one must be told first what to listen for, else it would understand nothing."""
        worker, _ = self._listeners.get(who, (None, 0.0))
        if worker is None or not worker.alive:
            if not begins:
                raise ValueError("begin with a grammar")
            if len(self._listeners) >= MOST_HEARD:
                raise ValueError("enough robots are listened to")
            worker = Worker(LISTEN, name="bowlby-lent-listener", spare=SPARE)
        self._listeners[who] = worker, stopwatch()
        return worker

    def _forget(self) -> None:
        """End the listeners of robots that have not asked for a while."""
        for who, (worker, asked) in list(self._listeners.items()):
            if stopwatch() - asked > FORGOTTEN_S or not worker.alive:
                worker.close()
                del self._listeners[who]

    def close(self) -> None:
        for worker, _ in self._listeners.values():
            worker.close()
        self._listeners.clear()
