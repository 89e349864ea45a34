"""How memory lies: one heap for all threads, what is free in it given back, what is used in the kernel's large pages.

A robot at rest walks through some megabytes fifty times a second, and between two turns others push its addresses out
of the processor. That much is glibc's and Linux's; elsewhere nothing happens. And Python's collector, which holds the
interpreter while it looks through everything there is, five turns long, leaves out what was loaded at the start.
"""

from __future__ import annotations

import ctypes
import gc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

M_ARENA_MAX = -8  # malloc.h of glibc
MADV_COLLAPSE = 25  # asm-generic/mman-common.h, since Linux 6.1
LARGE_PAGE = Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")
PAGE = 4096  # bytes; the large ones of machines with another page are too large to be filled
SELDOM = 10_000  # objects: Python's own 700 look through a start's half a million again and again, a tenth of its time
FILLED = 0.85  # of a large page, at least, so that hardly any memory is taken that was not taken before


def one_heap() -> None:
    """Have all threads share a heap: Python's take turns anyway, and fill each other's gaps so. Before any begins."""
    option = getattr(ctypes.CDLL(None), "mallopt", None)
    if option is not None:
        option(M_ARENA_MAX, 1)


def collect_seldom() -> None:
    """Let the collector look for what nobody needs after more objects than is usual. Before the many are made."""
    gc.set_threshold(SELDOM)


def give_back() -> None:
    """Give what is free in the heap back to the machine, also from under what is still used."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def settle() -> None:
    """Once all is loaded: let the collector look at it no more, give back what is free, and lay what is used in large
    pages. It takes 0.1 s, most of which others wait for.
    """
    if not gc.get_freeze_count():  # once in a process: what was frozen and is dropped later may stay for ever
        gc.collect()
        gc.freeze()
    give_back()
    library = ctypes.CDLL(None)
    try:
        large = int(LARGE_PAGE.read_text())
        places = list(_own_memory())
    except OSError:  # a kernel without large pages
        return
    resident = ctypes.create_string_buffer(large // PAGE)
    for begin, end in places:
        for at in range(-(-begin // large) * large, end - large + 1, large):
            place, size = ctypes.c_void_p(at), ctypes.c_size_t(large)
            if library.mincore(place, size, resident) == 0 and resident.raw.count(1) >= FILLED * len(resident):
                library.madvise(place, size, MADV_COLLAPSE)  # what the kernel cannot do stays as it is


def _own_memory() -> Iterator[tuple[int, int]]:
    """Where memory lies that is no file's, a thread's stack or somebody else's; see proc_pid_maps(5)."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        addresses, access, _, _, inode, *name = line.split()
        if access == "rw-p" and inode == "0" and name in ([], ["[heap]"]):
            begin, end = addresses.split("-")
            yield int(begin, 16), int(end, 16)
