"""Somebody appears 2 m away, 40 degrees off: the eyes turn within 0.4 s, the head arrives, and does not go beyond."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from sim.world.options import SightFrom
from tests.support.simulation import play

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = """
about = "Somebody appears."
duration_s = 9
[[person]]
name = "Ada"
look = {look}
[[person.way]]
at = {at}
x = {x}
y = {y}
[[expect]]
what = "eyes_turn"
person = "Ada"
limit = 0.4
[[expect]]
what = "head_arrives"
person = "Ada"
after = 1.5
limit = 3
[[expect]]
what = "overshoot"
person = "Ada"
limit = 1.5
"""


@pytest.mark.parametrize(
    ("senses", "seed", "degrees"),
    [*(("truth", seed, side) for seed in (1, 2, 3) for side in (40, -40)), ("pixels", 4, 40), ("pixels", 5, -40)],
)
def test_a_newcomer_is_noticed_as_people_would(tmp_path: Path, senses: str, seed: int, degrees: float) -> None:
    bearing = math.radians(degrees)
    path = tmp_path / "appear.toml"
    at = 4.0 + 0.013 * seed  # at any moment between two pictures
    path.write_text(
        SCENARIO.format(look=seed, at=at, x=round(2 * math.cos(bearing), 3), y=round(2 * math.sin(bearing), 3))
    )
    played = play(str(path), seed=seed, senses=SightFrom(senses))
    assert played.missed == []
    assert played.expected == 3
