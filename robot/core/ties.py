"""Ties: how somebody lived with the robot over the last days. Counts alone; no judgement."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAVY_DAYS = 5  # of seven, duty 16
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
