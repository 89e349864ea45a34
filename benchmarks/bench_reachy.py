"""This robot beside Reachy Mini's daemon in that one's simulation without physics: ratios, also the bad ones.

The daemon comes from its public package, into an environment that nothing else uses. It is built against libraries of
Debian (`DEBIAN`), which are named where it cannot be had. The two do
not do the same: the daemon moves a head that other programs direct, this robot has its senses, mind and guard running.
Both have neither camera nor sound here. State is asked for fifty times a second; a command waits for the next turn of
either loop.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psutil
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from benchmarks.soak_service import Service, weigh
from robot.core.clock import RealClock, nap, stopwatch
from robot.core.messages import BodyFrame, Eyes, Light, Pose, Telemetry
from robot.parts.registry import BODIES, Surroundings, open_part
from sim.board.server import BoardServer

if TYPE_CHECKING:
    from robot.parts.protocols import Body

PACKAGE = "reachy-mini==1.13.0"
DEBIAN = "sudo apt install gcc pkg-config libcairo2-dev libgirepository1.0-dev gir1.2-gstreamer-1.0"
ENVIRONMENT = Path(".venv-reachy")
DAEMON = (
    "--mockup-sim",
    "--headless",
    "--no-media",
    "--no-preload-datasets",
    "--no-wake-up-on-start",
)
REST_S, IDLE_S, RATE_S = 10.0, 20.0, 10.0
COMMANDS, STEP, MOVED = 50, 0.2, 0.005  # how many, rad, rad
GIVEN_UP_S = 120.0
DT, SPACING_S = 0.02, 0.5


def installed(folder: Path) -> str:
    """Have the package in `folder`; why that cannot be, else nothing."""
    if (folder / "bin/reachy-mini-daemon").exists():
        return ""
    made, filled = ["venv", "-q", "-p", sys.executable], ["pip", "install", "-q", PACKAGE, "--python"]
    for command in (made, filled):
        whole = [sys.executable, "-m", "uv", *command, str(folder)]
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"{done.stderr.strip().splitlines()[-1]} ({DEBIAN})"
    return ""


class Daemon:
    """Reachy Mini's, started and ready."""

    def __init__(self, environment: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self._door = f"127.0.0.1:{free.getsockname()[1]}"
        program, port = str(environment / "bin/reachy-mini-daemon"), self._door.rpartition(":")[2]
        command = [program, *DAEMON, "--fastapi-port", port]
        offline = os.environ | {"HF_HUB_OFFLINE": "1"}
        began = stopwatch()
        self.process = psutil.Popen(command, env=offline, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self._answers():
            if stopwatch() - began > GIVEN_UP_S or not self.process.is_running():
                sys.exit(f"the daemon does not come up; does it lack a library? {DEBIAN}")
            nap(0.05)
        self.started_s = stopwatch() - began

    def _answers(self) -> bool:
        try:
            with connect(f"ws://{self._door}/api/state/ws/full?frequency=50") as states:
                return bool(states.recv(timeout=1.0))
        except (OSError, TimeoutError, WebSocketException):
            return False

    def rate(self) -> float:
        with connect(f"ws://{self._door}/api/state/ws/full?frequency=50") as states:
            began, count = stopwatch(), 0
            while stopwatch() - began < RATE_S:
                states.recv()
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
                while abs(json.loads(states.recv())["head_pose"]["yaw"] - yaw) < MOVED:
                    pass
                taken.append(stopwatch() - began)
        return taken

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


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


def at_rest(process: psutil.Process) -> tuple[float, float]:
    """Share of one core, %, and memory, MiB, over a while in which nothing is asked."""
    nap(REST_S)
    every = [process, *process.children(recursive=True)]
    before, began = sum(sum(one.cpu_times()[:2]) for one in every), stopwatch()
    nap(IDLE_S)
    used = sum(sum(one.cpu_times()[:2]) for one in every) - before
    return 100.0 * used / (stopwatch() - began), weigh(process).memory_mib


def tell(what: str, own: float, other: float, unit: str, *, more_is_better: bool = False) -> None:
    """One row; a ratio above 1 is in this robot's favour."""
    ratio = own / other if more_is_better else other / own
    row = {
        "what": what,
        "figure": round(own, 2),
        "reachy_mini": round(other, 2),
        "unit": unit,
        "ratio": round(ratio, 2),
    }
    print(json.dumps(row | {"note": f"{PACKAGE}; load of the machine {os.getloadavg()[0]:.1f}"}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="where the daemon is, or is put")
    environment = parser.parse_args().environment.absolute()
    if why := installed(environment):
        print(json.dumps({"what": f"beside {PACKAGE}", "skipped": f"it cannot be installed here: {why}"}))
        return
    with closing(Daemon(environment)) as daemon:
        theirs = (daemon.started_s, daemon.rate(), *at_rest(daemon.process), median(daemon.latencies()))
    with tempfile.TemporaryDirectory() as folder, closing(Service(Path(folder))) as service:
        load = at_rest(service.process)
        before, began = service.counts()["ticks"], stopwatch()
        nap(RATE_S)
        rate = (service.counts()["ticks"] - before) / (stopwatch() - began)
        started = service.started_s
    own = (started, rate, *load, median(own_latencies()))
    tell("start-up, to the first state or turn", own[0], theirs[0], "s")
    tell("states a second, of fifty asked for", own[1], theirs[1], "Hz", more_is_better=True)
    tell("processor at rest, of one core", own[2], theirs[2], "%")
    tell("memory at rest", own[3], theirs[3], "MiB")
    tell("from a command to motion, median", 1e3 * own[4], 1e3 * theirs[4], "ms")


if __name__ == "__main__":
    main()
