"""Where the robot does not hear itself it listens while it speaks; an echo that turns up, or is faint, is no person."""

from __future__ import annotations

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE, resample
from robot.core.clock import generator
from robot.express.renderer import render
from robot.express.rendering import SpeechRequest
from robot.sense.hearing.endpoint import Edge
from robot.sense.hearing.others_speech import OthersSpeech
from tests.support.voices import joe

STEP = 320
DELAY = 1000  # samples from speaker to microphone
LINES = (
    "I look at you, listen, answer a little, play, hum, and keep you company. You can also say: stop, sleep.",
    "No. I am a machine: I do not live and I do not feel. I act as if, because that is easier to read.",
    "I am a robot and cannot love. I am built to turn towards you, and that is all it is.",
)
LASTS_S = 40
BREAKS_IN_S = 34.5  # in mid-sentence

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def own() -> np.ndarray:
    """What the robot says, one sentence after the other."""
    found = [render(SpeechRequest(text)) for text in LINES]
    gap = np.zeros(HEARD_RATE, np.float32)
    said = np.concatenate([part for samples, rate in found for part in (resample(samples, rate, HEARD_RATE), gap)])
    return np.tile(said, -(-LASTS_S * HEARD_RATE // len(said)))[: LASTS_S * HEARD_RATE]


def begins(others: OthersSpeech, own: np.ndarray, loud: np.ndarray, text: str = "") -> list[float]:
    """When it was certain that somebody else speaks. `loud`: the echo, sample by sample; `text`: what is said by
    somebody in mid-sentence, and then it is told in seconds from where that can first be heard.
    """
    heard = np.concatenate([np.zeros(DELAY), own[:-DELAY]]) * loud + 3e-4 * generator(1).standard_normal(len(own))
    first = 0.0
    if text:
        at, person = round(BREAKS_IN_S * HEARD_RATE), joe(text)
        heard[at : at + len(person)] += person
        first = BREAKS_IN_S + float(np.argmax(np.abs(person) > 0.02)) / HEARD_RATE
    found = []
    for at in range(0, len(own), STEP):
        others.played(own[at : at + STEP], at / HEARD_RATE)
        cuts = others.heard(heard[at : at + STEP].astype(np.float32), at / HEARD_RATE).cuts
        found += [at / HEARD_RATE - first for cut in cuts if cut.edge is Edge.BEGIN]
    return found


@pytest.mark.parametrize("text", ["stop", "be quiet", "stop talking"])
@pytest.mark.parametrize(
    ("loud", "until_s"), [(0.0, 0), (0.003, LASTS_S), (0.3, 16)], ids=["none", "faint", "learned, and gone"]
)
def test_who_breaks_in_is_heard_though_the_robot_does_not_hear_itself(
    own: np.ndarray, loud: float, until_s: float, text: str
) -> None:
    """Headphones, volume 0, a microphone that takes the echo out by itself."""
    found = begins(OthersSpeech(), own, np.where(np.arange(len(own)) < until_s * HEARD_RATE, loud, 0.0), text)
    assert len(found) == 1
    assert 0 < found[0] <= 0.5


def test_who_speaks_before_a_sentence_begins_is_heard_too(own: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is no echo of silence."""
    monkeypatch.setattr(f"{__name__}.BREAKS_IN_S", 32.3)
    assert len(begins(OthersSpeech(), own, np.zeros(len(own)), "stop")) == 1


@pytest.mark.parametrize("when_s", [15.0, 16.1, 17.4])
def test_an_echo_that_turns_up_is_learned_and_is_no_person(own: np.ndarray, when_s: float) -> None:
    others = OthersSpeech()
    assert begins(others, own, np.where(np.arange(len(own)) < when_s * HEARD_RATE, 0.0, 0.3)) == []
    assert others.learned


@pytest.mark.parametrize("loud", [0.005, 0.01, 0.02, 0.05])
def test_a_faint_echo_is_no_person(own: np.ndarray, loud: float) -> None:
    assert begins(OthersSpeech(), own, np.full(len(own), loud)) == []
