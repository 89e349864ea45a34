"""A short memory of what passed the guard, as far as rules count it: light, expressions, praise.

Up to three flashes a second are safe for everybody (WCAG 2.2, 2.3.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.body_frame import Light
from robot.core.intents import Hold, Show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent

CHANGE_S = 0.34  # a flash is two opposing changes: at this pace, one and a half a second
SHOW_S = 0.5  # an expression plays at least so long before the next may cut it off
SHUT = 0.5  # a lid below is shut
LIT_BY_ITSELF: tuple[Light | None, bool] = (None, False)  # no behaviour holds a light, eyes open
SAME = 0.004  # of full light: no change of direction
EITHER = 0  # goes neither up nor down since the light turned
LUMINANCE = (0.2126, 0.7152, 0.0722)  # how much red, green and blue count in it (WCAG 2.2)
NO_WAY: tuple[int, ...] = (EITHER,) * 5  # up or down, as red, green, blue, fill and luminance go since the light turned


class Lately:
    """Remembers how held light and lid changed last, the last expression's start, and the turn of the last praise."""

    def __init__(self) -> None:
        self.held = LIT_BY_ITSELF
        self.praised_turn = -1000
        self._changed_at = -1.0  # lids, or who lights
        self._turned_at = -1.0
        self._shown_at = -1.0
        self._noted_at = -1.0
        self._ways = NO_WAY

    def safe(self, t: float, light: Light | None, shut: bool) -> tuple[Light | None, bool]:  # noqa: FBT001 - as `held` has them
        """What may be seen now of a light and a lid that are wished for.

        Light that grows or fades goes on at most from dark to full in `CHANGE_S`, and turns back at most once in that
        time; lids and who lights change where nothing else did so long. So a glow stays one, and nothing flashes. It
        turns as a whole: of a mixed colour the strong part is seen to turn before the weak, and once one has, each may
        go either way.
        """
        held, was_shut = self.held
        free = t - max(self._changed_at, self._turned_at) >= CHANGE_S
        if held is not None and light is not None:
            light = self._glide(t, held, light)
        elif not free:
            light = held
        return light, shut if free else was_shut

    def _glide(self, t: float, held: Light, wanted: Light) -> Light:
        reach = min((t - self._noted_at) / CHANGE_S, 1.0)
        was, goal = _channels(held), _channels(wanted)
        reached = [before + min(max(after - before, -reach), reach) for before, after in zip(was, goal, strict=True)]
        if t - self._turned_at < CHANGE_S and self._turns(_ways(was, reached)):
            return held
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
        if shut != was_shut:
            self._changed_at = t
        if held is None or light is None:
            if held is not light:
                self._ways, self._changed_at = NO_WAY, t
        else:
            ways = _ways(_channels(held), _channels(light))
            if self._turns(ways):
                self._ways, self._turned_at = ways, t
            else:
                self._ways = tuple(new or old for new, old in zip(ways, self._ways, strict=True))
        self.held, self._noted_at = now, t
        if any(isinstance(intent, Show) for intent in done):
            self._shown_at = t

    def _turns(self, ways: Sequence[int]) -> bool:
        """Whether anything of the light would go against the way that it goes."""
        return any(new and old and new != old for new, old in zip(ways, self._ways, strict=True))


def look_of(hold: Hold | None) -> tuple[Light | None, bool]:
    """What of a Hold can flash."""
    return LIT_BY_ITSELF if hold is None else (hold.light, hold.lid < SHUT)


def _channels(light: Light) -> tuple[float, ...]:
    """Red, green and blue as they shine, and the share that is lit; 0..1."""
    return (*(one / 255 * light.brightness for one in light.colour), light.fill)


def _ways(before: Sequence[float], after: Sequence[float]) -> tuple[int, ...]:
    """Up or down, as each channel goes from one light to the next, and what the eye makes of them."""
    pairs = zip((*before, _luminance(before)), (*after, _luminance(after)), strict=True)
    return tuple(EITHER if abs(new - old) <= SAME else 1 if new > old else -1 for old, new in pairs)


def _luminance(channels: Sequence[float]) -> float:
    *colours, fill = channels
    return fill * sum(weight * one for weight, one in zip(LUMINANCE, colours, strict=True))
