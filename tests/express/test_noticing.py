"""Somebody appears 2 m away, 40 degrees off: the eyes turn within 0.4 s, the head arrives, and does not go beyond."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

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
    options = f"--headless --fast --seed {seed} --senses {senses} --report -"
    done = subprocess.run(
        [sys.executable, "-m", "robot", "sim", str(path), *options.split()],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    findings = json.loads(done.stdout)["expectations"]
    assert [finding for finding in findings if not finding["passed"]] == []
    assert len(findings) == 3
