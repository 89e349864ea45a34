"""A few short scenes on the body with weight, too; `benchmarks/judge_scenarios.py` judges all, on seven bodies."""

from __future__ import annotations

import pytest

from benchmarks.bodies import Body
from benchmarks.judge_scenarios import Run, judge
from sim.world import scenario as scenarios


@pytest.mark.parametrize("name", ["first-meeting", "two-people-cross", "stop-in-mid-motion"])
def test_what_is_expected_of_it_is_seen_on_the_body_with_weight(name: str) -> None:
    judged = judge(Run(name, Body.MUJOCO, 2))
    assert judged.missed == ()
    assert judged.expected == len(scenarios.load(name)[1].expect)
