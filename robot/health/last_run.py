"""How the last run ended: a small file says that a robot runs, and an end that was meant takes that back.

Whatever still says "running" at the next start was ended against its will: by a power cut when the machine was started
anew since, else as the service manager has noted (`ended`, written by the service's ExecStopPost), else by a kill; and
by lack of memory where the kernel has ended something for that since (not every kernel tells the service manager).
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import platformdirs

from robot.core import typed_toml
from robot.core.condition import Condition, Health
from robot.core.errors import BowlbyError
from robot.core.typed_toml import Table
from robot.health import at_work
from robot.texts.sentence import about, sentence

if TYPE_CHECKING:
    from robot.core.clock import Clock
    from robot.texts.sentence import AnyText

log = logging.getLogger(__name__)

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
VMSTAT = Path("/proc/vmstat")
RUNNING = "running"


class RunEnding(StrEnum):
    """Ways in which a run ends. Those that are not meant are told aloud, by the phrase `back_after_` and the value."""

    FIRST = "first"  # there was none before
    ASKED = "asked"
    FAULT = "fault"  # an error ended it, and says why
    HUNG = "hung"  # the watchdog ended it
    MEMORY = "memory"  # the machine ran out of it
    KILLED = "killed"
    POWER = "power"

    @property
    def meant(self) -> bool:
        return self in (RunEnding.FIRST, RunEnding.ASKED)


SERVICE_RESULTS = {"watchdog": RunEnding.HUNG, "oom-kill": RunEnding.MEMORY}  # see systemd.exec(5), $SERVICE_RESULT
BY_ITSELF = {"core-dump", "exit-code"}  # and not by somebody's hand
HUNG_CODE = 70  # the exit code of a process that a stranger's call holds for good
EXITED_HUNG = f"exited {HUNG_CODE}"
REMEDIES = {
    RunEnding.FAULT: sentence("health.doctor_and_log"),
    RunEnding.HUNG: sentence("health.report_with_log"),
    RunEnding.MEMORY: sentence("health.need_less_memory"),
    RunEnding.KILLED: sentence("health.look_at_kernel_log"),
    RunEnding.POWER: sentence("health.end_before_power"),
}
HOW = {
    RunEnding.FIRST: sentence("health.run_first"),
    RunEnding.ASKED: sentence("health.run_asked"),
    RunEnding.FAULT: sentence("health.run_fault"),
    RunEnding.HUNG: sentence("health.run_hung"),
    RunEnding.MEMORY: sentence("health.run_memory"),
    RunEnding.KILLED: sentence("health.run_killed"),
    RunEnding.POWER: sentence("health.run_power"),
}


class LastRun(NamedTuple):
    """How it ended, in more words where there are any, and when it had begun (civil time). `culprits`: behaviours
    and files whose code ended it, or one before it, since somebody last ended one on purpose.
    """

    ending: RunEnding
    detail: AnyText = ""
    began: str = ""
    culprits: tuple[str, ...] = ()

    def health(self) -> Health:
        reason = about(HOW[self.ending], self.detail) if self.detail else HOW[self.ending]
        if self.culprits:
            reason = about(reason, sentence("health.was_at_work", name=self.culprits[-1]))
        if self.began:
            reason = sentence("health.run_begun", when=self.began, how=reason)
        condition = Condition.OK if self.ending.meant else Condition.LESSER
        return Health("last_run", condition, reason, REMEDIES.get(self.ending, ""))


FIRST_RUN = LastRun(RunEnding.FIRST)


class _State(Table):
    """The file."""

    state: str
    boot: str = ""
    starved: str = ""  # how often the kernel had ended something for lack of memory when it began
    began: str = ""
    detail: str = ""
    barred: str = ""  # what its run did without, since it had ended one before; names between slashes


def folder() -> Path:
    return platformdirs.user_state_path("bowlby")


class RunFile:
    """Holds the file for one run; a second robot of the same person leaves it alone. Where it cannot be held, that is
    told, and the run goes on without.
    """

    def __init__(self, clock: Clock, place: Path | None = None) -> None:
        self._place = place or folder()
        self._barred = ""
        self._began = f"{clock.civil():%Y-%m-%d %H:%M}"
        self._lock = -1
        self._mine = self._others = False
        try:
            self._place.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = os.open(self._place / "run.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._mine = True
        except BlockingIOError:
            self._others = True
        except OSError as error:
            self._tell(error)

    @property
    def notes(self) -> Path | None:
        """The folder in which this run may note what is at work; None for a second robot, which would disturb it, and
        where nothing can be noted.
        """
        return self._place if self._mine else None

    def begin(self) -> LastRun:
        """Say that a robot runs from now on; gives how the last one ended."""
        if self._others:
            return LastRun(RunEnding.ASKED, sentence("health.another_runs"))
        last = read(self._place)
        if not self._mine:
            return last
        self._barred = "/".join(last.culprits)
        self._write(_State(state=RUNNING, boot=_boot(), starved=_starved(), began=self._began, barred=self._barred))
        (self._place / "ended").unlink(missing_ok=True)
        return last

    def end(self, ending: RunEnding, detail: str = "") -> None:
        """Say how it ended; safe to call once the lock is gone."""
        if self._mine:
            self._write(_State(state=ending.value, began=self._began, detail=detail, barred=self._barred))
            self._mine = False
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _write(self, state: _State) -> None:
        """Whole or not at all, also when the power goes in the middle; a full disk is told and ends no run."""
        fresh = self._place / "run.toml.new"
        rows = "".join(f'{key} = "{_quoted(value)}"\n' for key, value in state.model_dump().items())
        try:
            with fresh.open("w", encoding="utf-8") as file:
                file.write(rows)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._place / "run.toml")
        except OSError as error:
            self._tell(error)

    def _tell(self, error: OSError) -> None:
        log.error("how this run ends cannot be noted at %s: %s", self._place, error.strerror)


def read(place: Path | None = None) -> LastRun:
    """How the last run ended, by what it and the service manager left behind."""
    place = place or folder()
    path = place / "run.toml"
    try:
        if not path.exists():
            return FIRST_RUN
        state = typed_toml.read(_State, path)
        barred = tuple(filter(None, state.barred.split("/")))
        if state.state != RUNNING:
            ending = RunEnding(state.state)
            return LastRun(ending, state.detail, state.began, () if ending.meant else barred)
    except (BowlbyError, OSError, ValueError) as error:
        return LastRun(RunEnding.KILLED, sentence("health.left_unreadable", error=str(error)))
    if state.boot != _boot():
        return LastRun(RunEnding.POWER, "", state.began, barred)
    result, _, more = _manager_said(place).partition(" ")
    more = more.strip()
    ending = RunEnding.HUNG if more == EXITED_HUNG else SERVICE_RESULTS.get(result, RunEnding.KILLED)
    if ending is RunEnding.KILLED and state.starved != _starved():
        ending = RunEnding.MEMORY
    by_itself = ending is not RunEnding.KILLED or result in BY_ITSELF
    return LastRun(ending, more, state.began, (*barred, *(_at_work(place) if by_itself else ())))


def _at_work(place: Path) -> tuple[str, ...]:
    return tuple(note.name for note in at_work.look(place))


def note_end(place: Path, words: str) -> None:
    """Say how the process ended, in a service manager's words, where there is none."""
    with contextlib.suppress(OSError):
        (place / "ended").write_text(words, encoding="utf-8")


def _manager_said(place: Path) -> str:
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (place / "ended").read_text(encoding="utf-8").strip()
    return ""


def _boot() -> str:
    return BOOT_ID.read_text(encoding="ascii").strip()


def _starved() -> str:
    """How often since the machine's start the kernel has ended a process because memory ran out."""
    rows = (line.split() for line in VMSTAT.read_text(encoding="ascii").splitlines())
    return next((count for name, count in rows if name == "oom_kill"), "")


def _quoted(text: str) -> str:
    return "".join(c if c.isprintable() and c not in '"\\' else " " for c in text)
