"""The page attacked at true speed, kind by kind: how soon its owner is answered meanwhile, what it takes, late ticks.

The robot runs as its service does, open to the network (`--lan`); attackers are processes of their own. From the
network they come as a guest who was let in, and may do all that one may; on this machine as another site in its
browser. A program there is the owner's own: it may end the robot as well. On loopback the owner asks for its gauges
four times a second and for the page every six seconds. One JSON line a figure, with the load of the machine; the code
is 1 when one is beyond its bar.
`python -m benchmarks.bench_page_flood [KIND ...] [--seconds 20]`.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import multiprocessing
import os
import re
import socket
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from benchmarks.figures import load, tell
from benchmarks.soak_service import Service, weigh
from robot.core.clock import nap, stopwatch
from robot.core.errors import PartError
from robot.page.server.entry import own_address
from tests.page.test_hostile import ENGINE, ENGINE_MORE, MALFORMED

if TYPE_CHECKING:
    from collections.abc import Callable

ASK_S, PAGE_EVERY = 0.25, 24
CALM_S = 5.0  # after an attack its connections end
WARM_S = 20.0  # models load, and the first pages are built
KNOCKS_A_SECOND = 500
SLOW = 200  # readers
MESSAGES = 10_000
HERE = "127.0.0.1"
CODE = re.compile(rb"/enter#([\w-]+)")
CODE_WITHIN_S = 60.0


class Way(NamedTuple):
    """How an attacker comes to the page."""

    address: str
    port: int
    cookie: str = ""  # of a guest who was let in

    @property
    def head(self) -> str:
        """What its requests begin with, but for the line that ends their headers."""
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return f"GET / HTTP/1.1\r\nHost: {self.address}:{self.port}\r\n{cookie}"

    def line(self) -> socket.socket:
        return socket.create_connection((self.address, self.port), 5)


def cross_site(way: Way) -> None:
    """Another site's images, as fast as it goes."""
    head = f"{way.head}Sec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n".encode()
    while True:
        with contextlib.suppress(OSError), way.line() as line:
            line.sendall(head)
            line.recv(4096)


def knocking(way: Way) -> None:
    """Connections and nothing more."""
    began, knocks = stopwatch(), 0
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection(way[:2], 1).close()
        knocks += 1
        nap(max(began + knocks / KNOCKS_A_SECOND - stopwatch(), 0.0))


def slow_readers(way: Way) -> None:
    """They ask for the page and read a byte a second, or never end their head."""
    lines: list[socket.socket] = []
    while True:
        for n in range(SLOW - len(lines)):
            with contextlib.suppress(OSError):
                line = way.line()
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
                line.sendall(f"{way.head}{'' if n % 2 else 'X: '}\r\n".encode())
                line.setblocking(False)
                lines.append(line)
        nap(1.0)
        for line in tuple(lines):
            try:
                ended = not line.recv(1)
            except BlockingIOError:
                continue
            except OSError:
                ended = True
            if ended:
                line.close()
                lines.remove(line)


def malformed(way: Way) -> None:
    """Messages that are none, on both of the page's lines."""
    at = f"ws://{way.address}:{way.port}"
    lines = (
        (f"{at}/live", MALFORMED),
        (f"{at}/_nicegui_ws/socket.io/?EIO=4&transport=websocket", ENGINE + ENGINE_MORE),
    )
    headers = {"Cookie": way.cookie} if way.cookie else {}
    sent = 0
    while sent < MESSAGES:
        for address, messages in lines:
            for message in messages:
                with (
                    contextlib.suppress(OSError, WebSocketException),
                    connect(address, proxy=None, max_size=None, additional_headers=headers) as line,
                ):
                    for _ in range(20):
                        line.send(message)
                        sent += 1


def lull(way: Way) -> None:  # noqa: ARG001 - as the attacks
    """No attack: what the owner's own asking costs."""
    nap(3600.0)


def attacked(service: Service, kind: str, attack: Callable[[Way], None], way: Way, seconds: float) -> bool:
    """One kind of attack for so long, or until it has ended. Returns whether all stayed within its bars."""
    owner = service.process
    before, weight = service.counts(), weigh(owner).memory_mib
    attacker = multiprocessing.get_context("spawn").Process(target=attack, args=(way,), daemon=True)
    attacker.start()
    began, worst, most, asked, refused = stopwatch(), 0.0, weight, 0, 0
    while stopwatch() - began < seconds and (attacker.is_alive() or not asked):
        since = stopwatch()
        try:
            service.ask("/gauges" if asked % PAGE_EVERY else "/")
        except OSError:  # or an HTTPError, which is one
            refused += 1
        worst = max(worst, stopwatch() - since)
        asked += 1
        most = max(most, weigh(owner).memory_mib)
        nap(ASK_S)
    attacker.terminate()
    attacker.join()
    nap(CALM_S)
    after = service.counts()
    late = after["late_ticks"] - before["late_ticks"]
    ticks = after["ticks"] - before["ticks"]
    return all(
        (
            tell(f"{kind}: the owner is answered within", worst, "s", 1.0, note=f"asked {asked} times; {load()}"),
            tell(f"{kind}: the owner is refused", refused, "times", 0, note=f"of {asked}; {load()}"),
            tell(
                f"{kind}: memory, all processes, grew by",
                most - weight,
                "MiB",
                80.0,
                note=f"from {weight:.0f} MiB; {load()}",
            ),
            tell(f"{kind}: late ticks", 100.0 * late / ticks, "%", 1.0, note=f"{late:g} of {ticks:g}; {load()}"),
        )
    )


class Terminal:
    """Where the robot shows the way in, read on and on."""

    def __init__(self) -> None:
        self._ours, self.robots = os.openpty()
        self._shown = b""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # the robot has ended
            while piece := os.read(self._ours, 4096):
                self._shown += piece

    def code(self) -> str:
        """The code that lets one guest in. Raises TimeoutError."""
        end = stopwatch() + CODE_WITHIN_S
        while stopwatch() < end:
            if found := CODE.search(self._shown):
                return found[1].decode()
            nap(0.1)
        raise TimeoutError("the robot has shown no code to come in with")


def come_in(address: str, port: int, code: str) -> Way:
    """The way of a guest of the network, once the page has let them in."""
    line = http.client.HTTPConnection(address, port, timeout=10)
    line.request("POST", "/enter", json.dumps({"code": code}))
    cookie = (line.getresponse().getheader("set-cookie") or "").partition(";")[0]
    line.close()
    return Way(address, port, cookie)


def of_network() -> str:
    """This machine's own address, as the network sees it; empty without a network."""
    try:
        return own_address()
    except PartError:
        return ""


def main(words: list[str]) -> int:
    attacks = {
        "nobody": (lull, False),
        "cross-site GETs": (cross_site, False),
        "slow readers of the network": (slow_readers, True),
        "malformed messages of the network": (malformed, True),
        "500 connections a second from the network": (knocking, True),
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", nargs="*", help=f"some of them; without any, all: {', '.join(attacks)}")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each kind, at most")
    asked = parser.parse_args(words)
    terminal, address = Terminal(), of_network()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Service(Path(folder), "", "--lan", errors=terminal.robots)) as service,
    ):
        end = stopwatch() + WARM_S
        while stopwatch() < end:
            service.ask("/gauges")
            nap(ASK_S)
        here = Way(HERE, service.port)
        guest = come_in(address, service.port, terminal.code()) if address else None
        held = True
        for kind in asked.kind or attacks:
            attack, from_network = attacks[kind]
            way = guest if from_network else here
            if way is not None:
                held = attacked(service, kind, attack, way, asked.seconds) and held
    return int(not held)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
