"""The canceller of the robot's own voice, alone: how soon it hears again when samples were lost on the way."""

from __future__ import annotations

import numpy as np
import pytest

from robot.audio import HEARD_RATE
from robot.clock import generator
from robot.sense.echo import EchoCanceller
from tests.voices import joe

BLOCK = 320
LEARNED_S = 16.0
LINES = ("what can you do", "i am built to turn towards you", "tell me what time it is", "be quiet now please")
OTHER_LINES = ("how late is it", "please stop talking", "good night", "where do you come from")


@pytest.fixture(scope="module")
def voice() -> np.ndarray:
    """Half a minute of one voice, (n,) float32."""
    said = np.concatenate([joe(line) for line in LINES])
    return np.tile(said, -(-30 * HEARD_RATE // len(said)))[: 30 * HEARD_RATE]


def heard(voice: np.ndarray) -> np.ndarray:
    """The same in a room: 30 ms later, half as loud, with reflections and a little noise."""
    chance = generator(3)
    room = np.zeros(1200)
    room[0] = 0.5
    for n in range(60):
        room[chance.integers(1, 1200)] += 0.12 * chance.standard_normal() * np.exp(-n / 25)
    echo = np.convolve(voice, room)[: len(voice)] + 6e-4 * chance.standard_normal(len(voice))
    return np.concatenate([np.zeros(480), echo])[: len(voice)].astype(np.float32)


@pytest.mark.slow
@pytest.mark.parametrize("lost", [700, -300, 0], ids=["held back", "lost", "nothing, as it proves"])
def test_it_hears_again_half_a_second_after_samples_were_lost(voice: np.ndarray, lost: int) -> None:
    """And lets nothing of the echo through meanwhile."""
    echo = EchoCanceller()
    sound = heard(voice)
    at = int(LEARNED_S * HEARD_RATE) // BLOCK * BLOCK
    changed = np.concatenate([sound[:at], np.zeros(max(lost, 0), np.float32), sound[at + max(-lost, 0) :]])
    again: float | None = None
    for n in range(0, 24 * HEARD_RATE, BLOCK):
        if n == at:
            assert echo.learned
            echo.stumbled()
        echo.played(voice[n : n + BLOCK], n / HEARD_RATE)
        passed, _ = echo.clean(changed[n : n + BLOCK], n / HEARD_RATE)
        assert not len(passed) or float(np.mean(passed**2)) < 1e-5
        if n > at and echo.learned and again is None:
            again = (n - at) / HEARD_RATE
    assert again is not None
    assert again <= 0.6


@pytest.mark.slow
def test_a_voice_in_its_pauses_is_not_taken_for_an_echo_that_moved(voice: np.ndarray) -> None:
    learn = int(LEARNED_S * HEARD_RATE) // BLOCK * BLOCK
    halting = voice.reshape(-1, HEARD_RATE).copy()
    halting[learn // HEARD_RATE :, HEARD_RATE // 2 :] = 0.0  # half of each second
    said = halting.ravel()
    other = np.concatenate([joe(line) for line in OTHER_LINES])
    sound = heard(said)
    sound[learn:] += 1.5 * np.tile(other, -(-len(sound) // len(other)))[: len(sound) - learn]
    echo = EchoCanceller()
    astray = 0
    for n in range(0, len(said), BLOCK):
        echo.played(said[n : n + BLOCK], n / HEARD_RATE)
        echo.clean(sound[n : n + BLOCK], n / HEARD_RATE)
        astray += n > learn and echo.astray()
    assert astray == 0
