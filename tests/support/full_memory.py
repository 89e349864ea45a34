"""A memory file with somebody in it who may have to be forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from robot.core.feelings import SOMEONE
from robot.memory.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from robot.core.clock import ManualClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NAME = "Rosalinde"


def full(path: Path, clock: ManualClock) -> Memory:
    """Somebody who is known, what was spoken of with them and of them, and a count."""
    memory = Memory(path, clock)
    memory.remember_person(NAME)
    memory.wait()
    (known,) = memory.everything().people
    memory.keep_bond(known.id, 0.4)
    for n in range(200):
        memory.keep_topic(known.id, f"garden {n}", f"{NAME} spoke of garden {n}")
    memory.keep_topic(SOMEONE, NAME, f"somebody spoke of {NAME}")
    memory.keep_topic(SOMEONE, "the weather", "rain")
    memory.count("crisis")
    memory.wait()
    return memory
