"""Contacts that the robot begins (duty 15): a chirp and its words are one, and so are the calls after somebody left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.diary import would_begin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.intents import Intent


class Contacts:
    """Counts them; `begun_at` is when the last one began."""

    def __init__(self) -> None:
        self.begun_at: float | None = None

    def begins(self, t: float, done: Iterable[Intent]) -> bool:
        """Whether what was done at `t` begins another contact, which is noted."""
        if not any(would_begin(t, intent, self.begun_at) for intent in done):
            return False
        self.begun_at = t
        return True
