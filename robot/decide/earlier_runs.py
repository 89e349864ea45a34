"""What of earlier runs counts on in this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class EarlierRuns(NamedTuple):
    """What of earlier runs the diary begins with, in this run's robot time, so that what was before is negative."""

    openings: tuple[tuple[date, float], ...] = ()
    told_robot_at: float | None = None
    told_robot_on: date | None = None
    told_much_on: date | None = None
    informed_on: date | None = None


NOTHING_EARLIER = EarlierRuns()
