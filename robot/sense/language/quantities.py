"""Reads quantities from a line, in each language: `read("remind me at five", "en", civil).time`.

The text2num library turns number words into digits; the patterns of `quantities_en.py`, `quantities_fr.py` or a
language's table (`quantities_table.py`) find durations, times, days and recurrences among them, each of which is taken
out of the line before the next is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar, cast

from robot.core.language_words import section
from robot.core.quantities import DayPart, Quantities
from robot.sense.language.quantities_table import QuantityWords, tongue
from robot.sense.language.quantity_patterns import Tongue, row
from robot.sense.language.thousands import without_marks

if TYPE_CHECKING:
    from datetime import date, datetime

    from robot.core.quantities import ClockTime
    from robot.sense.language.quantity_patterns import Row

T = TypeVar("T")
TONGUES = {  # those that have patterns of their own
    "en": "robot.sense.language.quantities_en",
    "fr": "robot.sense.language.quantities_fr",
}
NEVER: Row[timedelta] = row("(?!)", lambda _: None)
NO_TONGUE = Tongue(  # of a language that brings no words for them
    prepare=str, times=(), behind=(), duration=NEVER, lasting=NEVER, often=(), days=lambda _: (), parts=()
)
GAP = " ¦ "  # stands where something was taken out
DAWN = 6  # the hour at which a night is over
LONGEST = 400  # characters of a line that are looked at
NEUF = re.compile(  # "new" as well as nine, so that text2num leaves it where it stands alone
    r"\bneuf(?= (?:heures?|minutes?|secondes?|jours?|semaines?|janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre)\b)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?!\w)")


def read(text: str, language: str, civil: datetime, *, lasting: bool = False) -> Quantities:
    """All quantities of a line. `lasting`: what may be a duration or a time (« deux heures ») is a duration."""
    tongue = _tongue(language)
    line = digits(tongue.prepare(_plain(text)), language)
    often, line = take(line, tongue.often)
    days = tongue.days(civil.date())
    first, line = take(line, days)
    duration, line = take(line, (tongue.lasting,))
    time, line = take(line, tongue.behind)
    if lasting and duration is None:
        duration, line = take(line, (tongue.duration,))
    if time is None:
        time, line = take(line, tongue.times)
    if duration is None:
        duration, line = take(line, (tongue.duration,))
    second, line = take(line, (*days, *tongue.parts))  # "tomorrow ... in the evening"
    dated = next((one for one in (first, second) if one is not None and one.date is not None), None)
    part = next((one.part for one in (first, second, often) if one is not None and one.part is not None), None)
    day = None if dated is None else dated.date
    return Quantities(
        duration=duration,
        time=time,
        day=_of_the_night(day, part, time, civil),
        part=part,
        every=None if often is None else often.every,
        numbers=tuple(Decimal(found.replace(",", ".")) for found in NUMBER.findall(line)),
        rest=" ".join(line.split()),
        weekly=dated is not None and dated.weekly,
        no_such_day=any(one is not None and one.missing for one in (first, second)),
    )


def _of_the_night(day: date | None, part: DayPart | None, time: ClockTime | None, civil: datetime) -> date | None:
    """A day, or the next where an hour of tonight is meant that is over today: "tonight at one", "this evening at
    midnight".
    """
    if day is None or time is None or day != civil.date():
        return day
    early = time.halves()[0]
    until = DAWN if part is DayPart.NIGHT else 1 if part is DayPart.EVENING and time.sure else 0
    return day + timedelta(days=1) if early.hour < until and early <= civil.time() else day


def durations_in(text: str, language: str) -> tuple[tuple[timedelta, ...], str]:
    """All lengths of time of a line in their order, and the line with a `GAP` for each."""
    tongue = _tongue(language)
    found: list[timedelta] = []
    line = digits(tongue.prepare(_plain(text)), language)
    while True:
        duration, line = take(line, (tongue.duration,))
        if duration is None:
            return tuple(found), line
        found.append(duration)


def seconds_until(text: str, language: str, civil: datetime) -> float | None:
    """How many seconds after `civil` a time or a time span is, as a slot `{time}` holds it: "ten minutes", "until
    seven"; None where the words name none, as a number alone does.
    """
    found = read(text, language, civil)
    if found.duration is not None:
        return found.duration.total_seconds()
    moment = found.moment(civil)
    return None if moment is None else (moment - civil.replace(tzinfo=None)).total_seconds()


def digits(line: str, language: str) -> str:
    """A line with its number words as digits; “one” to “three” stay where they stand alone."""
    from text_to_num import alpha2digit  # noqa: PLC0415 - nobody waits for it who speaks of no number

    line = without_marks(line, language)
    if not counts(language):
        return line
    line = str(alpha2digit(line, language))
    return NEUF.sub("9", line) if language == "fr" else line


@cache
def counts(language: str) -> bool:
    """Whether text2num knows a language's number words."""
    from text_to_num import alpha2digit  # noqa: PLC0415 - as above

    try:
        alpha2digit("", language)
    except ValueError:
        return False
    return True


def take(line: str, rows: tuple[Row[T], ...]) -> tuple[T | None, str]:
    """What the first fitting pattern finds, and the line without it."""
    bare = _bare(line)
    for pattern, value_of in rows:
        for found in pattern.finditer(bare):
            value = value_of(found)
            if value is not None:
                return value, line[: found.start()] + GAP + line[found.end() :]
    return None, line


def _bare(line: str) -> str:
    """A line without its accents, letter for letter, so that places in it are the same."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in line)


def _plain(text: str) -> str:
    """One kind of apostrophe, of accent and of space, and no more than is looked at."""
    return " ".join(unicodedata.normalize("NFC", text[:LONGEST]).replace("\u2019", "'").split())


@cache
def _tongue(language: str) -> Tongue:
    """A language's patterns: made when somebody first speaks of a quantity in it."""
    own = TONGUES.get(language)
    if own is not None:
        return cast("Tongue", import_module(own).tongue())
    words = section(QuantityWords, language)
    return NO_TONGUE if words is None else tongue(words)
