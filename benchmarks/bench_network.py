"""Sight by another machine, over a real network of namespaces: what it adds, and how soon the robot sees by itself when
a cable is pulled, and by the other machine again. Needs root. `python -m benchmarks.bench_network [PULLS]`.

The network counts as back when the first plain datagram gets through and back: a machine may take most of a second to
notice that its own cable is in again, whoever uses it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from benchmarks.figures import tell
from robot.core.clock import generator, nap, stopwatch
from tests.support import cable

if TYPE_CHECKING:
    from collections.abc import Iterator

PULLS = 50
LOOKS = 300
OUT_S = 1.0  # the asker has started by then
EVERY_S = 0.1
LONGEST_S = 30.0
ECHO_PORT = 7000


class Robot:
    """The robot's end, told what to do line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._read()

    def look(self) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write("look\n")
        self._process.stdin.flush()
        return self._read()

    def look_until(self, *, far: bool) -> float:
        """By the stopwatch, which is the same in every process: when a picture was first looked at there, or here."""
        end = stopwatch() + LONGEST_S
        while (seen := self.look())["far"] is not far:
            assert stopwatch() < end, f"not within {LONGEST_S:g} s"
            nap(EVERY_S)
        return float(seen["at"])

    def _read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


def echo() -> None:
    """Run at the lender's end: every datagram goes back."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((cable.AT, ECHO_PORT))
        while True:
            door.sendto(*door.recvfrom(64))


def knock() -> None:
    """Run at the robot's end until a datagram is answered; tells when, by the stopwatch."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.settimeout(0.02)
        while True:
            with suppress(OSError):
                door.sendto(b"there?", (cable.AT, ECHO_PORT))
                door.recv(64)
                print(stopwatch(), flush=True)
                return


@contextmanager
def running() -> Iterator[Robot]:
    with (
        tempfile.TemporaryDirectory() as home,
        cable.laid(),
    ):
        os.environ["XDG_CONFIG_HOME"] = home
        senses = cable.inside(cable.ROBOT, "-m", "tests.support.far_senses")
        with (
            cable.lending("--no-ears"),
            subprocess.Popen(cable.inside(cable.LENDER, "-m", __spec__.name, "echo")) as echoing,
            subprocess.Popen(senses, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
        ):
            yield Robot(process)
            assert process.stdin is not None
            process.stdin.close()
            echoing.terminate()


def added(robot: Robot) -> None:
    """The way there and back, JPEG at both ends included, without the looking itself."""
    robot.look_until(far=True)
    times = []
    for _ in range(LOOKS):
        seen = robot.look()
        if seen["far"]:
            times.append(1000 * seen["added_s"])
        nap(EVERY_S / 4)
    times.sort()
    p95 = times[int(0.95 * len(times))]
    tell("sight by another machine adds, p95", p95, "ms", 15, median=round(times[len(times) // 2], 2), looks=len(times))


def pulled(robot: Robot, pulls: int) -> None:
    """A cable between switch and lender, out for one to five seconds; every second time it is the robot's own."""
    chance = generator(1)
    lost: dict[bool, list[float]] = {False: [], True: []}
    back: dict[bool, list[float]] = {False: [], True: []}
    plugged: dict[bool, list[float]] = {False: [], True: []}
    asking = cable.inside(cable.ROBOT, "-m", __spec__.name, "knock")
    for i in range(pulls):
        own = i % 2 == 1
        robot.look_until(far=True)
        began = stopwatch()
        cable.pull(own=own)
        lost[own].append(robot.look_until(far=False) - began)
        with subprocess.Popen(asking, stdout=subprocess.PIPE, text=True) as knocking:
            nap(OUT_S + float(chance.uniform(0.0, 4.0)))
            began = stopwatch()
            cable.plug(own=own)
            seen = robot.look_until(far=True)
            passes = float(knocking.communicate()[0])
        back[own].append(seen - passes)
        plugged[own].append(seen - began)
    for own, whose in ((False, "the lender's"), (True, "the robot's own")):
        tell(f"{whose} cable pulled: sees by itself, worst of {len(lost[own])}", max(lost[own]), "s", 1)
        plug = round(max(plugged[own]), 3)
        figure = f"{whose} cable back: the other machine sees, worst of {len(back[own])}"
        tell(figure, max(back[own]), "s", 1, after_plugging_in=plug)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["echo"]:
            echo()
        case ["knock"]:
            knock()
        case more:
            with running() as on_the_desk:
                added(on_the_desk)
                pulled(on_the_desk, int(more[0]) if more else PULLS)
