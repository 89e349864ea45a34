"""The process in which a language model speaks, or a server's is asked: questions in, whole sentences out.

Messages in: ("open", address, settings), once; ("ask", number, language, messages, seed); ("cut", number).
Messages out: ("ready", name), ("away", why, remedy) while a server is not there, or ("fault", why, remedy) and the
process ends; for each question ("said", number, sentence, why not) and ("end", number, why, `AnswerPace`), the last
None where it was cut before it began, or failed.
"""

from __future__ import annotations

import os
import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from robot.core.clock import nap, stopwatch
from robot.core.errors import ModelError
from robot.parts.home_network import is_server
from robot.sense.language.model.fit import Sieve
from robot.sense.language.model.prompt import ChatMessage, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from multiprocessing.connection import Connection

    from robot.texts.sentence import AnyText

NICE = 5  # behind loop, reader and hearing
AGAIN_S = 2.0  # between two looks for a server that is away
TOKENS = 160  # of one answer
LETTERS = 320


class ModelSettings(NamedTuple):
    """What of the configuration the process must know."""

    model: str  # which of a server's
    key: str
    beyond_home: bool
    sentences: int
    memory_mb: int
    language: str  # in which the first answer is likely to be


class AnswerPace(NamedTuple):
    """How fast an answer came."""

    first_s: float  # until its first word
    seconds: float
    pieces: int  # a piece is a token, nearly always

    @property
    def rate(self) -> float:
        """Pieces a second, once the first has come."""
        return (self.pieces - 1) / max(self.seconds - self.first_s, 1e-3)


class ModelEngine(Protocol):
    """What speaks: a server's model, or one in a file."""

    name: str

    def open(self) -> None: ...

    def say(self, messages: Iterable[ChatMessage], *, tokens: int, seed: int, take: Callable[[str], bool]) -> bool: ...

    def cut(self) -> None: ...


def engine_of(address: str, settings: ModelSettings) -> ModelEngine:
    """By where it is."""
    from robot.sense.language.model.file import FileModel  # noqa: PLC0415 - only the process loads them
    from robot.sense.language.model.server import ServerModel  # noqa: PLC0415

    if is_server(address):
        return ServerModel(address, model=settings.model, key=settings.key, beyond_home=settings.beyond_home)
    return FileModel(Path(address).expanduser(), memory_mb=settings.memory_mb)


def suggest(pipe: Connection) -> None:
    """In the process: work until the parent goes."""
    os.nice(NICE)
    _, address, settings = pipe.recv()
    Suggesting(pipe, engine_of(address, settings), settings, lasting=is_server(address)).work()


class Suggesting:
    """Two threads: one takes messages, so that a cut is heard at once; the other speaks."""

    def __init__(self, pipe: Connection, engine: ModelEngine, settings: ModelSettings, *, lasting: bool) -> None:
        """`lasting`: an engine that is away is looked for again."""
        self._pipe = pipe
        self._engine = engine
        self._settings = settings
        self._lasting = lasting
        self._asked: queue.Queue[tuple[int, str, tuple[ChatMessage, ...], int]] = queue.Queue()
        self._cut = 0  # no question up to this number is wanted any more
        threading.Thread(target=self._listen, name="listen", daemon=True).start()

    def work(self) -> None:
        """Open the engine, and answer."""
        if not self._opened():
            return
        while True:
            number, language, messages, seed = self._asked.get()
            if number <= self._cut:
                self._pipe.send(("end", number, "", None))
                continue
            try:
                self._pipe.send(("end", number, "", self._answer(number, language, messages, seed)))
            except ModelError as error:
                self._pipe.send(("end", number, error.what, None))
                if not self._opened():
                    return

    def _opened(self) -> bool:
        """Open the engine, and have it read what holds in every talk, so that the first answer comes sooner."""
        while True:
            try:
                self._engine.open()
                self._engine.say([standing(self._settings.language)], tokens=1, seed=0, take=lambda _: True)
            except ModelError as error:
                self._pipe.send(("away" if self._lasting else "fault", error.what, error.remedy))
                if not self._lasting:
                    return False
                nap(AGAIN_S)
                continue
            self._pipe.send(("ready", self._engine.name))
            return True

    def _answer(self, number: int, language: str, messages: tuple[ChatMessage, ...], seed: int) -> AnswerPace:
        sieve = Sieve(language, sentences=self._settings.sentences, letters=LETTERS)
        began, first, pieces = stopwatch(), 0.0, 0

        def take(piece: str) -> bool:
            nonlocal first, pieces
            first = first or stopwatch() - began
            pieces += 1
            if number <= self._cut:
                return True
            for found in sieve.feed(piece):
                self._tell(number, found.text, found.why)
            return sieve.done

        ended = self._engine.say(messages, tokens=TOKENS, seed=seed, take=take)
        if number > self._cut:
            for found in sieve.finish(cut=not ended):
                self._tell(number, found.text, found.why)
        return AnswerPace(first, stopwatch() - began, pieces)

    def _tell(self, number: int, text: str, why: AnyText) -> None:
        self._pipe.send(("said", number, text, why))

    def _listen(self) -> None:
        while True:
            try:
                kind, *values = self._pipe.recv()
            except (EOFError, OSError):
                os._exit(0)  # the parent has gone; the engine's own threads would keep the process
            self._take(kind, values)

    def _take(self, kind: str, values: list[Any]) -> None:
        if kind == "ask":
            number, language, messages, seed = values
            self._asked.put((number, language, tuple(ChatMessage(*one) for one in messages), seed))
        elif kind == "cut":
            self._cut = max(self._cut, values[0])
            self._engine.cut()
