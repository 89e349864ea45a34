"""Others are told from the robot's own voice, also where the sound server moves its echo or somebody turns a knob."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE, pcm16, resample
from robot.core.clock import generator
from robot.express.renderer import render
from robot.express.rendering import SpeechRequest
from robot.sense.hearing.endpoint import Edge
from robot.sense.hearing.others_speech import OthersSpeech
from tests.support.kept_sound import KeptSound
from tests.support.voices import joe

if TYPE_CHECKING:
    from pathlib import Path

STEP = 320
DELAY = 700  # samples from speaker to microphone
LEARNING = (
    "I look at you, listen, answer a little, play, hum, and keep you company. You can also say: stop, sleep.",
    "No. I am a machine: I do not live and I do not feel. I act as if, because that is easier to read.",
)
SENTENCE = "I am a robot and cannot love. I am built to turn towards you, and that is all it is."
SAID_S = 2.5  # of it


def pause(seconds: float = 1.0) -> np.ndarray:
    return np.zeros(int(seconds * HEARD_RATE), np.float32)


@pytest.fixture(scope="module")
def voice() -> list[np.ndarray]:
    """What the robot says, from which it learns, and then."""
    found = [render(SpeechRequest(text)) for text in (*LEARNING, SENTENCE)]
    return [resample(samples, rate, HEARD_RATE) for samples, rate in found]


@pytest.fixture(scope="module")
def learned(voice: list[np.ndarray]) -> OthersSpeech:
    """One that has learned by two sentences how the robot sounds; what comes then is heard by a copy."""
    talk, others = Talk(voice), OthersSpeech()
    assert [one.what for one in talk.kept(until=talk.about).decisions(others)] == ["learned"]
    return others


class Talk:
    """A robot that learns how it sounds by two sentences, and begins another."""

    def __init__(self, voice: list[np.ndarray], learned: OthersSpeech | None = None) -> None:
        """`learned`: what has learned that already; then only the other sentence is heard."""
        self._learned = learned
        *learning, sentence = voice
        said = sentence[: int(SAID_S * HEARD_RATE)]
        parts = [part for one in learning for part in (one, pause())]
        self.said = np.concatenate([pause(), *parts, said, pause()])
        self.begun = len(self.said) - len(said) - len(pause())
        self.about = (self.begun - len(pause(0.5))) // STEP * STEP
        self.late = np.full(len(self.said), DELAY)
        self.loud = np.full(len(self.said), 0.5)
        self.person = np.zeros(len(self.said))

    def at(self, seconds: float) -> int:
        """Where so long of the sentence has been heard."""
        return self.begun + DELAY + int(seconds * HEARD_RATE)

    def kept(self, begin: int = 0, until: int | None = None) -> KeptSound:
        """What a listener is given, from one sample to another."""
        comes = np.arange(len(self.said)) - self.late
        echo = np.where(comes >= 0, self.loud * self.said[np.maximum(comes, 0)], 0.0)
        heard = echo + self.person + 5e-4 * generator(1).standard_normal(len(echo))
        kept = KeptSound()
        for at in range(begin, len(heard) if until is None else until, STEP):
            kept.note(("played", at / HEARD_RATE, pcm16(self.said[at : at + STEP]), False))
            kept.note(("sound", at / HEARD_RATE, pcm16(heard[at : at + STEP]), False))
        return kept

    def begins(self) -> list[float]:
        """When it was certain that somebody else speaks, in seconds of the sentence as it is heard."""
        assert self._learned is not None, "before it is deaf while it speaks"
        decisions = self.kept(self.about).decisions(deepcopy(self._learned))
        return [one.t - self.at(0) / HEARD_RATE for one in decisions if one.what == Edge.BEGIN.value]

    def breaks_in(self, text: str, when_s: float) -> float:
        """Somebody says this so late in the sentence; when their voice can first be heard."""
        sound = joe(text)
        place = self.person[self.at(when_s) :]
        place[: len(sound)] += sound[: len(place)]
        return when_s + float(np.argmax(np.abs(sound) > 0.02)) / HEARD_RATE


@pytest.mark.slow
@pytest.mark.parametrize("when_s", [-0.2, 0.1])
@pytest.mark.parametrize("by", [-242, -100, 60, 285])
def test_an_echo_that_moves_about_the_begin_of_a_sentence_is_nothing_to_it(
    voice: list[np.ndarray], learned: OthersSpeech, by: int, when_s: float
) -> None:
    talk = Talk(voice, learned)
    talk.late[talk.at(when_s) :] += by
    assert talk.begins() == []


@pytest.mark.slow
@pytest.mark.parametrize("times", [0.5, 1.5, 2.0])
def test_an_echo_that_is_louder_or_softer_than_it_was_is_nothing_to_it(
    voice: list[np.ndarray], learned: OthersSpeech, times: float
) -> None:
    talk = Talk(voice, learned)
    talk.loud[talk.begun :] *= times
    assert talk.begins() == []


@pytest.mark.slow
@pytest.mark.parametrize("when_s", [0.05, 0.3, 1.5])
@pytest.mark.parametrize("word", ["hello", "be quiet", "stop talking"])
def test_who_breaks_in_is_heard_at_once_though_the_echo_has_moved(
    voice: list[np.ndarray], learned: OthersSpeech, word: str, when_s: float
) -> None:
    talk = Talk(voice, learned)
    talk.late[talk.at(-0.2) :] += 150
    begun = talk.breaks_in(word, when_s)
    begins = talk.begins()
    assert begins
    assert 0 < begins[0] - begun <= 0.13, "which leaves 0.07 s for loop and speaker"


@pytest.mark.slow
def test_what_a_listener_was_given_is_kept_and_decided_alike_again(voice: list[np.ndarray], tmp_path: Path) -> None:
    talk = Talk(voice)
    talk.breaks_in("be quiet", 1.0)
    kept = talk.kept()
    decisions = list(kept.decisions())
    assert [one.what for one in decisions] == ["learned", "begin", "end"]
    kept.save(tmp_path / "talk.npz")
    again = KeptSound.load(tmp_path / "talk.npz")
    assert again.blocks == kept.blocks
    assert list(again.decisions()) == decisions


def test_somebody_who_speaks_in_a_silent_room_is_heard_from_begin_to_end() -> None:
    others = OthersSpeech()
    sound = np.concatenate([pause(), joe("what is your name"), pause()])
    edges = [
        cut.edge
        for at in range(0, len(sound), STEP)
        for cut in others.heard(sound[at : at + STEP], at / HEARD_RATE).cuts
        if cut.edge in {Edge.BEGIN, Edge.END}
    ]
    assert edges == [Edge.BEGIN, Edge.END]
