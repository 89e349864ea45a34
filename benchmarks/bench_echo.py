"""How long it is deaf to others where samples were lost on the way, as on a busy machine: simulated losses, in a room.

The robot's own sentences pass a room half as loud, with reverberation and a little noise; within each sentence the
delay from speaker to microphone jumps by up to 40 ms, and the canceller is told that samples were lost. Until it lets
sound through again it is deaf. How much of its own voice comes through is told as well. One JSON line a figure.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmarks.figures import tell
from robot.core.audio import HEARD_RATE, resample
from robot.core.clock import generator
from robot.express.renderer import render
from robot.express.rendering import SpeechRequest
from robot.sense.hearing.echo import EchoCanceller
from robot.sense.language import phrases

LOSSES, SEEDS = 150, (1, 2, 3)
LEARN = 3  # sentences before the first loss
STEP = 128  # samples that come at once
JUMP, SHORTEST, LONGEST = 600, 200, 3000  # samples
SENTENCES = ("answer_what_can_you_do", "answer_are_you_alive", "answer_do_you_love_me", "answer_who_made_you")


class Deafness(NamedTuple):
    """Seconds after each loss, and the loudest rms of its own voice that came through."""

    seconds: list[float]
    leak: float


def sentences() -> list[np.ndarray]:
    """Each with a second of silence, (n,) float32 at 16 kHz."""
    tables = phrases.load()
    found = []
    for name in SENTENCES:
        samples, rate = render(SpeechRequest(tables.variants(name, "en")[0]))
        found.append(np.concatenate([resample(samples, rate, HEARD_RATE), np.zeros(HEARD_RATE, np.float32)]))
    return found


def lose(spoken: list[np.ndarray], seed: int) -> Deafness:
    """Lose samples `LOSSES` times, once a sentence."""
    chance = generator(seed)
    said = [spoken[n % len(spoken)] for n in range(LOSSES + LEARN)]
    begins = np.cumsum([0, *map(len, said)])
    due = [
        int(begin + chance.uniform(0.5 * HEARD_RATE, len(sentence) - 1.5 * HEARD_RATE))
        for begin, sentence in zip(begins[LEARN:-1], said[LEARN:], strict=True)
    ]
    played = np.concatenate(said)
    room = np.zeros(800)
    room[0] = 0.5
    room[100:] = 0.03 * chance.standard_normal(700) * np.exp(-np.arange(700) / 150)
    echo = np.convolve(played, room)[: len(played)]
    canceller, delay, lost_at, leak = EchoCanceller(), 700, -1, 0.0
    seconds: list[float] = []
    for at in range(0, len(played) - STEP, STEP):
        if due and at >= due[0]:
            if lost_at >= 0:
                seconds.append((at - lost_at) / HEARD_RATE)  # deaf up to here at least
            lost_at = due.pop(0)
            delay = int(np.clip(delay + chance.integers(-JUMP, JUMP), SHORTEST, LONGEST))
            canceller.stumbled()
        canceller.played(played[at : at + STEP], at / HEARD_RATE)
        come = echo[at - delay : at - delay + STEP] if at >= delay else np.zeros(STEP)
        heard = (come + 5e-4 * chance.standard_normal(STEP)).astype(np.float32)
        passed, _ = canceller.clean(heard, at / HEARD_RATE)
        if len(passed) and at > begins[LEARN]:
            leak = max(leak, float(np.sqrt(np.mean(passed**2))))
        if canceller.learned and lost_at >= 0:
            seconds.append((at - lost_at) / HEARD_RATE)
            lost_at = -1
    return Deafness(seconds, leak)


def main() -> None:
    spoken = sentences()
    found = [lose(spoken, seed) for seed in SEEDS]
    seconds = [one for deafness in found for one in deafness.seconds]
    for share in (50, 90, 100):
        tell(f"deaf after a loss, percentile {share}", float(np.percentile(seconds, share)), "s")
    loudest = max(deafness.leak for deafness in found)
    tell("its own voice that came through, loudest of 16 ms", 1e3 * loudest, "rms, thousandths")


if __name__ == "__main__":
    main()
