"""When files were changed: every file that counts in some folders, with its stamp."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

Stamp = tuple[int, int, int]  # mtime in ns, size, inode: another file put in its place may be as old and as long


def stamps_in(folders: Iterable[Path], code: Collection[Path]) -> dict[Path, Stamp]:
    """Those of modules in folders of `code`, of tables in others; not all folders need exist."""
    stamps: dict[Path, Stamp] = {}
    for folder in folders:
        suffix = ".py" if folder in code else ".toml"
        entries: list[os.DirEntry[str]] = []
        with contextlib.suppress(FileNotFoundError):  # no such folder
            entries.extend(os.scandir(folder))
        for entry in entries:
            if entry.name.endswith(suffix) and not entry.name.startswith(("_", ".")):
                with contextlib.suppress(FileNotFoundError):  # it went while it was looked at, or leads nowhere
                    stat = entry.stat()
                    stamps[folder / entry.name] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return stamps
