"""Light: whatever is wished for, nothing flashes more than three times a second, and a slow breath is never stopped."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robot.core.body_frame import Light
from robot.core.clock import generator
from robot.core.intents import Hold, Look, Show
from robot.express.keyframes import FLASH, FLASHES_A_SECOND, flashes
from robot.guard.rules.lately import Lately
from tests.support.desk import CAUSE, Desk


def test_no_behaviour_can_make_it_flash() -> None:
    """A behaviour that asks for another light, lid or expression at every thought."""
    desk = Desk()
    lights, shows = [], 0
    for n in range(100):
        wish = Hold(CAUSE, light=Light((255, 255, 255), float(n % 2)), lid=float(n % 2)) if n % 7 else Look(CAUSE)
        done, _ = desk.judged(wish, Show(CAUSE, "nod"))
        hold = next((i for i in done if isinstance(i, Hold)), None)
        lights.append((hold.light, hold.lid < 0.5) if hold is not None else (None, False))
        shows += any(isinstance(i, Show) for i in done)
        desk.wait(0.1)
    shut = [n for n in range(1, 100) if lights[n][1] != lights[n - 1][1]]
    assert shut
    assert max(sum(n <= m < n + 10 for m in shut) for n in shut) <= 3  # in a second: one flash and a half
    assert 1 <= flashes([0.1 * n for n in range(100)], [shine(light) for light, _ in lights]) <= 2
    assert shows <= 20


def shine(light: Light | None) -> float:
    """As the eye weighs colours (WCAG 2.2, relative luminance); what shines by itself is dim."""
    if light is None:
        return 0.15
    return (
        light.brightness
        * light.fill
        * sum(w * one / 255 for w, one in zip((0.2126, 0.7152, 0.0722), light.colour, strict=True))
    )


@pytest.mark.parametrize("seed", range(8))
def test_whatever_lights_are_wished_for_nothing_flashes(seed: int) -> None:
    """Any colours, brightness and share at any pace, held or not."""
    chance, desk = generator(seed), Desk()
    times, lights = [], []
    for _ in range(300):
        red, green, blue = (int(one) for one in chance.choice([0, 60, 255], 3))
        wish = Light((red, green, blue), float(chance.random()), float(chance.choice([0.2, 1.0])))
        done, _ = desk.judged(Hold(CAUSE, light=wish) if chance.random() < 0.9 else Look(CAUSE))
        hold = next((i for i in done if isinstance(i, Hold)), None)
        times.append(desk.clock.now())
        lights.append(shine(hold.light if hold is not None else None))
        desk.wait(float(chance.choice([0.02, 0.1])))
    assert flashes(times, lights) <= FLASHES_A_SECOND


COLOURS = st.tuples(*[st.integers(0, 255)] * 3)
SHARES = st.floats(0.0, 1.0)


class Glow(NamedTuple):
    """A light that swells and fades in one colour, as behaviours write that."""

    colour: tuple[int, int, int]
    ends: tuple[float, float]
    hz: float
    phase: float
    by: str

    def at(self, t: float) -> Light:
        low, high = self.ends
        value = (low + high) / 2 - (high - low) / 2 * math.cos(math.tau * self.hz * t + self.phase)
        if self.by == "colour":
            red, green, blue = (round(value * one) for one in self.colour)
            return Light((red, green, blue), 1.0)
        return Light(self.colour, value) if self.by == "brightness" else Light(self.colour, 1.0, value)


def glows(low_hz: float, high_hz: float) -> st.SearchStrategy[Glow]:
    hz, phases = st.floats(low_hz, high_hz), st.floats(0.0, math.tau)
    return st.builds(
        Glow, COLOURS, st.tuples(SHARES, SHARES), hz, phases, st.sampled_from(["brightness", "fill", "colour"])
    )


def seen(glow: Glow, tick_s: float, seconds: float = 5.0) -> list[tuple[float, Light, Light]]:
    """When, what was wished for, and what the guard let be seen."""
    lately, shown = Lately(), []
    for n in range(round(seconds / tick_s)):
        wished = glow.at(n * tick_s)
        safe, _ = lately.safe(n * tick_s, wished, False)
        lately.note(n * tick_s, [Hold(CAUSE, light=safe)])
        assert safe is not None
        shown.append((n * tick_s, wished, safe))
    return shown


@given(glow=glows(0.02, 0.5), tick_s=st.sampled_from([0.02, 0.1]))
def test_a_slow_breath_of_light_is_never_stopped(glow: Glow, tick_s: float) -> None:
    """In any colour, as deep as one likes, from its first moment on."""
    assert [(t, wished) for t, wished, safe in seen(glow, tick_s) if safe != wished] == []


@given(glow=glows(3.1, 12.0))
def test_a_fast_flash_is_always_stopped(glow: Glow) -> None:
    shown = seen(glow, 0.02)
    times = [t for t, _, _ in shown]
    if flashes(times, [shine(wished) for _, wished, _ in shown]) >= FLASHES_A_SECOND:
        assert flashes(times, [shine(safe) for _, _, safe in shown]) <= FLASHES_A_SECOND - 1
        assert any(safe != wished for _, wished, safe in shown)


@pytest.mark.parametrize("patience", [1, 4, 8, 17])
def test_who_asks_each_time_for_what_would_flash_most_gets_no_flashes(patience: int) -> None:
    """Of all that may be asked for it asks for what brings the brightness furthest, and turns back when it can."""
    corners = [Light((r, g, b), 1.0, fill) for r in (0, 255) for g in (0, 255) for b in (0, 255) for fill in (0.0, 1.0)]
    lately, way, turned_from, since, shown = Lately(), 1, 0.15, 0, [(0.0, 0.15)]
    for n in range(1, 400):
        t = n * 0.02
        light = max((lately.safe(t, wish, False)[0] for wish in (None, *corners)), key=lambda one: way * shine(one))
        lately.note(t, [] if light is None else [Hold(CAUSE, light=light)])
        shown.append((t, shine(light)))
        since += 1
        if way * (shown[-1][1] - turned_from) >= FLASH or since >= patience:
            way, turned_from, since = -way, shown[-1][1], 0
    assert flashes([t for t, _ in shown], [one for _, one in shown]) <= FLASHES_A_SECOND


def test_a_smooth_glow_stays_one() -> None:
    desk = Desk()
    for n in range(100):
        desk.wait(0.1)
        light = Light((255, 180, 90), 0.5 - 0.4 * math.cos(0.1 * n * math.pi), 1.0)  # up and down in two seconds
        done, _ = desk.judged(Hold(CAUSE, light=light))
        if n > 10:
            assert [i.light for i in done if isinstance(i, Hold)] == [light]


def test_a_light_that_is_wished_for_at_once_comes_by_a_slope() -> None:
    desk = Desk()
    seen = []
    for n in range(20):
        desk.wait(0.1)
        done, _ = desk.judged(Hold(CAUSE, light=Light((255, 255, 255), float(n >= 10))))
        seen += [i.light.brightness for i in done if isinstance(i, Hold) and i.light is not None]
    rises = [after - before for before, after in pairwise(seen)]
    assert 0.2 < max(rises) < 0.3
    assert seen[14:] == [1.0] * 6
