"""The keys of other programs: shown once when made, kept as hashes in one private file, gone at once when removed.

A key is 256 random bits, so that a plain hash keeps it: nobody can guess what it is of.
"""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pydantic import TypeAdapter, ValidationError

from robot.core.clock import unguessable
from robot.core.errors import ConfigError, InputError
from robot.core.private_file import write_private
from robot.core.typed_toml import Table, near
from robot.page.server.access import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

PREFIX = "bowlby_"  # by which a person, or a search for keys that leaked, knows one
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
LARGEST = 64 * 1024
MOST = 64


class KeyRole(StrEnum):
    """What a program may do by its key; each may do all that those after it may."""

    OWNER = "owner"  # the memory as well
    BUILDER = "builder"  # act, and change behaviours
    VIEWER = "viewer"  # look

    def covers(self, other: KeyRole) -> bool:
        """Whether it may do what `other` may."""
        order = tuple(KeyRole)
        return order.index(self) <= order.index(other)


class DoorKey(Table):
    """What is kept of a key."""

    name: str
    role: KeyRole
    sha256: str
    made: str  # ISO 8601


FILE = TypeAdapter(tuple[DoorKey, ...])


class KeyRing:
    """The keys in a file. Every method may raise ConfigError where it is no file of keys, or cannot be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: Stamp | None = None  # of the file as it was last read
        self._fault = ""  # why nobody could read it then
        self._by_hash: dict[str, DoorKey] = {}

    def keys(self) -> list[DoorKey]:
        """All of them, in the order in which they were made."""
        self._look()
        return list(self._by_hash.values())

    def known(self, secret: str) -> DoorKey | None:
        """Whose key that is; the file is read again where it has changed."""
        self._look()
        return self._by_hash.get(digest(secret))

    def add(self, name: str, role: KeyRole, at: datetime) -> str:
        """A new key: it can be seen here and never again. Raises InputError for a name that is taken or is none."""
        if NAME.fullmatch(name) is None:
            raise InputError(f"{name!r} is no name for a key", remedy="use up to 40 letters, digits, spaces, . _ -")
        secret = PREFIX + unguessable(32)
        made = DoorKey(name=name, role=role, sha256=digest(secret), made=at.isoformat(timespec="seconds"))
        with self._alone():
            kept = self.keys()
            if any(key.name == name for key in kept):
                remedy = f"remove it first: bowlby key remove {name!r}"
                raise InputError(f"there is a key {name!r} already", remedy=remedy)
            if len(kept) >= MOST:
                raise InputError(f"there are {MOST} keys already", remedy="remove one: bowlby key remove NAME")
            self._write([*kept, made])
        return secret

    def remove(self, name: str) -> None:
        """From now on nobody comes in by it. Raises InputError for one that is not there."""
        with self._alone():
            kept = self.keys()
            if all(key.name != name for key in kept):
                raise InputError(f"there is no key {name!r}", remedy=near(name, [key.name for key in kept]))
            self._write([key for key in kept if key.name != name])

    def _look(self) -> None:
        """Read the file where it is another than before."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._stamp, self._fault, self._by_hash = stamp, "", {}
            if stamp is not None:
                self._read(stamp.size)
        if self._fault:
            raise self._damaged(self._fault)

    def _stamp_now(self) -> Stamp | None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._damaged(error.strerror or str(error)) from error
        return Stamp(found.st_mtime_ns, found.st_size, found.st_ino)

    def _read(self, size: int) -> None:
        if size > LARGEST:
            self._fault = f"it has {size} bytes"
            return
        try:
            self._by_hash = {key.sha256: key for key in FILE.validate_json(self._path.read_bytes())}
        except (ValidationError, OSError) as error:
            self._fault = type(error).__name__

    def _damaged(self, why: str) -> ConfigError:
        return ConfigError(
            f"this is no file of keys: {why}", place=str(self._path), remedy="remove it, and make new keys"
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other process changes the file."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                yield
            finally:
                os.close(folder)
        except OSError as error:
            raise ConfigError(
                f"cannot be written: {error.strerror}", place=str(self._path), remedy="check the folder"
            ) from error

    def _write(self, keys: list[DoorKey]) -> None:
        """For its owner's eyes alone; without keys there is no file."""
        if keys:
            write_private(self._path, FILE.dump_json(tuple(keys), indent=2))
        else:
            self._path.unlink(missing_ok=True)


class Stamp(NamedTuple):
    """By what a file is known to be as it was."""

    changed_ns: int
    size: int
    inode: int
