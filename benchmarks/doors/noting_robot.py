"""A robot as `bowlby run` starts it, on one core, that notes each tick; beside the doors it is asked here from inside.

`python -m benchmarks.doors.noting_robot NOTES run --config FILE`. Lines of standard input, "look YAW" and "show
EXPRESSION", are wishes given to its loop by no door. NOTES is JSON, written at its end: `bench_doors` reads it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from robot.__main__ import main as run
from robot.app import runner
from robot.core.clock import stopwatch
from robot.core.percepts import Wish
from robot.core.requests import TakeWish

if TYPE_CHECKING:
    from robot.app.robot import Robot
    from robot.core.tick import Tick
    from robot.health.systemd import ServiceManager

LOOK_S = 4.0
FIRST = 1_000_000  # numbers of wishes that no door gives


class TickNotes:
    """An observer; moments are those of the machine's one monotonic clock, s."""

    def __init__(self, robot: Robot) -> None:
        self._robot = robot
        self.ticks: list[tuple[float, ...]] = []  # when it was over, how late it began, the pose
        self.asked: list[float] = []

    def see(self, tick: Tick) -> None:
        self.ticks.append((stopwatch(), tick.late_s, *tick.frame.pose))

    def obey(self) -> None:
        """Give the loop what standard input asks for, until that ends."""
        for n, line in enumerate(sys.stdin, FIRST):
            what, value = line.split()
            wish = Wish(0.0, n, "inside", yaw=float(value), look_s=LOOK_S) if what == "look" else None
            self.asked.append(stopwatch())
            self._robot.loop.ask(TakeWish(wish or Wish(0.0, n, "inside", expression=value)))

    def write(self, place: Path) -> None:
        told = {"ticks": self.ticks, "asked": self.asked, "modules": sorted(sys.modules)}
        place.write_text(json.dumps(told), encoding="utf-8")


def main() -> None:
    """Runs to its end whatever the rest of the command line says."""
    os.sched_setaffinity(0, {0})
    place = Path(sys.argv.pop(1))
    serve = runner.serve

    def noting(robot: Robot, manager: ServiceManager, seconds: float) -> int:
        notes = TickNotes(robot)
        robot.loop.watch(notes)
        Thread(target=notes.obey, daemon=True).start()
        try:
            return serve(robot, manager, seconds)
        finally:
            notes.write(place)

    runner.serve = noting
    run()


if __name__ == "__main__":
    main()
