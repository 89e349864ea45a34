"""Reachy Mini's daemon in one of its simulations: installed, started, and how soon and how evenly its head moves."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing, suppress
from itertools import pairwise
from math import atan2
from pathlib import Path
from typing import Any

import psutil
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from hardware.reachy.wire import Place, target
from robot.core.body_frame import Pose
from robot.core.clock import RealClock, nap, stopwatch

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
TURN_RATE, TURN_S = 0.3, 5.0  # rad/s, s
RATE_S = 10.0
COMMANDS, STEP, MOVED = 50, 0.2, 0.005  # how many, rad, rad
GIVEN_UP_S = 120.0
SILENT_S = 10.0  # without a state, or without a motion that was asked for
DT, SPACING_S = 0.02, 0.5


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
        """An even turn as an SDK program sends it, fifty times a second: see `ripple_of`."""
        with connect(f"ws://{self._door}/ws/sdk", compression=None) as line:
            clock, began, headings = RealClock(), stopwatch(), list[tuple[float, float]]()
            due = began
            while (t := stopwatch() - began) < TURN_S:
                if stopwatch() >= due:
                    due += DT
                    line.send(target(Place(Pose(head_yaw=TURN_RATE * t - TURN_RATE * TURN_S / 2))))
                with suppress(TimeoutError):
                    headings += _headings(json.loads(line.recv(timeout=0.001)), clock.now())
        return ripple_of(headings)

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


def ripple_of(headings: list[tuple[float, float]]) -> float:
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
