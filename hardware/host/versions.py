"""Versions of the program side by side, and the one symbolic link that says which of them runs.

    /opt/bowlby/versions/0.1.0-5f0c2a91/   a whole copy of the project with its environment, and `complete` in it
    /opt/bowlby/current -> versions/...    replaced by one rename
    /opt/bowlby/previous -> versions/...   what a roll back goes to

A version is never touched once it is complete, and `current` never points to one that is not. So a kill or a power cut
at any moment leaves either the old version running or the new one, whole. Standard library only: this runs before
anything is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMPLETE = "complete"
KEPT = 3  # versions that stay after an update
LEFT_OUT = frozenset({".git", "__pycache__", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".site"})


class InstallError(Exception):
    """What went wrong, in words with a remedy."""


class Pointers(NamedTuple):
    """Which version runs, and which one a roll back goes to; "" for none."""

    current: str
    previous: str


class Versions:
    """The folder of versions."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self._all = base / "versions"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One installer at a time; the lock ends with its process, however that ends."""
        self._all.mkdir(parents=True, exist_ok=True)
        with (self.base / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InstallError("another installation is running; wait for it to end") from None
            yield

    def pointed(self, link: str) -> str:
        """The version behind `current` or `previous`; empty when there is none that is whole."""
        path = self.base / link
        name = path.readlink().name if path.is_symlink() else ""
        return name if self.whole(name) else ""

    def whole(self, name: str) -> bool:
        return bool(name) and (self._all / name / COMPLETE).is_file()

    def folder(self, name: str) -> Path:
        return self._all / name

    def take_in(self, source: Path, version: str, choice: str) -> str:
        """Copy the project to where its version belongs, without an environment yet; gives the version's name.

        `choice`: what else makes its environment; with another one it is another version.
        """
        incoming = self._all / ".incoming"
        shutil.rmtree(incoming, ignore_errors=True)
        digest = hashlib.sha256(choice.encode())
        for path in project_files(source):
            to = incoming / path.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, to, follow_symlinks=False)
            digest.update(f"{path.relative_to(source)}\0{path.stat().st_mode & 0o111}\0".encode() + to.read_bytes())
        name = f"{version}-{digest.hexdigest()[:8]}"
        if self.whole(name):
            shutil.rmtree(incoming)
            return name
        shutil.rmtree(self._all / name, ignore_errors=True)  # what an interrupted installation left
        incoming.rename(self._all / name)
        return name

    def complete(self, name: str) -> None:
        """Say that a version is whole, once all of it is on the disk."""
        os.sync()
        (self._all / name / COMPLETE).touch()
        os.sync()

    def switch(self, name: str) -> None:
        """Let `name` be the version that runs, and remember the one before."""
        if not self.whole(name):
            raise InstallError(f"{name} is not whole; run the installation again")
        before = self.pointed("current")
        if before == name:
            return
        if before:
            self._point("previous", before)
        self._point("current", name)

    def pointers(self) -> Pointers:
        return Pointers(self.pointed("current"), self.pointed("previous"))

    def restore(self, pointers: Pointers) -> None:
        """Let both links point where they did; `current` first, as that is what runs."""
        self._point("current", pointers.current)
        if pointers.previous:
            self._point("previous", pointers.previous)
        else:
            (self.base / "previous").unlink(missing_ok=True)

    def back(self) -> str:
        """Switch to the version before; gives its name."""
        now, before = self.pointed("current"), self.pointed("previous")
        if not before or before == now:
            raise InstallError("there is no earlier version to go back to")
        self.switch(before)
        return before

    def prune(self) -> list[str]:
        """Remove what is older than the last few, and what was never finished; gives the names."""
        pointed = {self.pointed("current"), self.pointed("previous")} - {""}
        folders = sorted(self._all.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
        whole = [folder.name for folder in folders if self.whole(folder.name)]
        kept = pointed | set([name for name in whole if name not in pointed][: KEPT - len(pointed)])
        gone = [folder.name for folder in folders if folder.name not in kept]
        for name in gone:
            (self._all / name / COMPLETE).unlink(missing_ok=True)  # first: half a version is none
            shutil.rmtree(self._all / name)
        return gone

    def _point(self, link: str, name: str) -> None:
        replace_link(self.base / link, f"versions/{name}")


def replace_link(link: Path, target: str) -> None:
    """Let a symbolic link point elsewhere by one rename, and have that on the disk."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
    folder = os.open(link.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def project_files(source: Path) -> list[Path]:
    """The project's own files, in order: those that git knows or would add, or all but caches where there is no git."""
    if (source / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=source,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return sorted(path for name in set(listed.split("\0")) if name and (path := source / name).is_file())
    found: list[Path] = []
    for folder, folders, files in os.walk(source):
        folders[:] = [name for name in folders if name not in LEFT_OUT and not name.startswith(".venv")]
        found += [source / folder / name for name in files if name != COMPLETE]
    return sorted(found)
