"""Whether a voice has ended or only pauses, by its melody: Smart Turn 3.2, in whole numbers, run by onnxruntime.

It hears the last 8 s, silence before them where there are less, made even in loudness, as Whisper takes sound. It knows
no words; those are weighed in `turn.py`. On one core it takes some 0.08 s.
"""

from __future__ import annotations

import numpy as np

from robot.core.audio import HEARD_RATE
from robot.core.errors import ModelError
from robot.sense.hearing import models
from robot.sense.hearing.log_mel import log_mel
from robot.sense.hearing.recogniser import FETCH
from robot.texts.sentence import sentence

HEARS = 8 * HEARD_RATE  # samples
QUIETEST = 1e-7  # of the variance


def features(sound: np.ndarray) -> np.ndarray:
    """(80, 800) float32 of sound (n,) float32 at 16 kHz."""
    last = np.pad(sound[-HEARS:], (max(0, HEARS - len(sound)), 0))
    even = (last - last.mean()) / np.sqrt(last.var() + np.float32(QUIETEST))
    return log_mel(even.astype(np.float32))


class EndDetector:
    """Tells it of one utterance at a time, on one core."""

    def __init__(self) -> None:
        """Raises ModelError where the model is not here or does not run."""
        file = models.turn_model()
        remedy = f"{FETCH} {models.SMART_TURN.name}"
        if file is None:
            raise ModelError(sentence("health.no_turn_model"), place="hearing", remedy=remedy)
        try:
            import onnxruntime  # noqa: PLC0415 - heavy: asked for when a listener is made

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its own classes have no common root
            fault = sentence("health.turn_model_not_loaded", error=str(error).splitlines()[0])
            raise ModelError(fault, place=str(file), remedy=remedy) from error

    def probability(self, sound: np.ndarray) -> float:
        """Probability 0..1 that who says this (n,) float32 at 16 kHz, and is now silent, has ended."""
        (found,) = self._session.run(None, {"input_features": features(sound)[None]})
        return float(found.ravel()[0])
