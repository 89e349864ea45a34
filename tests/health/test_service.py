"""As a service: it tells its manager how it is, is alive only while it ticks, and says how its last run ended."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from firmware_bridge.descriptions import bowlby_one
from firmware_bridge.table import UNITS_PER_US
from robot.app.build import build
from robot.app.context import RunContext, shared_stock
from robot.app.runner import serve
from robot.config.schema import Config, PartsTable
from robot.core.clock import ManualClock, nap
from robot.core.percepts import Telemetry
from robot.health.last_run import LastRun, RunEnding, read
from robot.health.systemd import ServiceManager
from robot.texts.catalogue import words
from sim.board.server import BoardServer
from sim.world import scenario as scenarios
from sim.world.world import World
from tests.support.free_port import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.core.tick import Tick

WATCHDOG_S = 0.6
HANGS = '''"""Hang: never gives an answer once a file is there, and cannot be broken off."""

from ctypes import CDLL, create_string_buffer
from pathlib import Path

from robot.decide.behavior import Behavior


class Hang(Behavior):
    """For a test."""

    name = "hang"

    def desire(self, state):
        if Path("{trigger}").exists():
            mutex = create_string_buffer(128)
            while True:
                CDLL(None).pthread_mutex_lock(mutex)  # the second waits for the first
        return 0.0

    def act(self, state):
        return ()
'''
TOML = """
[robot]
behaviors = "{behaviors}"
[parts]
body = "{body}"
camera = ""
ears = ""
speaker = ""
[page]
port = {port}
"""


class Service:
    """`bowlby run` as a service manager starts it, on a real datagram socket."""

    def __init__(self, folder: Path, body: str = "sim://", more: str = "", options: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self._options = options
        self.port = free_port()
        (folder / "behaviors").mkdir(exist_ok=True)
        self.config = folder / "robot.toml"
        self.config.write_text(TOML.format(behaviors=folder / "behaviors", body=body, port=self.port) + more)
        self._inbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._inbox.bind(str(folder / "notify"))
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "PYTHONDONTWRITEBYTECODE": "1",  # one of them may write no file beyond 4 kB, which would be cut off there
            "NOTIFY_SOCKET": str(self.folder / "notify"),
            "WATCHDOG_USEC": str(int(WATCHDOG_S * 1e6)),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }
        environment.pop("WATCHDOG_PID", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "robot", "run", "--config", str(self.config), *self._options],
            env=environment,
            stderr=subprocess.PIPE,
        )
        return self.process

    def told(self, within_s: float = 90.0) -> str:
        """The next message; empty when none comes in time."""
        self._inbox.settimeout(within_s)
        try:
            return self._inbox.recv(4096).decode()
        except TimeoutError:
            return ""

    def until(self, start: str) -> list[str]:
        """All messages up to the first that starts so."""
        messages = [self.told()]
        while messages[-1] and not messages[-1].startswith(start):
            messages.append(self.told())
        assert messages[-1], messages
        return messages

    def end(self, number: int) -> str:
        self.process.send_signal(number)
        return self.process.communicate(timeout=60)[1].decode()

    def last(self) -> LastRun:
        return read(self.folder / "state" / "bowlby")

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self._inbox.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    yield made
    made.close()


@pytest.mark.slow
def test_a_service_manager_is_told_ready_alive_stopping_and_how_things_are(service: Service) -> None:
    messages = service.until("WATCHDOG=1")
    assert messages[0] == "READY=1"
    messages += [service.told() for _ in range(4)]
    assert any(message.startswith("STATUS=") and "ticks" in message for message in messages), messages
    service.end(signal.SIGTERM)
    assert service.process.returncode == 0
    assert "STOPPING=1" in service.until("STOPPING=1")[-1]
    assert service.last().ending is RunEnding.ASKED


@pytest.mark.slow
def test_a_robot_that_hangs_is_not_alive_though_its_page_answers(tmp_path: Path) -> None:
    trigger = tmp_path / "hang"
    (tmp_path / "behaviors").mkdir()
    (tmp_path / "behaviors" / "hang.py").write_text(HANGS.format(trigger=trigger), encoding="utf-8")
    service = Service(tmp_path)
    try:
        service.until("WATCHDOG=1")
        trigger.touch()
        while service.told(2 * WATCHDOG_S):
            pass  # what was on its way
        assert service.process.poll() is None
        with urllib.request.urlopen(f"http://127.0.0.1:{service.port}/", timeout=10) as page:
            assert page.status == 200
        assert service.told(2 * WATCHDOG_S) == ""
        trace = service.end(signal.SIGABRT)  # as the watchdog does
        assert "hang.py" in trace  # the log tells where it hung
        (tmp_path / "state" / "bowlby" / "ended").write_text("watchdog dumped ABRT\n")  # as the unit notes it
        assert service.last() == LastRun(RunEnding.HUNG, "dumped ABRT", service.last().began, ("hang",))
    finally:
        service.close()


@pytest.mark.slow
def test_killed_and_started_again_it_knows_and_moves_on_gently_from_where_it_stood(tmp_path: Path) -> None:
    with BoardServer() as board:
        service = Service(tmp_path, board.address)
        try:
            service.until("WATCHDOG=1")
            nap(3.0)  # servos come on one after the other
            service.end(signal.SIGKILL)
            assert service.last().ending is RunEnding.KILLED
            before = len(board.pulses)
            service.start()
            service.until("READY=1")
            nap(3.0)
            service.end(signal.SIGTERM)
            steps = [
                abs(a - b)
                for old, new in zip(board.pulses[before:], board.pulses[before + 1 :], strict=False)
                for a, b in zip(old, new, strict=True)
                if a and b
            ]
        finally:
            service.close()
    assert steps, "no servo had pulses after the second start"
    fastest = max(joint.speed * abs(joint.us_per_rad) for joint in bowlby_one().joints) * 0.02 * UNITS_PER_US
    assert max(steps) <= fastest * 1.05


@pytest.mark.slow
def test_it_waits_for_its_board_without_being_taken_for_hung_and_runs_once_it_is_plugged_in(tmp_path: Path) -> None:
    port = free_port()
    service = Service(tmp_path, f"socket://127.0.0.1:{port}")
    try:
        assert "waits for its body" in service.until("READY=1")[-1]
        patience = service.told().splitlines()[-1]
        assert int(patience.removeprefix("WATCHDOG_USEC=")) > 30e6  # what is loaded once it is there takes its time
        with BoardServer(port=port):
            while (told := service.told()) != "READY=1":
                assert "waits" in told or patience in told, told
            assert service.told() == f"WATCHDOG=1\nWATCHDOG_USEC={WATCHDOG_S * 1e6:.0f}"
    finally:
        service.close()


@pytest.mark.slow
def test_stopped_while_it_waits_for_its_board_it_ended_because_it_was_asked_to(tmp_path: Path) -> None:
    port = free_port()
    service = Service(tmp_path, f"socket://127.0.0.1:{port}")
    try:
        service.until("READY=1")
        service.end(signal.SIGTERM)
        assert service.process.returncode == 0
        assert service.last().ending is RunEnding.ASKED
    finally:
        service.close()


def test_an_error_that_ends_it_is_what_the_next_run_tells(tmp_path: Path) -> None:
    service = Service(tmp_path, "nowhere://board")  # a board that is not there would be waited for
    service.process.communicate(timeout=120)
    service.close()
    assert service.process.returncode == 2
    assert service.last().ending is RunEnding.FAULT
    assert "nowhere" in words(service.last().detail)


def test_a_full_disk_under_the_recording_is_no_error_that_ended_the_robot(tmp_path: Path) -> None:
    service = Service(tmp_path, options=("--record", str(tmp_path / "run.mcap")))
    try:
        service.until("READY=1")
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (4096, 4096))
        errors = service.end(signal.SIGTERM)
    finally:
        service.close()
    assert "run.mcap cannot be written" in " ".join(errors.split())
    assert service.process.returncode == 2
    assert service.last().ending is RunEnding.ASKED


def test_the_body_comes_to_rest_when_an_error_ends_the_loop() -> None:
    class Broken:
        def see(self, tick: Tick) -> None:
            if tick.n == 200:
                raise RuntimeError("broken")

    _, scenario = scenarios.load("first-meeting")
    parts = PartsTable(body="sim://", camera="", ears="", speaker="")
    place = RunContext(ManualClock(), World(scenario, bowlby_one(), "truth"), research=True, stock=shared_stock())
    with build(Config(parts=parts), place, [Broken()]) as robot:
        with pytest.raises(RuntimeError, match="broken"):
            serve(robot, ServiceManager({}), 60.0)
        percepts = [percept for _ in range(10) for percept in robot.loop.turn().percepts]
    assert not [percept for percept in percepts if isinstance(percept, Telemetry)][-1].armed
