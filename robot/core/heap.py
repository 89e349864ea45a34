"""Gives the machine back what loading has left free: the C library keeps it for this process otherwise."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """As glibc's malloc_trim(3), a few ms in which other threads run; where there is no such function, nothing."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
