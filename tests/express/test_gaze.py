"""Somebody who walks past is followed by the gaze, and one who is suddenly elsewhere is found again."""

from __future__ import annotations

import pytest

from tests.support.gaze import pursuit, step

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("senses", "seed"), [("truth", 1), ("truth", 2), ("pixels", 3)])
def test_the_gaze_stays_on_somebody_who_walks_past(senses: str, seed: int) -> None:
    steady, _ = pursuit(senses, seed)
    assert steady <= 1.5


@pytest.mark.parametrize(("senses", "seed"), [("truth", 1), ("pixels", 2)])
def test_who_is_suddenly_elsewhere_is_found_without_overshoot(senses: str, seed: int) -> None:
    beyond, settled = step(senses, seed)
    assert beyond <= 1.0
    assert settled <= 0.9
