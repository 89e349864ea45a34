"""Contacts that the robot begins (duty 15): a chirp and its words are one, and so are the calls after somebody left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from robot.core.intents import Sound, opens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.intents import Intent

LASTS_S = 120.0  # calls within it go on with the contact that was begun


class Contacts:
    """Tells when another one begins."""

    def __init__(self) -> None:
        self._begun_at = -math.inf

    def begins(self, t: float, done: Iterable[Intent]) -> bool:
        """Whether what was done at `t` begins another contact, which is noted."""
        if not any(self.would_begin(t, intent) for intent in done):
            return False
        self._begun_at = t
        return True

    def would_begin(self, t: float, intent: Intent) -> bool:
        """Whether it would: words always, a call unless the last contact goes on."""
        return opens(intent) and not (isinstance(intent, Sound) and t - self._begun_at <= LASTS_S)
