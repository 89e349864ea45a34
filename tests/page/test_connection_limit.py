"""Connections: a flood is held at the door, what is idle is closed, and nobody shuts out anybody else."""

from __future__ import annotations

import http.client
import socket
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from websockets.sync.client import connect

from robot.core.clock import nap, stopwatch
from robot.page.server.connection_limit import FULL, OPEN_PEER, TOO_MANY
from robot.page.server.server import Page
from tests.support.noted_controls import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_a_flood_is_held_at_the_door_and_leaves_no_mark(caplog: pytest.LogCaptureFixture) -> None:
    page = Page(Asked(), port=0)
    page.start()
    try:
        assert page.wait_ready()
        door = (urlsplit(page.url).hostname, urlsplit(page.url).port)
        begun = stopwatch()
        with ExitStack() as knocks:
            while FULL not in caplog.text and stopwatch() < begun + 30:  # faster than the door lets in, on any machine
                knocks.enter_context(socket.create_connection(door, timeout=10))
                nap(0.002)  # or thousands wait at the door before it has told, and each is let in
        assert 1 <= caplog.text.count(FULL) <= 1 + (stopwatch() - begun)  # it is told of once a second
        with urlopen(page.url, timeout=60) as answer:  # noqa: S310 - our own loopback address
            assert answer.status == 200
    finally:
        page.stop()


@contextmanager
def a_page_for(*network: str) -> Iterator[tuple[str, int]]:
    """A page with --lan, for which the loopback addresses `network` are devices of the network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("robot.page.server.connection_limit.on_this_machine", lambda peer: peer not in network)
        patch.setattr("robot.page.server.idle_timeout.PATIENCE_S", 1.0)
        page = Page(Asked(), port=0, lan=True)
        page.start()
        try:
            assert page.wait_ready()
            yield "127.0.0.1", urlsplit(page.url).port or 0
        finally:
            page.stop()


def closed(line: socket.socket) -> bool:
    """Whether the other end closes within ten seconds."""
    line.settimeout(10)
    try:
        while line.recv(4096):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    return True


def knock(door: tuple[str, int], address: str) -> socket.socket:
    return socket.create_connection(door, timeout=10, source_address=(address, 0))


def answers(door: tuple[str, int], address: str) -> bool:
    with closing(http.client.HTTPConnection(*door, timeout=10, source_address=(address, 0))) as line:
        line.request("GET", "/enter")
        return line.getresponse().status == 200


def test_devices_that_open_all_they_can_and_say_nothing_shut_nobody_out(caplog: pytest.LogCaptureFixture) -> None:
    greedy = [f"127.0.0.{number}" for number in range(2, 5)]
    with a_page_for(*greedy, "127.0.0.9") as door, ExitStack() as knocks:
        idle = [knocks.enter_context(knock(door, greedy[0])) for _ in range(OPEN_PEER + 1)]
        assert closed(idle[-1])
        assert TOO_MANY % greedy[0] in caplog.text
        assert answers(door, "127.0.0.9")
        for address in greedy:
            idle += [knocks.enter_context(knock(door, address)) for _ in range(OPEN_PEER)]
        assert answers(door, "127.0.0.1")
        assert all(closed(line) for line in idle)
        assert answers(door, greedy[0])


BEGUN = (
    b"",
    b"GET / HT",
    b"\r\n",
    b"POST /enter HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{",
)


def test_what_brings_no_whole_request_is_closed() -> None:
    with a_page_for() as door, ExitStack() as knocks:
        lines = [knocks.enter_context(socket.create_connection(door, timeout=10)) for _ in BEGUN]
        for line, begun in zip(lines, BEGUN, strict=True):
            line.sendall(begun)
        assert [begun for line, begun in zip(lines, BEGUN, strict=True) if not closed(line)] == []


def test_a_live_line_stays_open_though_nothing_is_asked() -> None:
    with a_page_for() as (host, port), connect(f"ws://{host}:{port}/live", proxy=None) as line:
        nap(2.5)
        assert line.ping().wait(10)
