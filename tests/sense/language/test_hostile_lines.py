"""A line that is nothing but one sign or word again and again takes no longer to read than another of its length."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from timeit import repeat
from typing import TYPE_CHECKING, Any

import pytest

from robot.core.language_words import raw
from robot.core.percepts import Utterance
from robot.sense.language import quantities, reminder_when
from robot.sense.language.asked_words import patterns
from robot.sense.language.leaving import as_leaving

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH = 1000
LINES = [(again * LENGTH)[:LENGTH] for again in ("!", ", ")]
# It looks at the rest of a line from each of its places, as many do; what tries each end there, too, takes hundreds of
# times as long.
MEASURE = re.compile(r"(?=.*(?:x|y)\0)")
AT_MOST = 40
WORDED = ("meanings", "remarks")  # under [as_asked]


def cost(pattern: re.Pattern[str], line: str) -> float:
    """Seconds of the best of three searches to the end of a line."""
    return min(repeat(lambda: list(pattern.finditer(line)), number=1, repeat=3))


def strings(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    else:
        for one in table.values() if isinstance(table, dict) else table:
            yield from strings(one)


def searched() -> Iterator[re.Pattern[str]]:
    """What is looked for in each line."""
    yield from patterns().plainly.values()
    for language in ("en", "fr"):
        for text in strings([raw(language)["as_asked"][key] for key in WORDED]):
            yield re.compile(text, re.IGNORECASE)


def test_no_pattern_is_much_slower_than_one_look_from_each_place() -> None:
    most = AT_MOST * cost(MEASURE, "a" * LENGTH)
    assert [(one.pattern, line[:4]) for one in searched() for line in LINES if cost(one, line) > most] == []


@pytest.mark.parametrize("line", LINES)
def test_a_goodbye_is_looked_for_as_fast(line: str) -> None:
    words = Utterance(0.0, line.replace(" ", ""), confidence=0.0)
    as_leaving(words)
    most = AT_MOST * cost(MEASURE, "a" * LENGTH)
    assert min(repeat(lambda: as_leaving(words), number=1, repeat=3)) <= most


@pytest.mark.parametrize(("language", "asks", "joint"), [("en", "remind me ", "to "), ("fr", "rappelle-moi ", "de ")])
def test_when_is_read_a_few_times_however_many_words_may_part_it_from_what(
    language: str, asks: str, joint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []

    def counted(text: str, *args: Any) -> Any:
        lines.append(text)
        return quantities.read(text, *args)

    monkeypatch.setattr(reminder_when, "read", counted)
    assert reminder_when.apart(asks + joint * 600, language, datetime(2026, 3, 2, 9, tzinfo=UTC)) is None
    assert 0 < len(lines) <= 20
