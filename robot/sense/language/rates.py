"""`rate_asked`: so many for each day of some, "sixty pages in twelve days, how many a day?"; or how many stand one
every so far along a length, "a post every two metres, eighty-six metres".
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, section
from robot.sense.language.arithmetic import Result, rounded
from robot.sense.language.lexicon import stem_of
from robot.sense.language.sum_words import asks_apiece, figures

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERS = 2  # of a rate
_NUMBERED = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)(?: (?P<unit>[^\W\d_]+))?")


class RateWords(WordTable, section="rates"):
    """[rates], patterns: `each` asks how many for one `unit`; `every` tells how far one is from the next, and `paid` so
    many `per` thing and how many `times`, where it asks what that `adds_up` to and is `not_of` pills, drink or debts.
    """

    each: tuple[str, ...]
    asked: str
    every: str
    paid: tuple[str, ...] = ()
    adds_up: str = "(?!)"
    not_of: str = "(?!)"


def rate_asked(text: str, language: str) -> Result | None:
    """None where the line asks for none, or tells more than the two numbers."""
    words = section(RateWords, language)
    if words is None or asks_apiece(text, language):
        return None
    line, currency = figures(text.replace("\u2019", "'"), language)
    told = [(Fraction(one["number"].replace(",", ".")), one["unit"] or "") for one in _NUMBERED.finditer(line)]
    told = [one for one in told if one[0] != 1]  # "one post every two metres"
    earned = _earned(text, line, words)
    if earned is not None and len(told) <= NUMBERS:
        return rounded(earned)._replace(currency=currency)
    if len(told) != NUMBERS:
        return None
    apart = re.search(words.every, line)
    if apart is not None and re.search(words.asked, text, re.IGNORECASE):
        step = Fraction(apart["step"].replace(",", "."))
        return _shared(told, apart["unit"], language, step=step)
    asked = next((found for one in words.each if (found := re.search(one, line))), None)
    shared = None if asked is None else _shared(told, asked["unit"], language)
    return None if shared is None else shared._replace(currency=currency)


def _earned(text: str, line: str, words: RateWords) -> Fraction | None:
    """So many for each, times how many; None where it asks for something else."""
    if not re.search(words.adds_up, text, re.IGNORECASE) or re.search(words.not_of, text, re.IGNORECASE):
        return None
    paid = next((found for one in words.paid if (found := re.search(one, line))), None)
    if paid is None:
        return None
    per, times = (Fraction(paid[part].replace(",", ".")) for part in ("per", "times"))
    return per * times


def _shared(
    told: Sequence[tuple[Fraction, str]], unit: str, language: str, *, step: Fraction | None = None
) -> Result | None:
    """The one number by the other, which counts the unit; by the step where both do."""
    stem = stem_of(language)
    counted = [n for n, (_, its) in enumerate(told) if stem(its) == stem(unit)]
    if step is not None:
        whole = max(value for value, _ in told)
        return rounded(whole / step) if len(counted) == 2 and step else None
    if len(counted) != 1 or not told[counted[0]][0]:
        return None
    return rounded(told[1 - counted[0]][0] / told[counted[0]][0])
