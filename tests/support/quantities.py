"""What people say of durations, times and days, and what is to be read from it (`tests/data/quantities.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "data" / "quantities.toml"


def lines() -> list[tuple[str, str, dict[str, Any]]]:
    """(language, line, what is expected)."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [(language, row.pop("say"), row) for language, rows in table.items() for row in rows]
