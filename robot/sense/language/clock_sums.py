"""`time_reached`: what the clock shows a while after or before a time, or now: "if I leave at five and it takes an
hour, when am I there?". `time_between`: how long it is from one time to another.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.core.quantities import HALF_DAY, ClockTime
from robot.sense.language.quantities import durations_in, read

if TYPE_CHECKING:
    from collections.abc import Iterable


class ClockSumWords(WordTable, section="clock_sums"):
    """[clock_sums], patterns: what asks when something will be (`after`), and when to begin it (`before`); what asks so
    of a while from now (`ahead`) or until now (`ago`), or for a time `apart` from another. `lasts` asks how long it is,
    from one time (`between` them, in place of `since`) `until` another. `hours`: to how many the clock counts.
    """

    after: tuple[str, ...]
    before: tuple[str, ...]
    ahead: str
    ago: str
    apart: str
    lasts: str
    between: str
    since: str
    until: str
    hours: int


def time_reached(text: str, language: str, civil: datetime) -> ClockTime | None:
    """None where the line does not ask for it, or does not say both a time and how long."""
    words = section(ClockSumWords, language)
    if words is None:
        return None
    line = text.lower().replace("\u2019", "'")
    of_now = _asks((words.ahead, words.ago), line)
    back = _asks((*words.before, words.ago), line)
    if not back and not of_now and not _asks(words.after, line):
        return None
    found = read(line, language, civil)
    if of_now:  # « il y a deux heures » names no time
        lengths, line = durations_in(line, language)
        found = read(line, language, civil)._replace(duration=lengths[0] if len(lengths) == 1 else None)
    if found.duration is None and re.search(words.apart, line):  # "twenty minutes before nine" is one time
        return found.time
    if found.duration is None or found.duration >= timedelta(days=1):
        return None
    if found.time is not None:
        at = datetime.combine(civil.date(), time(found.time.hour, found.time.minute))
    elif of_now:
        at = civil.replace(tzinfo=None)
    else:
        return None
    at = at - found.duration if back else at + found.duration
    return ClockTime(at.hour, at.minute, sure=found.time is None or found.time.sure)


def time_between(text: str, language: str, civil: datetime) -> timedelta | None:
    """None where the line does not ask how long it is, or does not say both times."""
    words = section(ClockSumWords, language)
    line = text.lower().replace("\u2019", "'")
    if words is None or not re.search(words.lasts, line):
        return None
    between = re.search(words.between, line)
    if between is not None:
        line = f"{words.since} {line[between.end() :]}"
    for joint in re.finditer(words.until, line):
        first, last = read(line[: joint.start()], language, civil), read(line[joint.start() :], language, civil)
        if between is not None and last.time is None:
            last = read(f"{words.since} {line[joint.end() :]}", language, civil)
        if first.time is not None and last.time is not None and not first.duration and not last.duration:
            return _from_to(first.time, last.time, words.hours)
    return None


def _from_to(first: ClockTime, last: ClockTime, hours: int) -> timedelta:
    """Hours that may be of either half of the day are the next ones; where one counts beyond twelve, both do."""
    plainly = (first.sure and last.sure) or (hours > HALF_DAY and max(first.hour, last.hour) > HALF_DAY)
    whole = 60 * (24 if plainly else HALF_DAY)
    minutes = ((last.hour - first.hour) * 60 + last.minute - first.minute) % whole
    return timedelta(minutes=minutes or whole)


def _asks(patterns: Iterable[str], line: str) -> bool:
    return any(re.search(pattern, line) for pattern in patterns)
