"""Tells when files were saved: the system says so, and the thread that waits for it sleeps until then.

A file counts as saved when nothing was written for a moment. Every folder on the way to those that count is watched as
well, so that one which comes later, or is put in another's place, is seen.
"""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple, Self

from robot.core.condition import Condition, Health
from robot.parts.supervise import Enduring
from robot.texts.sentence import both, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from watchfiles._rust_notify import RustNotify

    from robot.app.plugins import Library
    from robot.core.errors import BowlbyError
    from robot.loop.renewal import Renewal

KINDS = (".py", ".toml")
PART = "watching_files"
SETTLED_S = 0.25  # nothing was written for so long
NOTICED_MS = 400  # how late a change may be noticed; it takes two turns
UNSETTLED = 20  # after so many moments without one of rest, what is there is taken
POLL_MS = 500  # how often files are looked for where the system does not tell
AGAIN_S = 1.0  # after an error
MOUNTS = Path("/proc/self/mountinfo")
FAR = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "virtiofs", "vboxsf", "fuse.")  # file systems that others write to

Changes = set[tuple[int, str]]


class Ways(NamedTuple):
    """The folders whose files count, and every folder on the way to them, whether or not it exists."""

    folders: frozenset[Path]
    above: frozenset[Path]
    existing: frozenset[Path]

    @classmethod
    def to(cls, folders: Iterable[Path]) -> Self:
        """As the file system is now; where a link leads counts as well, be it a folder's or a file's."""
        given = {folder.absolute() for folder in folders}
        links = {entry.resolve().parent for folder in given for entry in _entries(folder) if entry.is_symlink()}
        ends = given | {folder.resolve() for folder in given} | links
        above = ends | {parent for folder in ends for parent in folder.parents}
        return cls(frozenset(ends), frozenset(above), frozenset(folder for folder in above if _is_folder(folder)))

    def concern(self, changes: Changes) -> bool:
        """Whether any of these is a file that may count, or a folder on the way."""
        paths = [Path(name) for _, name in changes]
        return any(path in self.above or (path.parent in self.folders and path.suffix in KINDS) for path in paths)

    def moved(self, changes: Changes) -> bool:
        """Whether a folder on the way came, went or was put in another's place: the system no longer tells of it."""
        return any(Path(name) in self.above for _, name in changes)


class Watcher:
    """Has the library look when something was saved, and asks the loop to take up what is new."""

    def __init__(self, library: Library, ask: Callable[[Renewal], None], settled_s: float = SETTLED_S) -> None:
        self._library = library
        self._ask = ask
        self._settled_s = settled_s
        self._told: Health | None = None
        self._ending = Event()
        self._thread = Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def health(self) -> list[Health]:
        """One line where files are watched in a lesser way, or not at all; from any thread."""
        told = self._told
        return [] if told is None else [told]

    def close(self) -> None:
        """End the thread; safe to call twice."""
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        enduring = Enduring(self._fail)
        while not self._ending.is_set():
            with enduring:
                self._watch()
                continue
            self._ending.wait(AGAIN_S)

    def _fail(self, error: BowlbyError) -> None:
        self._told = Health(PART, Condition.FAULT, error.what, error.remedy)

    def _watch(self) -> None:
        """Take up what is saved, from one change of the folders themselves to the next."""
        ways = Ways.to(self._library.folders)
        try:
            system, self._told = _opened(ways)
        except FileNotFoundError:  # a folder went in this very moment
            self._ending.wait(self._settled_s)
            return
        with system:
            changes: Changes = set()  # the first look finds what was saved before the watch began
            while not self._ending.is_set():
                changes |= self._until_settled(system, ways)
                renewal = self._library.look()
                if renewal is not None:
                    self._ask(renewal)
                if ways.moved(changes) or Ways.to(self._library.folders) != ways:
                    return
                changes = self._next(system, ways)

    def _next(self, system: RustNotify, ways: Ways) -> Changes:
        """Sleep until something changes that concerns us, or the end."""
        while not isinstance(found := system.watch(NOTICED_MS, NOTICED_MS, 0, self._ending), str):
            if ways.concern(found):
                return found
        return set()

    def _until_settled(self, system: RustNotify, ways: Ways) -> Changes:
        """Wait until nothing more is written, and give what was."""
        changes: Changes = set()
        for _ in range(UNSETTLED):
            self._ending.wait(self._settled_s)
            found = system.watch(1, 1, 1, self._ending)
            if isinstance(found, str) or not ways.concern(found):
                break
            changes |= found
        return changes


def _opened(ways: Ways) -> tuple[RustNotify, Health | None]:
    """Have the system tell of changes; where it cannot, look for them, and say so. Raises FileNotFoundError."""
    from watchfiles._rust_notify import (  # noqa: PLC0415 - it brings in anyio, which a run without a watcher spares
        RustNotify,
        WatchfilesRustInternalError,
    )

    paths = sorted(str(folder) for folder in ways.existing)
    far = far_file_system(ways.folders & ways.existing)
    if far:
        reason, remedy = sentence("health.file_system_silent", kind=far), sentence("health.keep_on_own_disk")
    else:
        try:
            return RustNotify(paths, False, False, POLL_MS, False, True), None
        except FileNotFoundError:
            raise
        except (OSError, WatchfilesRustInternalError) as error:
            reason = sentence("health.system_silent", error=str(error))
            remedy = sentence("health.see_inotify_limits")
    health = Health(PART, Condition.LESSER, both(sentence("health.looks_for_files"), reason), remedy)
    return RustNotify(paths, False, True, POLL_MS, False, True), health


def far_file_system(folders: Iterable[Path], mounts: Path = MOUNTS) -> str:
    """The type of the first file system among theirs that another machine may write to unnoticed, else nothing."""
    types: dict[Path, str] = {}
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].encode("latin-1", "replace").decode("unicode_escape")  # a space is \040
        types[Path(point)] = after.split(" ")[0]
    for folder in sorted(folders):
        mount = next((types[place] for place in (folder, *folder.parents) if place in types), "")
        if mount.startswith(FAR):
            return mount
    return ""


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # not there, or closed to us: the library says which
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
