"""Reads quantities from a line, in each language: `read("remind me at five", "en", civil).time`.

The text2num library turns number words into digits; the patterns of `quantities_en.py` and `quantities_fr.py` find
durations, times, days and recurrences among them, each of which is taken out of the line before the next is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from robot.core.quantities import Quantities

if TYPE_CHECKING:
    from datetime import datetime

    from robot.sense.language.quantity_patterns import Row, Tongue

T = TypeVar("T")
GAP = " ¦ "  # stands where something was taken out
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
    day = next((one.date for one in (first, second) if one is not None and one.date is not None), None)
    part = next((one.part for one in (first, second, often) if one is not None and one.part is not None), None)
    return Quantities(
        duration=duration,
        time=time,
        day=day,
        part=part,
        every=None if often is None else often.every,
        numbers=tuple(Decimal(found.replace(",", ".")) for found in NUMBER.findall(line)),
        rest=" ".join(line.split()),
    )


def digits(line: str, language: str) -> str:
    """A line with its number words as digits; “one” to “three” stay where they stand alone."""
    from text_to_num import alpha2digit  # noqa: PLC0415 - nobody waits for it who speaks of no number

    line = str(alpha2digit(line, language))
    return NEUF.sub("9", line) if language == "fr" else line


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


@lru_cache(maxsize=2)
def _tongue(language: str) -> Tongue:
    """A language's patterns: made when somebody first speaks of a quantity in it."""
    from robot.sense.language import quantities_en, quantities_fr  # noqa: PLC0415 - as the docstring says

    return quantities_fr.tongue() if language == "fr" else quantities_en.tongue()
