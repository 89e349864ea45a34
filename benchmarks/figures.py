"""What a benchmark found: one JSON line a figure, and whether its bar is held."""

from __future__ import annotations

import json
import os


def tell(
    figure: str, value: float, unit: str, bar: float | None = None, *, least: bool = False, **more: object
) -> bool:
    """One figure; with `least` its bar is the least that it may be. Returns whether that is held: True without one."""
    row: dict[str, object] = {"figure": figure, "value": round(value, 3), "unit": unit}
    held = bar is None or bool(value >= bar if least else value <= bar)  # NumPy has a bool of its own
    if bar is not None:
        row |= {"bar": bar, "passed": held}
    _print(row | more)
    return held


def leave_out(figure: str, why: str) -> None:
    """A figure that cannot be had here."""
    _print({"figure": figure, "skipped": why})


def load() -> str:
    """What else the machine does, as a note beside a figure."""
    return f"load of the machine {os.getloadavg()[0]:.1f}"


def _print(row: dict[str, object]) -> None:
    print(json.dumps(row), flush=True)
