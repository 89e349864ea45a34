"""The reader's network: how long a line takes on one core, what it holds in memory, how soon it is ready.

Prints one JSON object a line: what, figure, unit, bar.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

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


def tell(what: str, figure: float, unit: str, bar: float | None = None) -> None:
    print(json.dumps({"what": what, "figure": round(figure, 3), "unit": unit, "bar": bar}))


def resident_mib() -> float:
    """Of this process, at its most."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024.0 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    with TemporaryDirectory() as folder:
        start = stopwatch()
        MeaningNetwork.load(place=Path(folder))
        tell("reading: ready for the first time, weights made", stopwatch() - start, "s")
    MeaningNetwork.load()
    start = stopwatch()
    network = MeaningNetwork.load()
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


main()
