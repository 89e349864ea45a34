"""What is measured in each run of a study, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world.scenario import Scenario

MEASURES = ("arousal_mean", "arousal_max", "comfort_mean", "exploration_mean", "bond_end", "sentences", "engaged_share")


def measured(scenario: Scenario) -> list[str]:
    """The names of what is measured in a run of it, all numbers."""
    expected = (f"expect.{number}.{expect.what}" for number, expect in enumerate(scenario.expect, 1))
    return [*MEASURES, *expected, "passed"]
