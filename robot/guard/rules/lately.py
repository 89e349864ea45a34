"""A short memory of what passed the guard, as far as rules count it: light, expressions, praise.

Up to three flashes a second are safe for everybody (WCAG 2.2, 2.3.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Hold, Show
from robot.core.messages import Light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent

CHANGE_S = 0.34  # a flash is two opposing changes: at this pace, one and a half a second
SHOW_S = 0.5  # an expression plays at least so long before the next may cut it off
SHUT = 0.5  # a lid below is shut
LIT_BY_ITSELF: tuple[Light | None, bool] = (None, False)  # no behaviour holds a light, eyes open
SAME = 0.004  # of full light: no change of direction


class Lately:
    """Remembers how held light and lid changed last, the last expression's start, and the turn of the last praise."""

    def __init__(self) -> None:
        self.held = LIT_BY_ITSELF
        self.praised_turn = -1000
        self._changed_at = -1.0
        self._shown_at = -1.0
        self._noted_at = -1.0
        self._ways = [0, 0, 0, 0]  # up or down, as red, green, blue and fill changed last

    def safe(self, t: float, light: Light | None, shut: bool) -> tuple[Light | None, bool]:  # noqa: FBT001 - as `held` has them
        """What may be seen now of a light and a lid that are wished for.

        Light that grows or fades goes on at most from dark to full in `CHANGE_S`; it turns back, and lids and who
        lights change, at most once in that time. So a glow stays one, and nothing flashes.
        """
        held, was_shut = self.held
        free = t - self._changed_at >= CHANGE_S
        if held is not None and light is not None:
            light = self._glide(t, held, light, free=free)
        elif not free:
            light = held
        return light, shut if free else was_shut

    def _glide(self, t: float, held: Light, wanted: Light, *, free: bool) -> Light:
        reach = min((t - self._noted_at) / CHANGE_S, 1.0)
        goal = _channels(wanted)
        reached = []
        for before, after, way in zip(_channels(held), goal, self._ways, strict=True):
            step = min(max(after - before, -reach), reach)
            turns = abs(step) > SAME and _way(step) != way
            reached.append(before if turns and not free else before + step)
        if all(abs(a - b) < SAME for a, b in zip(reached, goal, strict=True)):
            return wanted
        *colours, fill = reached
        brightness = max(colours)
        red, green, blue = (round(255 * one / brightness) if brightness else 0 for one in colours)
        return Light((red, green, blue), brightness, fill)

    def may_show(self, t: float) -> bool:
        return t - self._shown_at >= SHOW_S

    def note(self, t: float, done: Sequence[Intent]) -> None:
        """Take in what the guard let pass."""
        hold = next((intent for intent in reversed(done) if isinstance(intent, Hold)), None)
        now = look_of(hold)
        (held, was_shut), (light, shut) = self.held, now
        if shut != was_shut or (held is None) != (light is None):
            self._changed_at = t
        if held is not None and light is not None:
            for n, (before, after) in enumerate(zip(_channels(held), _channels(light), strict=True)):
                if abs(after - before) > SAME and _way(after - before) != self._ways[n]:
                    self._ways[n], self._changed_at = _way(after - before), t
        self.held, self._noted_at = now, t
        if any(isinstance(intent, Show) for intent in done):
            self._shown_at = t


def look_of(hold: Hold | None) -> tuple[Light | None, bool]:
    """What of a Hold can flash."""
    return LIT_BY_ITSELF if hold is None else (hold.light, hold.lid < SHUT)


def _channels(light: Light) -> tuple[float, ...]:
    """Red, green and blue as they shine, and the share that is lit; 0..1."""
    return (*(one / 255 * light.brightness for one in light.colour), light.fill)


def _way(change: float) -> int:
    return 1 if change > 0.0 else -1
