"""Processes of our own: what waits for one is not dropped unless it may be, and none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psutil

from robot.core.clock import nap
from robot.parts.workers import Worker
from tests.support.waiting import until

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LATE_S = 1.0
BACKLOG = 16
PARENT = f"""
import sys, time
from robot.parts.workers import Worker
worker = Worker("{__name__}:echo", name="test")
worker.send(("ready",))
worker.wait(30.0)
worker.pace(0.1)
print(worker.pid, flush=True)
time.sleep(60.0)
"""


def echo(pipe: Connection) -> None:
    """Send back what comes."""
    while True:
        pipe.send(pipe.recv())


def late_echo(pipe: Connection) -> None:
    nap(LATE_S)
    echo(pipe)


def test_a_slow_process_is_spared_sound_and_nothing_else() -> None:
    with closing(Worker(f"{__name__}:late_echo", name="test", backlog=BACKLOG, spare=frozenset({"sound"}))) as worker:
        raw = bytes(1 << 16)  # more than the pipe holds
        for _ in range(8):
            worker.send(("sound", raw))
        worker.send(("language", "fr"))
        for _ in range(4 * BACKLOG):
            worker.send(("sound", raw))
        worker.send(("last",))
        came: list[str] = []

        def last() -> bool:
            came.extend(kind for kind, *_ in worker.receive())
            return "last" in came

        until(last)
        assert "language" in came
        assert came.count("sound") <= BACKLOG + 8


def test_one_that_rests_ends_with_its_parent() -> None:
    for _ in range(4):
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert parent.stdout is not None
        with parent.stdout as told:
            worker = psutil.Process(int(told.readline()))
        nap(0.1)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        until(lambda worker=worker: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)  # type: ignore[misc]
