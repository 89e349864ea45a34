"""Days of somebody who lives with the robot: who comes when, what they say, and how they go, drawn from a seed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

HOUR, MINUTE = 3600.0, 60.0
PERSON, GUEST = "Ada", "Ben"
TALK_EVERY_S = 35.0
SMALL_TALK = (
    "How are you?",
    "What time is it?",
    "I talked with my sister today",
    "Thank you",
    "My friend Paul came by yesterday",
    "Do you love me?",
    "Let's play",
    "Why did you do that?",
)
POORLY = ("I am ill", "I am a bit sad today")


class DayKind(StrEnum):
    """What a day is like."""

    ordinary = "ordinary"
    guests = "guests"
    ill = "ill"
    away = "away"  # nobody comes
    restless = "restless"  # somebody comes by in the night


# A week has an ordinary beginning, so that the short soak of three days sees guests and an illness, too.
WEEK = (DayKind.ordinary, DayKind.guests, DayKind.ill, DayKind.restless, DayKind.away, DayKind.ordinary, DayKind.guests)
HOLIDAY = range(14, 17)  # three days in a row without anybody


class Visit(NamedTuple):
    """One time together: s from midnight, and how long; what is said at which second of it."""

    at: float
    seconds: float
    lines: tuple[tuple[float, str, str], ...]  # (when, who, words)
    guest: bool
    goodbye: str  # empty: they go without one


class Day(NamedTuple):
    """One day's visits, in their order."""

    number: int
    kind: DayKind
    visits: tuple[Visit, ...]


def kind_of(number: int) -> DayKind:
    return DayKind.away if number in HOLIDAY else WEEK[number % len(WEEK)]


def drawn(number: int, chance: np.random.Generator) -> Day:
    """Day `number`, from 0."""
    kind = kind_of(number)
    hours = {DayKind.away: (), DayKind.ill: (11.0, 16.0)}.get(kind, (8.5, 13.0, 18.5))
    visits = [_visit(number, hour, kind, chance) for hour in hours]
    if kind is DayKind.restless:
        visits.append(_night(chance))
    return Day(number, kind, tuple(visits))


def _visit(number: int, hour: float, kind: DayKind, chance: np.random.Generator) -> Visit:
    at = hour * HOUR + float(chance.uniform(0.0, 40.0)) * MINUTE
    seconds = float(chance.uniform(4.0, 6.5)) * MINUTE
    guest = kind is DayKind.guests and hour > 12
    words = list(chance.permutation(SMALL_TALK))
    if kind is DayKind.ill:
        words.insert(0, POORLY[int(chance.integers(len(POORLY)))])
    if number == 0 and hour < 12:
        words[:0] = [f"My name is {PERSON}", "Yes"]
    lines = [(12.0 + TALK_EVERY_S * i, PERSON, str(text)) for i, text in enumerate(words)]
    lines = [line for line in lines if line[0] < seconds - 40.0]
    if guest:
        lines.append((0.45 * seconds, GUEST, "Hello"))
    late = hour > 18
    leaves = "" if chance.random() < 0.3 and not late else ("Good night" if late else "Goodbye")
    return Visit(at, seconds, tuple(sorted(lines)), guest, leaves)


def _night(chance: np.random.Generator) -> Visit:
    """Up in the night: a few words, long after quiet hours began."""
    at = 23.2 * HOUR + float(chance.uniform(0.0, 25.0)) * MINUTE
    return Visit(at, 100.0, ((30.0, PERSON, "What time is it?"),), guest=False, goodbye="")
