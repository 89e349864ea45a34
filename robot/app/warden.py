"""The warden: a small process before the robot's own, which begins it anew where strangers' code has ended or held it.

Where a service manager has started the robot, that does the same. The new process finds out by itself what was at work
(`robot/health/last_run.py`) and leaves it benched.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from robot.core.clock import nap
from robot.health.at_work import CallNote, look
from robot.health.last_run import EXITED_HUNG, HUNG_CODE, note_end
from robot.parts.workers import at_parents_end

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

log = logging.getLogger(__name__)

LOOK_S = 0.25
HELD_LOOKS = 8  # so many looks at the same call: two seconds of this process's own, whatever the clock did
ASKED_ENOUGH = 3  # Ctrl-C: the second ends the robot at once, unless strangers' code catches that as well
TRACE_S = 0.5  # for a trace of every thread in the log
BEGINS = 8
BROKEN = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT, signal.SIGSYS}


def watched(place: Path) -> tuple[str, ...]:
    """Go on as the robot's own process, watched by this one, which ends as that does. Gives what ended the processes
    before it, where that was strangers' code. `place`: the folder where the robot notes what is at work.
    """
    culprits: tuple[str, ...] = ()
    if threading.active_count() > 1:  # a copy would lack the others
        return culprits
    for _ in range(BEGINS):
        parent, child = os.getpid(), os.fork()
        if not child:
            _be_watched(parent)
            return culprits
        warden = _Warden(child, place)
        code = os.waitstatus_to_exitcode(warden.wait())
        found = _culprits(code, place, child, killed=warden.killed)
        if not found or warden.asked:
            break
        culprits += found
    if code < 0:
        _end_by(-code)
    sys.exit(code)


def _be_watched(parent: int) -> None:
    """A group of its own: the terminal's Ctrl-C goes to the warden, which passes it on once."""
    os.setpgid(0, 0)
    at_parents_end(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _culprits(code: int, place: Path, child: int, *, killed: bool) -> tuple[str, ...]:
    """What was at work and ended or held the robot; none where it is not to begin anew."""
    names = tuple(note.name for note in look(place) if note.pid == child)
    if not names:
        return ()
    if killed or code == HUNG_CODE:
        note_end(place, f"watchdog {EXITED_HUNG}")
    elif -code in BROKEN:
        note_end(place, f"core-dump dumped {signal.Signals(-code).name.removeprefix('SIG')}")
    elif code >= 0:  # nobody leaves in the middle of a call
        note_end(place, f"exit-code exited {code}")
    else:
        return ()
    for name in names:
        log.error("%s has ended the robot", name)
    return names


def _end_by(number: int) -> None:
    """End as the robot did."""
    if number != signal.SIGKILL:  # that is nobody's to answer
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


class _Warden:
    """Waits for the robot's end, passes signals on, and ends it where one call holds it."""

    def __init__(self, child: int, place: Path) -> None:
        self._child = child
        self._place = place
        self._seen: list[CallNote] = []
        self._looks = 0
        self.killed = False
        self.asked = 0  # how often somebody wanted the robot to end

    def wait(self) -> int:
        passed = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP, signal.SIGCONT)
        before = {number: signal.signal(number, self._pass_on) for number in passed}
        handle = os.pidfd_open(self._child)
        try:
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            while not poll.poll(1000 * LOOK_S):
                self._look()
            _, status = os.waitpid(self._child, 0)
            return status
        finally:
            os.close(handle)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _pass_on(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of handlers
        if number in {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}:
            self.asked += 1
        with suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL if self.asked >= ASKED_ENOUGH else number)
        if number == signal.SIGTSTP:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _look(self) -> None:
        notes = look(self._place)
        held = [note.name for note in notes if note.pid == self._child and note in self._seen]
        self._seen, self._looks = notes, self._looks + 1 if held else 0
        if self._looks >= HELD_LOOKS:
            log.error("%s holds up the robot", ", ".join(held))
            self.killed = True
            os.kill(self._child, signal.SIGABRT)
            nap(TRACE_S)
            os.kill(self._child, signal.SIGKILL)
