"""Hot reload: how soon a saved file is in the loop's hands, and what looking for one costs.

`python -m benchmarks.bench_reload`; one JSON line a figure.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import tell
from robot.app.plugins import Library
from robot.app.watcher import Watcher
from robot.cli.commands.behavior import TEMPLATE
from robot.core.clock import nap, stopwatch
from robot.sense.language import phrases

if TYPE_CHECKING:
    from robot.loop.renewal import Renewal

SAVES = 12
LOOKS = 50
FRAME = "[[frame]]\nt = 0.5\nroll = {roll}\n[[frame]]\nt = 1\n"


def slowest(taken: list[Renewal], path: Path, texts: list[str]) -> float:
    """Seconds from a save to its renewal, the worst of all."""
    waits = []
    for text in texts:
        taken.clear()
        path.write_text(text, encoding="utf-8")
        start = stopwatch()
        while not taken:
            nap(0.002)
        waits.append(stopwatch() - start)
        nap(0.037)  # not in step with the looks
    return max(waits)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "expressions").mkdir()
        library = Library(folder, phrases.load)
        costs = []
        for _ in range(LOOKS):
            start = stopwatch()
            library.look()
            costs.append(stopwatch() - start)
        taken: list[Renewal] = []
        watcher = Watcher(library, taken.append)
        behavior = TEMPLATE.format(title="It", name="it", kind="It")
        codes = [f"{behavior}\n# {n}\n" for n in range(SAVES)]
        motions = [FRAME.format(roll=n + 1) for n in range(SAVES)]
        tell("a saved behaviour is taken up after, worst", slowest(taken, folder / "it.py", codes), "s", 1.0)
        tell(
            "a saved expression is taken up after, worst",
            slowest(taken, folder / "expressions" / "it.toml", motions),
            "s",
            1.0,
        )
        watcher.close()
    tell("one look of the watcher's thread", statistics.median(costs) * 1e3, "ms", 10.0)


if __name__ == "__main__":
    main()
