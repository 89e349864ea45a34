"""A small file of the kernel (/proc, /sys) that is read again and again.

It stays open: to find and open it costs ten times what reading it costs, and on a robot at rest that is to be seen.
"""

from __future__ import annotations

import os
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 4096  # bytes


class KernelFile:
    """One such file, as it stands for whoever opened it: what is `self` there is this process, or this thread."""

    def __init__(self, path: Path) -> None:
        """Raises OSError where there is none."""
        self._handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._handle)

    def read(self) -> bytes:
        """What it holds at this moment. Raises OSError where it is gone."""
        return os.pread(self._handle, LONGEST, 0)
