"""The body client on real lines at true speed: sockets and ttys that come, go, answer wrongly or not at all."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from firmware_bridge import table
from firmware_bridge.body import BoardBody, open_body
from firmware_bridge.framing import Decoder, encode
from robot.clock import RealClock, nap
from robot.errors import LinkError
from robot.messages import BodyFrame, Condition, Eyes, Light, Pose, Telemetry
from robot.parts import Surroundings
from tests.board_server import BoardServer
from tests.rig import ONE, Watch


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
        assert "'relic' speaks another version of the protocol (its 9, ours 1)" in health.reason
        assert "bowlby firmware flash" in health.reason
        driver.body.close()


def test_a_port_without_firmware_is_told_after_two_seconds() -> None:
    with BoardServer(lambda _: b"") as server:
        driver = Driver(server.address)
        driver.run(2.4)
        assert "no Bowlby firmware answers" in driver.body.health().reason
        assert not driver.told[-1].link
        assert driver.told[-1].pose == Pose(*ONE.rest)
        driver.body.close()
        nap(0.01)
