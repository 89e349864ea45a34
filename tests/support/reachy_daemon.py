"""Reachy Mini's daemon as far as its wire shows it: states fifty times a second, a status, targets that are obeyed.

Written after the maker's SDK 1.13 (`/ws/sdk`); `tests/hardware/test_reachy_vendor.py` holds it to the maker's own.
"""

from __future__ import annotations

import contextlib
import json
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from robot.core.clock import nap

if TYPE_CHECKING:
    from websockets.sync.server import ServerConnection

SLEEPING = [[0.911, 0.0, 0.413, -0.021], [0.0, 1.0, 0.0, 0.0], [-0.413, 0.0, 0.911, -0.044], [0.0, 0.0, 0.0, 1.0]]


def joint_positions(body_yaw: float, antennas: tuple[float, float]) -> dict[str, Any]:
    return {
        "type": "joint_positions",
        "head_joint_positions": [body_yaw, *[0.0] * 6],
        "antennas_joint_positions": list(antennas),
    }


def head_pose(matrix: list[list[float]]) -> dict[str, Any]:
    return {"type": "head_pose", "head_pose": matrix}


def daemon_status(mode: str = "enabled", state: str = "running", error: str | None = None) -> dict[str, Any]:
    return {
        "type": "daemon_status",
        "state": state,
        "version": "1.13.0",
        "error": error,
        "backend_status": {"motor_control_mode": mode, "error": error},
    }


class Robot:
    """What a target moves, at once."""

    def __init__(self) -> None:
        self.matrix, self.body_yaw, self.antennas = SLEEPING, 0.0, (-3.05, 3.05)
        self.mode, self.state = "disabled", "running"
        self.error: str | None = None
        self.stuck = False
        self.commands: list[dict[str, Any]] = []

    def take(self, command: dict[str, Any]) -> None:
        self.commands.append(command)
        kind = command["type"]
        if kind == "set_motor_mode":
            self.mode = command["mode"]
        elif kind == "set_full_target" and self.mode == "enabled" and not self.stuck:
            head = command["head"]
            self.matrix = [head[i : i + 4] for i in range(0, 16, 4)]
            self.body_yaw, self.antennas = command["body_yaw"], tuple(command["antennas"])

    def states(self) -> list[dict[str, Any]]:
        return [joint_positions(self.body_yaw, self.antennas), head_pose(self.matrix)]

    def status(self) -> dict[str, Any]:
        return daemon_status(self.mode, self.state, self.error)

    @property
    def kinds(self) -> list[str]:
        return [command["type"] for command in self.commands]


class OnAPort(ABC):
    """A daemon on a port of this machine, the same after `stop` and `start`, as one that dies."""

    port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def stop(self) -> None: ...

    @property
    def address(self) -> str:
        return f"reachy://127.0.0.1:{self.port}"


class ReachyDaemon(OnAPort):
    """Its line. `frozen`: it takes and tells nothing."""

    def __init__(self) -> None:
        self.robot = Robot()
        self.frozen = False
        self._running = False

    def start(self) -> None:
        self._running = True
        self._server = serve(self._serve, "127.0.0.1", self.port, close_timeout=0.1)
        self.port = int(self._server.socket.getsockname()[1])
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._running = False
        self._server.shutdown()
        self._thread.join()

    def _serve(self, client: ServerConnection) -> None:
        turn = 0
        with contextlib.suppress(ConnectionClosed):
            while self._running:
                nap(0.02)
                if self.frozen:
                    continue
                with contextlib.suppress(TimeoutError):
                    while True:
                        self.robot.take(json.loads(client.recv(timeout=0)))
                for state in self.robot.states():
                    client.send(json.dumps(state))
                if turn % 10 == 0:
                    client.send(json.dumps(self.robot.status()))
                turn += 1
