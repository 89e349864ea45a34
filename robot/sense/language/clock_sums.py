"""`time_reached`: what the clock shows a while after or before a time: "if I leave at five and it takes an hour, when
am I there?".
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from robot.core.language_words import section
from robot.core.typed_toml import Table
from robot.sense.language.quantities import read

if TYPE_CHECKING:
    from collections.abc import Iterable


class ClockSumWords(Table):
    """[clock_sums], patterns: what asks when something will be (`after`), and when to begin it (`before`)."""

    after: tuple[str, ...]
    before: tuple[str, ...]


def time_reached(text: str, language: str, civil: datetime) -> time | None:
    """None where the line does not ask for it, or does not say both a time and how long."""
    words = section(ClockSumWords, "clock_sums", language)
    if words is None:
        return None
    line = text.lower().replace("\u2019", "'")
    back = _asks(words.before, line)
    if not back and not _asks(words.after, line):
        return None
    found = read(line, language, civil)
    if found.time is None or found.duration is None or found.duration >= timedelta(days=1):
        return None
    at = datetime.combine(civil.date(), time(found.time.hour, found.time.minute))
    return (at - found.duration if back else at + found.duration).time()


def _asks(patterns: Iterable[str], line: str) -> bool:
    return any(re.search(pattern, line) for pattern in patterns)
