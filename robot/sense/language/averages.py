"""`average_asked`: the average of numbers that are told, each once or so many times: "two marks of 14 and one of 8"."""

from __future__ import annotations

import re
from fractions import Fraction

from robot.core.language_words import WordTable, section
from robot.sense.language.arithmetic import Result, rounded
from robot.sense.language.sum_words import figures
from robot.texts.catalogue import text as text_of

LEAST = 2  # numbers that have an average
_NUMBER = re.compile(r"(?<![\d/])-?\d+(?:[.,]\d+)?(?![\d/])")


class AverageWords(WordTable, section="averages"):
    """[averages], patterns: `asked` asks for one; `weighted` has the groups `count` and `value`; `out_of`: how a mark
    tells which is the best one.
    """

    asked: str
    weighted: tuple[str, ...]
    out_of: str


def average_asked(text: str, language: str) -> Result | None:
    """None where the line asks for none, or tells fewer than two numbers."""
    words = section(AverageWords, language)
    if words is None or not re.search(words.asked, text.replace("\u2019", "'"), re.IGNORECASE):
        return None
    line, currency = figures(text.replace("\u2019", "'"), language)
    line = re.sub(words.out_of, "", line)
    line = line if text_of("spoken.decimal_mark", language) == "," else line.replace(",", " , ")
    weighted: list[tuple[Fraction, Fraction]] = []
    for pattern in words.weighted:
        weighted += [(_value(one["count"]), _value(one["value"])) for one in re.finditer(pattern, line)]
        line = re.sub(pattern, " ", line)
    told = weighted + [(Fraction(1), _value(one)) for one in _NUMBER.findall(line)]
    count = sum((each for each, _ in told), Fraction(0))
    if len(told) < LEAST or not count:
        return None
    return rounded(sum((each * value for each, value in told), Fraction(0)) / count, currency)


def _value(figure: str) -> Fraction:
    return Fraction(figure.replace(",", "."))
