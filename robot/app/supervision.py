"""Supervises the program from outside its loop: a call into strangers' code that does not come back is broken off.

The kernel's timer interrupts whatever the main thread does, be it an endless loop, a sleep or a regular expression.
What cannot be broken off ends the process; `robot/app/warden.py` and the service manager begin it anew.
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from robot.core.kernel_file import KernelFile
from robot.health.last_run import HUNG_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

    from robot.decide.oversight import Oversight

log = logging.getLogger(__name__)

LOOK_S = 0.25
ROOM = 1 << 30  # bytes that the program may grow by from one moment to the next: a call that wants more gets an error
STATM = Path("/proc/self/statm")


@contextlib.contextmanager
def supervised(overseen: Iterable[Oversight]) -> Iterator[None]:
    """Look at each of them, again and again, and limit this process's memory: for the main thread, round what runs
    strangers' code. A program that is begun meanwhile has the same limit.
    """
    overseen = tuple(overseen)
    for one in overseen:
        one.give_up = end_hung
    alarm = _Alarm(overseen)
    before = signal.signal(signal.SIGALRM, alarm.look)
    signal.setitimer(signal.ITIMER_REAL, LOOK_S, LOOK_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_DATA, alarm.most)


class _Alarm:
    """What the timer calls."""

    def __init__(self, overseen: tuple[Oversight, ...]) -> None:
        self._overseen = overseen
        self.most = resource.getrlimit(resource.RLIMIT_DATA)
        self._memory: KernelFile | None = None

    def look(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of handlers
        if not any(one.at_work for one in self._overseen):
            self._leave_room()
        for one in self._overseen:
            one.look()

    def _leave_room(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._memory = self._memory or KernelFile(STATM)
            now = int(self._memory.read().split()[5]) * resource.getpagesize()
            _, hard = self.most
            most = now + ROOM if hard == resource.RLIM_INFINITY else min(now + ROOM, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def end_hung(name: str, seconds: float) -> None:
    """End this process: what is at work cannot be broken off."""
    log.critical(
        "%s has held up the robot for %.1f s and cannot be broken off; it begins anew without it", name, seconds
    )
    logging.shutdown()
    os._exit(HUNG_CODE)
