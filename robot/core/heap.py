"""What the C library does with memory: one heap for all threads, and what is free in it goes back to the machine."""

from __future__ import annotations

import ctypes

M_ARENA_MAX = -8  # malloc.h of glibc


def one_heap() -> None:
    """Have all threads share a heap: Python's take turns anyway, and fill each other's gaps so. Before any begins."""
    option = getattr(ctypes.CDLL(None), "mallopt", None)
    if option is not None:
        option(M_ARENA_MAX, 1)


def give_back() -> None:
    """As glibc's malloc_trim(3), a few ms in which other threads run; where there is no such function, nothing."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
