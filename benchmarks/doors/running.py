"""A robot with its doors as a process, as `bowlby run` starts it, and who asks it through them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import AsyncExitStack, ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

import psutil

from robot.core.clock import nap
from robot.core.errors import BowlbyError
from robot.doors.client import Bowlby
from robot.doors.keys import KeyRing, KeyRole
from tests.support.broker import Broker
from tests.support.cable import inside
from tests.support.door_robot import MADE
from tests.support.free_port import free_port
from tests.support.home_robot import EVERYTHING
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mcp import Client


HOME = "bowlby/bowlby"


class Running:
    """A robot in a process of its own, with its folders apart from this person's."""

    def __init__(self, folder: Path, broker: str = "", *, keyed: bool = True, namespace: str = "") -> None:
        """`namespace`: the network that it lives in, where nobody from here can ask it."""
        self._namespace = namespace
        self.notes: dict[str, Any] = {}
        self.port = free_port()
        self._file = folder / "notes.json"
        places = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
        self._environment = {**os.environ, **places}
        own = folder / "CONFIG" / "bowlby"
        own.mkdir(parents=True)
        ring = KeyRing(own / "program.keys")
        self.keys = {role: ring.add(role.value, role, MADE) for role in KeyRole} if keyed else {}
        shows = f'[doors]\nbroker = "{broker}"\nhome_shows = {json.dumps(EVERYTHING)}\n' if broker else ""
        parts = '[parts]\nbody = "sim://"\ncamera = ""\nears = ""\nspeaker = ""\n'
        self._config = own / "bowlby.toml"
        self._config.write_text(parts + shows, encoding="utf-8")

    def __enter__(self) -> Self:
        words = ["-m", "benchmarks.doors.noting_robot", str(self._file), "run", "--config", str(self._config)]
        words += ["--port", str(self.port)]
        self.process = subprocess.Popen(
            inside(self._namespace, *words),
            env=self._environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            until(self._serves, "its page is served")
        except AssertionError:
            self.process.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()
        self.notes = json.loads(self._file.read_text(encoding="utf-8"))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, role: KeyRole = KeyRole.BUILDER) -> Bowlby:
        return Bowlby(self.url, key=self.keys[role])

    def is_up(self) -> bool:
        """Whether it is awake, and does what it is asked for."""
        with self.client() as client:
            return is_up(client)

    def inside(self, what: str) -> bool:
        """Give a wish to its loop, by no door: whether it does it is not told."""
        line = self.process.stdin
        assert line is not None
        line.write(f"{what}\n")
        line.flush()
        return True

    def _serves(self) -> bool:
        if self._namespace:
            return True
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1.0):
            return True
        return False

    def cost(self) -> tuple[float, int]:
        """MiB that are its own alone, and threads; its warden and its voice are other processes."""
        first = psutil.Process(self.process.pid)
        robot = max([first, *first.children(recursive=True)], key=lambda one: one.memory_full_info().uss)
        return robot.memory_full_info().uss / 2**20, robot.num_threads()

    def late(self, since: float, until_: float) -> tuple[int, int, float]:
        """Ticks that began more than 5 ms late, of how many, and the latest, s."""
        found = [tick[1] for tick in self.notes["ticks"] if since <= tick[0] <= until_]
        return sum(late > 0.005 for late in found), len(found), max(found)


def is_up(client: Bowlby) -> bool:
    with suppress(BowlbyError):
        return client.state().mode in {"awake", "engaged"}
    return False


@contextmanager
def running(*, broker: bool = False, keyed: bool = True) -> Iterator[tuple[Running, Broker | None]]:
    with ExitStack() as made:
        folder = Path(made.enter_context(TemporaryDirectory()))
        line = made.enter_context(Broker(folder)) if broker else None
        yield made.enter_context(Running(folder, line.address if line else "", keyed=keyed)), line


@contextmanager
def nothing_else(robot: Running) -> Iterator[None]:
    """Once it is awake and has loaded what it loads."""
    until(robot.is_up, "it is awake")
    nap(5.0)
    yield


async def assistant(made: AsyncExitStack, url: str, key: str) -> Client:
    """`bowlby mcp`, in a process of its own."""
    from mcp import Client, StdioServerParameters, stdio_client  # noqa: PLC0415 - takes two seconds

    environment = {**os.environ, "BOWLBY_KEY": key, "BOWLBY_URL": url}
    server = StdioServerParameters(command=sys.executable, args=["-m", "robot", "mcp"], env=environment)
    return await made.enter_async_context(Client(stdio_client(server)))


def text_of(result: Any) -> str:
    return "".join(getattr(part, "text", "") for part in result.content)
