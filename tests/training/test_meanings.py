"""Each meaning is told to those who write lines for it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from robot.core.meanings import meanings

COVERS = Path(__file__).parents[2] / "training" / "meaning" / "covers.toml"


def test_what_a_meaning_covers_is_told_of_each() -> None:
    told = tomllib.loads(COVERS.read_text(encoding="utf-8"))
    assert list(told) == list(meanings())
    assert all(told.values())
