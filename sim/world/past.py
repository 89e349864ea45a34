"""A scenario's past, `[before]`: what the robot's memory holds when it begins, in days before the scene."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from robot.core.feelings import SOMEONE
from robot.core.typed_toml import Table
from robot.loop.memory_keeper import INFORMED, OPENING, TOLD
from robot.memory.records import Everything, Known, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY_MIN = 1440.0


class DayTable(Table):
    """[[before.day]]: a day that they spent together."""

    ago: int = Field(ge=1, le=60)
    minutes: float = Field(30.0, gt=0.0, le=1440.0)
    spoke_of: tuple[str, ...] = ()


class BeforeTable(Table):
    """[before]: the bond with someone, who agreed to be remembered, and the days together."""

    bond: float | None = Field(None, ge=0.0, le=0.8)
    known: str = Field("", description="the name of somebody who agreed to be remembered")
    met: float | None = Field(
        None, gt=0.0, le=720.0, description="minutes ago it greeted somebody, and told what it is and what it senses"
    )
    day: tuple[DayTable, ...] = ()

    def everything(self, civil: datetime) -> Everything:
        """As a memory of the moment before the scene would hold it."""
        first = max((day.ago for day in self.day), default=1)
        people = (Known(1, self.known, _at(civil, first), _at(civil, first)),) if self.known else ()
        last = min((day.ago for day in self.day), default=0)
        bonds = tuple((who, self.bond, _at(civil, last)) for who in (SOMEONE, 1)[: 1 + len(people)] if self.bond)
        days = sorted(self.day, key=lambda day: -day.ago)
        together = tuple(((civil - timedelta(days=day.ago)).date().isoformat(), day.minutes) for day in days)
        return Everything(
            people=people,
            bonds=bonds,
            topics=tuple(self._topics(days, civil)),
            events=() if self.met is None else _greeted(_at(civil, self.met / DAY_MIN)),
            together=together,
            counters=(),
            faces=(),
        )

    def _topics(self, days: list[DayTable], civil: datetime) -> Iterator[Topic]:
        for day in days:
            for about in day.spoke_of:
                yield Topic(1 if self.known else SOMEONE, about, None, _at(civil, day.ago))


def _greeted(at: str) -> tuple[tuple[str, str], ...]:
    """What is counted of a greeting: it began a contact, and told of itself what a day's first one must."""
    return (OPENING, at), (TOLD, at), (INFORMED, at)


def _at(civil: datetime, days_ago: float) -> str:
    return (civil - timedelta(days=days_ago)).astimezone(UTC).isoformat(timespec="seconds")
