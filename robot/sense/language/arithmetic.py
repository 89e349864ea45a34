"""Reads a sum from a line, and says what it comes to: "half of ninety", « douze fois sept », "15 percent of 80".

A line becomes numbers and operators, in words or figures; the rest of its words carry nothing. What is left over, or
cannot be worked out, is no sum. Values are fractions, so that nothing is rounded before it is said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import section
from robot.sense.language.sum_values import BRACKETS, JOINTS, SIGNS, Trouble, value_of
from robot.sense.language.sum_words import (
    PLAIN,
    SumWords,
    asks_apiece,
    counts_things,
    passes_over,
    prepared,
    without_places,
    without_shares_of_many,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = 4  # decimals of what does not come out even
MONEY_PLACES = 2
LONGEST = 40  # numbers and operators
FIGURES = 40  # digits of a number
APART = 4  # words at most between a sign and its numbers
TALK = 8  # words beside numbers and operators, from which on "and" joins the talk and no sum


class Result(NamedTuple):
    """What a sum comes to. `exact` is False where it was rounded; `currency` is what it counts, if any; `left` is what
    is left over where whole things were shared out; `places`: so many decimals are wished.
    """

    value: Decimal
    exact: bool
    currency: str = ""
    left: int = 0
    places: int | None = None


def rounded(value: Fraction, currency: str = "", places: int | None = None) -> Result:
    """A value with no more decimals than are said, or with as many as are wished."""
    scale = 10 ** ((MONEY_PLACES if currency else PLACES) if places is None else places)
    near = Fraction(int(abs(value) * scale + Fraction(1, 2)), scale) * (-1 if value < 0 else 1)
    number = Decimal(near.numerator) / Decimal(near.denominator)
    return Result(number, near == value, currency, places=places)


ROOT = "root"  # of the last result, among what goes on with it
TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Z]{2,}|[+*/()]|(?<![a-zà-ÿ])-")
_SENTENCES = re.compile(r"(?<=[?!])\s+|(?<=[^\d\s]\.)\s+")
_WORD = re.compile(r"[a-zà-ÿ]+")
WORDS = frozenset({"SUM", "AVERAGE", "PRODUCT", "DIFFERENCE"})  # that may stand before several numbers


@lru_cache(maxsize=8)
def work_out(text: str, language: str, *, plainly: bool = False) -> Result | Trouble | None:
    """What the first sentence of a line that holds a sum comes to; None where none does. `plainly`: “three and four” is
    no sum.
    """
    if section(SumWords, language) is None:
        return None
    text, places = without_places(without_shares_of_many(text, language), language)
    found = (_in_steps(part, language, plainly=plainly, places=places) for part in _asked(text, language))
    return next((one for one in found if one is not None), None)


def _in_steps(text: str, language: str, *, plainly: bool, places: int | None) -> Result | Trouble | None:
    """What a sentence comes to; one step after the other where it says so: "12 plus 4, and then times two"."""
    words = section(SumWords, language)
    first, *steps = [text] if words is None else re.split(words.then, text, flags=re.IGNORECASE)
    value = _worked_out(first, language, plainly=plainly, places=places)
    for step in steps:
        more = go_on(step, str(value.value), language) if isinstance(value, Result) and value.exact else None
        if more is None:
            return _worked_out(text, language, plainly=plainly, places=places)
        value = more
    return value


def _asked(text: str, language: str) -> Iterator[str]:
    """Each sentence; then what stands before its first comma, where no more is counted behind: "seven times eight, I
    forget that one".
    """
    for sentence in _SENTENCES.split(text):
        yield sentence
        first, _, rest = sentence.partition(", ")
        if rest and {*TOKEN.findall(prepared(rest, language)[0])} <= {"1", *JOINTS}:
            yield first


def _worked_out(text: str, language: str, *, plainly: bool, places: int | None) -> Result | Trouble | None:
    line, currency = prepared(text, language)
    tokens, apiece = TOKEN.findall(line), False
    if (plainly and _is_scattered(line)) or passes_over(line, language):
        return None
    if len(tokens) > LONGEST or any(len(token) > FIGURES for token in tokens):
        return None
    if "EACH" in tokens:
        tokens = _priced(tokens)
    elif "TIMES" in tokens:
        tokens = _bill(tokens)
    elif apiece := asks_apiece(text, language):
        tokens = _shared(tokens)
    tokens = [token for n, token in enumerate(tokens) if token not in JOINTS or _between(tokens, n)]
    numbers = [token for token in tokens if token[0].isdigit()]
    signs = {*tokens} - {*numbers} - BRACKETS
    loose = JOINTS.issuperset(signs) and len(_WORD.findall(line)) >= TALK
    joined = not WORDS.intersection(tokens) and JOINTS.intersection(tokens)
    if not numbers or not signs or ((plainly or loose) and joined):
        return None
    value = value_of(tokens)
    if not isinstance(value, Fraction):
        return value
    of_things = apiece and not currency and counts_things(text, language) and all(token.isdigit() for token in numbers)
    return _shared_out(value, int(numbers[-1])) if of_things else rounded(value, currency, places)


def _is_scattered(line: str) -> bool:
    """Whether a prepared line is a tale around its signs and no sum: « une fois ... un éternuement » holds 1 * 1."""
    parts = list(TOKEN.finditer(line))
    numbers = [part for part in parts if part[0][0].isdigit()]
    return any(_stands_apart(line, sign, numbers) for sign in parts if sign[0] in SIGNS)


def _stands_apart(line: str, sign: re.Match[str], numbers: list[re.Match[str]]) -> bool:
    """Whether a sign joins no two numbers ("it's minus four out there"), or is far from those beside it."""
    before = [one for one in numbers if one.end() <= sign.start()]
    behind = [one for one in numbers if one.start() >= sign.end()]
    if not (before and behind):
        return len(numbers) == 1
    between = line[before[-1].end() : sign.start()] + line[sign.end() : behind[0].start()]
    articles = "1" in {before[-1][0], behind[0][0]}  # « trois fois, change un peu »
    return len(_WORD.findall(between)) > (0 if articles else APART)


def _shared_out(value: Fraction, among: int) -> Result:
    """Whole things for each of some, and how many are left over."""
    return Result(Decimal(int(value)), exact=True, left=int(value * among) - int(value) * among)


def go_on(text: str, so_far: str, language: str) -> Result | Trouble | None:
    """What comes of a result, with its currency if it has one, when a line goes on with it: "and times nine", « divise
    ça par deux »; None where it does not.
    """
    words = section(SumWords, language)
    if words is None:
        return None
    line = text.translate(PLAIN).strip(" ?!.").lower()
    for pattern, sign in words.goes_on:
        found = re.match(rf"{words.leads}(?:{pattern})(?P<rest>.*)$", line)
        if found is not None:
            return work_out(words.root.format(so_far) if sign == ROOT else f"{so_far} {sign}{found['rest']}", language)
    return None


def _shared(tokens: list[str]) -> list[str]:
    """What each of some people pays; all as it is where more is told than how many and how much."""
    numbers = sorted((token for token in tokens if token[0].isdigit()), key=float)
    return [numbers[1], "/", numbers[0]] if len(numbers) == 2 and not SIGNS.intersection(tokens) else tokens


def _priced(tokens: list[str]) -> list[str]:
    """The price of one times how many there are; nothing where more is told than these two."""
    numbers = [token for token in tokens if token[0].isdigit()]
    return [numbers[0], "*", numbers[1]] if len(numbers) == 2 and not SIGNS.intersection(tokens) else []


def _bill(tokens: list[str]) -> list[str]:
    """So many of each at its price, together; nothing where another number is told."""
    numbers = [token for token in tokens if token[0].isdigit()]
    pairs = [n for n, token in enumerate(tokens) if token == "TIMES"]  # noqa: S105 - a word
    if len(numbers) != 2 * len(pairs) or not JOINTS.issuperset(set(tokens) - set(numbers) - {"TIMES"}):
        return []
    added = (f"{tokens[n - 1]} * {tokens[n + 1]}" for n in pairs)
    return " + ".join(added).split()


def _between(tokens: list[str], n: int) -> bool:
    """Whether the token at `n` stands between two numbers."""
    return 0 < n < len(tokens) - 1 and tokens[n - 1][0].isdigit() and tokens[n + 1][0].isdigit()
