"""pyttsx3 over espeak-ng in a process of its own (see `renderer.py`). It imports next to nothing, so it starts fast.

What espeak-ng renders depends, in a few samples, on what it rendered before. So that a sentence always sounds the same,
each has an espeak-ng that never spoke: a copy of this process (a fork) renders one, and ends. In a talk the next copy
is made ready beforehand; at rest there is none.

In: (number, text, voice, words a minute, pitch). Out: (number, 16-bit bytes, rate, fault); number -1: a fault of all.
"""

from __future__ import annotations

import os
import signal
import wave
from multiprocessing import Pipe
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from robot.parts.workers import at_parents_end
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

AGAIN = 2  # tries more: on a busy machine one sentence in some hundreds comes out empty, with no error, or never
PATIENCE_S = 1.5  # with one try; rendering takes some 10 ms
READY_S = 60.0  # since the last sentence; afterwards a copy, 16 MiB, is made when it is needed, which takes 3 ms more
TURN_S = 0.0005  # espeak-ng looks every 20 ms whether it is done, pyttsx3 every 10; at 0 one keeps the other waiting


def speak(pipe: Connection) -> None:
    """Render what comes, until the parent goes."""
    try:
        import pyttsx3  # noqa: F401, PLC0415 - loads espeak-ng, and where that is missing it is told as a fault
        from pyttsx3.drivers import _espeak, espeak  # noqa: F401, PLC0415

        if hasattr(_espeak.dll, "espeak_ng_InitializePath"):
            _espeak.dll.espeak_ng_InitializePath(None)
            _espeak.cListVoices(None)  # of 140 files: every copy has them, and none has to look for its own
    except (ImportError, OSError, RuntimeError) as error:
        pipe.send((-1, b"", 0, sentence("health.espeak_not_loaded", error=str(error))))
        pipe.recv()
        return
    copy: _Copy | None = None
    while True:
        if copy is not None and not pipe.poll(READY_S):
            copy.end()
            copy = None
        asked = pipe.recv()
        answer = _ask(copy or _copied(pipe), asked)
        for _ in range(AGAIN):
            if not _mute(answer):
                break
            answer = _ask(_copied(pipe), asked)
        mute = sentence("health.renders_nothing", text=asked[1])
        pipe.send((*answer[:3], mute) if _mute(answer) else answer)
        copy = _copied(pipe)


class _Copy(NamedTuple):
    """A copy of this process that has espeak-ng ready for one sentence."""

    line: Connection
    process: int

    def end(self) -> None:
        """Whatever it does."""
        os.kill(self.process, signal.SIGKILL)
        self.line.close()
        os.waitpid(self.process, 0)


def _ask(copy: _Copy, asked: tuple[Any, ...]) -> tuple[int, bytes, int, AnyText]:
    """Have a copy render one sentence, and end."""
    answer: tuple[int, bytes, int, AnyText] = (asked[0], b"", 0, "")
    copy.line.send(asked)
    if copy.line.poll(PATIENCE_S):
        answer = copy.line.recv()
    copy.end()
    return answer


def _mute(answer: tuple[int, bytes, int, AnyText]) -> bool:
    _, raw, _, fault = answer
    return not (raw or fault)


def _copied(pipe: Connection) -> _Copy:
    ours, theirs = Pipe()
    copy = os.fork()
    if copy:
        theirs.close()
        return _Copy(ours, copy)
    try:
        at_parents_end(signal.SIGKILL)  # also where espeak-ng hangs
        ours.close()
        pipe.close()
        _speak_once(theirs)
    finally:
        os._exit(0)


def _speak_once(pipe: Connection) -> None:
    """Render one sentence."""
    import pyttsx3  # noqa: PLC0415 - loaded already
    from pyttsx3.drivers import _espeak, espeak  # noqa: PLC0415

    never = Event()

    def finish() -> None:
        while _espeak.IsPlaying():
            never.wait(TURN_S)

    try:
        espeak.time = SimpleNamespace(sleep=lambda _: never.wait(TURN_S))
        engine = pyttsx3.init("espeak")
        engine.runAndWait()  # with nothing to say: from here on it takes settings at once instead of queueing them
        finish()  # a voice loaded while its thread still sets the first rate speaks nothing now and then
    except (ImportError, OSError, RuntimeError) as error:
        number, *_ = pipe.recv()
        pipe.send((number, b"", 0, sentence("health.espeak_not_loaded", error=str(error))))
        return
    spoken = os.memfd_create("sentence")  # memory alone: it is gone with the process, however that ends
    number, text, *manner = pipe.recv()
    try:
        raw, rate = _render(engine, finish, spoken, text, *manner)
    except (ValueError, RuntimeError, OSError, wave.Error, EOFError) as error:
        fault = sentence("health.not_spoken", text=text, voice=manner[0], error=str(error))
        pipe.send((number, b"", 0, fault))
    else:
        pipe.send((number, raw, rate, ""))


def _render(
    engine: Any, finish: Callable[[], None], file: int, text: str, voice: str, words_min: int, pitch: int
) -> tuple[bytes, int]:
    """16-bit samples and their rate. Raises ValueError when another voice would speak.

    espeak-ng works in a thread of its own and pyttsx3 waits a moment for it, done or not. So each step is finished:
    else a voice may undo the rate by chance, and a busy machine finds no file, or that of the sentence before.
    """
    engine.setProperty("voice", voice)
    finish()
    engine.setProperty("rate", words_min)
    engine.setProperty("pitch", pitch)
    finish()
    spoken = engine.getProperty("voice")
    if spoken != voice:  # espeak-ng goes on with another voice and reports success
        raise ValueError(f"that voice is not installed, {spoken} would speak")
    path = f"/proc/self/fd/{file}"
    engine.save_to_file(text, path)
    engine.runAndWait()
    finish()
    with wave.open(path, "rb") as sound:
        return sound.readframes(sound.getnframes()), sound.getframerate()
