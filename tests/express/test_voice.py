"""The voice: begins at a fixed delay, is cut in mid-word, follows its loudness, and its process may hang or die."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import numpy as np
import pytest

from robot.core.clock import nap, stopwatch
from robot.core.condition import Condition
from robot.core.errors import ConfigError, ModelError
from robot.core.voice_commands import Silence, Speech
from robot.express import sounds
from robot.express.renderer import Renderer, Timbre, render
from robot.express.rendering import SpeechRequest
from robot.express.voice import DELAY_S, LOUDNESS_HZ, Voice
from robot.parts.registry import SPEAKERS, Surroundings, open_part
from robot.texts.catalogue import words
from sim.senses.speaker import SimSpeaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.core.percepts import Speaking

DT = 0.02


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def run(voice: Voice, start: float, seconds: float) -> list[Speaking]:
    out: list[Speaking] = []
    for n in range(round(seconds / DT)):
        out += voice.poll(round(start + n * DT, 6))
    return out


def test_a_sentence_sounds_at_a_fixed_delay_and_ends(renderer: Renderer) -> None:
    voice = Voice(SimSpeaker(), renderer, lockstep=True)
    voice.poll(1.0)
    voice.do(Speech(7, "Good morning."))
    told = run(voice, 1.02, 4.0)
    assert told[0].active
    assert told[0].t == pytest.approx(1.0 + DELAY_S, abs=0.021)
    assert {one.request for one in told} == {7}
    (clip,) = voice.take_clips()
    length = len(clip.samples) / clip.rate
    assert not told[-1].active
    assert told[-1].t - told[0].t == pytest.approx(length, abs=0.041)
    assert len(told) <= length * LOUDNESS_HZ + 2
    assert voice.take_clips() == []
    assert not voice.busy


@pytest.mark.parametrize("hears_sound", [True, False])
def test_what_nobody_hears_takes_its_time_and_is_not_made_into_sound(*, hears_sound: bool) -> None:
    room = Mock(silenced=False, hears_sound=hears_sound, sound=Mock())
    speaker = SimSpeaker(room)
    speaker.play(np.ones(22050, np.float32), 22050, 0.0)
    assert bool(speaker.played(0.5)) is hears_sound
    assert room.sound.called is hears_sound
    assert speaker.playing(0.9)
    assert not speaker.playing(1.1)


def test_the_same_commands_sound_the_same(renderer: Renderer) -> None:
    def once() -> tuple[list[Speaking], bytes]:
        voice = Voice(SimSpeaker(), renderer, lockstep=True)
        voice.do(Speech(1, "Bonjour !", language="fr"))
        voice.do(Speech(2, "", sound="purr"))
        told = run(voice, 0.0, 5.0)
        return told, b"".join(clip.samples.tobytes() for clip in voice.take_clips())

    assert once() == once()


def test_loudness_follows_the_sound(renderer: Renderer) -> None:
    voice = Voice(SimSpeaker(), renderer, lockstep=True)
    voice.do(Speech(1, "Hello there, this is a longer sentence."))
    loud = [one.loudness for one in run(voice, 0.0, 4.0) if one.active]
    assert 0.3 < max(loud) <= 1.0
    assert min(loud) < 0.1
    assert len(set(loud)) > 10


def test_sentences_follow_each_other(renderer: Renderer) -> None:
    voice = Voice(SimSpeaker(), renderer, lockstep=True)
    voice.do(Speech(1, "One."))
    voice.do(Speech(2, "Two."))
    told = run(voice, 0.0, 4.0)
    order = [(one.request, one.active) for one in told if one.loudness or not one.active]
    assert order.index((1, False)) < order.index((2, True))
    assert [clip.text for clip in voice.take_clips()] == ["One.", "Two."]


def test_silence_cuts_in_mid_word_and_empties_the_queue(renderer: Renderer) -> None:
    speaker = SimSpeaker()
    voice = Voice(speaker, renderer, lockstep=True)
    voice.do(Speech(1, "This is a long sentence that nobody wants to hear to its end."))
    voice.do(Speech(2, "And another."))
    run(voice, 0.0, 0.6)
    assert speaker.playing(0.6)
    voice.do(Silence())
    assert not speaker.playing(0.6)
    told = run(voice, 0.6, 5.0)
    assert [(one.active, one.request) for one in told] == [(False, 1)]
    voice.do(Speech(3, "Yes."))
    assert run(voice, 5.6, 2.0)[0].request == 3


def test_without_a_sound_card_the_page_still_gets_the_clip(renderer: Renderer) -> None:
    voice = Voice(None, renderer, lockstep=True)
    voice.do(Speech(1, "Hello."))
    told = run(voice, 0.0, 2.0)
    assert [told[0].active, told[-1].active] == [True, False]
    assert len(voice.take_clips()) == 1
    assert (voice.health().condition, "no speaker" in words(voice.health().reason)) == (Condition.LESSER, True)


def test_a_missing_card_is_told_with_its_remedy() -> None:
    speaker = open_part(SPEAKERS, "sound:no such card", Surroundings(None))  # type: ignore[arg-type]
    try:
        health = speaker.health()
    finally:
        speaker.close()
    assert health.condition is Condition.FAULT
    assert words(health.remedy)


def test_volume_is_obeyed(renderer: Renderer) -> None:
    peaks = []
    for volume in (0.2, 0.8):
        voice = Voice(SimSpeaker(), renderer, lockstep=True)
        voice.do(Speech(1, "Hello.", volume=volume))
        run(voice, 0.0, 0.4)
        peaks.append(float(np.max(np.abs(voice.take_clips()[0].samples))))
    assert peaks[1] == pytest.approx(4 * peaks[0], rel=0.01)


def test_rate_and_pitch_change_the_sound(renderer: Renderer) -> None:
    usual, fast, high = (
        renderer.wait(SpeechRequest("Hello there.", "en", rate, pitch)).samples
        for rate, pitch in ((1.0, 1.0), (1.3, 1.0), (1.0, 1.3))
    )
    assert usual is not None
    assert fast is not None
    assert high is not None
    assert len(fast) < len(usual)
    assert not np.array_equal(usual, high)


def test_french_is_spoken_by_a_french_voice() -> None:
    english, french = Renderer({"en": Timbre("gmw/en-us", 160, 60)}), Renderer({"en": Timbre("roa/fr", 160, 60)})
    one, other = (renderer.wait(SpeechRequest("Bonjour, je suis un robot.")) for renderer in (english, french))
    english.close()
    french.close()
    assert one.samples is not None
    assert other.samples is not None
    assert not np.array_equal(one.samples, other.samples)


def test_in_real_time_it_speaks_when_rendered(renderer: Renderer) -> None:
    voice = Voice(SimSpeaker(), renderer)
    voice.do(Speech(1, "A sentence that was never rendered before."))
    begin = stopwatch()
    told: list[Speaking] = []
    while not told and stopwatch() - begin < 10:
        told = voice.poll(stopwatch() - begin)
        nap(0.01)
    assert told
    assert told[0].active


def test_what_is_asked_for_again_makes_no_room_for_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Renderer, "MOST", 2)
    renderer = Renderer()
    try:
        for text in ("One.", "Two."):
            renderer.wait(SpeechRequest(text))
        renderer.ask(SpeechRequest("One."))
        renderer.ask(SpeechRequest("Three."))
        nap(0.5)  # it comes
        assert renderer.take(SpeechRequest("One.")) is not None
        assert renderer.wait(SpeechRequest("Three.")).samples is not None
        assert renderer.wait(SpeechRequest("Two.")).samples is not None, "it is rendered again"
    finally:
        renderer.close()


@pytest.mark.slow
def test_a_voice_that_hangs_is_started_anew(caplog: pytest.LogCaptureFixture) -> None:
    renderer = Renderer(limit_s=4)
    assert renderer.wait(SpeechRequest("First.")).samples is not None
    assert renderer.pid is not None
    os.kill(renderer.pid, signal.SIGSTOP)
    assert renderer.wait(SpeechRequest("Second.")).samples is not None
    assert "hangs; it is started anew" in caplog.text
    os.kill(renderer.pid, signal.SIGKILL)
    assert renderer.wait(SpeechRequest("Third.")).samples is not None
    assert "died; it is started anew" in caplog.text
    assert "2 times" in words(renderer.health().reason)
    renderer.close()
    renderer.close()


def test_a_voice_that_is_unknown_is_told_and_the_rest_goes_on() -> None:
    renderer = Renderer({"en": Timbre("gmw/en-us", 160, 60), "xx": Timbre("no-such-voice", 160, 60)})
    try:
        assert "no-such-voice" in words(renderer.wait(SpeechRequest("Hm.", "xx")).fault)
        assert "no voice for the language" in words(renderer.wait(SpeechRequest("Hm.", "yy")).fault)
        assert renderer.wait(SpeechRequest("Hm.", "en")).samples is not None
        voice = Voice(SimSpeaker(), renderer, lockstep=True)
        voice.do(Speech(1, "Nobody hears this.", language="xx"))
        told = run(voice, 0.0, 3.0)
        assert [told[0].active, told[-1].active] == [True, False], "it stands written for as long as it would sound"
        assert voice.health().condition is Condition.LESSER
    finally:
        renderer.close()


@pytest.mark.parametrize("lockstep", [True, False])
def test_a_sentence_that_failed_once_is_heard_the_next_time(lockstep: bool) -> None:  # noqa: FBT001
    timbres = {"en": Timbre("no-such-voice", 160, 60)}
    renderer = Renderer(timbres)
    voice = Voice(SimSpeaker(), renderer, lockstep=lockstep)
    try:
        for number, heard in ((1, False), (2, True)):
            voice.do(Speech(number, "Good evening."))
            end = stopwatch() + 10
            t = 10.0 * number
            while not any(one.text == "Good evening." for one in voice.poll(t)) and stopwatch() < end:
                t = round(t + DT, 6)  # a sound that fills the time may come first
                nap(0.01)
            assert ("Good evening." in [clip.text for clip in voice.take_clips()]) == heard
            assert (voice.health().condition is Condition.OK) == heard
            voice.poll(t + 5.0)
            timbres["en"] = Timbre("gmw/en-us", 160, 60)
    finally:
        renderer.close()


def test_without_espeak_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pyttsx3.py").write_text(  # what pyttsx3 does where libespeak-ng1 is missing
        "def init(name):\n    raise RuntimeError('This means you probably do not have eSpeak installed!')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    renderer = Renderer()
    fault = words(renderer.wait(SpeechRequest("Hello.")).fault)
    health = renderer.health()
    renderer.close()
    assert fault
    assert (health.condition, "apt install espeak-ng" in words(health.remedy)) == (Condition.FAULT, True)
    with pytest.raises(ModelError, match="apt install espeak-ng"):
        render(SpeechRequest("Hello."))


@pytest.mark.parametrize("name", sounds.NAMES)
def test_sounds_are_made_from_parameters(name: str) -> None:
    sound = sounds.make(name)
    assert sound.dtype == np.float32
    assert 0.1 < len(sound) / sounds.RATE < 4
    assert 0.2 < float(np.max(np.abs(sound))) <= 0.9
    assert abs(float(sound[0])) < 0.05
    assert abs(float(sound[-1])) < 0.05
    assert np.array_equal(sound, sounds.cook(sounds.RECIPES[name]))


def test_an_unknown_sound_is_refused() -> None:
    with pytest.raises(ConfigError, match="chirp_greeting"):
        sounds.make("meow")


def test_speech_leaves_no_file_even_when_its_process_is_killed() -> None:
    memory = Path("/dev/shm")  # noqa: S108 - only looked at

    def files() -> set[Path]:
        return {path for folder in (memory, Path(tempfile.gettempdir())) for path in folder.glob("bowlby-voice*")}

    before = files()
    renderer = Renderer()
    assert renderer.wait(SpeechRequest("This stays between us.")).samples is not None
    renderer.close()
    assert files() <= before
