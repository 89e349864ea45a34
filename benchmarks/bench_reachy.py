"""This robot beside Reachy Mini's daemon in that one's simulations, and through it: ratios, also the bad ones.

The daemon comes from its public package, into an environment that nothing else uses. It is built against libraries of
Debian (`DEBIAN`), which are named where it cannot be had. The two do
not do the same: the daemon moves a head that other programs direct, this robot has its senses, mind and guard running.
Both have neither camera nor sound here. State is asked for fifty times a second; a command waits for the next turn of
either loop. At rest the two stand side by side in the same minute, so that both have the same machine, however busy.

`--part` measures one part alone: `rest` takes two minutes, `motion` two, `through` three. Each row is told when it is
known, and no answer is waited for without end.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import closing, suppress
from enum import StrEnum
from itertools import pairwise
from math import atan2, degrees, radians
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import psutil
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from benchmarks.figures import leave_out, load, tell
from benchmarks.soak_service import Service, weigh
from hardware.reachy.body import Standing, open_body
from hardware.reachy.wire import Place, target
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.messages import ZERO, BodyFrame, Eyes, Light, Pose, Telemetry
from robot.express.gaze import GazeMotor, Target
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.board.server import BoardServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.parts.protocols import Body

PACKAGE = "reachy-mini[mujoco]==1.13.0"
DEBIAN = "sudo apt install gcc pkg-config libcairo2-dev libgirepository1.0-dev gir1.2-gst-plugins-base-1.0"
ENVIRONMENT = Path(".venv-reachy")
MOCKUP, MUJOCO = "--mockup-sim", "--sim"
DAEMON = (
    "--headless",
    "--no-media",
    "--no-preload-datasets",
    "--no-wake-up-on-start",
)
TURN_RATE, TURN_S, SETTLED_DEG = 0.3, 5.0, 2.0  # rad/s, s, as near as people notice
REST_S, IDLE_S, RATE_S = 10.0, 60.0, 10.0
COMMANDS, STEP, MOVED = 50, 0.2, 0.005  # how many, rad, rad
STEPS = {"small": 0.03, "far": STEP}  # rad; the first to and fro is what this robot lets a head turn within one frame
GIVEN_UP_S = 120.0
SILENT_S = 10.0  # without a state, or without a motion that was asked for
DT, SPACING_S = 0.02, 0.5


class Part(StrEnum):
    """What can be measured by itself."""

    REST = "rest"
    MOTION = "motion"
    THROUGH = "through"


def installed(folder: Path) -> str:
    """Have the package in `folder`; why that cannot be, else nothing."""
    if (folder / "bin/reachy-mini-daemon").exists():
        return ""
    made, filled = ["venv", "-q", "--clear", "-p", sys.executable], ["pip", "install", "-q", PACKAGE, "--python"]
    for command in (made, filled):
        whole = [sys.executable, "-m", "uv", *command, str(folder)]
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"{done.stderr.strip().splitlines()[-1]} ({DEBIAN})"
    return ""


class Daemon:
    """Reachy Mini's, started and ready."""

    def __init__(self, environment: Path, kind: str = MOCKUP, port: int = 0) -> None:
        with closing(socket.create_server(("127.0.0.1", port))) as free:
            self.port = int(free.getsockname()[1])
        self.kind = kind
        self._door = f"127.0.0.1:{self.port}"
        program = str(environment / "bin/reachy-mini-daemon")
        command = [program, kind, *DAEMON, "--fastapi-port", str(self.port)]
        offline = os.environ | {"HF_HUB_OFFLINE": "1"}
        began = stopwatch()
        self.process = psutil.Popen(command, env=offline, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self._answers():
            if why := self._failure():
                sys.exit(f"the daemon has started without a robot ({kind}): {why}")
            if stopwatch() - began > GIVEN_UP_S or not self.process.is_running():
                sys.exit(f"the daemon does not come up; does it lack a library? {DEBIAN}")
            nap(0.05)
        self.started_s = stopwatch() - began

    @property
    def address(self) -> str:
        return f"reachy://{self._door}"

    def _answers(self) -> bool:
        try:
            with connect(f"ws://{self._door}/api/state/ws/full?frequency=50") as states:
                return bool(states.recv(timeout=1.0))
        except (OSError, TimeoutError, WebSocketException):
            return False

    def _failure(self) -> str:
        """Why it will have no state to tell: it stays up all the same."""
        try:
            with urllib.request.urlopen(f"http://{self._door}/api/daemon/status", timeout=1.0) as answer:
                return str(json.load(answer)["error"] or "")
        except OSError:
            return ""

    def rate(self) -> float:
        with connect(f"ws://{self._door}/api/state/ws/full?frequency=50") as states:
            began, count = stopwatch(), 0
            while stopwatch() - began < RATE_S:
                _told(states)
                count += 1
            return count / (stopwatch() - began)

    def latencies(self) -> list[float]:
        """From a command to a state in which the head has moved, s."""
        taken = []
        with (
            connect(f"ws://{self._door}/api/state/ws/full?frequency=500") as states,
            connect(f"ws://{self._door}/api/move/ws/set_target") as commands,
        ):
            for n in range(COMMANDS):
                nap(SPACING_S + n * DT / COMMANDS)  # at every phase of its loop
                yaw = _newest(states)
                began = stopwatch()
                commands.send(json.dumps({"target_head_pose": {"yaw": STEP * (-1) ** n}}))
                while abs(_told(states)["head_pose"]["yaw"] - yaw) < MOVED:
                    _still_hopes(began)
                taken.append(stopwatch() - began)
        return taken

    def sdk_latencies(self, step: float) -> list[float]:
        """The same over the line that the SDK's `set_target` takes, `step` rad to and fro, s."""
        taken = []
        with connect(f"ws://{self._door}/ws/sdk", compression=None) as line:
            for n in range(COMMANDS):
                nap(SPACING_S + n * DT / COMMANDS)
                before = _heading(line)
                began = stopwatch()
                line.send(target(Place(Pose(head_yaw=step * (-1) ** n))))
                while abs(_heading(line, wait=True) - before) < MOVED:
                    _still_hopes(began)
                taken.append(stopwatch() - began)
        return taken

    def sdk_ripple(self) -> float:
        """An even turn as an SDK program sends it, fifty times a second: see `_ripple`."""
        with connect(f"ws://{self._door}/ws/sdk", compression=None) as line:
            clock, began, headings = RealClock(), stopwatch(), list[tuple[float, float]]()
            due = began
            while (t := stopwatch() - began) < TURN_S:
                if stopwatch() >= due:
                    due += DT
                    line.send(target(Place(Pose(head_yaw=TURN_RATE * t - TURN_RATE * TURN_S / 2))))
                with suppress(TimeoutError):
                    headings += _headings(json.loads(line.recv(timeout=0.001)), clock.now())
        return _ripple(headings)

    def close(self) -> None:
        """Also where it was killed before."""
        with suppress(psutil.NoSuchProcess):
            self.process.kill()
        self.process.wait()


def _told(line: ClientConnection) -> Any:
    """The next that the daemon says; ends the benchmark where it says nothing more."""
    try:
        return json.loads(line.recv(timeout=SILENT_S))
    except TimeoutError:
        sys.exit(f"the daemon has said nothing for {SILENT_S:g} s")


def _still_hopes(began: float) -> None:
    """Ends the benchmark where what was asked for has not come for too long."""
    if stopwatch() - began > SILENT_S:
        sys.exit(f"the daemon's head has not moved for {SILENT_S:g} s, though it was asked to")


def _headings(message: dict[str, Any], t: float) -> list[tuple[float, float]]:
    if message["type"] != "head_pose":
        return []
    matrix = message["head_pose"]
    return [(t, atan2(matrix[1][0], matrix[0][0]))]


def _heading(line: ClientConnection, *, wait: bool = False) -> float:
    """The head's newest yaw; with `wait` the next one."""
    yaw: float | None = None
    began = stopwatch()
    while True:
        _still_hopes(began)
        try:
            message = _told(line) if wait or yaw is None else json.loads(line.recv(timeout=0.002))
        except TimeoutError:
            return float(yaw or 0.0)
        for _, found in _headings(message, 0.0):
            if wait:
                return found
            yaw = found


def _ripple(headings: list[tuple[float, float]]) -> float:
    """By how much a step of the daemon's is off the even one, as a share of it, in nine of ten of its turns."""
    middle = headings[len(headings) // 4 : -len(headings) // 8]
    steps = [b - a for (_, a), (_, b) in pairwise(middle)]
    mean = sum(steps) / len(steps)
    return sorted(abs(step / mean - 1.0) for step in steps)[9 * len(steps) // 10]


def _newest(states: ClientConnection) -> float:
    """The yaw of the newest state; those that wait are thrown away."""
    yaw = 0.0
    try:
        while True:
            yaw = json.loads(states.recv(timeout=0.004))["head_pose"]["yaw"]
    except TimeoutError:
        return float(yaw)


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


class Through:
    """The body client on a daemon: turned as the loop turns it, and watched a thousand times a second."""

    def __init__(self, daemon: Daemon) -> None:
        self.clock = RealClock()
        self.body = open_body(daemon.address, Surroundings(self.clock))
        self.told: list[Telemetry] = []
        self._due = self.clock.now()
        self.wrote_at = 0.0

    def turn(self, frame_of: Callable[[float], BodyFrame]) -> None:
        """A moment: what has come is taken, and at a turn a frame is written."""
        now = self.clock.now()
        self.told += [one for one in self.body.poll(now) if isinstance(one, Telemetry)]
        if now >= self._due:
            self._due = max(self._due + DT, now - DT)
            self.body.write(frame_of(now))
            self.wrote_at = self.clock.now()
        nap(0.001)

    def turn_to(self, pose: Pose, *, limp: bool = False) -> None:
        self.turn(lambda now: BodyFrame(now, pose, Eyes(), Light(), limp=limp))

    def hold(self, pose: Pose, seconds: float, *, limp: bool = False) -> None:
        end = self.clock.now() + seconds
        while self.clock.now() < end:
            self.turn_to(pose, limp=limp)

    def wait(self, standing: Standing, pose: Pose = ZERO, *, within: float = GIVEN_UP_S) -> float:
        """Until it stands so; how long that took, s."""
        began = stopwatch()
        while self.body.standing is not standing:
            if stopwatch() - began > within:
                sys.exit(f"{standing} does not come: {self.body.health()}")
            self.hold(pose, DT)
        return stopwatch() - began

    def latencies(self, step: float) -> list[float]:
        """From writing a frame, `step` rad to either side, to telemetry in which the head has moved, s."""
        taken = []
        self.wait(Standing.ARMED)
        self.hold(ZERO, 1.0)
        for n in range(COMMANDS):
            yaw = step * (-1) ** n
            self.hold(Pose(head_yaw=-yaw if n else 0.0), SPACING_S + n * DT / COMMANDS)
            before, since = self.told[-1].pose.yaw, self.wrote_at
            goal = Pose(head_yaw=yaw)
            while self.wrote_at == since:
                self.turn_to(goal)
            began = self.wrote_at
            while abs(self.told[-1].pose.yaw - before) < MOVED:
                self.turn_to(goal)
            taken.append(self.clock.now() - began)
        return taken

    def ripple(self) -> float:
        self.hold(Pose(head_yaw=-TURN_RATE * TURN_S / 2), 2.0)
        began, first = self.clock.now(), len(self.told)
        while self.clock.now() - began < TURN_S:
            self.turn(
                lambda now: BodyFrame(
                    now, Pose(head_yaw=TURN_RATE * (now - began) - TURN_RATE * TURN_S / 2), Eyes(), Light()
                )
            )
        return _ripple([(one.t, one.pose.yaw) for one in self.told[first:]])

    def gaze(self, aside: float) -> tuple[float, float]:
        """Somebody appears at a bearing: how far the head goes beyond, rad, and when it has settled, s."""
        motor, ahead = GazeMotor(self.body.description), Target(0.0, 0.0)
        self.hold(ZERO, 2.0)
        motor.place(0.0, 0.0, 0.0)
        began, first, goal = self.clock.now(), len(self.told), Target(aside, 0.0)

        def frame(now: float) -> BodyFrame:
            aim = motor.step(now, DT, goal if now - began > 0.1 else ahead, (0.0, 0.0))
            return BodyFrame(now, Pose(aim.base_yaw, aim.pitch, 0.0, aim.head_yaw), Eyes(), Light())

        while self.clock.now() - began < 3.0:
            self.turn(frame)
        way = [(one.t - began - 0.1, one.pose.yaw) for one in self.told[first:]]
        beyond = max(yaw for _, yaw in way) - aside
        settled = max((t for t, yaw in way if abs(yaw - aside) > radians(SETTLED_DEG)), default=0.0)
        return max(beyond, 0.0), settled


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
