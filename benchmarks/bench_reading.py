"""The reader's network: how long a line takes on one core, what it holds in memory, how soon it is ready.

One JSON line a figure.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import tell
from robot.core.clock import stopwatch
from robot.sense.language.reader.network import MeaningNetwork

LINES = (
    "good morning",
    "my knee hurts again",
    "could you remind me to call Anna at five",
    "well my daughter was here on Sunday and we had such a lovely time in the garden with the children",
    "bonjour toi",
    "j'ai mal dormi cette nuit",
    "tu peux me réveiller demain matin à sept heures et quart",
    "ben écoute ma voisine elle est à l'hôpital depuis lundi et je me fais vraiment du souci pour elle",
)
ROUNDS = 60
MAKE = """
import pathlib, sys
from robot.sense.language.reader.prepare import prepared
prepared(print, pathlib.Path(sys.argv[1]))
"""


def most_mib() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024.0 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    with TemporaryDirectory() as folder:
        start = stopwatch()
        subprocess.run([sys.executable, "-c", MAKE, folder], check=True, stdout=subprocess.DEVNULL)
        tell("reading: weights made, in a process of its own", stopwatch() - start, "s")
        measure(Path(folder))


def measure(folder: Path) -> None:
    start = stopwatch()
    network = MeaningNetwork.load(place=folder)
    tell("reading: ready", stopwatch() - start, "s")
    costs = []
    for _ in range(ROUNDS):
        for line in LINES:
            start = stopwatch()
            network.read(line)
            costs.append(1000.0 * (stopwatch() - start))
    costs.sort()
    tell("reading: a line, median", costs[len(costs) // 2], "ms", 30.0)
    tell("reading: a line, p95", costs[int(0.95 * len(costs))], "ms", 30.0)
    tell("reading: memory of a process that reads, at most", most_mib(), "MiB", 120.0)


main()
