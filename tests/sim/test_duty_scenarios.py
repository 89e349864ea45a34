"""The robot's own examination: the situations of the duties, played whole in both languages; a goodbye at any bond."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from robot.app.context import shared_stock
from robot.config.schema import Config
from robot.core.intents import Say, Show
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from tests.support.duty_scenes import AT_ONCE_S, options, play

if TYPE_CHECKING:
    from robot.core.tick import Tick

pytestmark = pytest.mark.slow

DUTIES = {name: path for name, path in scenarios.shipped().items() if "duties" in path.parts}
GONE_BY = 30.0  # s of the farewell scenario: words, bow and settling are over


def test_there_are_twenty_in_each_language() -> None:
    for language in ("en", "fr"):
        mine = [name for name, path in DUTIES.items() if path.parent.name == language]
        assert len(mine) == 20
        assert all(scenarios.load(name)[1].language == language for name in mine)
        assert all(any(e.what == "duties" for e in scenarios.load(name)[1].expect) for name in mine)


@pytest.mark.parametrize("name", sorted(DUTIES))
def test_every_duty_holds_in_the_shipped_situations(name: str) -> None:
    assert play(name, AT_ONCE_S) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", [name for name in sorted(DUTIES) if scenarios.load(name)[1].duration_s > AT_ONCE_S])
def test_every_duty_holds_to_the_end_of_the_long_ones(name: str) -> None:
    assert play(name, math.inf) == []


class Parting:
    """What was said and shown after the goodbye, and where the joints went."""

    def __init__(self) -> None:
        self.done: list[tuple[float, str]] = []
        self.poses: list[tuple[float, ...]] = []
        self.rate: list[float] = []

    def see(self, tick: Tick) -> None:
        if not 20.0 <= tick.t <= GONE_BY:
            return
        self.done += [(tick.t, i.text) for i in tick.done if isinstance(i, Say)]
        self.done += [(tick.t, i.expression) for i in tick.done if isinstance(i, Show)]
        if self.done:  # before it says goodbye, it may have been looking elsewhere
            self.poses.append(tuple(round(angle, 3) for angle in tick.frame.pose[:4]))


@pytest.mark.parametrize("name", ["goodbye", "au-revoir"])
def test_a_farewell_is_the_same_at_any_bond(name: str) -> None:
    """Words, moments and motion of base and head; the ears show arousal, which is no speech to the person."""
    seen = []
    _, script = scenarios.load(name)
    for bond in (0.01, 0.8):
        before = script.before.model_copy(update={"bond": bond})
        with SimSession(
            name, script.model_copy(update={"before": before}), Config(), options(3), shared_stock()
        ) as session:
            parting = Parting()
            session.robot.loop.watch(parting)
            session.play(GONE_BY)
            seen.append(parting)
    weak, strong = seen
    assert weak.done == strong.done
    assert any("bow" in what for _, what in weak.done)
    off = max(abs(a - b) for p, q in zip(weak.poses, strong.poses, strict=True) for a, b in zip(p, q, strict=True))
    assert off < 0.02, off
