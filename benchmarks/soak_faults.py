"""A simulated day of 1,000 random faults: nothing is lost, no motion is wrong, the memory of the process stays flat.

The day is played in lives of half an hour, all in this process, on one memory file. In a life parts break by name,
somebody's own behaviours loop, raise and ask for what nobody can do, people say what is hardly language, hands flutter,
and the language model goes. Between two lives the file is damaged (a copy of it), robots are killed amid their work and
amid a forgetting, and files made to hurt are opened. At the end of each life its faults are over: the robot must
answer.

Faults come one in 86 s on average, so fewer make a shorter day. The same seed gives the same faults. One JSON line a
figure; the code is 1 when one is beyond its bar. `make soak` runs it: a quarter of an hour.

`python -m benchmarks.soak_faults [--faults 1000] [--seed 1]`
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from benchmarks.faults_between_lives import BetweenLives
from benchmarks.faulty_life import DAY_S, FAULTS_A_DAY, FAULTS_A_LIFE, THING, Lives, Toll
from benchmarks.figures import tell
from robot.core.clock import stopwatch
from robot.core.heap import one_heap

MORE_MEMORY = 2.0  # %
BETWEEN = 5  # faults between one life and the next
FIGURES = (
    f"entries of {THING} lost",
    "damages not told",
    "traces of who was forgotten",
    "raw errors",
    "wrong motions",
    "duties broken",
    "questions without an answer",
    "parts at fault when all faults are over",
)


def main(said: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", type=int, default=FAULTS_A_DAY)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(said)
    logging.disable(logging.CRITICAL)
    one_heap()  # as `bowlby` does
    console = Console(stderr=True)
    began = stopwatch()
    with (
        tempfile.TemporaryDirectory() as folder,
        Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console) as bar,
    ):
        toll = Toll(bar.console)
        lives = Lives(Path(folder), asked.seed, toll)
        between_lives = BetweenLives(lives)
        task = bar.add_task("faults", total=asked.faults)
        done = 0
        while done < asked.faults:
            count = min(FAULTS_A_LIFE, asked.faults - done)
            between = min(BETWEEN, count)
            lives.live(done, count - between)
            bar.advance(task, count - between)
            between_lives.befall(between)
            bar.advance(task, between)
            done += count
    hours = asked.faults * DAY_S / FAULTS_A_DAY / 3600.0
    note = f"{asked.faults} faults in {hours:.1f} simulated hours, seed {asked.seed}, {stopwatch() - began:.0f} s"
    tell("faults", sum(lives.counts.values()), "", by_kind=dict(sorted(lives.counts.items())))
    tell("servo frames judged", lives.frames, "")
    held = [tell(figure, toll.counts.get(figure, 0), "", 0, note=note) for figure in FIGURES]
    settled = lives.weights[1:]  # in the first life models load
    third = max(len(settled) // 3, 1)
    first, last = (median(some) for some in (settled[:third], settled[-third:])) if settled else (1.0, 1.0)
    grown = 100.0 * (last / first - 1.0)
    weights = [round(one, 1) for one in lives.weights]
    note = f"{first:.1f} to {last:.1f} MiB"
    held.append(tell("memory of the process grew by", grown, "%", MORE_MEMORY, after_each_life_mib=weights, note=note))
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
