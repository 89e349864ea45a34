"""Sound files of every kind, and the two commands that hear and say."""

from __future__ import annotations

import json
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from typer import Typer
from typer.testing import CliRunner

from robot.cli.commands.hear import hear
from robot.cli.commands.say import say
from robot.core.audio import HEARD_RATE, pcm16, read_wav, resample, write_wav
from robot.core.clock import ManualClock
from robot.core.errors import DeviceError, InputError, ModelError
from robot.parts.registry import EARS, Surroundings, open_part
from robot.sense.hearing import models
from robot.texts.catalogue import words
from tests.support.voices import joe

if TYPE_CHECKING:
    from pathlib import Path

app = Typer()
app.command("hear")(hear)
app.command("say")(say)


def command(*arguments: str) -> tuple[str, BaseException | None]:
    result = CliRunner().invoke(app, list(arguments))
    return result.stdout, result.exception


def write(path: Path, frames: bytes, *, channels: int = 1, width: int = 2, rate: int = HEARD_RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(frames)
    return path


def test_a_file_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "name.wav"
    write_wav(path, joe("what is your name"), HEARD_RATE)
    out, error = command("hear", str(path), "--json")
    assert error is None
    found = json.loads(out)
    assert found["recogniser"] == "Whisper (whisper-base)"
    assert found["dictates"]
    (one,) = found["utterances"]
    assert (one["text"].lower(), one["intent"]) == ("what is your name?", "what_is_your_name")
    assert 0.5 < one["confidence"] <= 1.0


def test_a_stereo_file_of_another_rate_is_heard_all_the_same(tmp_path: Path) -> None:
    sound = resample(joe("look left"), HEARD_RATE, 44_100)
    both = np.frombuffer(pcm16(sound), "<i2").repeat(2).tobytes()
    out, error = command("hear", str(write(tmp_path / "s.wav", both, channels=2, rate=44_100)), "--json")
    assert error is None
    assert [one["intent"] for one in json.loads(out)["utterances"]] == ["look_left"]


def test_a_file_without_speech_says_nobody_speaks(tmp_path: Path) -> None:
    out, error = command("hear", str(write(tmp_path / "quiet.wav", bytes(HEARD_RATE * 2))))
    assert error is None
    assert "nobody speaks" in out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this is no PCM WAV file"),
        (b"RIFF", "this is no PCM WAV file"),
        (b"\x89PNG\r\n\x1a\n" * 20, "this is no PCM WAV file"),
        (b"ID3\x03" + bytes(4000), "this is no PCM WAV file"),
        (None, "there is no such file"),
    ],
)
def test_a_file_of_the_wrong_kind_is_told(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "a.wav"
    if content is not None:
        path.write_bytes(content)
    _, error = command("hear", str(path))
    assert isinstance(error, InputError)
    assert message in str(error)


def test_an_empty_wav_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no sound"):
        read_wav(write(tmp_path / "e.wav", b""))


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_every_sample_width_reads_the_same(tmp_path: Path, width: int) -> None:
    tone = np.sin(np.arange(4000) * 0.05) * 0.5
    if width == 1:
        frames = (tone * 127 + 128).astype(np.uint8).tobytes()
    else:
        whole = (tone * (2 ** (8 * width - 1) - 1)).astype("<i4")
        frames = b"".join(int(value).to_bytes(4, "little", signed=True)[:width] for value in whole)
    samples, rate = read_wav(write(tmp_path / "t.wav", frames, width=width))
    assert rate == HEARD_RATE
    assert np.allclose(samples, tone, atol=0.02)


def test_a_new_rate_keeps_the_tone() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(22_050) / 22_050).astype(np.float32)
    for rate in (16_000, 48_000, 8_000):
        out = resample(tone, 22_050, rate)
        assert len(out) == rate
        middle = slice(rate // 4, rate * 3 // 4)
        assert np.allclose(out[middle], np.sin(2 * np.pi * 440 * np.arange(rate) / rate)[middle], atol=0.01)


def test_french_without_a_model_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(models, "shared", lambda: tmp_path)
    path = tmp_path / "a.wav"
    write_wav(path, joe("look left"), HEARD_RATE)
    _, error = command("hear", str(path), "--language", "fr")
    assert isinstance(error, ModelError)
    assert "bowlby models fetch fr" in str(error)


def test_an_unknown_language_is_told(tmp_path: Path) -> None:
    _, error = command("hear", str(tmp_path), "--language", "xx")
    assert isinstance(error, InputError)
    _, error = command("say", "hello", "--language", "xx")
    assert isinstance(error, InputError)


def test_a_text_is_said_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    _, error = command("say", "Bonjour, je suis un robot.", "--language", "fr", "--out", str(path))
    assert error is None
    samples, rate = read_wav(path)
    assert 1.0 < len(samples) / rate < 4.0
    assert float(np.max(np.abs(samples))) > 0.1


def test_saying_without_a_sound_card_names_the_remedy() -> None:
    _, error = command("say", "hello", "--speaker", "sound:no such card")
    assert isinstance(error, DeviceError)
    assert "--out FILE.wav" in str(error)


def test_saying_nothing_is_refused(tmp_path: Path) -> None:
    _, error = command("say", "  ", "--out", str(tmp_path / "a.wav"))
    assert isinstance(error, InputError)
    _, error = command("say", "hello", "--out", str(tmp_path / "no" / "a.wav"))
    assert isinstance(error, InputError)


def test_a_file_plays_at_the_pace_of_the_clock_and_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", bytes(HEARD_RATE * 2))
    ears = open_part(EARS, str(path), Surroundings(ManualClock()))
    poll = ears.poll
    poll(0.0)
    assert len(poll(0.5)) == 25
    assert "a.wav" in words(ears.health().reason)
    poll(1.2)
    assert "has ended" in words(ears.health().reason)
    ears.close()
