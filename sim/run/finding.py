"""One expectation and what was measured of it."""

from __future__ import annotations

import math
from typing import NamedTuple


class Finding(NamedTuple):
    """One expectation, what was measured, and whether that is enough; None: the run ended before it could be judged."""

    text: str
    figure: float | str | None
    passed: bool | None


def at_most(text: str, figure: float | None, limit: float | None) -> Finding:
    """One that a figure passes up to a limit; None: it was not seen."""
    shown = None if figure is None else rounded(figure)
    passed = shown is not None and figure is not None and (limit is None or figure <= limit)
    return Finding(f"{text} (at most {limit})" if limit is not None else text, shown, passed)


def rounded(figure: float) -> float | None:
    """As it is shown; None where it is none."""
    return round(figure, 3) if math.isfinite(figure) else None
