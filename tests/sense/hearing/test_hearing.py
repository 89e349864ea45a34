"""Words from everywhere enter at one place; the robot does not hear itself; its listener may die."""

from __future__ import annotations

import os
import signal
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE
from robot.core.clock import ManualClock, RealClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.percepts import Utterance, VoiceActivity
from robot.parts.protocols import TextLine
from robot.parts.workers import Worker
from robot.sense.hearing.endpoint import CHUNK_S, HANGOVER_S
from robot.sense.hearing.hearing import EDGE_DELAY_S, TEXT_DELAY_S, Hearing
from robot.texts.catalogue import words
from tests.support.ears import LineEars, SoundEars, play, utterances
from tests.support.listeners import BEGUN_AS, lent_listeners
from tests.support.tables import TABLES
from tests.support.voices import in_a_room, joe

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def _one_after_another() -> Iterator[None]:
    with lent_listeners():
        yield


def test_typed_and_heard_lines_enter_at_the_same_place() -> None:
    clock = ManualClock()
    hearing = Hearing(LineEars(TextLine(0.5, "Bye!", "heard")), TABLES, clock)
    thread = Thread(target=hearing.type, args=("What's your name?",))
    thread.start()
    thread.join()
    heard = utterances(play(hearing, clock, 1.0))
    assert [(one.intent, one.via) for one in heard] == [("what_is_your_name", "typed"), ("goodbye", "heard")]
    assert hearing.pid is None, "lines need no recogniser"
    hearing.close()


def test_half_a_character_becomes_a_question_mark_whoever_sends_it() -> None:
    """Behaviours that say again what they heard would fail by it, and be benched."""
    clock = ManualClock()
    hearing = Hearing(LineEars(TextLine(0.5, "Bye \ud83d", "heard")), TABLES, clock)
    hearing.type("hello \ud83d")
    heard = utterances(play(hearing, clock, 1.0))
    assert [(one.text, one.intent) for one in heard] == [("hello ?", "greeting"), ("Bye ?", "goodbye")]
    hearing.close()


def test_of_an_endless_line_the_first_thousand_characters_are_heard() -> None:
    clock = ManualClock()
    hearing = Hearing(LineEars(TextLine(0.5, "no " * 2000, "heard")), TABLES, clock)
    hearing.type(f"what is {'9' * 4400} plus 1")
    heard = utterances(play(hearing, clock, 1.0))
    assert [len(one.text) for one in heard] == [1000, 1000]
    hearing.close()


def test_without_ears_one_can_still_type() -> None:
    clock = ManualClock()
    hearing = Hearing(None, TABLES, clock)
    hearing.type("stop")
    assert utterances(play(hearing, clock, 0.1))[0].intent == "stop"
    assert hearing.health().condition is Condition.LESSER
    hearing.close()


def test_the_language_can_change() -> None:
    clock = ManualClock()
    hearing = Hearing(None, TABLES, clock)
    hearing.set_language("fr")
    hearing.type("comment tu t'appelles ?")
    one = utterances(play(hearing, clock, 0.1))[0]
    assert (one.intent, one.language) == ("what_is_your_name", "fr")
    hearing.close()


def test_speech_has_edges_and_words_at_fixed_delays() -> None:
    sound = in_a_room([joe("what is your name")], gap_s=1.0)
    ears, clock = SoundEars(sound), ManualClock()
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    heard = play(hearing, clock, ears.length + 1)
    hearing.close()
    kinds = [percept.speaking if isinstance(percept, VoiceActivity) else percept.intent for _, percept in heard]
    assert kinds == [True, False, "what_is_your_name"]
    (at_begin, begin), (_, ended), (at_words, words) = heard
    assert 0.8 < begin.t < 1.3
    assert at_begin == pytest.approx(begin.t + 2 * CHUNK_S + EDGE_DELAY_S, abs=0.021)
    assert at_words == pytest.approx(ended.t + HANGOVER_S + TEXT_DELAY_S, abs=0.04)
    end_of_sound = 1.0 + len(joe("what is your name")) / HEARD_RATE
    assert words.t == pytest.approx(end_of_sound, abs=0.25)


@pytest.mark.slow
def test_the_same_sound_gives_the_same_percepts_at_the_same_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its process has heard before."""

    def run() -> list[object]:
        ears, clock = SoundEars(in_a_room([joe("hello"), joe("look left")])), ManualClock()
        hearing = Hearing(ears, TABLES, clock, lockstep=True)
        heard = play(hearing, clock, ears.length + 1)
        hearing.close()
        return list(heard)

    once = run()
    monkeypatch.setattr(BEGUN_AS, Worker)  # a process of its own
    assert run() == once


def test_where_nobody_can_tell_how_it_sounds_it_does_not_listen_while_it_speaks() -> None:
    sound = in_a_room([joe("hello"), joe("goodbye")], gap_s=1.5)
    ears, clock = SoundEars(sound), ManualClock()
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    hearing.gate(active=True)
    first = play(hearing, clock, 1.5 + len(joe("hello")) / HEARD_RATE + 0.3)
    hearing.gate(active=False)
    rest = play(hearing, clock, ears.length + 1)
    hearing.close()
    assert first == []
    assert [one.intent for one in utterances(rest)] == ["goodbye"]


def test_muted_it_hears_nothing_and_the_device_is_closed() -> None:
    ears, clock = SoundEars(in_a_room([joe("hello")])), ManualClock()
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    hearing.mute(on=True)
    assert [ears.resting] == [True]
    assert play(hearing, clock, ears.length + 1) == []
    assert hearing.health().condition is Condition.OFF
    hearing.type("hello")
    assert utterances(play(hearing, clock, clock.now() + 0.1))
    hearing.mute(on=False)
    assert [ears.resting] == [False]
    hearing.close()
    assert ears.closed


@pytest.mark.parametrize("how", ["mute", "gate"])
def test_whoever_is_cut_off_by_the_switch_or_its_voice_does_not_speak_for_ever(how: str) -> None:
    ears, clock = SoundEars(in_a_room([joe("what is your name")], gap_s=1.0)), ManualClock()
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    edges = [one.speaking for _, one in play(hearing, clock, 1.5) if isinstance(one, VoiceActivity)]
    assert edges == [True]
    getattr(hearing, how)(True)
    rest = play(hearing, clock, ears.length + 1)
    hearing.close()
    assert [one.speaking for _, one in rest if isinstance(one, VoiceActivity)] == [False]
    assert utterances(rest) == []


def test_words_that_ended_before_its_own_voice_began_are_heard() -> None:
    ears, clock = SoundEars(in_a_room([joe("what is your name")], gap_s=1.0)), ManualClock()
    hearing = Hearing(ears, TABLES, clock, lockstep=True)
    ended = 1.0 + len(joe("what is your name")) / HEARD_RATE + HANGOVER_S
    first = play(hearing, clock, ended + 0.15)
    assert utterances(first) == []
    hearing.gate(active=True)
    rest = play(hearing, clock, ears.length + 1)
    hearing.close()
    assert [one.intent for one in utterances(rest)] == ["what_is_your_name"]


def test_simulated_speech_ends_when_the_microphone_is_switched_off() -> None:
    clock = ManualClock()
    hearing = Hearing(LineEars(VoiceActivity(0.2, speaking=True), VoiceActivity(0.9, speaking=False)), TABLES, clock)
    assert [one for _, one in play(hearing, clock, 0.5)] == [VoiceActivity(0.2, speaking=True)]
    hearing.mute(on=True)
    assert [one.speaking for _, one in play(hearing, clock, 0.7) if isinstance(one, VoiceActivity)] == [False]
    hearing.mute(on=False)
    assert play(hearing, clock, 1.0) == []
    hearing.close()


@pytest.mark.slow
def test_a_listener_that_dies_is_started_anew(caplog: pytest.LogCaptureFixture) -> None:
    clock = ManualClock()
    ears = SoundEars(in_a_room([joe("hello"), joe("goodbye")], gap_s=1.5))
    hearing = Hearing(ears, TABLES, clock, lockstep=True, retry_s=0.0)
    play(hearing, clock, 0.5)
    assert hearing.pid is not None
    os.kill(hearing.pid, signal.SIGKILL)
    end = stopwatch() + 10
    while "anew" not in caplog.text and stopwatch() < end:
        play(hearing, clock, clock.now() + 0.02)
        nap(0.01)
    heard = utterances(play(hearing, clock, ears.length + 1))
    hearing.close()
    assert "the listener ended by itself (signal 9); it is started anew" in caplog.text
    assert heard[-1].intent == "goodbye"


def test_a_silent_microphone_is_reported_in_words() -> None:
    clock = ManualClock()
    hearing = Hearing(SoundEars(np.zeros(HEARD_RATE, np.float32)), TABLES, clock, lockstep=True)
    play(hearing, clock, 8.0)
    health = hearing.health()
    hearing.close()
    assert health.condition is Condition.FAULT
    assert words(health.reason) == "the microphone gives no sound at all"


def test_a_clipping_microphone_is_reported_in_words() -> None:
    clock = ManualClock()
    loud = np.sign(np.sin(np.arange(HEARD_RATE) * 0.1)).astype(np.float32)
    hearing = Hearing(SoundEars(loud), TABLES, clock, lockstep=True)
    play(hearing, clock, 1.0)
    assert hearing.level == pytest.approx(1.0, abs=0.01)
    health = hearing.health()
    hearing.close()
    assert (health.condition, "clipping" in words(health.reason)) == (Condition.LESSER, True)


@pytest.mark.slow
def test_real_time_hands_out_words_when_they_are_ready() -> None:
    clock = RealClock()
    ears = SoundEars(in_a_room([joe("look left")], gap_s=0.5))
    hearing = Hearing(ears, TABLES, clock)
    heard: list[VoiceActivity | Utterance] = []
    while clock.now() < 20 and not any(isinstance(one, Utterance) for one in heard):
        heard += hearing.poll(clock.now())
        nap(0.02)
    hearing.close()
    assert [one.intent for one in heard if isinstance(one, Utterance)] == ["look_left"]
