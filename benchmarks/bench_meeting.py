"""The first meeting: speed on one core, and what it costs at true speed. One JSON line a figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import psutil

from benchmarks.figures import tell
from robot.core.clock import nap, stopwatch

CORE = 0
MEETING = ("sim", "first-meeting", "--headless", "--seed", "7", "--report", "-")


def start(*words: str) -> subprocess.Popen[str]:
    """The command, held to one core."""
    process = subprocess.Popen(
        [sys.executable, "-m", "robot", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    os.sched_setaffinity(process.pid, {CORE})
    return process


def play(*words: str) -> Any:  # the report
    process = start(*MEETING, *words)
    assert process.stdout is not None
    return json.loads(process.stdout.read())


def speeds() -> None:
    for physics, senses, limit in (
        ("kinematic", "pixels", 20.0),
        ("kinematic", "truth", 150.0),
        ("mujoco", "pixels", 20.0),
        ("mujoco", "truth", 100.0),
    ):
        how = ("--fast", "--senses", senses, "--physics", physics)
        best = max((play(*how) for _ in range(3)), key=lambda report: report["speed"])
        tell(f"speed on one core, {physics}, senses {senses}", best["speed"], "times real time", limit, least=True)
        tell(
            f"digests of two runs equal, {physics}, senses {senses}",
            float(best["digest"] == play(*how)["digest"]),
            "1 is yes",
            1.0,
            least=True,
        )


def true_speed() -> None:
    """60 s at true speed: processor and memory of the robot and its workers."""
    process = start(*MEETING)
    robot = psutil.Process(process.pid)
    begun, peak, used = stopwatch(), 0, 0.0
    while process.poll() is None:
        try:
            family = [robot, *robot.children(recursive=True)]
            peak = max(peak, sum(one.memory_info().rss for one in family))
            times = [one.cpu_times() for one in family]
            used = max(used, sum(one.user + one.system for one in times))
        except psutil.NoSuchProcess:
            break
        nap(0.25)
    wall = stopwatch() - begun
    assert process.stdout is not None
    report = json.loads(process.stdout.read())
    ticks = report["sim_s"] * 50
    tell("late ticks at true speed", 100.0 * report["late_ticks"] / ticks, "%", 0.5)
    tell("processor at true speed, workers included", 100.0 * used / wall, "% of one core", 30.0)
    tell("memory at true speed, workers included", peak / 2**20, "MiB", 400.0)


if __name__ == "__main__":
    speeds()
    true_speed()
