"""The natural voice: soon, cut, killed and back, on one core; and the same by espeak-ng, which has no bars.

The first sound is that of a sentence that was never rendered, as the loop has it; its work is the processor time of it,
whatever else runs here. A cut is from “silence” to a speaker that plays nothing. One JSON line a figure.
"""

from __future__ import annotations

import os
import signal
from typing import NamedTuple

import numpy as np

from benchmarks.figures import leave_out, load, tell
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.condition import Condition
from robot.core.voice_commands import Silence, Speech
from robot.express.piper import published
from robot.express.rendering import Renders, SpeechRequest
from robot.express.voice import Voice
from robot.parts.registry import VOICES, Surroundings, open_part
from sim.senses.speaker import SimSpeaker

KILLS = 50
TICK_S = 0.02
LOOK_S = 0.002
TEXTS = (
    "Good morning, {name}.",
    "I am glad to see you again, {name}.",
    "What did you do in the garden today, {name}?",
    "The timer for your eggs has run out, {name}. Shall I set another one?",
    "It is a quarter past nine, {name}, and your sister is coming for tea at three o'clock.",
)
NAMES = ("Ada", "Grace", "Alan", "Mary", "John")


class Bars(NamedTuple):
    """What a voice is held to, where it is."""

    first_s: float | None = None
    cut_ms: float | None = None
    lost: float | None = None
    well: float | None = None


def worked(pid: int) -> float:
    """Seconds of processor time that a process and those below it that ended have used."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - read a thousand times
        fields = file.read().rpartition(")")[2].split()
    return sum(int(fields[n]) for n in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")


def first_sound(voice: Voice, speaker: SimSpeaker, number: int, text: str, t: float) -> float:
    """Seconds from the command until it sounds; silent again afterwards."""
    voice.poll(t)
    begin = stopwatch()
    voice.do(Speech(number, text))
    while not speaker.playing(t + stopwatch() - begin) and stopwatch() - begin < 30.0:
        nap(LOOK_S)
        voice.poll(t + stopwatch() - begin)
    found = stopwatch() - begin
    voice.do(Silence())
    voice.poll(t + stopwatch() - begin)
    return found


def one_core() -> None:
    """What runs from here on has one core, as on the smallest machine."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def measure(name: str, address: str, bars: Bars) -> None:
    renderer: Renders = open_part(VOICES, address, Surroundings(RealClock()))
    try:
        begin = stopwatch()
        renderer.wait(SpeechRequest("Hm."))
        tell(f"{name}: ready after", stopwatch() - begin, "s", note=load())
        assert renderer.pid is not None
        texts = [text.format(name=name) for text in TEXTS for name in NAMES]
        speaker = SimSpeaker()
        voice = Voice(speaker, renderer)
        firsts, work = [], []
        for n, text in enumerate(texts):
            nap(0.3)  # the one before is done with
            before = worked(renderer.pid)
            firsts.append(first_sound(voice, speaker, n + 1, text, 100.0 * n))
            work.append(worked(renderer.pid) - before)
        tell(f"{name}: first sound, p95", float(np.percentile(firsts, 95)), "s", bars.first_s)
        tell(f"{name}: work of it, p95", float(np.percentile(work, 95)), "s")
        spoken, before = 0.0, worked(renderer.pid)
        for text in texts[::4]:
            rendering = renderer.wait(SpeechRequest(text, rate=1.01))
            spoken += 0.0 if rendering.samples is None else len(rendering.samples) / rendering.rate
        nap(0.1)
        tell(f"{name}: processor time of a second of speech", (worked(renderer.pid) - before) / spoken, "s")
        tell(f"{name}: cut, longest", 1000 * cut(renderer), "ms", bars.cut_ms)
        lost, waits, costs = killed(renderer)
        tell(f"{name}: sentences lost after a kill", lost, f"of {KILLS}", bars.lost)
        tell(f"{name}: back after a kill, p95", float(np.percentile(waits, 95)), "s", note=load())
        tell(f"{name}: work of a new process, median", float(np.median(costs)), "s")
        tell(
            f"{name}: still well", float(renderer.health().condition is Condition.OK), "1 is yes", bars.well, least=True
        )
    finally:
        renderer.close()


def cut(renderer: Renders) -> float:
    """The longest of ten, from the command to nothing that plays, while pieces of it are still being rendered."""
    longest = 0.0
    for n in range(10):
        speaker = SimSpeaker()
        voice = Voice(speaker, renderer)
        voice.do(Speech(n + 1, f"This is number {n}. {TEXTS[4].format(name='Ada')} {TEXTS[3].format(name='Alan')}"))
        begin = stopwatch()
        while not speaker.playing(stopwatch() - begin):
            nap(LOOK_S)
            voice.poll(stopwatch() - begin)
        nap(0.1)
        asked = stopwatch()
        voice.do(Silence())
        while speaker.playing(stopwatch() - begin):
            nap(LOOK_S)
        longest = max(longest, stopwatch() - asked)
    return longest


def killed(renderer: Renders) -> tuple[int, list[float], list[float]]:
    """How often nothing came after a kill, how long each wait was, and the work."""
    lost, waits, costs = 0, [], []
    for n in range(KILLS):
        assert renderer.pid is not None
        os.kill(renderer.pid, signal.SIGKILL)
        begin = stopwatch()
        lost += renderer.wait(SpeechRequest(f"Back again, {n}.")).samples is None
        waits.append(stopwatch() - begin)
        costs.append(worked(renderer.pid))
    return lost, waits, costs


def main() -> None:
    one_core()
    voice = published.of("en")
    if voice is not None and published.found(voice) is not None:
        measure("natural", "piper:", Bars(first_s=0.4, cut_ms=60, lost=0, well=1))
    else:
        leave_out("natural", "bowlby models fetch en_US-joe-medium")
    measure("espeak-ng", "espeak:", Bars())


if __name__ == "__main__":
    main()
