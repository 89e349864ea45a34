"""Memory that loading has left free goes back, what is used lies in large pages, and the collector leaves it be."""

from __future__ import annotations

import gc
import mmap
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from robot.core.heap import give_back, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


class Knot:
    """Only the collector takes it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def thawed() -> Iterator[None]:
    """As in a process that has never settled."""
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
def test_the_collector_looks_at_what_came_later_alone() -> None:
    loaded = Knot()
    settle()
    later, gone = Knot(), weakref.ref(Knot())
    seen = {id(thing) for thing in gc.get_objects()}
    assert id(loaded) not in seen
    assert id(later) in seen
    gc.collect()
    assert gone() is None


@pytest.mark.usefixtures("thawed")
def test_what_comes_after_a_first_settling_may_still_go() -> None:
    settle()
    knot = Knot()
    settle()
    gone = weakref.ref(knot)
    del knot
    gc.collect()
    assert gone() is None
