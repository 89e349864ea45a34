"""The canceller of the robot's own voice, alone: how soon it hears again after a loss, and what is none."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest

from robot.core.audio import HEARD_RATE
from robot.core.clock import generator
from robot.sense.hearing.echo import EchoCanceller, Whose
from tests.support.voices import joe

BLOCK = 320
LEARN = 16 * HEARD_RATE // BLOCK * BLOCK  # samples after which it has
SHORTEST = 512  # samples by which it is told whose a voice is
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
    changed = np.concatenate([sound[:LEARN], np.zeros(max(lost, 0), np.float32), sound[LEARN + max(-lost, 0) :]])
    again: float | None = None
    for n in range(0, 24 * HEARD_RATE, BLOCK):
        if n == LEARN:
            assert echo.learned
            echo.stumbled()
        echo.played(voice[n : n + BLOCK], n / HEARD_RATE)
        passed, _ = echo.clean(changed[n : n + BLOCK], n / HEARD_RATE)
        assert not len(passed) or float(np.mean(passed**2)) < 1e-5
        if n > LEARN and echo.learned and again is None:
            again = (n - LEARN) / HEARD_RATE
    assert again is not None
    assert again <= 0.6


@pytest.mark.slow
def test_a_loud_voice_beside_its_own_is_not_taken_for_an_echo_that_moved(voice: np.ndarray) -> None:
    other = 1.5 * np.concatenate([joe(line) for line in OTHER_LINES])
    sound = heard(voice)
    learned = EchoCanceller()
    for n in range(0, LEARN, BLOCK):
        learned.played(voice[n : n + BLOCK], n / HEARD_RATE)
        learned.clean(sound[n : n + BLOCK], n / HEARD_RATE)
    for begin in range(0, len(other), 6000):
        echo, said = deepcopy(learned), np.roll(other, -begin)
        for n in range(LEARN, LEARN + HEARD_RATE, BLOCK):
            echo.played(voice[n : n + BLOCK], n / HEARD_RATE)
            echo.clean(sound[n : n + BLOCK] + said[n - LEARN : n - LEARN + BLOCK], n / HEARD_RATE)
            beside = said[max(n - LEARN - SHORTEST, 0) : n - LEARN]
            if len(beside) and echo.learned and np.mean(beside**2) > np.mean(sound[n - SHORTEST : n] ** 2):
                assert echo.whose(held=0) is not Whose.OWN
            assert echo.learned or n > LEARN + 0.8 * HEARD_RATE, "so loud it may mask an echo, but not at once"
