"""`age_asked`: how old somebody is who was born in a year that is told: "how old is somebody born in 1939?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.sense.language.arithmetic import figures

if TYPE_CHECKING:
    from datetime import date

CENTURY, OLDEST = 100, 120  # years


class AgeWords(WordTable, section="ages"):
    """[ages], patterns: `asked` asks how old somebody is, and `born` tells the `year` in which they were born."""

    asked: str
    born: str


class AgeAsked(NamedTuple):
    """A year of birth, and how old whoever was born in it becomes this year."""

    year: int
    age: int


def age_asked(text: str, language: str, today: date) -> AgeAsked | None:
    """None where a line asks for none, or nobody who lives was born in that year. Of "39" it is the last one."""
    words = section(AgeWords, language)
    line = text.replace("\u2019", "'")
    if words is None or not re.search(words.asked, line, re.IGNORECASE):
        return None
    born = re.search(words.born, figures(line, language)[0], re.IGNORECASE)
    if born is None:
        return None
    year = int(re.sub(r"\D", "", born["year"]))
    if year < CENTURY:
        year += today.year - today.year % CENTURY
        year -= CENTURY if year > today.year else 0
    age = today.year - year
    return AgeAsked(year, age) if 0 <= age <= OLDEST else None
