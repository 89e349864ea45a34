"""A Pi's budget: the whole stack in a control group of one core, a quota of 40 % of it, and 700 MiB.

A camera in real time gives ten pictures a second of a real face, and somebody speaks every five seconds, for
PocketSphinx. Needs root and the version 1 groups `cpu` and `memory`, or the version 2 ones; says so where there are
none. The quota is dealt out in two ways: 40 ms of every 100, as `CPUQuota=40%` does it, and 2 ms of every 5; a kernel
that counts in ticks of 4 ms cannot hold the latter exactly, and takes back what was used too much. What else runs on
the machine falsifies it, though the group is given nearly all of a contended core.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import skimage.data

from benchmarks.figures import load, tell
from firmware_bridge.descriptions import bowlby_one
from robot.app.build import build
from robot.app.context import RunContext
from robot.config.schema import Config, PartsTable
from robot.core.audio import HEARD_RATE, resample
from robot.core.body_frame import ZERO, Pose
from robot.core.clock import RealClock
from robot.core.condition import Condition, Health
from robot.express.renderer import render
from robot.express.rendering import SpeechRequest
from robot.parts.protocols import Audio, Ears, Picture
from robot.sense.hearing.hearing import Hearing
from robot.sense.language import phrases
from robot.sense.sight.sight import Sight
from robot.texts.catalogue import words

if TYPE_CHECKING:
    from robot.core.tick import Tick

SECONDS = 60.0
WARM_S = 10.0  # models load, servos come on
SHARE, MIB = 0.4, 700
GROUPS = Path("/sys/fs/cgroup")
NAME = "bowlby-budget"
PERIODS_US = (100_000, 5_000)  # of the quota: what `CPUQuota=40%` gives, and a finer one


class Lens:
    """Ten pictures a second in real time: a photograph that moves to and fro."""

    latency: float | None = None

    def __init__(self) -> None:
        photograph = cv2.imread(f"{skimage.data.__path__[0]}/astronaut.png")
        assert photograph is not None
        self._image = cv2.resize(photograph, (480, 480))[:360]
        self._due = 0.0

    def poll(self, now: float) -> Picture | None:
        if now < self._due:
            return None
        self._due = now + 0.1
        shift = round(40 * np.sin(now))
        return Picture(now, Pose(*ZERO), np.roll(self._image, shift, axis=1))

    def health(self) -> Health:
        return Health("camera", Condition.OK, "a photograph, ten times a second")

    def close(self) -> None:
        """Nothing is open."""


class Room(Ears):
    """Ears in real time: a word every five seconds, in blocks of 32 ms."""

    def __init__(self) -> None:
        samples, rate = render(SpeechRequest("hello", "en"))
        word = resample(samples, rate, HEARD_RATE)
        self._sound = np.concatenate([word, np.zeros(5 * HEARD_RATE - len(word), np.float32)])
        self._at = 0

    def poll(self, now: float) -> list[Audio]:
        out = []
        while (self._at + 512) / HEARD_RATE <= now:
            begin = self._at % len(self._sound)
            block = np.resize(np.roll(self._sound, -begin)[:512], 512).astype(np.float32)
            out.append(Audio(self._at / HEARD_RATE, block))
            self._at += 512
        return out

    def health(self) -> Health:
        return Health("microphone", Condition.OK, "a word every five seconds")

    def close(self) -> None:
        """Nothing is open."""


class Watch:
    """Late ticks after the start, and how often sight and hearing came."""

    def __init__(self) -> None:
        self.ticks = self.late = self.looks = self.words = 0
        self.begin = self.end = self.longest = 0.0

    def see(self, tick: Tick) -> None:
        if tick.t < WARM_S:
            return
        self.begin, self.end = self.begin or tick.t, tick.t
        self.ticks += 1
        self.late += tick.late_s > 0.005
        self.longest = max(self.longest, tick.late_s)
        for percept in tick.percepts:
            self.looks += type(percept).__name__ == "FacesSeen"
            self.words += type(percept).__name__ == "Utterance"


def enter(period_us: int) -> Path | None:
    """Put this process into the group; gives the file with its highest memory, None where there are no groups."""
    quota_us = round(period_us * SHARE)
    rows: list[tuple[Path, int | str]]
    if (GROUPS / "cpu").is_dir() and (GROUPS / "memory").is_dir():
        cpu, memory = places = [GROUPS / "cpu" / NAME, GROUPS / "memory" / NAME]
        rows = [
            (cpu / "cpu.cfs_quota_us", -1),  # none, so that the period can be set
            (cpu / "cpu.cfs_period_us", period_us),
            (cpu / "cpu.cfs_quota_us", quota_us),
            (cpu / "cpu.shares", 100_000),
            (memory / "memory.limit_in_bytes", MIB << 20),
        ]
        highest = memory / "memory.max_usage_in_bytes"
    elif (GROUPS / "cgroup.controllers").is_file():
        places = [GROUPS / NAME]
        rows = [(places[0] / "memory.max", MIB << 20), (places[0] / "cpu.max", f"{quota_us} {period_us}")]
        highest = places[0] / "memory.peak"
    else:
        return None
    for place in places:
        place.mkdir(exist_ok=True)
    for path, value in rows:
        path.write_text(str(value))
    for place in places:
        (place / "cgroup.procs").write_text(str(os.getpid()))
    os.sched_setaffinity(0, {0})
    return highest


def measure(budget: str, highest: Path) -> None:
    watch, clock = Watch(), RealClock()
    parts = PartsTable(body="sim://", camera="", ears="", speaker="")
    with build(Config(parts=parts), RunContext(clock, research=True), [watch]) as robot:
        loop = robot.loop
        loop.devices.hearing.close()
        hearing = Hearing(Room(), phrases.load(), clock)
        sight = Sight(Lens(), bowlby_one().camera)
        loop.devices.sight, loop.devices.hearing = sight, hearing
        loop.run(clock.now() + SECONDS)
        blamed = dict(robot.vitals().blamed)
        told = {part.part: words(part.reason) for part in (sight.health(), hearing.health())}
    span = watch.end - watch.begin
    tell(f"{budget}: ticks a second", watch.ticks / span, "Hz", 49.5, least=True)
    tell(f"{budget}: late ticks", 100.0 * watch.late / max(watch.ticks, 1), "%", 1.0, blamed=blamed, note=load())
    tell(f"{budget}: longest delay of a tick", 1000.0 * watch.longest, "ms")
    tell(f"{budget}: looks a second", watch.looks / span, "Hz", told=told)
    tell(f"{budget}: utterances understood of one every five seconds", watch.words / (span / 5), "share")
    tell(f"{budget}: highest memory", int(highest.read_text()) / 2**20, "MiB", MIB)


def main() -> None:
    for period_us in PERIODS_US:
        try:
            highest = enter(period_us)
        except OSError as error:
            sys.exit(f"the control group cannot be made ({error}): run it as root")
        if highest is None:
            sys.exit("this machine has no control groups")
        measure(f"quota by {period_us // 1000} ms", highest)


if __name__ == "__main__":
    main()
