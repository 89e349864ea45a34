"""A file of the kernel is read as it is now, and closed with whoever reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from robot.core.kernel_file import KernelFile

OPEN = Path("/proc/self/fd")


def test_it_reads_what_stands_there_now(tmp_path: Path) -> None:
    path = tmp_path / "statm"
    path.write_text("1 2 3")
    file = KernelFile(path)
    assert file.read() == b"1 2 3"
    path.write_text("4 5 6")
    assert file.read() == b"4 5 6"


def test_it_leaves_nothing_open(tmp_path: Path) -> None:
    path = tmp_path / "statm"
    path.write_text("1")
    before = set(OPEN.iterdir())
    KernelFile(path).read()
    assert set(OPEN.iterdir()) == before


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        KernelFile(tmp_path / "none")
