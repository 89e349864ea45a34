"""Waiting in real time for what another thread or process brings about."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from robot.core.clock import nap, stopwatch

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
PATIENCE_S = 60.0  # of a busy machine


def until(found: Callable[[], T], what: str = "waiting", *, every_s: float = 0.02) -> T:
    """Ask until what is found counts as true, and give that. `what`: what it is waited for."""
    end = stopwatch() + PATIENCE_S
    while not (it := found()):
        assert stopwatch() < end, f"in vain: {what}"
        nap(every_s)
    return it
