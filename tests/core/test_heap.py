"""Memory that loading has left free goes back to the machine, and what is used lies in large pages."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from robot.core.heap import give_back, settle

if TYPE_CHECKING:
    from collections.abc import Callable

ENABLED = Path("/sys/kernel/mm/transparent_hugepage/enabled")


def in_large_pages() -> int:
    """KiB."""
    rows = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    return next(int(row[1]) for row in rows if row[0] == "AnonHugePages:")


@pytest.mark.parametrize("how", [give_back, settle])
def test_what_is_free_under_what_is_still_used_goes_back(how: Callable[[], None]) -> None:
    process = psutil.Process()
    blocks = [bytes(2000) for _ in range(50_000)]
    last = blocks.pop()  # the C library gives back by itself only what no block lies above
    del blocks
    before = process.memory_info().rss
    how()
    assert before - process.memory_info().rss > 50_000_000
    assert last


@pytest.mark.skipif(not ENABLED.exists() or "[never]" in ENABLED.read_text(), reason="a kernel without large pages")
def test_what_is_densely_used_lies_in_large_pages_as_it_was() -> None:
    told = bytes(range(256)) * 65536
    # Of its own: the heap of a process that settled before may lie in large pages already.
    with mmap.mmap(-1, len(told), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as block:
        block.write(told)
        before = in_large_pages()
        settle()
        assert in_large_pages() >= before + 8192
        assert block[:] == told
