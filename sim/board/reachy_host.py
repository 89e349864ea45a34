"""Reachy Mini as its maker simulates it, in lock-step with whoever writes to standard input.

It runs in the maker's environment: `.venv-reachy/bin/python -P sim/board/reachy_host.py mockup` (or `mujoco`); `-P`,
since the maker's code is not to find this folder's modules. The loop is the maker's, only what it takes for the time is
what was granted to it; commands are read and carried out by the maker's code, and what is told comes from it. Its turn
lies half-way between two of ours.

A line in: `{"until": 1.02, "commands": ["{...}", ...]}`, seconds and messages of its line `/ws/sdk`. A line out: what
it has told until then, `[[1.01, "{...}"], ...]`.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from contextlib import suppress
from importlib.metadata import version
from threading import Semaphore, Thread
from typing import TYPE_CHECKING, Any

from reachy_mini.daemon.backend.mockup_sim import backend as mockup
from reachy_mini.daemon.backend.mujoco import backend as mujoco
from reachy_mini.io.protocol import DaemonState, DaemonStatus, message_adapter
from reachy_mini.io.publisher import Publisher

if TYPE_CHECKING:
    from collections.abc import Callable

HALF_A_TURN_S = 0.01
STATUS_S = 1.0


class GrantedTime:
    """What the maker's loop takes for the module `time`. It begins half a turn before ours."""

    def __init__(self) -> None:
        self.now = self._until = -HALF_A_TURN_S
        self._go, self._waits = Semaphore(0), Semaphore(0)

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        while self.now > self._until:
            self._waits.release()
            self._go.acquire()

    def begun(self) -> None:
        """Wait until the loop waits for the first time."""
        self._waits.acquire()

    def grant(self, until: float) -> None:
        """Let the loop go on to a time; it waits again on return."""
        self._until = until
        self._go.release()
        self._waits.acquire()


def simulation(kind: str, time: GrantedTime) -> Any:
    """The maker's backend."""
    logging.disable()
    if kind == "mujoco":
        mujoco.time = time
        return mujoco.MujocoBackend(headless=True, use_audio=False)
    mockup.time = time
    return mockup.MockupSimBackend(use_audio=False)


def status(kind: str, backend: Any) -> str:
    """As the maker's daemon tells once a second how it is."""
    told: str = DaemonStatus(
        robot_name="reachy_mini",
        state=DaemonState.RUNNING,
        wireless_version=False,
        desktop_app_daemon=False,
        simulation_enabled=kind == "mujoco",
        mockup_sim_enabled=kind == "mockup",
        backend_status=backend.get_status(),
        version=version("reachy-mini"),
    ).model_dump_json()
    return told


def running(backend: Any) -> Callable[[], None]:
    """The loop; without it there is nothing to wait for."""

    def run() -> None:
        try:
            backend.run()
        finally:
            traceback.print_exc()
            os._exit(1)

    return run


def main(kind: str) -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the maker prints is no answer
    time = GrantedTime()
    backend = simulation(kind, time)
    told: list[tuple[float, str]] = []
    publisher = Publisher(lambda message: told.append((time.now, message)))
    backend.set_joint_positions_publisher(publisher)
    backend.set_pose_publisher(publisher)
    Thread(target=running(backend), daemon=True).start()
    time.begun()
    next_status = 0.0
    for line in sys.stdin:
        asked = json.loads(line)
        for command in asked["commands"]:
            backend.process_command(message_adapter.validate_json(command), send_response=lambda _: None)
        time.grant(asked["until"])
        if asked["until"] >= next_status:
            told.append((asked["until"], status(kind, backend)))
            next_status = asked["until"] + STATUS_S
        answers.write(json.dumps(told) + "\n")
        answers.flush()
        told.clear()


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(sys.argv[1])
    os._exit(0)
