"""What teaches how lines are taken up: turns of ordinary life (`training/everyday`), each with its kind, and wordings
of remarks (`training/remarks`), whose kind is that of the remark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from training import everyday
from training.remarks import lines as remarks
from training.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence

REMARKED = 0.1  # how often a wording of a remark counts, of which there are far more than turns


class UptakeLine(NamedTuple):
    """A line with its kind, and how often it counts."""

    text: str
    kind: str
    counts: float


def lines() -> list[UptakeLine]:
    """Every one that teaches. Raises ConfigError at file:line."""
    kinds = remarks.uptakes()
    turns = [UptakeLine(turn.text, turn.uptake, 1.0) for turn in everyday.teaching()]
    return [*turns, *(UptakeLine(line.text, kinds[line.remark], REMARKED) for line in remarks.lines())]


def stamp(taught: Sequence[UptakeLine], network: str) -> str:
    """A digest of the lines, and of the network that read them."""
    return stamp_of(taught, network)
