"""A robot and a machine that lends, each in a network namespace of its own, with a switch and a cable between them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROBOT, LENDER, SWITCH = (f"bowlby{os.getpid()}{end}" for end in "rls")
AT = "10.77.0.2"
ADDRESS = f"tcp://{AT}:7447"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def within(namespace: str, *command: str) -> list[str]:
    """A command line that runs in a namespace; in none, that of whoever asks."""
    return ["ip", "netns", "exec", namespace, *command] if namespace else [*command]


def inside(namespace: str, *words: str) -> list[str]:
    """The same of Python."""
    return within(namespace, sys.executable, *words)


@contextlib.contextmanager
def laid() -> Iterator[None]:
    """Both machines, joined by nothing else. Raises RuntimeError without root."""
    if os.geteuid() != 0:
        raise RuntimeError("cables between network namespaces take root: run this test as root")
    try:
        for name in (ROBOT, LENDER, SWITCH):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", SWITCH, "link", "add", "hub", "type", "bridge")
        _ip("-n", SWITCH, "link", "set", "hub", "up")
        for name, address, port in ((ROBOT, "10.77.0.1", "p1"), (LENDER, AT, "p2")):
            _ip("link", "add", "eth", "netns", name, "type", "veth", "peer", "name", port, "netns", SWITCH)
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", "eth")
            _ip("-n", name, "link", "set", "eth", "up")
            _ip("-n", SWITCH, "link", "set", port, "master", "hub", "up")
        yield
    finally:
        for name in (ROBOT, LENDER, SWITCH):
            subprocess.run(["ip", "netns", "delete", name], check=False, stderr=subprocess.DEVNULL)


def pull(*, own: bool = False) -> None:
    """Pull the cable out of the switch: of the lender's, or the robot's `own`, which it notices by its light."""
    if own:
        _ip("-n", SWITCH, "link", "set", "p1", "down")
    else:
        _ip("-n", SWITCH, "link", "set", "p2", "nomaster")


def plug(*, own: bool = False) -> None:
    """Put it back."""
    if own:
        _ip("-n", SWITCH, "link", "set", "p1", "up")
    else:
        _ip("-n", SWITCH, "link", "set", "p2", "master", "hub")


@contextlib.contextmanager
def lending(*options: str) -> Iterator[subprocess.Popen[str]]:
    """`bowlby lend` on the other machine, once it listens."""
    with subprocess.Popen(
        inside(LENDER, "-m", "robot", "lend", ADDRESS, *options), stderr=subprocess.PIPE, text=True, cwd=HOUSE
    ) as process:
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
            assert "It lends" in first, first + process.stderr.read()
            yield process
        finally:
            process.terminate()
            process.wait(20)
