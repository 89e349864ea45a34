"""A disk that is soon full and can be locked, for a program that a test starts."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def on_a_small_disk(folder: Path, program: str) -> list[str]:
    """What it prints on a file system of 800 KiB, mounted in a name space of the test's own."""
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody have a mount of their own")
    mounted = 'mount -t tmpfs -o size=800k none "$1" && exec "$2" -c "$3" "$1"'
    command = ["unshare", "-rm", "sh", "-ec", mounted, "sh", str(folder), sys.executable, program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
