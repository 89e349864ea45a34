"""Words in which people speak of themselves and to the robot, by which a listener tells what a line asks or tells."""

from __future__ import annotations

import re
from functools import cache

from robot.core.language_words import WordTable, any_of, sections


class PersonWords(WordTable, section="person"):
    """[person] of a language's words: what begins a sentence about whoever said it, turned to be said back; patterns of
    what is asked about the robot, of what of that wants a `yes_or_no`, of what only asks what it thinks, of what may be
    a `request`, of what `describes` somebody or something behind its name, of what somebody did or felt (`retold`),
    which alone is said back where it is neither hard nor good, of what begins `part` of a statement, which asks for
    nothing: "the left one"; of what begins a statement about `oneself`; and of what asks for an `ability` of the robot.
    """

    begins: tuple[str, ...]
    of_robot: str
    thought: str
    request: str = ""
    describes: str = ""
    retold: str = ""
    part: str = ""
    oneself: str = ""
    ability: str = ""
    yes_or_no: str = ""


@cache
def of_the_person() -> tuple[str, ...]:
    """What begins a sentence about whoever said it, turned to be said back."""
    return tuple(word for table in sections(PersonWords).values() for word in table.begins)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The others, of all languages."""
    found = any_of(PersonWords, *(name for name in PersonWords.model_fields if name != "begins"))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in found.items()}
