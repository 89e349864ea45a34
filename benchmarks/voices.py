"""Voices of other programs than the robot's own: flite, espeak-ng and SVOX Pico, each (n,) float32 at 16 kHz."""

from __future__ import annotations

import io
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.audio import HEARD_RATE, from_pcm16, resample

if TYPE_CHECKING:
    import numpy as np


def by_flite(voice: str, text: str) -> np.ndarray:
    command = ["flite", "-voice", voice, "-t", text, "-o", "/dev/stdout"]
    return _rendered(command)


def by_espeak(voice: str, text: str) -> np.ndarray:
    return _rendered(["espeak-ng", "-v", voice, "-s", "150", "--stdout", text])


def by_pico(voice: str, text: str) -> np.ndarray:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["pico2wave", "-l", voice, "-w", file.name, text], check=True)
        return _samples(Path(file.name).read_bytes())


def _rendered(command: list[str]) -> np.ndarray:
    return _samples(subprocess.run(command, capture_output=True, check=True).stdout)


def _samples(raw: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(raw)) as file:
        samples = from_pcm16(file.readframes(len(raw)))
        return resample(samples, file.getframerate(), HEARD_RATE)
