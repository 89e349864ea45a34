"""What Whisper takes for sound: the logarithm of the power in 80 bands of the mel scale, a hundred times a second.

Frames of 25 ms every 10 ms, bands as Slaney has them (Auditory Toolbox, 1998), as in Radford et al. 2022.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy import fft  # numpy loads it when first asked, which would hold up the loop

from robot.core.audio import HEARD_RATE

FRAME, HOP, BANDS = 400, 160, 80  # samples; bands
LINEAR_HZ, LINEAR_MEL_HZ, OCTAVES = 1000.0, 200.0 / 3.0, np.log(6.4) / 27.0  # linear below 1 kHz, logarithmic above
FLOOR = 1e-10
RANGE = 8.0  # decades below the loudest that are kept


def log_mel(sound: np.ndarray) -> np.ndarray:
    """(BANDS, frames) float32 of sound (n,) float32 at 16 kHz, a frame for each whole HOP."""
    padded = np.pad(sound, FRAME // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[: len(sound) // HOP * HOP : HOP]
    power = np.abs(fft.rfft(frames * np.hanning(FRAME + 1)[:-1], axis=1)) ** 2
    loud = np.log10(np.maximum(_bands() @ power.T, FLOOR))
    scaled: np.ndarray = (np.maximum(loud, loud.max() - RANGE) + 4.0) / 4.0
    return scaled.astype(np.float32)


@cache
def _bands() -> np.ndarray:
    """How much of each frequency belongs to each band: (BANDS, FRAME // 2 + 1), of equal area."""
    hertz = np.linspace(0.0, HEARD_RATE / 2, FRAME // 2 + 1)
    top = LINEAR_HZ / LINEAR_MEL_HZ + np.log(HEARD_RATE / 2 / LINEAR_HZ) / OCTAVES
    edges = _hertz(np.linspace(0.0, top, BANDS + 2))[:, None]
    width = np.diff(edges, axis=0)
    rising, falling = (hertz - edges[:-2]) / width[:-1], (edges[2:] - hertz) / width[1:]
    share: np.ndarray = np.maximum(0.0, np.minimum(rising, falling)) * 2.0 / (edges[2:] - edges[:-2])
    return share


def _hertz(mel: np.ndarray) -> np.ndarray:
    knee = LINEAR_HZ / LINEAR_MEL_HZ
    return np.where(mel < knee, mel * LINEAR_MEL_HZ, LINEAR_HZ * np.exp(OCTAVES * (mel - knee)))
