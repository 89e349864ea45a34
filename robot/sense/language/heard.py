"""What a line was taken to mean."""

from __future__ import annotations

from typing import NamedTuple

UNKNOWN = "unknown"


class Heard(NamedTuple):
    """What a line was taken to mean: an intent of the tables, its slots, and a confidence 0..1."""

    intent: str
    slots: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.0


NOTHING = Heard(UNKNOWN)
