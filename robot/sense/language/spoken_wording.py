"""How a language words numbers, times, days and how often: each has a `Wording`, in code or from its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from robot.texts import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

IN_WORDS = 60  # numbers from here on are written in figures, which the voice reads as well


class Wording(NamedTuple):
    """How one language says them."""

    number: Callable[[int], str]
    units: tuple[tuple[str, str], ...]  # one and several: day, hour, minute, second
    counted: Callable[[int, int], str]  # so many of the unit at that place
    joint: str
    time: Callable[[int, int], str]
    half: Callable[[int, int], str]
    day: Callable[[date], str]
    often: Callable[[frozenset[int]], str]


def say_weekday(weekday: int, language: str) -> str:
    """The name of a weekday; Monday is 0."""
    return catalogue.text(f"spoken.day_{weekday}", language)


def weekday_names(weekdays: frozenset[int], language: str) -> list[str]:
    """Their names, from Monday on."""
    return [say_weekday(day, language) for day in sorted(weekdays)]


def in_a_row(parts: Sequence[str], joint: str) -> str:
    """Parts with a comma between them, and the joint before the last."""
    *most, last = parts
    return f"{', '.join(most)} {joint} {last}" if most else last
