"""A short memory of what passed the guard, as far as rules count it: light, expressions, praise.

Up to three flashes a second are safe for everybody (WCAG 2.2, 2.3.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Hold, Show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent
    from robot.core.messages import Light

CHANGE_S = 0.34  # a flash is two opposing changes: at this pace, one and a half a second
SHOW_S = 0.5  # an expression plays at least so long before the next may cut it off
SHUT = 0.5  # a lid below is shut
LIT_BY_ITSELF: tuple[Light | None, bool] = (None, False)  # no behaviour holds a light, eyes open


class Lately:
    """Remembers the last change of held light and lid, the last expression's start, and the turn of the last praise."""

    def __init__(self) -> None:
        self.held = LIT_BY_ITSELF
        self.praised_turn = -1000
        self._changed_at = -1.0
        self._shown_at = -1.0

    def may_change(self, t: float) -> bool:
        return t - self._changed_at >= CHANGE_S

    def may_show(self, t: float) -> bool:
        return t - self._shown_at >= SHOW_S

    def note(self, t: float, done: Sequence[Intent]) -> None:
        """Take in what the guard let pass."""
        hold = next((intent for intent in reversed(done) if isinstance(intent, Hold)), None)
        now = look_of(hold)
        if now != self.held:
            self.held, self._changed_at = now, t
        if any(isinstance(intent, Show) for intent in done):
            self._shown_at = t


def look_of(hold: Hold | None) -> tuple[Light | None, bool]:
    """What of a Hold can flash."""
    return LIT_BY_ITSELF if hold is None else (hold.light, hold.lid < SHUT)
