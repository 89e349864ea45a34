"""The doors beside the robot's own ways: delay to the first motion, lines that are lost, duties, and what none costs.

`python -m benchmarks.bench_doors [--part latency|lost|network|duties|nothing]`; one JSON line a figure. The robot runs
as `bowlby run` starts it, in a process of its own on one core, with the simulated body; `duties` has it in this
process, with its company. Needs mosquitto and the extras `home` and `mcp`, `network` root as well.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from benchmarks.doors.duties import duties
from benchmarks.doors.latency import latency
from benchmarks.doors.lost import lost
from benchmarks.doors.network_gone import network
from benchmarks.doors.nothing import nothing
from benchmarks.figures import leave_out
from tests.support.broker import MOSQUITTO

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: dict[str, Callable[[], None]] = {
    "latency": latency,
    "lost": lost,
    "network": network,
    "duties": duties,
    "nothing": nothing,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_doors", description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="one of them; left out: all")
    asked = parser.parse_args().part
    if MOSQUITTO is None:
        leave_out("doors", "mosquitto is not installed")
        return
    for name, part in PARTS.items():
        if asked in {None, name}:
            part()


if __name__ == "__main__":
    main()
