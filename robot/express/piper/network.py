"""One voice of Piper: a network (VITS, Kim et al. 2021) from the sounds of a language to samples, run by onnxruntime.

What it would draw by chance is drawn once, by a fixed seed, so that a sentence always sounds the same (`graph.py`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import onnxruntime

from robot.core.errors import InputError, ModelError
from robot.express.piper.graph import without_chance
from robot.texts.sentence import AnyText, sentence

if TYPE_CHECKING:
    from robot.express.piper.phonemes import Phonemizer

SEED = 1907  # the year in which John Bowlby was born
NOISE = 1 << 19  # values of noise: enough for 30 s of speech
BEGIN, BETWEEN, END = "^", "_", "$"  # signs that stand round and between the sounds
MOST_THREADS = 4
LARGEST, LARGEST_SETTINGS = 256 << 20, 1 << 20  # bytes; the largest published have 120 MB and 8 kB
PEAK = 0.8  # each sentence is as loud
MOST_GAIN = 4.0


class _Settings(NamedTuple):
    """What stands beside a voice, in NAME.onnx.json."""

    rate: int
    espeak: str  # espeak-ng's voice of its language
    noise: float
    slower: float
    noise_of_length: float
    numbers: dict[str, list[int]]  # of sounds and signs
    speakers: int


def _settings(text: str) -> _Settings:
    """Raises KeyError, TypeError or ValueError."""
    given = json.loads(text)
    usual = given.get("inference", {})
    numbers = {str(sound): [int(number) for number in listed] for sound, listed in given["phoneme_id_map"].items()}
    found = _Settings(
        rate=int(given["audio"]["sample_rate"]),
        espeak=str(given["espeak"]["voice"]),
        noise=float(usual.get("noise_scale", 0.667)),
        slower=float(usual.get("length_scale", 1.0)),
        noise_of_length=float(usual.get("noise_w", 0.8)),
        numbers=numbers,
        speakers=int(given.get("num_speakers", 1)),
    )
    if missing := {BEGIN, BETWEEN, END} - numbers.keys():
        raise ValueError(f"no number for {' '.join(sorted(missing))}")
    return found


class VoiceNetwork:
    """A voice, loaded."""

    def __init__(self, file: Path, threads: int = 0) -> None:
        """`file` is NAME.onnx, with NAME.onnx.json beside it. Raises ModelError."""
        try:
            self._settings = _settings(_bytes(Path(f"{file}.json"), LARGEST_SETTINGS).decode())
            model, draws = without_chance(_bytes(file, LARGEST))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads or max(1, min(MOST_THREADS, (os.cpu_count() or 1) - 1))
            options.inter_op_num_threads = 1
            options.log_severity_level = 4
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # more gains nothing
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except (OSError, AttributeError, LookupError, TypeError, ValueError, RecursionError, InputError) as error:
            raise ModelError(_fault(error), place=str(file)) from error
        except Exception as error:  # onnxruntime's own classes have no common root
            raise ModelError(_fault(error), place=str(file)) from error
        chance = np.random.default_rng(SEED)
        self._noise = {f"noise{n}": chance.standard_normal(NOISE, dtype=np.float32) for n in range(draws)}
        self.rate = self._settings.rate

    def ids(self, phonemes: str) -> np.ndarray:
        """Numbers of the sounds int64 (n,), as the network was taught with; what it does not know is left out."""
        numbers = self._settings.numbers
        between = numbers[BETWEEN]
        listed = [*numbers[BEGIN], *between]
        for sound in phonemes:
            listed += [*numbers[sound], *between] if sound in numbers else []
        return np.array([*listed, *numbers[END]], np.int64)

    def spoken(self, text: str, phonemizer: Phonemizer, slower: float, run: onnxruntime.RunOptions) -> np.ndarray:
        """Samples float32 (n,) at `rate`, `slower` by so much. Raises ModelError, also when `run` is ended."""
        numbers = self.ids(phonemizer.phonemes(self._settings.espeak, text))
        usual = self._settings
        scales = (usual.noise, usual.slower * slower, usual.noise_of_length)
        given = {
            "input": numbers[None],
            "input_lengths": np.array([len(numbers)], np.int64),
            "scales": np.array(scales, np.float32),
            **self._noise,
        }
        if self._settings.speakers > 1:
            given["sid"] = np.zeros(1, np.int64)
        try:
            (found,) = self._session.run(None, given, run)
        except Exception as error:  # onnxruntime's own classes have no common root
            raise ModelError(_fault(error), place="voice") from error
        samples: np.ndarray = found.reshape(-1)
        loudest = float(np.abs(samples).max(initial=0.0))
        return samples * np.float32(min(MOST_GAIN, PEAK / max(loudest, 1e-6)))


def _bytes(file: Path, most: int) -> bytes:
    """What is in a file. Raises OSError, or ValueError where it is too large."""
    with file.open("rb") as opened:
        if os.fstat(opened.fileno()).st_size > most:
            raise ValueError(f"{file.name} is larger than {most >> 20} MiB")
        return opened.read(most)


def _fault(error: Exception) -> AnyText:
    return sentence("health.voice_not_loaded", error=(str(error).splitlines() or [type(error).__name__])[0])
