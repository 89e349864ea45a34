"""pyttsx3 over espeak-ng in a process of its own (see `renderer.py`). It imports next to nothing, so it starts fast.

In: (number, text, voice, words a minute, pitch). Out: (number, 16-bit bytes, rate, fault); number -1: a fault of all.
"""

from __future__ import annotations

import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

TRIES = 3
MEMORY = Path("/dev/shm")  # noqa: S108 - memory, not disk: speech leaves no trace


def speak(pipe: Connection) -> None:
    """Render what comes, until the parent goes."""
    try:
        import pyttsx3  # noqa: PLC0415 - loads espeak-ng, and where that is missing it is told as a fault

        engine = pyttsx3.init("espeak")
    except (ImportError, OSError, RuntimeError) as error:
        pipe.send((-1, b"", 0, f"espeak-ng cannot be loaded: {error}"))
        pipe.recv()
        return
    with tempfile.TemporaryDirectory(prefix="bowlby-voice-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        path = Path(folder) / "sentence.wav"
        while True:
            number, text, *manner = pipe.recv()
            try:
                raw, rate = _rendered(engine, path, text, *manner)
            except (ValueError, RuntimeError, OSError, wave.Error, EOFError) as error:
                pipe.send((number, b"", 0, f"{text!r} cannot be spoken by {manner[0]!r}: {error}"))
            else:
                pipe.send((number, raw, rate, ""))


def _rendered(engine: Any, path: Path, text: str, voice: str, words_min: int, pitch: int) -> tuple[bytes, int]:
    """16-bit samples and their rate. Raises ValueError when another voice would speak."""
    for _ in range(TRIES):  # now and then runAndWait returns without having written anything
        engine.setProperty("voice", voice)
        engine.setProperty("rate", words_min)
        engine.setProperty("pitch", pitch)
        engine.save_to_file(text, str(path))
        engine.runAndWait()
        spoken = engine.getProperty("voice")
        if spoken != voice:  # espeak-ng goes on with another voice and reports success
            raise ValueError(f"that voice is not installed, {spoken} would speak")
        if path.exists():
            break
    with path.open("rb") as source, wave.open(source, "rb") as file:
        raw, rate = file.readframes(file.getnframes()), file.getframerate()
    path.unlink()
    return raw, rate
