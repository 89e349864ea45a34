"""A clip as the bytes of a WAV file, for the browser to play."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

from robot.core.audio import pcm16

if TYPE_CHECKING:
    from robot.core.tick import Clip


def wav(clip: Clip) -> bytes:
    """16-bit mono WAV of the clip's float samples (-1..1, clipped)."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(clip.rate)
        writer.writeframes(pcm16(clip.samples))
    return file.getvalue()
