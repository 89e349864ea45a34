"""This robot beside Reachy Mini's daemon in that one's simulations, and through it: ratios, also the bad ones.

The daemon comes from its public package, into an environment that nothing else uses (`reachy_daemon.py`). It is built
against libraries of Debian, which are named where it cannot be had. The two do
not do the same: the daemon moves a head that other programs direct, this robot has its senses, mind and guard running.
Both have neither camera nor sound here. State is asked for fifty times a second; a command waits for the next turn of
either loop. At rest the two stand side by side in the same minute, so that both have the same machine, however busy.

`--part` measures one part alone: `rest` takes two minutes, `motion` two, `through` three. Each row is told when it is
known, and no answer is waited for without end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from enum import StrEnum
from math import degrees, radians
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.figures import leave_out, load, tell
from benchmarks.reachy_daemon import (
    COMMANDS,
    DT,
    ENVIRONMENT,
    GIVEN_UP_S,
    MOCKUP,
    MOVED,
    MUJOCO,
    PACKAGE,
    SPACING_S,
    STEP,
    Daemon,
    installed,
)
from benchmarks.reachy_through import SETTLED_DEG, Through
from benchmarks.soak_service import Service, weigh
from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.percepts import Telemetry
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.board.server import BoardServer

if TYPE_CHECKING:
    import psutil

    from robot.parts.protocols import Body

REST_S, IDLE_S = 10.0, 60.0
STEPS = {"small": 0.03, "far": STEP}  # rad; the first to and fro is what this robot lets a head turn within one frame


class Part(StrEnum):
    """What can be measured by itself."""

    REST = "rest"
    MOTION = "motion"
    THROUGH = "through"


def own_latencies() -> list[float]:
    """From a command to telemetry in which the head has moved, s: a turn, the line, and the firmware at true speed."""
    taken = []
    clock = RealClock()
    with BoardServer() as board:
        body = open_part(BODIES, board.address, Surroundings(clock))
        head = _Head(body, clock)
        head.turn_for(REST_S)  # servos come on one after the other
        for n in range(COMMANDS):
            head.turn_for(SPACING_S + n * DT / COMMANDS)
            yaw = head.yaw
            began, head.asked = clock.now(), STEP * (-1) ** n
            while abs(head.yaw - yaw) < MOVED:
                head.turn_for(0.001)
                if clock.now() - began > GIVEN_UP_S:
                    sys.exit(f"the head does not move: {body.health().reason}")
            taken.append(clock.now() - began)
        body.close()
    return taken


class _Head:
    """Turns as the loop does, fifty times a second, and looks at what comes back a thousand times."""

    def __init__(self, body: Body, clock: RealClock) -> None:
        self._body, self._clock = body, clock
        self._due = clock.now()
        self.asked = self.yaw = 0.0

    def turn_for(self, seconds: float) -> None:
        end = self._clock.now() + seconds
        while (now := self._clock.now()) < end:
            for percept in self._body.poll(now):
                if isinstance(percept, Telemetry):
                    self.yaw = percept.pose.head_yaw
            if now >= self._due:
                self._due += DT
                self._body.write(BodyFrame(now, Pose(head_yaw=self.asked), Eyes(), Light()))
            nap(0.001)


class Rest(NamedTuple):
    """What one takes at rest, with its workers."""

    core_percent: float
    memory_mib: float


def at_rest(*processes: psutil.Process) -> list[Rest]:
    """What each takes over a while in which nothing is asked, all in the same."""
    nap(REST_S)
    before, began = [_worked(process) for process in processes], stopwatch()
    nap(IDLE_S)
    took = stopwatch() - began
    return [
        Rest(100.0 * (_worked(process) - start) / took, weigh(process).memory_mib)
        for process, start in zip(processes, before, strict=True)
    ]


def _worked(process: psutil.Process) -> float:
    """Processor seconds so far."""
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))


def compare(figure: str, own: float, other: float, unit: str, *, more_is_better: bool = False) -> None:
    """One row; a ratio above 1 is in this robot's favour."""
    ratio = round(own / other if more_is_better else other / own, 2)
    tell(figure, own, unit, reachy_mini=round(other, 3), ratio=ratio, note=f"{PACKAGE}; {load()}")


def through(environment: Path) -> None:
    """Rows of this robot through the daemon, beside a program that uses the maker's SDK.

    A far turn is sent by the SDK's `set_target` all at once, and by this robot no faster than the body's limits.
    """
    for kind in (MOCKUP, MUJOCO):
        name = kind.strip("-")
        with closing(Daemon(environment, kind)) as daemon:
            # The other first: as this robot leaves, it sends the daemon to sleep, which moves the head for two seconds.
            others = [1e3 * median(daemon.sdk_latencies(step)) for step in STEPS.values()]
            other_ripple = daemon.sdk_ripple()
            body = Through(daemon)
            own = [1e3 * median(body.latencies(step)) for step in STEPS.values()]
            ripple = body.ripple()
            beyond, settled = body.gaze(radians(40.0))
            body.body.close()
        for turn, mine, theirs in zip(STEPS, own, others, strict=True):
            compare(f"{name}: from a frame to motion, a {turn} turn, median", mine, theirs, "ms")
        compare(f"{name}: ripple of an even turn", 100.0 * ripple, 100.0 * other_ripple, "%")
        tell(f"{name}: gaze, 40 degrees aside, overshoot", degrees(beyond), "deg")
        tell(f"{name}: gaze, 40 degrees aside, within {SETTLED_DEG:g} degrees", settled, "s")


def rest(environment: Path) -> None:
    """Rows of both side by side, from start-up on."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Daemon(environment)) as daemon,
        closing(Service(Path(folder))) as service,
    ):
        own, other = at_rest(service.process, daemon.process)
        before, began = service.counts()["ticks"], stopwatch()
        theirs = daemon.rate()
        rate = (service.counts()["ticks"] - before) / (stopwatch() - began)
    compare("start-up, to the first state or turn", service.started_s, daemon.started_s, "s")
    compare("states a second, of fifty asked for", rate, theirs, "Hz", more_is_better=True)
    compare("processor at rest, of one core", own.core_percent, other.core_percent, "%")
    compare("memory at rest", own.memory_mib, other.memory_mib, "MiB")


def motion(environment: Path) -> None:
    """A row of how soon each moves."""
    with closing(Daemon(environment)) as daemon:
        theirs = median(daemon.latencies())
    compare("from a command to motion, median", 1e3 * median(own_latencies()), 1e3 * theirs, "ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="where the daemon is, or is put")
    parser.add_argument("--part", type=Part, choices=list(Part), help="what is measured; without it all of it")
    asked = parser.parse_args()
    environment = asked.environment.absolute()
    if why := installed(environment):
        leave_out(f"beside {PACKAGE}", f"it cannot be installed here: {why}")
        return
    for part, measured in {Part.THROUGH: through, Part.REST: rest, Part.MOTION: motion}.items():
        if asked.part in {None, part}:
            measured(environment)


if __name__ == "__main__":
    main()
