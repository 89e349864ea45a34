"""Piper's voices in a process of their own (see `robot/express/natural.py`), which can be killed and cut short.

In: (number, text, file of the voice, how much slower, pitch), ("load", file): it is about to be asked for, and
("drop",): what was asked for so far is wanted no more. Out: (number, 16-bit bytes, rate, fault); -1: a fault of all.
"""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.core.errors import ModelError
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from robot.express.piper.network import VoiceNetwork

LOAD, DROP = "load", "drop"
LOUDEST = 32767


def speak(pipe: Connection) -> None:
    """Render what comes, until the parent goes."""
    try:
        mouth = _Mouth()
    except (ImportError, OSError, ModelError) as error:
        fault = error.what if isinstance(error, ModelError) else str(error)
        pipe.send((-1, b"", 0, sentence("health.voice_not_loaded", error=fault)))
        pipe.recv()
        return
    threading.Thread(target=_receive, args=(pipe, mouth), daemon=True).start()
    while True:
        answer = mouth.next()
        if answer is not None:
            pipe.send(answer)


def _receive(pipe: Connection, mouth: _Mouth) -> None:
    try:
        while True:
            mouth.take(pipe.recv())
    except EOFError:
        mouth.take(None)


class _Mouth:
    """What the process holds: the voices that were asked for, and what it is to say."""

    def __init__(self) -> None:
        import onnxruntime  # noqa: PLC0415 - where it is missing it is told as a fault

        from robot.express.piper.phonemes import Phonemizer  # noqa: PLC0415

        self._options = onnxruntime.RunOptions
        self._phonemizer = Phonemizer()
        self._voices: dict[str, VoiceNetwork] = {}
        self._asked: deque[Any] = deque()
        self._change = threading.Condition()
        self._running: Any = None  # RunOptions of the sentence that is being rendered

    def take(self, message: Any) -> None:
        """In the thread that receives; None when the parent is gone."""
        with self._change:
            if message is not None and message[0] == DROP:
                self._asked.clear()
                if self._running is not None:
                    self._running.terminate = True
            else:
                self._asked.append(message)
            self._change.notify()

    def next(self) -> tuple[int, bytes, int, AnyText] | None:
        """Do what is asked next; None where that has no answer. Raises EOFError."""
        with self._change:
            while not self._asked:
                self._change.wait()
            asked = self._asked.popleft()
            run = self._running = self._options()
        if asked is None:
            raise EOFError
        try:
            if asked[0] == LOAD:
                self._voice(asked[1])
                return None
            return self._rendered(run, *asked)
        except ModelError as error:
            if run.terminate or asked[0] == LOAD:  # the first sentence by a voice that is damaged tells it
                return None
            return asked[0], b"", 0, error.what
        finally:
            with self._change:
                self._running = None

    def _voice(self, file: str) -> VoiceNetwork:
        from robot.express.piper.network import VoiceNetwork  # noqa: PLC0415

        if file not in self._voices:
            self._voices[file] = VoiceNetwork(Path(file))
        return self._voices[file]

    def _rendered(
        self, run: Any, number: int, text: str, file: str, slower: float, pitch: float
    ) -> tuple[int, bytes, int, AnyText]:
        """Higher is faster: what is made slower by as much comes out as long as it should be."""
        voice = self._voice(file)
        samples = voice.spoken(text, self._phonemizer, slower * pitch, run)
        return number, (samples * LOUDEST).astype("<i2").tobytes(), round(voice.rate * pitch), ""
