"""The robot as a service for twenty minutes at true speed, and for eight hours in simulated time: does anything grow?

`make soak` runs both; `--minutes 0` and `--hours 0` leave one out. As a service it runs as its unit starts it, told
that somebody watches; its camera shows a photograph with a face, and its page is asked for every five seconds. In
simulated time somebody visits every hour (see `soak_day`). One JSON line a figure, with the load of the machine.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import psutil
import skimage.data

from benchmarks.figures import load, tell
from benchmarks.soak_day import HOUR_S, day
from robot.config.schema import Config
from robot.core.clock import nap, stopwatch
from robot.health.metrics import Gauges
from robot.page.server.feed import Feed
from sim.run.session import SimSession
from sim.world.options import Options, SightFrom, WordsFrom
from tests.support.free_port import free_port

if TYPE_CHECKING:
    from robot.core.tick import Tick

WARM_MIN, WARM_HOURS = 10, 1  # models load, caches fill, and page visits, each kept for a minute, have cut up the heap
LOOK_S, ASK_S = 10.0, 5.0
CONFIG = """
[parts]
body = "sim://"
camera = "{photograph}"
ears = ""
speaker = ""
[page]
port = {port}
metrics = true
"""
PHOTOGRAPH = f"{skimage.data.__path__[0]}/astronaut.png"
COUNTERS = re.compile(r"^bowlby_(ticks|late_ticks)_total (\S+)$", re.MULTILINE)


class Weight(NamedTuple):
    """What a robot takes, its workers with it."""

    memory_mib: float
    descriptors: int
    threads: int


def weigh(process: psutil.Process) -> Weight:
    every = [process, *process.children(recursive=True)]
    memory = sum(one.memory_info().rss for one in every) / 2**20
    return Weight(memory, sum(one.num_fds() for one in every), sum(one.num_threads() for one in every))


def judge(name: str, weights: list[Weight], end: int) -> None:
    """Compare the first `end` weights with the last `end`, by their medians."""
    first, last = (
        Weight(*(median(column) for column in zip(*rows, strict=True))) for rows in (weights[:end], weights[-end:])
    )
    grown = 100.0 * (last.memory_mib / first.memory_mib - 1.0)
    looks = [round(one.memory_mib, 1) for one in weights]
    note = f"{first.memory_mib:.1f} to {last.memory_mib:.1f} MiB; {load()}"
    tell(f"{name}: memory grew by", grown, "%", 2.0, at_each_look_mib=looks, note=note)
    for what in ("descriptors", "threads"):
        begun, ended = getattr(first, what), getattr(last, what)
        tell(f"{name}: more {what}", ended - begun, what, 0, note=f"{begun:g} to {ended:g}; {load()}")


class Service:
    """`bowlby run` with a service manager's socket that nobody has to read: it never blocks on it."""

    def __init__(self, folder: Path, photograph: str = "", *options: str, errors: int = subprocess.DEVNULL) -> None:
        """`options`: more words for `bowlby run`, whose own output is not shown; `errors`: where what it says goes."""
        began = stopwatch()
        self.port = free_port()
        config = folder / "robot.toml"
        config.write_text(CONFIG.format(photograph=photograph, port=self.port), encoding="utf-8")
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        manager.bind(str(folder / "notify"))
        self._manager = manager
        told = {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": "2000000", "XDG_STATE_HOME": str(folder)}
        kept = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
        command = [sys.executable, "-m", "robot", "run", "--config", str(config), *options]
        quiet = subprocess.DEVNULL
        self.process = psutil.Popen(command, env=os.environ | told | kept, stdout=quiet, stderr=errors)
        manager.settimeout(60.0)
        while b"READY=1" not in manager.recv(4096):
            pass
        self.started_s = stopwatch() - began

    def ask(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30.0) as answer:
            return str(answer.read().decode())

    def counts(self) -> dict[str, float]:
        return {name: float(count) for name, count in COUNTERS.findall(self.ask("/metrics"))}

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        self._manager.close()


def at_true_speed(minutes: float) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Service(Path(folder), PHOTOGRAPH)) as service:
        began, asked, weights = stopwatch(), 0, list[Weight]()
        before: dict[str, float] = {}
        while (passed := stopwatch() - began) < (WARM_MIN + minutes) * 60.0:
            if passed >= WARM_MIN * 60.0:
                before = before or service.counts()
                weights.append(weigh(service.process))
            while stopwatch() - began < passed + LOOK_S:
                service.ask("/")
                asked += 1
                nap(ASK_S)
        after = service.counts()
        name = f"{minutes:g} min as a service"
        judge(name, weights, max(len(weights) // 4, 1))
        ticks = after["ticks"] - before["ticks"]
        late = 100.0 * (after["late_ticks"] - before["late_ticks"]) / ticks
        tell(f"{name}: late ticks", late, "%", 1.0, note=f"{ticks:g} ticks, page asked for {asked} times; {load()}")


class Scales:
    """Weighs this process each simulated half hour."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.weights: list[Weight] = []

    def see(self, tick: Tick) -> None:
        if tick.t >= WARM_HOURS * HOUR_S + len(self.weights) * HOUR_S / 2:
            self.weights.append(weigh(self._process))


def in_simulated_time(hours: float) -> None:
    logging.disable(logging.CRITICAL)
    scales = Scales()
    options = Options(SightFrom.truth, WordsFrom.text, 1, True, 10.0, None)
    with SimSession("day", day(), Config(), options) as session:
        loop = session.robot.loop
        for observer in (scales, Feed(), Gauges(session.robot.vitals)):  # as where a page is up
            loop.watch(observer)
        began = stopwatch()
        loop.run(hours * HOUR_S)
        speed = hours * HOUR_S / (stopwatch() - began)
    judge(f"{hours:g} simulated hours, {speed:.0f} times real time", scales.weights, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0, help="at true speed")
    parser.add_argument("--hours", type=float, default=8.0, help="in simulated time")
    asked = parser.parse_args()
    if asked.hours:
        in_simulated_time(asked.hours)
    if asked.minutes:
        at_true_speed(asked.minutes)


if __name__ == "__main__":
    main()
