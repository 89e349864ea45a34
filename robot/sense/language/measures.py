"""Measures in kitchen, house and street: which a line names, and how so much of a unit is said."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.sense.language.spoken import say_number
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH, MASS, VOLUME, HEAT, TIME = "length", "mass", "volume", "heat", "time"
# Each as so many metres, grams, millilitres or seconds. Inch, foot, mile, pound and pint: Weights and Measures Act 1985
# (UK); the cup as on American labels (21 CFR 101.9), "tasse" as in Canada; "livre" is a word for 500 g.
SIZES: dict[str, tuple[str, Fraction]] = {
    name: (kind, Fraction(size))
    for kind, sizes in {
        LENGTH: {
            "mm": "0.001",
            "cm": "0.01",
            "m": "1",
            "km": "1000",
            "inch": "0.0254",
            "foot": "0.3048",
            "mile": "1609.344",
        },
        MASS: {
            "g": "1",
            "kg": "1000",
            "livre": "500",
            "ounce": "28.349523125",
            "pound": "453.59237",
            "stone": "6350.29318",
        },
        VOLUME: {
            "ml": "1",
            "cl": "10",
            "litre": "1000",
            "teaspoon": "5",
            "tablespoon": "15",
            "cup": "240",
            "tasse": "250",
            "pint": "568.26125",
        },
        TIME: {
            "second": "1",
            "minute": "60",
            "hour": "3600",
            "day": "86400",
            "week": "604800",
        },
    }.items()
    for name, size in sizes.items()
}
NUMBERED = ("gas", "thermostat")  # whose number stands behind
SPOONS = frozenset({"teaspoon", "tablespoon"})
SPLIT = frozenset({"foot", "stone"})
SMALLER = {"foot": "inch", "stone": "pound", "pound": "ounce", "m": "cm", "km": "m", "kg": "g", "litre": "cl"}
TENTHS = frozenset({"kg", "litre"})  # « deux kilos cinq » is two and a half
HUNDREDS = {"litre": "ml"}  # « un litre deux cent cinquante »
DIGITS = 3  # that are said of what does not come out even


class UnitWords(WordTable, section="units"):
    """[units]: a pattern of each unit (`names`) and how one and several are `said`; what each of `things` is called,
    and how it is said behind a measure; `shares` of one ("half a"), and `half_more` than so many. `asks`: what asks for
    it; `lasting`: a line that asks for time in another unit, and for nothing else; `degrees`: of no scale; `below`
    zero; `of` what something is measured out, be it one of the things or not; `several_from`: from how many on the
    second form is said, where it is not for all but one.
    """

    names: dict[str, str]
    said: dict[str, tuple[str, str]]
    things: dict[str, tuple[str, str]]
    shares: tuple[tuple[str, str], ...]
    asks: str
    degrees: str
    below: str
    half_more: str
    of: str
    several_from: float
    lasting: str = "(?!)"


class UnitCount(NamedTuple):
    """A unit in a line, and how many of it, where that is told."""

    unit: str
    number: Fraction | None


class Amount(NamedTuple):
    """So much of something in a line: its kind, how much in metres, grams or millilitres, and in which unit."""

    start: int
    end: int
    kind: str
    size: Fraction
    unit: str
    split: bool = False  # told in two units


def with_shares(line: str, language: str) -> str:
    """A line that has its numbers in figures, with shares of a unit in figures, too: "half a litre", "a kilo and a
    half".
    """
    words = section(UnitWords, language)
    if words is None:
        return line
    for pattern, share in words.shares:
        line = re.sub(pattern, f"{share} ", line)
    return re.sub(rf"\b(\d+) ([^\W\d_]+) (?:{words.half_more})\b", r"\1.5 \2", line)


def measured(line: str, language: str) -> list[Amount]:
    """Each measure of a line that has its numbers in figures; heat is none that can be added."""
    if section(UnitWords, language) is None:
        return []
    found = []
    for one in _pattern(language).finditer(line):
        measures = [each for each in measures_in(one[0], language) if each.number is not None and each.unit in SIZES]
        if measures:
            unit = measures[0].unit
            of = (kind_of_unit(unit), base_of(measures), unit, len(measures) > 1)
            found.append(Amount(one.start(), one.end(), *of))
    return found


def say_measure(size: Fraction, unit: str, language: str, *, split: bool) -> tuple[str, bool]:
    """So many metres, grams or millilitres in a unit, with `split` in the one below it as well; and whether exactly."""
    words = section(UnitWords, language)
    if words is None:
        return "", False
    value = size / SIZES[unit][1]
    below = size / SIZES[SMALLER[unit]][1] if unit in SMALLER else value
    if value.denominator > 1 and 0 < value < 1 and below.denominator == 1:  # "500 grams"
        return say_in_unit(below, SMALLER.get(unit, unit), words, language), True
    if unit in SMALLER and (split or unit in SPLIT) and value > 1 and value.denominator > 1:
        return say_split(value, unit, words, language), below.denominator == 1
    return say_in_unit(short(value), unit, words, language), short(value) == value


def base_of(given: Sequence[UnitCount]) -> Fraction:
    """All of it as metres, grams or millilitres."""
    return sum(((one.number or Fraction(0)) * SIZES[one.unit][1] for one in given), Fraction(0))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = section(UnitWords, language)
    names = {} if words is None else {**words.names, "degree": words.degrees}
    units = "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in names.items())
    bare = "|".join(names.values())  # behind a number, that is its own: "how many grams 1 pound has"
    number = r"-?\d+(?:[.,]\d+)?(?:/[1-9]\d*)?"
    return re.compile(
        rf"(?:(?<![\w.,])(?P<count>{number})[ -]?)?(?<![^\W\d_])(?:{units})(?!\w)(?: (?P<more>{number})(?![\w/])"
        rf"(?![ -]?(?:{bare or '(?!)'})(?!\w)))?"
    )


def measures_in(line: str, language: str) -> Sequence[UnitCount]:
    """The units of a line with how many there are of each."""
    found: list[UnitCount] = []
    for one in _pattern(language).finditer(line):
        unit = next(name for name, said in one.groupdict().items() if said and name not in {"count", "more"})
        count, more = (_number(one[name]) for name in ("count", "more"))
        if unit in NUMBERED:
            count, more = more or count, None
        found.append(UnitCount(unit, count))
        if count is not None and more is not None and unit in SMALLER:
            found.append(_behind(unit, more))
    return found


def _behind(unit: str, more: Fraction) -> UnitCount:
    """What a number without a unit is behind one that has one: "five foot ten"."""
    if unit in TENTHS and more < 10:
        return UnitCount(unit, more / 10)
    return UnitCount(HUNDREDS[unit] if unit in HUNDREDS and more >= 100 else SMALLER[unit], more)


def _number(figure: str | None) -> Fraction | None:
    if figure is None:
        return None
    above, _, below = figure.replace(",", ".").partition("/")
    return Fraction(above) / Fraction(below or 1)


def kind_of_unit(unit: str) -> str:
    return SIZES[unit][0] if unit in SIZES else HEAT


def say_rounded(value: Fraction, unit: str, words: UnitWords, language: str) -> str:
    if unit in SPOONS and value >= 1:  # nobody fills less than half a spoon
        value = Fraction(round(value * 2), 2)
    return say_in_unit(short(value), unit, words, language)


def say_split(value: Fraction, unit: str, words: UnitWords, language: str) -> str:
    """As people say their height or weight: "5 feet 11 inches"."""
    less = SMALLER[unit]
    in_one = SIZES[unit][1] / SIZES[less][1]
    whole, rest = divmod(round(value * in_one), round(in_one))
    parts = [(Fraction(whole), unit), (Fraction(rest), less)]
    return " ".join(say_in_unit(count, its, words, language) for count, its in parts if count) or say_rounded(
        value, unit, words, language
    )


def short(value: Fraction) -> Fraction:
    """A value with as many digits as are said; whole numbers as they are."""
    if value.denominator == 1 or not value:
        return value
    places = DIGITS - 1 - math.floor(math.log10(abs(value.numerator)) - math.log10(value.denominator))
    return Fraction(round(value, max(places, 0)))


def say_in_unit(count: Fraction, unit: str, words: UnitWords, language: str) -> str:
    """So many of a unit: "16.1 kilometres", "gas mark 4"."""
    near = round(count, 4)
    figure = say_number(abs(Decimal(near.numerator) / Decimal(near.denominator)), language)
    if near < 0:
        figure = f"{text('spoken.minus', language)} {figure}"
    one, several = words.said[unit]
    few = abs(count) < words.several_from if words.several_from > 1 else abs(count) == 1
    name = one if few else several
    return f"{name} {figure}" if unit in NUMBERED else f"{figure} {name}"
