"""`set_right`: when, of a line that puts right what was just set, "no, half past, sorry".

It says nothing else; or one clause of it puts another time in place of that, and the rest says why: "hang on, it's
Wednesday, make it four".
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.sense.language.numbers import numbers_in
from robot.sense.language.quantities import GAP, NUMBER, read
from robot.sense.language.reminder_when import names_when
from robot.sense.language.reminder_words import NEVER

if TYPE_CHECKING:
    from datetime import datetime

    from robot.core.quantities import Quantities

_CLAUSE = re.compile(r"[,;.!\u2026]+(?=\s|$)|\s[\u2013\u2014-]\s")


class SetRightWords(WordTable, section="set_right"):
    """[set_right], patterns: what may stand `beside` the time that is meant, and what of that puts right `plainly`, so
    that a mere number or length counts; how a clause begins that says what is not meant (`denied`); and what is in a
    line that asks for more (`added`). `instead`: how a clause begins that counts alone, whatever the others say.
    """

    beside: str
    plainly: str
    denied: str
    added: str
    instead: str = NEVER


def set_right(line: str, language: str, civil: datetime, *, lasting: bool = False) -> Quantities | None:
    """None where a line says anything else, or asks for more."""
    words = section(SetRightWords, language)
    if words is None:
        return None
    line = line.replace("\u2019", "'")
    instead = [one for one in _CLAUSE.split(line) if re.match(rf"\W*(?:{words.instead})", one, re.IGNORECASE)]
    return _alone(instead[-1] if instead else line, words, language, civil, lasting=lasting)


def _alone(line: str, words: SetRightWords, language: str, civil: datetime, *, lasting: bool) -> Quantities | None:
    if "?" in line or re.search(words.added, line, re.IGNORECASE):
        return None
    clauses = _CLAUSE.split(line)
    meant = [one for one in clauses if not re.match(rf"\W*(?:{words.denied})\b", one, re.IGNORECASE)]
    found = read(", ".join(meant), language, civil, lasting=lasting)
    rest = re.sub(words.beside, " ", NUMBER.sub(" ", found.rest.replace(GAP.strip(), " ")), flags=re.IGNORECASE)
    rest = " ".join(re.findall(r"[^\W_]+", rest))
    number = numbers_in(rest, language) if rest and " " not in rest else ()
    found = found._replace(rest="" if number else rest, numbers=(*found.numbers, *map(Decimal, number)))
    if found.rest:
        return None
    if len(found.numbers) > 1 or (found.every is not None and found.every.seconds) or not names_when(found):
        return None
    placed = any(one is not None for one in (found.time, found.day, found.part, found.every))
    plainly = len(meant) < len(clauses) or re.search(words.plainly, line, re.IGNORECASE)
    return found if placed or plainly else None
