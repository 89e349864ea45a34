"""The body client on real lines at true speed: sockets and ttys that come, go, answer wrongly or not at all."""

from __future__ import annotations

import errno
import math
import os
import select
import socket
import termios
import tty
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Self

import pytest
from serial.tools.list_ports_common import ListPortInfo

from firmware_bridge import table
from firmware_bridge.body import BoardBody, open_body
from firmware_bridge.framing import Decoder, encode
from firmware_bridge.link import BLOCKED, SerialLine
from robot.core.body_frame import BodyFrame, Eyes, Light, Pose
from robot.core.clock import RealClock, nap
from robot.core.condition import Condition
from robot.core.errors import LinkError
from robot.core.percepts import Telemetry
from robot.parts.registry import BODIES, Surroundings, open_part
from robot.texts.catalogue import words
from sim.board.server import BoardServer
from tests.support.rig import ONE, Watch
from tests.support.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE_S = 30.0


class Driver:
    """A loop at true speed that sways the base."""

    def __init__(self, address: str) -> None:
        self.clock = RealClock()
        self.body: BoardBody = open_body(address, Surroundings(self.clock))
        self.due = 0.0
        self.told: list[Telemetry] = []

    def tick(self) -> None:
        self.clock.sleep_until(self.due)
        for percept in self.body.poll(self.due):
            if isinstance(percept, Telemetry):
                self.told.append(percept)
        pose = ONE.rest._replace(base_yaw=self.sway(self.due))
        self.body.write(BodyFrame(self.due, pose, Eyes(), Light()))
        self.due += 0.02

    def sway(self, t: float) -> float:
        return 0.3 * math.sin(2 * t)

    def run(self, seconds: float) -> None:
        until = self.due + seconds
        while self.due < until:
            self.tick()

    def until(self, link: bool, within: float) -> float:  # noqa: FBT001 - reads as a sentence
        """Ticks until the link is so; gives the seconds that took."""
        began = self.due
        while self.due < began + within:
            self.tick()
            if self.told and self.told[-1].link is link:
                return self.due - began
        pytest.fail(f"link did not become {link} within {within} s")


@pytest.mark.alone
@pytest.mark.parametrize("kind", ["socket", "pty"])
def test_the_same_client_drives_a_board_at_true_speed(kind: str) -> None:
    server = BoardServer()
    address = server.pty() if kind == "pty" else server.address
    with server:
        driver = Driver(address)
        driver.run(3.0)
        assert driver.told[-1].armed
        assert driver.body.health().condition is Condition.OK

        # what the servos were told, at the moment they were told it: the lead, the frame and its phase later
        def error(lag: float) -> float:
            return sum(abs(told.pose.base_yaw - driver.sway(told.t - lag)) for told in driver.told[-100:])

        lag = min((n / 1000 for n in range(60)), key=error)
        assert 0.02 <= lag <= 0.05
        driver.run(0.5)
        assert driver.body.status["late"] < 20  # a busy machine may hold up a few of 175
        assert driver.body.status["crc_errors"] == 0
        assert driver.body.decoder.crc_errors == 0
        driver.body.close()
    watch = Watch()
    for pulses in server.pulses:
        watch.see(pulses)
    watch.check()
    times = [told.t for told in driver.told]
    assert all(b >= a for a, b in pairwise(times))


@pytest.mark.slow
def test_a_cut_line_is_told_and_mended_without_a_jump() -> None:
    with BoardServer() as server:
        driver = Driver(server.address)
        driver.run(2.0)
        server.drop()
        driver.until(link=False, within=1.0)
        assert driver.told[-1].faults
        assert driver.body.health().condition is Condition.FAULT
        driver.run(0.3)
        server.plug()
        assert driver.until(link=True, within=1.5) < 1.5
        driver.run(2.5)
        assert driver.told[-1].armed
        driver.body.close()
    watch = Watch()
    for pulses in server.pulses:
        watch.see(pulses)
    watch.check()


def test_two_programs_on_one_port_are_refused() -> None:
    server = BoardServer()
    address = server.pty()
    with server:
        around = Surroundings(RealClock())
        body = open_body(address, around)
        with pytest.raises(LinkError, match="another program holds the port"):
            open_body(address, around)
        body.close()
        open_body(address, around).close()


def test_a_missing_port_says_what_there_is() -> None:
    around = Surroundings(RealClock())
    with pytest.raises(LinkError, match=r"cannot be opened.*plugged in"):
        open_body("/dev/ttyACM99", around)
    with pytest.raises(LinkError, match="no port fits"):
        open_body("serial:dead:beef", around)
    with pytest.raises(LinkError, match="cannot be opened"):
        open_body("socket://127.0.0.1:1", around)


@pytest.mark.parametrize("address", ["serial:/dev/ttyAMA0", "feetech:///dev/ttyAMA0"])
@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.EACCES, "add yourself to the group dialout"),
        (errno.EPERM, "put the line DeviceAllow=/dev/ttyAMA0 rw below [Service]"),  # as a service's device list refuses
        (errno.EBUSY, "`fuser /dev/ttyAMA0` names it"),
        (errno.EIO, "is it plugged in?"),
    ],
)
def test_whoever_may_not_open_a_port_is_told_what_lets_them(
    address: str, number: int, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: str, flags: int, mode: int = 0o777) -> int:
        if path == "/dev/ttyAMA0":
            raise OSError(number, os.strerror(number))
        return opened(path, flags, mode)

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(LinkError) as told:
        open_part(BODIES, address, Surroundings(RealClock(), build=Path("bus_head") if "://" in address else None))
    assert remedy in words(told.value.remedy)


def test_a_board_with_another_protocol_is_named_with_the_command_that_mends_it() -> None:
    decoder = Decoder()

    def answer(data: bytes) -> bytes:
        out = b""
        for messages in decoder.feed(data):
            if messages[0] == table.IDENTIFY.id:
                name = b"relic\0\0\0"
                out += encode(0, table.IDENTITY.pack(9, 1234, *name, 0, 0, 1, 8, 136, 0))
        return out

    with BoardServer(answer) as server:
        driver = Driver(server.address)
        driver.run(0.6)
        health = driver.body.health()
        assert health.condition is Condition.FAULT
        assert "'relic' speaks another version of the protocol (its 9, ours 2)" in words(health.reason)
        assert "bowlby firmware flash" in words(health.reason)
        driver.body.close()


def test_a_port_without_firmware_is_told_after_two_seconds() -> None:
    with BoardServer(lambda _: b"") as server:
        driver = Driver(server.address)
        driver.run(2.4)
        assert "no Bowlby firmware answers" in words(driver.body.health().reason)
        assert not driver.told[-1].link
        assert driver.told[-1].pose == Pose(*ONE.rest)
        driver.body.close()
        nap(0.01)


# ---------------------------------------------------------------- the line alone


class Unread:
    """The other end of a line, which nobody reads until it is asked to `drain`."""

    def __init__(self, kind: str) -> None:
        self._held = ExitStack()
        self._ends: list[int] = []
        if kind == "pty":
            master, slave = os.openpty()
            tty.setraw(slave)
            self._held.callback(os.close, slave)
            self._held.callback(os.close, master)
            self._ends.append(master)
            self.address = os.ttyname(slave)
        else:
            door = self._held.enter_context(socket.create_server(("127.0.0.1", 0)))
            self.address = f"socket://127.0.0.1:{door.getsockname()[1]}"
            self._door = door

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def accept(self) -> None:
        if not self._ends:
            peer = self._held.enter_context(self._door.accept()[0])
            self._ends.append(peer.fileno())

    def waits(self) -> bool:
        """Whether something has come that nobody has read."""
        return bool(select.select(self._ends, [], [], 0)[0])

    def drain(self) -> None:
        for end in self._ends:
            while select.select([end], [], [], 0)[0] and os.read(end, 1 << 16):
                pass


@contextmanager
def writing(line: SerialLine) -> Iterator[None]:
    """Somebody who writes as a loop does, for ever."""
    over: list[bool] = []

    def write() -> None:
        while not over:
            line.write(bytes(1 << 12))
            nap(0.001)

    writer = Thread(target=write, daemon=True)
    writer.start()
    try:
        yield
    finally:
        over.append(True)
        writer.join(PATIENCE_S)
    assert not writer.is_alive(), "a write never returned"


@pytest.mark.parametrize("kind", ["pty", "socket"])
def test_a_line_that_takes_no_bytes_holds_nobody_up_and_is_lost_until_it_does(kind: str) -> None:
    with Unread(kind) as other:
        line = SerialLine(other.address, RealClock())
        other.accept()
        with writing(line):
            until(lambda: not line.up)
            assert (line.reason, line.dropped > 0) == (BLOCKED, True)
            until(lambda: line.up and line.generation > 1)
        other.drain()
        dropped = line.dropped
        until(lambda: line.up)
        line.write(b"fits")
        assert line.dropped == dropped
        line.close()


def refuses(error: Exception) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise error

    return refuse


@pytest.mark.parametrize(
    ("door", "error", "said"),
    [
        ("serial.serial_for_url", termios.error(5, "Input/output error"), "the port cannot be opened: (5, 'Input/"),
        ("serial.serial_for_url", RuntimeError("odd"), "an error that nobody foresaw: RuntimeError: odd"),
        ("serial.tools.list_ports.comports", TypeError("no such file"), "the ports cannot be listed: no such file"),
    ],
)
def test_whatever_keeps_a_line_from_coming_back_is_said_and_it_is_tried_again(
    door: str, error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Unread("pty") as other:
        line = SerialLine(other.address, RealClock())
        monkeypatch.setattr(door, refuses(error))
        with writing(line):
            until(lambda: said in words(line.reason))
            assert not line.up
        monkeypatch.undo()
        until(lambda: line.up)
        line.close()


NANO = (0x1A86, 0x7523, None)  # a CH340, which has no serial number
UNO = (0x2341, 0x0043, "7543931")


def plugged(at: str, usb: tuple[int, int, str | None]) -> ListPortInfo:
    """A device as the system lists it."""
    port = ListPortInfo(at)
    port.vid, port.pid, port.serial_number = usb
    return port


def test_a_line_that_was_lost_is_opened_again_and_not_another_board_of_its_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Unread("pty") as other, Unread("pty") as own:
        monkeypatch.setattr(
            "serial.tools.list_ports.comports", lambda: [plugged(other.address, NANO), plugged(own.address, NANO)]
        )
        line = SerialLine(own.address, RealClock())
        with writing(line):
            until(lambda: not line.up)
        own.drain()
        until(lambda: line.up and line.generation > 1)
        line.write(b"whose?")
        until(own.waits)
        assert not other.waits()
        line.close()


def test_a_board_that_was_pulled_out_is_waited_for_where_one_just_like_it_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Unread("pty") as other, Unread("pty") as own:
        there = [plugged(other.address, NANO), plugged(own.address, NANO)]
        monkeypatch.setattr("serial.tools.list_ports.comports", lambda: there)
        line = SerialLine(own.address, RealClock())
        there.pop()
        own.__exit__()
        until(lambda: "the port cannot be opened" in words(line.reason) or line.generation > 1)
        assert (line.up, line.generation) == (False, 1)
        line.close()


@pytest.mark.parametrize("usb", [NANO, UNO])
def test_the_only_board_of_its_kind_is_found_under_another_name(
    usb: tuple[int, int, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Unread("pty") as then, Unread("pty") as now:
        there = [plugged(then.address, usb)]
        monkeypatch.setattr("serial.tools.list_ports.comports", lambda: there)
        line = SerialLine(then.address, RealClock())
        there[:] = [plugged(now.address, usb)]
        then.__exit__()
        until(lambda: line.up and line.generation > 1)
        line.write(b"here?")
        until(now.waits)
        line.close()


def test_a_write_that_fails_late_does_not_end_the_line_that_came_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with Unread("pty") as then, Unread("pty") as now:
        there = [plugged(then.address, UNO)]
        monkeypatch.setattr("serial.tools.list_ports.comports", lambda: there)
        line = SerialLine(then.address, RealClock())
        begun: list[bool] = []

        def write_late(*_: object) -> int:
            begun.append(True)
            until(lambda: line.up and line.generation > 1)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr("serial.Serial.write", write_late)
        writer = Thread(target=line.write, args=(b"late",), daemon=True)
        writer.start()
        until(lambda: begun)
        there[:] = [plugged(now.address, UNO)]
        then.__exit__()
        writer.join(PATIENCE_S)
        nap(0.2)
        assert (line.up, line.generation) == (True, 2)
        line.close()
