"""`conversion_asked`: so much in another unit, "what's twelve stone in kilos?", « combien de grammes dans une tasse de
farine ? »; worked out exactly, and rounded to what is said.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.core.sentences import each_sentence
from robot.sense.language.arithmetic import figures
from robot.sense.language.spoken import say_number
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH, MASS, VOLUME, HEAT = "length", "mass", "volume", "heat"
# Each as so many metres, grams or millilitres. Inch, foot, mile, pound and pint: Weights and Measures Act 1985
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
    }.items()
    for name, size in sizes.items()
}
DEGREES: dict[str, tuple[Fraction, Fraction]] = {  # celsius = (value + the first) * the second
    "celsius": (Fraction(0), Fraction(1)),
    "fahrenheit": (Fraction(-32), Fraction(5, 9)),
    "gas": (Fraction(218, 25), Fraction(125, 9)),  # mark 1 is 275 °F, each more 25
    "thermostat": (Fraction(0), Fraction(30)),  # of French ovens
}
OTHER = {"celsius": "fahrenheit", "fahrenheit": "celsius"}
NUMBERED = ("gas", "thermostat")  # whose number stands behind
SPOONS = frozenset({"teaspoon", "tablespoon"})
SPLIT = frozenset({"foot", "stone"})
SMALLER = {"foot": "inch", "stone": "pound", "pound": "ounce", "m": "cm", "km": "m", "kg": "g", "litre": "cl"}
TENTHS = frozenset({"kg", "litre"})  # « deux kilos cinq » is two and a half
HUNDREDS = {"litre": "ml"}  # « un litre deux cent cinquante »
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
DIGITS = 3  # that are said of what does not come out even


class UnitWords(WordTable, section="units"):
    """[units]: a pattern of each unit (`names`) and how one and several are `said`; what each of `things` is called,
    and how it is said behind a measure; `shares` of one ("half a"), and `half_more` than so many. `asks`: what asks for
    it; `degrees`: of no scale; `below` zero; `of` what something is measured out, be it one of the things or not;
    `several_from`: from how many on the second form is said, where it is not for all but one.
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


class Conversion(NamedTuple):
    """What was asked, and what it comes to, in words; no `result` where it must be told of what it is, or where that is
    `unknown`.
    """

    measure: str
    result: str = ""
    exact: bool = True
    unknown: bool = False


class _Measure(NamedTuple):
    unit: str
    number: Fraction | None


@lru_cache(maxsize=16)
def conversion_asked(line: str, language: str) -> Conversion | None:
    """None where no sentence of the line asks for it."""
    words = section(UnitWords, language)
    if words is None:
        return None
    return next((found for one in each_sentence(line) if (found := _asked(one, words, language)) is not None), None)


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
        measures = [each for each in _measures(one[0], language) if each.number is not None and each.unit in SIZES]
        if measures:
            unit = measures[0].unit
            of = (_kind(unit), _base(measures), unit, len(measures) > 1)
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
        return _said(below, SMALLER.get(unit, unit), words, language), True
    if unit in SMALLER and (split or unit in SPLIT) and value > 1 and value.denominator > 1:
        return _split(value, unit, words, language), below.denominator == 1
    return _said(_short(value), unit, words, language), _short(value) == value


def names_thing(line: str, language: str) -> bool:
    """Whether a line says what is measured out: "flour"."""
    words = section(UnitWords, language)
    return words is not None and _thing(line.lower(), words) is not None


def _asked(sentence: str, words: UnitWords, language: str) -> Conversion | None:
    line, _ = figures(sentence.replace("\u2019", "'"), language)
    line = with_shares(re.sub(rf"\b(?:{words.below}) (?=\d)", "-", line), language)
    if not re.search(words.asks, f"{line}?" if "?" in sentence else line):
        return None
    measures = _measures(line, language)
    given = [one for one in measures if one.number is not None]
    wanted = {one.unit for one in measures if one.number is None}
    kinds = {_kind(one.unit) for one in given}
    if len(wanted) != 1 or len(kinds) != 1:
        return None
    into = wanted.pop()
    match kinds.pop(), _kind(into):
        case ("heat", "heat"):
            return _degrees(given, into, words, language)
        case ("mass", "volume") | ("volume", "mass"):
            found = _weighed(given, into, _thing(line, words), words, language)
            return found._replace(unknown=not found.result and re.search(words.of, line) is not None)
        case (kind, other) if kind == other:
            return _converted(given, into, words, language)
    return None


def _base(given: Sequence[_Measure]) -> Fraction:
    """All of it as metres, grams or millilitres."""
    return sum(((one.number or Fraction(0)) * SIZES[one.unit][1] for one in given), Fraction(0))


def _told(given: Sequence[_Measure], words: UnitWords, language: str) -> str:
    return " ".join(_said(one.number or Fraction(0), one.unit, words, language) for one in given)


def _weighed(given: Sequence[_Measure], into: str, thing: str | None, words: UnitWords, language: str) -> Conversion:
    """What a measure of some thing weighs, or fills."""
    measure = _told(given, words, language)
    if thing is None:
        return Conversion(measure)
    density = Fraction(DENSITIES[thing])
    base = _base(given) * density if _kind(into) == MASS else _base(given) / density
    value = base / SIZES[into][1]
    return Conversion(f"{measure} {words.things[thing][1]}", _rounded(value, into, words, language), exact=False)


def _converted(given: Sequence[_Measure], into: str, words: UnitWords, language: str) -> Conversion | None:
    if into in {one.unit for one in given}:
        return None
    measure, value = _told(given, words, language), _base(given) / SIZES[into][1]
    if into in SPLIT and value.denominator > 1:
        to_the_last = (value * SIZES[into][1] / SIZES[SMALLER[into]][1]).denominator == 1
        return Conversion(measure, _split(value, into, words, language), exact=to_the_last)
    return Conversion(measure, _rounded(value, into, words, language), exact=_short(value) == value)


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


def _measures(line: str, language: str) -> Sequence[_Measure]:
    """The units of a line with how many there are of each."""
    found: list[_Measure] = []
    for one in _pattern(language).finditer(line):
        unit = next(name for name, said in one.groupdict().items() if said and name not in {"count", "more"})
        count, more = (_number(one[name]) for name in ("count", "more"))
        if unit in NUMBERED:
            count, more = more or count, None
        found.append(_Measure(unit, count))
        if count is not None and more is not None and unit in SMALLER:
            found.append(_behind(unit, more))
    return found


def _behind(unit: str, more: Fraction) -> _Measure:
    """What a number without a unit is behind one that has one: "five foot ten"."""
    if unit in TENTHS and more < 10:
        return _Measure(unit, more / 10)
    return _Measure(HUNDREDS[unit] if unit in HUNDREDS and more >= 100 else SMALLER[unit], more)


def _number(figure: str | None) -> Fraction | None:
    if figure is None:
        return None
    above, _, below = figure.replace(",", ".").partition("/")
    return Fraction(above) / Fraction(below or 1)


def _kind(unit: str) -> str:
    return SIZES[unit][0] if unit in SIZES else HEAT


def _degrees(given: Sequence[_Measure], into: str, words: UnitWords, language: str) -> Conversion | None:
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
    measure = _said(count, unit, words, language)
    return Conversion(measure, _said(near, into, words, language), exact=near == value and unit not in NUMBERED)


def _thing(line: str, words: UnitWords) -> str | None:
    return next((name for name, (pattern, _) in words.things.items() if re.search(rf"\b(?:{pattern})\b", line)), None)


def _rounded(value: Fraction, unit: str, words: UnitWords, language: str) -> str:
    if unit in SPOONS and value >= 1:  # nobody fills less than half a spoon
        value = Fraction(round(value * 2), 2)
    return _said(_short(value), unit, words, language)


def _split(value: Fraction, unit: str, words: UnitWords, language: str) -> str:
    """As people say their height or weight: "5 feet 11 inches"."""
    less = SMALLER[unit]
    in_one = SIZES[unit][1] / SIZES[less][1]
    whole, rest = divmod(round(value * in_one), round(in_one))
    parts = [(Fraction(whole), unit), (Fraction(rest), less)]
    return " ".join(_said(count, its, words, language) for count, its in parts if count) or _rounded(
        value, unit, words, language
    )


def _short(value: Fraction) -> Fraction:
    """A value with as many digits as are said; whole numbers as they are."""
    if value.denominator == 1 or not value:
        return value
    places = DIGITS - 1 - math.floor(math.log10(abs(value)))
    return Fraction(round(value, max(places, 0)))


def _said(count: Fraction, unit: str, words: UnitWords, language: str) -> str:
    """So many of a unit: "16.1 kilometres", "gas mark 4"."""
    near = round(count, 4)
    figure = say_number(abs(Decimal(near.numerator) / Decimal(near.denominator)), language)
    if near < 0:
        figure = f"{text('spoken.minus', language)} {figure}"
    one, several = words.said[unit]
    few = abs(count) < words.several_from if words.several_from > 1 else abs(count) == 1
    name = one if few else several
    return f"{name} {figure}" if unit in NUMBERED else f"{figure} {name}"
