"""The page attacked at true speed, kind by kind: how soon its owner is answered meanwhile, what it takes, late ticks.

The robot runs as its service does, open to the network (`--lan`); attackers are processes of their own. On loopback the
owner asks for its gauges four times a second and for the page every six seconds. One JSON line a figure, with the load
of the machine.
`python -m benchmarks.bench_page_flood [--seconds 20]`.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import socket
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from benchmarks.soak_service import Service, say, weigh
from robot.core.clock import nap, stopwatch
from tests.page.test_hostile import ENGINE, ENGINE_MORE, MALFORMED

if TYPE_CHECKING:
    from collections.abc import Callable

ASK_S, PAGE_EVERY = 0.25, 24
CALM_S = 5.0  # after an attack its connections end
WARM_S = 20.0  # models load, and the first pages are built
KNOCKS_A_SECOND = 500
SLOW = 200  # readers
MESSAGES = 10_000
ELSEWHERE = ("192.0.2.1", 9)  # nobody's address (RFC 5737): to find by which of its own this machine would go there


def own_address() -> str:
    """This machine's own, as the network sees it; empty without a network. Nothing is sent."""
    with contextlib.suppress(OSError), socket.socket(type=socket.SOCK_DGRAM) as way:
        way.connect(ELSEWHERE)
        return str(way.getsockname()[0])
    return ""


def cross_site(port: int) -> None:
    """Another site's images, as fast as it goes."""
    head = (
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n".encode()
    )
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as line:
            line.sendall(head)
            line.recv(4096)


def knocking(port: int) -> None:
    """Connections from the network."""
    address, began, knocks = own_address(), stopwatch(), 0
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection((address, port), 1).close()
        knocks += 1
        nap(max(began + knocks / KNOCKS_A_SECOND - stopwatch(), 0.0))


def slow_readers(port: int) -> None:
    """They ask for the page and read a byte a second, or never end their head."""
    lines: list[socket.socket] = []
    while True:
        for n in range(SLOW - len(lines)):
            with contextlib.suppress(OSError):
                line = socket.create_connection(("127.0.0.1", port), 5)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
                end = "\r\n\r\n" if n % 2 else "\r\nX: "
                line.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}{end}".encode())
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


def malformed(port: int) -> None:
    """Messages that are none, on both of the page's lines."""
    at = f"ws://127.0.0.1:{port}"
    lines = (
        (f"{at}/live", MALFORMED),
        (f"{at}/_nicegui_ws/socket.io/?EIO=4&transport=websocket", ENGINE + ENGINE_MORE),
    )
    sent = 0
    while sent < MESSAGES:
        for address, messages in lines:
            for message in messages:
                with (
                    contextlib.suppress(OSError, WebSocketException),
                    connect(address, proxy=None, max_size=None) as line,
                ):
                    for _ in range(20):
                        line.send(message)
                        sent += 1


def attacked(service: Service, kind: str, attack: Callable[[int], None], seconds: float) -> None:
    """One kind of attack for so long, or until it has ended."""
    owner = service.process
    before, weight = service.counts(), weigh(owner).memory_mib
    attacker = multiprocessing.get_context("spawn").Process(target=attack, args=(service.port,), daemon=True)
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
    say(f"{kind}: the owner is answered within", worst, "s", 1.0, f"asked {asked} times")
    say(f"{kind}: the owner is refused", refused, "times", 0, f"of {asked}")
    say(f"{kind}: memory, all processes, grew by", most - weight, "MiB", 80.0, f"from {weight:.0f} MiB")
    say(f"{kind}: late ticks", 100.0 * late / ticks, "%", 1.0, f"{late:g} of {ticks:g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each kind, at most")
    asked = parser.parse_args()
    kinds = {"cross-site GETs": cross_site, "slow readers": slow_readers, "malformed messages": malformed}
    if own_address():
        kinds["500 connections a second from the network"] = knocking
    with tempfile.TemporaryDirectory() as folder, closing(Service(Path(folder), "", "--lan")) as service:
        end = stopwatch() + WARM_S
        while stopwatch() < end:
            service.ask("/gauges")
            nap(ASK_S)
        for kind, attack in {"nobody": lull, **kinds}.items():
            attacked(service, kind, attack, asked.seconds)


def lull(port: int) -> None:  # noqa: ARG001 - as the attacks
    """No attack: what the owner's own asking costs."""
    nap(3600.0)


if __name__ == "__main__":
    main()
