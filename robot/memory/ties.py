"""Counts ties from what is kept: hours together, and whom people spoke of."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from robot.core.ties import SpokenOf, Ties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.memory.records import Everything, Topic

HEAVY_MINUTES, WEEK = 60.0, 7  # duty 16
SPAN = timedelta(days=14)  # duty 17: these against the fourteen days before


def ties_of(kept: Everything, civil: datetime) -> Ties:
    """From all that is kept, on the day of `civil`."""
    today = civil.date()
    days = [(date.fromisoformat(day), minutes) for day, minutes in kept.together]
    week = [minutes for day, minutes in days if today - timedelta(days=WEEK) < day <= today]
    past = [day for day, _ in days if day < today]
    return Ties(
        minutes=sum(week),
        heavy_days=sum(minutes > HEAVY_MINUTES for minutes in week),
        apart_days=(today - max(past)).days if past else 0,
        household=bool(kept.people),
        spoken={
            person: _spoken([topic for topic in kept.topics if topic.person == person], civil.astimezone(UTC))
            for person in sorted({topic.person for topic in kept.topics})
        },
    )


def _spoken(topics: Sequence[Topic], now: datetime) -> SpokenOf:
    ages = [(now - datetime.fromisoformat(topic.at), topic.about) for topic in topics]
    lately = Counter(about for age, about in ages if age <= SPAN)
    before = Counter(about for age, about in ages if SPAN < age <= 2 * SPAN)
    of_week = Counter(about for age, about in ages if age <= timedelta(days=WEEK))
    return SpokenOf(
        tuple(name for name, _ in of_week.most_common()),
        lately.total(),
        before.total(),
        next((name for name, _ in before.most_common() if name not in lately), ""),
    )
