"""`conversion_asked`: so much in another unit, "what's twelve stone in kilos?", « combien de grammes dans une tasse de
farine ? »; worked out exactly, and rounded to what is said.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import section
from robot.core.sentences import each_sentence
from robot.sense.language.measures import (
    MASS,
    NUMBERED,
    SIZES,
    SMALLER,
    SPLIT,
    TIME,
    UnitCount,
    UnitWords,
    base_of,
    kind_of_unit,
    measures_in,
    say_in_unit,
    say_rounded,
    say_split,
    short,
    with_shares,
)
from robot.sense.language.sum_words import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

DEGREES: dict[str, tuple[Fraction, Fraction]] = {  # celsius = (value + the first) * the second
    "celsius": (Fraction(0), Fraction(1)),
    "fahrenheit": (Fraction(-32), Fraction(5, 9)),
    "gas": (Fraction(218, 25), Fraction(125, 9)),  # mark 1 is 275 °F, each more 25
    "thermostat": (Fraction(0), Fraction(30)),  # of French ovens
}
OTHER = {"celsius": "fahrenheit", "fahrenheit": "celsius"}
# Grams of a millilitre, as kitchen tables have them, packed as a spoon packs.
DENSITIES = {
    "water": "1",
    "milk": "1.03",
    "oil": "0.92",
    "honey": "1.42",
    "butter": "0.95",
    "flour": "0.52",
    "icing": "0.5",
    "brown": "0.92",
    "sugar": "0.835",
    "rice": "0.8",
    "oats": "0.38",
    "cocoa": "0.42",
    "salt": "1.2",
}


class Conversion(NamedTuple):
    """What was asked, and what it comes to, in words; no `result` where it must be told of what it is, or where that is
    `unknown`.
    """

    measure: str
    result: str = ""
    exact: bool = True
    unknown: bool = False


@lru_cache(maxsize=16)
def conversion_asked(line: str, language: str, spoken: str = "") -> Conversion | None:
    """None where none of its sentences asks for it. It is told in the language `spoken` where that has its units; else
    in that of the line.
    """
    words = section(UnitWords, language)
    if words is None:
        return None
    found = (_asked(one, words, language, spoken or language) for one in each_sentence(line))
    return next((one for one in found if one is not None), None)


def names_thing(line: str, language: str) -> bool:
    """Whether a line says what is measured out: "flour"."""
    words = section(UnitWords, language)
    return words is not None and _thing(line.lower(), words) is not None


def _asked(sentence: str, words: UnitWords, language: str, spoken: str) -> Conversion | None:
    line, _ = figures(sentence.replace("\u2019", "'"), language)
    line = with_shares(re.sub(rf"\b(?:{words.below}) (?=\d)", "-", line), language)
    if not re.search(words.asks, f"{line}?" if "?" in sentence else line):
        return None
    lasting = re.search(words.lasting, line) is not None
    measures = [one for one in measures_in(line, language) if (kind_of_unit(one.unit) == TIME) is lasting]
    given = [one for one in measures if one.number is not None]
    wanted = {one.unit for one in measures if one.number is None}
    kinds = {kind_of_unit(one.unit) for one in given}
    if len(wanted) != 1 or len(kinds) != 1:
        return None
    into = wanted.pop()
    telling = section(UnitWords, spoken)
    if telling is None or not {into, *(one.unit for one in given)} <= telling.said.keys():
        telling, spoken = words, language
    match kinds.pop(), kind_of_unit(into):
        case ("heat", "heat"):
            return _degrees(given, into, telling, spoken)
        case ("mass", "volume") | ("volume", "mass"):
            found = _weighed(given, into, _thing(line, words), telling, spoken)
            return found._replace(unknown=not found.result and re.search(words.of, line) is not None)
        case (kind, other) if kind == other:
            return _converted(given, into, telling, spoken)
    return None


def _told(given: Sequence[UnitCount], words: UnitWords, language: str) -> str:
    return " ".join(say_in_unit(one.number or Fraction(0), one.unit, words, language) for one in given)


def _weighed(given: Sequence[UnitCount], into: str, thing: str | None, words: UnitWords, language: str) -> Conversion:
    """What a measure of some thing weighs, or fills."""
    measure = _told(given, words, language)
    if thing is None:
        return Conversion(measure)
    density = Fraction(DENSITIES[thing])
    base = base_of(given) * density if kind_of_unit(into) == MASS else base_of(given) / density
    value = base / SIZES[into][1]
    return Conversion(f"{measure} {words.things[thing][1]}", say_rounded(value, into, words, language), exact=False)


def _converted(given: Sequence[UnitCount], into: str, words: UnitWords, language: str) -> Conversion | None:
    if into in {one.unit for one in given}:
        return None
    measure, value = _told(given, words, language), base_of(given) / SIZES[into][1]
    if into in SPLIT and value.denominator > 1:
        to_the_last = (value * SIZES[into][1] / SIZES[SMALLER[into]][1]).denominator == 1
        return Conversion(measure, say_split(value, into, words, language), exact=to_the_last)
    return Conversion(measure, say_rounded(value, into, words, language), exact=short(value) == value)


def _degrees(given: Sequence[UnitCount], into: str, words: UnitWords, language: str) -> Conversion | None:
    """Degrees in another scale; those of no scale are of the other one."""
    unit, count = given[0]
    into = OTHER.get(unit, "celsius") if into == "degree" else into
    unit = OTHER.get(into, "celsius") if unit == "degree" else unit
    if count is None or unit == into:
        return None
    (add, times), (less, over) = DEGREES[unit], DEGREES[into]
    value = (count + add) * times / over - less
    near = Fraction(round(value, -1 if unit in NUMBERED else 0))
    if into in NUMBERED and near < 1:
        return None  # no oven has a mark below the first
    measure = say_in_unit(count, unit, words, language)
    return Conversion(measure, say_in_unit(near, into, words, language), exact=near == value and unit not in NUMBERED)


def _thing(line: str, words: UnitWords) -> str | None:
    return next((name for name, (pattern, _) in words.things.items() if re.search(rf"\b(?:{pattern})\b", line)), None)
