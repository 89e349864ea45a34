"""Watches over strangers' code inside the loop: which behaviour is at work, for how long, and what it takes.

`run` calls it. Whoever looks from outside (`look`, from a signal in the same thread) breaks it off where it does not
come back. What costs more time or memory than a turn can spare is charged to its name: first it is warned of, then the
call ends with an error, for which it is benched. Time in which the machine was busy with something else is not charged.
"""

from __future__ import annotations

import logging
import resource
from ctypes import c_ulong, py_object, pythonapi
from pathlib import Path
from threading import Lock, get_ident, get_native_id
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, TypeVarTuple

from robot.core.clock import stopwatch, worked, worked_here
from robot.core.errors import BehaviorError
from robot.core.kernel_file import KernelFile
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)
throw = pythonapi.PyThreadState_SetAsyncExc

Given = TypeVarTuple("Given")
R = TypeVar("R")

BUDGET_S = 0.01  # a call's, half of a turn
QUICK_S = 0.0002  # in less a call cannot take much memory: whatever is taken is first filled with zeros
WARN_S, BENCH_S = 0.1, 0.6  # so much over it, in all
FORGIVEN = 0.02  # of the time that passes
TOLD_S = 0.9  # the log says so then
HELD_S = 0.3  # from then on it is told, while it goes on
STUCK_S = 1.0  # a call that takes so long is broken off; the service manager's watchdog waits for two
SURELY_STUCK = 3.0  # times that, however busy the machine is
HOPELESS_S = 4.0  # after the first attempt: it cannot be broken off
MIB = 1 << 20
WARN_BYTES, BENCH_BYTES = 48 * MIB, 160 * MIB  # by how much the robot grew in its calls
SCHEDULE = Path("/proc/thread-self/schedstat")  # time on a processor, time that it waited for one, ns


class StuckError(BaseException):
    """Raised into a call that does not come back. No `Exception`: a stranger's code often catches those."""


class Ledger(Protocol):
    """What outlives the process and tells the next one what was at work."""

    def begin(self, name: str) -> None: ...

    def end(self) -> None: ...

    def looked(self) -> None:
        """Somebody has looked, so the call can be broken off."""
        ...


class Excess(NamedTuple):
    """What a behaviour takes too much of, in words."""

    name: str
    reason: AnyText


class _Strike(NamedTuple):
    """The first attempt to break a call off: the call's begin, and s after it."""

    since: float
    after: float


class _Baseline(NamedTuple):
    """Seconds so far: waited for a processor, used by the process, used by this thread."""

    waited: float
    process: float
    thread: float


class _Wait:
    """How long a thread has waited for a processor."""

    def __init__(self) -> None:
        self._thread = 0
        self._file: KernelFile | None = None

    def so_far(self) -> float:
        """Of the thread that asks, s; always 0 where the kernel does not count it."""
        try:
            if self._file is None or self._thread != get_native_id():
                self._file, self._thread = KernelFile(SCHEDULE), get_native_id()
            return int(self._file.read().split()[1]) / 1e9
        except (OSError, IndexError, ValueError):
            return 0.0


class Oversight:
    """One for a thread that calls strangers' code."""

    def __init__(self, *, judges: bool = False, stuck_s: float = STUCK_S, ledger: Ledger | None = None) -> None:
        """`judges`: whether time and memory are charged. A run that must repeat to the byte does without."""
        self.judges = judges
        self.ledger = ledger
        self.give_up: Callable[[str, float], None] | None = None  # for what cannot be broken off; None: nobody looks
        self._stuck_s = stuck_s
        self._name = ""
        self._since = 0.0
        self._told_since = 0.0  # of a call that took long, once that was told
        self._thread = get_ident()
        self._thrown = False
        self._struck = _Strike(0.0, 0.0)
        self._lock = Lock()
        self._wait = _Wait()
        self._base = self._now()
        self._round_peak = self._peak = _peak()  # at the last beat, and when it was last looked at
        self._grows = False  # from the last beat but one to the last: then even quick calls are looked at
        self._owed: dict[str, float] = {}  # seconds over the budget, by name
        self._grown: dict[str, int] = {}  # bytes
        self._charged_at: dict[str, float] = {}
        self._warned: dict[str, AnyText] = {}

    def run(self, name: str, work: Callable[[*Given], R], *args: *Given) -> R:
        """What `work` gives, after a `beat`. Raises what it raises, and BehaviorError where it was broken off or took
        too much.
        """
        if self.ledger is not None:
            self.ledger.begin(name)
        self._since = since = stopwatch()
        try:
            try:
                self._name = name
                result = work(*args)
            finally:
                self._name = ""  # from here on nothing is raised into it
                if self._thrown:
                    self._catch()
        except StuckError as error:
            self._name = ""
            held = sentence("health.behaviour_stuck", seconds=round(stopwatch() - since, 1))
            raise BehaviorError(held) from error
        except (SystemExit, GeneratorExit) as error:
            raise BehaviorError(sentence("health.behaviour_ends_program", error=type(error).__name__)) from error
        finally:
            if self.ledger is not None:
                self.ledger.end()
        if self.judges:
            took = stopwatch() - since
            if took > QUICK_S or self._grows:
                self._judge(name, took)
        return result

    def _catch(self) -> None:
        """What was thrown and has not arrived is taken back."""
        with self._lock:
            self._thrown = False
            throw(c_ulong(self._thread), None)

    def beat(self) -> None:
        """Before a round of calls: which thread makes them, how busy the machine is, and whether the memory grows.
        Where nobody judges or looks that is nobody's business: to ask the kernel takes a tenth of a simulated robot's
        time.
        """
        self._thread = get_ident()
        if self.judges or self.give_up is not None:
            self._base = self._now()
        if self.judges:
            peak = _peak()
            self._grows = peak > self._round_peak
            self._round_peak = self._peak = peak

    def look(self) -> None:
        """Break off a call that does not come back. Raises StuckError into it: to be called by a signal's handler."""
        name = self._name
        if not name:
            return
        if self.ledger is not None:
            self.ledger.looked()
        took = stopwatch() - self._since
        if took > TOLD_S and self._told_since != self._since:
            self._told_since = self._since
            log.warning("%s has been at work for %.1f s", name, took)
        if took < self._stuck_s:
            return
        if took < SURELY_STUCK * self._stuck_s and self._its_own(took) < self._stuck_s / 2:
            return
        if self._struck.since != self._since:
            self._struck = _Strike(self._since, took)
        if took > self._struck.after + HOPELESS_S and self.give_up is not None:
            self.give_up(name, took)
        if self._thread == get_ident():
            raise StuckError(name)
        self._throw()

    def _throw(self) -> None:
        """The same into another thread: as soon as that is in Python's own code again."""
        if self._lock.acquire(blocking=False):
            try:
                if self._name:
                    self._thrown = True
                    throw(c_ulong(self._thread), py_object(StuckError))
            finally:
                self._lock.release()

    @property
    def at_work(self) -> bool:
        return bool(self._name)

    @property
    def held(self) -> tuple[str, float] | None:
        """What is at work at this moment and for how many seconds, where that is long; from any thread."""
        name, since = self._name, self._since
        took = stopwatch() - since
        return (name, took) if name and took > HELD_S else None

    @property
    def warned(self) -> list[Excess]:
        """What took too much lately, and goes on; from any thread."""
        return [
            Excess(name, why)
            for name, why in tuple(self._warned.items())
            if self._owes(name) > 0.0 or self._grown.get(name, 0) > WARN_BYTES
        ]

    def forgive(self, name: str) -> None:
        """Owe nothing any more: its file is another."""
        for owed in (self._owed, self._grown, self._charged_at, self._warned):
            owed.pop(name, None)

    # ------------------------------------------------------------ inside

    def _now(self) -> _Baseline:
        return _Baseline(self._wait.so_far(), worked(), worked_here())

    def _its_own(self, took: float) -> float:
        """What of this time, s, it spent or slept, as far as that was not for want of a processor or interpreter."""
        base, now = self._base, self._now()
        thread = now.thread - base.thread
        others = (now.process - base.process) - thread
        return max(min(took, thread), took - (now.waited - base.waited) - others)

    def _owes(self, name: str) -> float:
        """Seconds over the budget, less what time has forgiven."""
        now = stopwatch()
        return max(self._owed.get(name, 0.0) - FORGIVEN * (now - self._charged_at.get(name, now)), 0.0)

    def _judge(self, name: str, took: float) -> None:
        before, self._peak = self._peak, _peak()
        grown = self._peak - before
        if took > BUDGET_S:
            own = self._its_own(took) - BUDGET_S
            self._base = self._now()
            self._owed[name] = owed = self._owes(name) + max(own, 0.0)
            self._charged_at[name] = stopwatch()
            why = sentence("health.behaviour_slow", ms=round(took * 1000), spare=round(BUDGET_S * 1000))
            self._hold_against(name, owed, WARN_S, BENCH_S, why)
        if grown > 0:
            self._grown[name] = total = self._grown.get(name, 0) + grown
            why = sentence("health.behaviour_greedy", mib=total // MIB)
            self._hold_against(name, total, WARN_BYTES, BENCH_BYTES, why)

    def _hold_against(self, name: str, owed: float, warn: float, bench: float, why: AnyText) -> None:
        if owed > bench:
            self.forgive(name)
            raise BehaviorError(why)
        if owed > warn:
            self._warned[name] = why


def _peak() -> int:
    """The most memory, bytes, that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
