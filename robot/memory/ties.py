"""How somebody lives with the robot, over days: hours together, and whom they speak of. Counts alone; no judgement."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from robot.memory.memory import Everything, Topic

HEAVY_MINUTES, HEAVY_DAYS, WEEK = 60.0, 5, 7  # duty 16
SPAN = timedelta(days=14)  # duty 17: these against the fourteen days before
LESS = 0.5
ENOUGH = 4  # times spoken of people, to tell a habit from chance [our choice]


class SpokenOf(NamedTuple):
    """Of whom one person spoke in the last days; they are called as they were spoken of ("your sister")."""

    people: tuple[str, ...] = ()  # in seven days, most often first
    lately: int = 0  # times that people were spoken of in fourteen days,
    before: int = 0  # and in the fourteen before
    unmentioned: str = ""  # whom they spoke of most then, and not lately

    @property
    def withdrawn(self) -> bool:
        """Speaks of other people half as much as before, or less."""
        return self.before >= ENOUGH and self.lately <= LESS * self.before


class Ties(NamedTuple):
    """What the memory holds of the last days: the time with whoever was here, and what each person spoke of."""

    minutes: float = 0.0  # together, in seven days
    heavy_days: int = 0  # of these, with over an hour
    apart_days: int = 0  # since the last day together before today
    household: bool = False  # somebody agreed to be remembered
    spoken: Mapping[int, SpokenOf] = MappingProxyType({})  # by person; told to nobody else

    @property
    def heavy(self) -> bool:
        """More than an hour on five of seven days."""
        return self.heavy_days >= HEAVY_DAYS

    def of(self, person: int | None) -> SpokenOf:
        """What this person spoke of; of nobody, nothing."""
        return SpokenOf() if person is None else self.spoken.get(person, SpokenOf())


def ties_of(kept: Everything, civil: datetime) -> Ties:
    """From all that is kept, on the day of `civil`."""
    today = civil.date()
    days = [(date.fromisoformat(day), minutes) for day, minutes in kept.together]
    week = [minutes for day, minutes in days if today - timedelta(days=WEEK) < day <= today]
    past = [day for day, _ in days if day < today]
    return Ties(
        sum(week),
        sum(minutes > HEAVY_MINUTES for minutes in week),
        (today - max(past)).days if past else 0,
        bool(kept.people),
        {
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
