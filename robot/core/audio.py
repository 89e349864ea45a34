"""Sound as values: float32 mono in -1..1. Reading and writing WAV, and changing the rate."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from robot.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

HEARD_RATE = 16_000  # what recognisers and the voice detector take
_MAX_SECONDS = 3600


def resample(samples: np.ndarray, rate: int, new_rate: int) -> np.ndarray:
    """The same sound (n,) at another rate, band-limited and in phase. For whole clips."""
    if rate == new_rate or not len(samples):
        return samples.astype(np.float32, copy=False)
    import soxr  # noqa: PLC0415 - a Ctrl-C while it loads ends the process by force: not at the start, where all else loads

    return np.asarray(soxr.resample(samples.astype(np.float32, copy=False), rate, new_rate))


def read_wav(path: Path) -> tuple[np.ndarray, int]:
    """A PCM WAV file as (samples (n,) float32 mono, rate); channels are averaged. Raises InputError."""
    try:
        with path.open("rb") as source, wave.open(source, "rb") as file:
            channels, width, rate, frames = (
                file.getnchannels(),
                file.getsampwidth(),
                file.getframerate(),
                file.getnframes(),
            )
            if frames > _MAX_SECONDS * max(rate, 1):
                raise InputError("the sound is longer than an hour", place=str(path), remedy="cut it shorter")
            raw = file.readframes(frames)
    except FileNotFoundError as error:
        raise InputError("there is no such file", place=str(path)) from error
    except (wave.Error, EOFError, OSError) as error:
        raise InputError(
            f"this is no PCM WAV file: {error}",
            place=str(path),
            remedy=f"convert it: sox {path.name} -r 16000 -c 1 -b 16 right.wav",
        ) from error
    samples = _decode(raw[: len(raw) - len(raw) % (channels * width)], width, path).reshape(-1, channels)
    if not len(samples) or not rate:
        raise InputError("the file holds no sound", place=str(path))
    return samples.mean(axis=1, dtype=np.float32), rate


def _decode(raw: bytes, width: int, path: Path) -> np.ndarray:
    if width == 1:
        return (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / 128
    if width == 2:
        return from_pcm16(raw)
    if width == 4:
        return (np.frombuffer(raw, "<i4") / 2147483648).astype(np.float32)
    if width == 3:
        padded = np.zeros((len(raw) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        return (padded.view("<i4")[:, 0] / 2147483648).astype(np.float32)
    raise InputError(f"samples of {width} bytes are unknown", place=str(path), remedy="use 16 bits")


def write_wav(path: Path, samples: np.ndarray, rate: int) -> None:
    """Write float32 mono samples as a 16-bit WAV. Raises InputError when the place cannot be written."""
    try:
        with path.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(pcm16(samples))
    except OSError as error:
        raise InputError(f"the sound cannot be written: {error.strerror}", place=str(path)) from error


def from_pcm16(raw: bytes | memoryview) -> np.ndarray:
    """The sound, (n,) float32, of little-endian 16-bit samples."""
    return np.frombuffer(raw, "<i2").astype(np.float32) / 32768


def pcm16(samples: np.ndarray) -> bytes:
    """Little-endian 16-bit samples; what is louder than 1 is clipped."""
    return bytes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())
