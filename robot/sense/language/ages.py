"""`age_asked`: how old somebody is who was born in a year that is told: "how old is somebody born in 1939?"; and
`tells_childs_age`, `tells_grown_ups_age`: whether a child, or somebody older, tells their own age.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.sense.language.sum_words import figures

if TYPE_CHECKING:
    from datetime import date

CENTURY, OLDEST = 100, 120  # years
OF_A_CHILD = range(3, 18)  # years


class AgeWords(WordTable, section="ages"):
    """[ages], patterns: `asked` asks how old somebody is, and `born` tells the `year` in which they were born; by `own`
    somebody tells their own `age`, in figures.
    """

    asked: str
    born: str
    own: str = "(?!)"


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


def tells_childs_age(text: str, language: str) -> bool:
    """Whether somebody tells how old they are, or soon will be, and that is a child's age: "I'm here five months" tells
    none.
    """
    return _own_age(text, language) in OF_A_CHILD


def tells_grown_ups_age(text: str, language: str) -> bool:
    """Whether somebody tells that they are, or soon will be, older than a child: "I'm ninety-four, you know"."""
    age = _own_age(text, language)
    return age is not None and age >= OF_A_CHILD.stop


def _own_age(text: str, language: str) -> int | None:
    """Years that somebody tells of themselves; None where they tell none."""
    words = section(AgeWords, language)
    if words is None:
        return None
    found = re.search(words.own, figures(text.replace("\u2019", "'"), language)[0], re.IGNORECASE)
    return None if found is None else int(found["age"])
