"""pyttsx3 over espeak-ng in a process of its own (see `renderer.py`). It imports next to nothing, so it starts fast.

In: (number, text, voice, words a minute, pitch). Out: (number, 16-bit bytes, rate, fault); number -1: a fault of all.
"""

from __future__ import annotations

import os
import wave
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection


def speak(pipe: Connection) -> None:
    """Render what comes, until the parent goes."""
    try:
        import pyttsx3  # noqa: PLC0415 - loads espeak-ng, and where that is missing it is told as a fault
        from pyttsx3.drivers import _espeak, espeak  # noqa: PLC0415

        espeak.time = SimpleNamespace(sleep=lambda _: None)  # it naps 10 ms a sentence, which `finish` makes needless
        engine = pyttsx3.init("espeak")
        engine.runAndWait()  # with nothing to say: from here on it takes settings at once instead of queueing them
    except (ImportError, OSError, RuntimeError) as error:
        pipe.send((-1, b"", 0, f"espeak-ng cannot be loaded: {error}"))
        pipe.recv()
        return
    sentence = os.memfd_create("sentence")  # memory alone: it is gone with the process, however that ends
    while True:
        number, text, *manner = pipe.recv()
        try:
            raw, rate = _render(engine, _espeak.Synchronize, sentence, text, *manner)
        except (ValueError, RuntimeError, OSError, wave.Error, EOFError) as error:
            pipe.send((number, b"", 0, f"{text!r} cannot be spoken by {manner[0]!r}: {error}"))
        else:
            pipe.send((number, raw, rate, ""))


def _render(
    engine: Any, finish: Callable[[], object], sentence: int, text: str, voice: str, words_min: int, pitch: int
) -> tuple[bytes, int]:
    """16-bit samples and their rate. Raises ValueError when another voice would speak.

    espeak-ng works in a thread of its own and pyttsx3 waits 10 ms for it, done or not. So each step is finished: else
    a voice may undo the rate by chance, and a busy machine finds no file, or that of the sentence before.
    """
    engine.setProperty("voice", voice)
    finish()
    engine.setProperty("rate", words_min)
    engine.setProperty("pitch", pitch)
    finish()
    spoken = engine.getProperty("voice")
    if spoken != voice:  # espeak-ng goes on with another voice and reports success
        raise ValueError(f"that voice is not installed, {spoken} would speak")
    path = f"/proc/self/fd/{sentence}"
    engine.save_to_file(text, path)
    engine.runAndWait()
    finish()
    with wave.open(path, "rb") as file:
        raw, rate = file.readframes(file.getnframes()), file.getframerate()
    os.ftruncate(sentence, 0)
    return raw, rate
