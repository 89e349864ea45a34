"""Works out what numbers and operators come to, exactly and by precedence climbing: 3 + 4 * 2, HALF 90, ROOT 16."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import reduce
from operator import add, mul, sub, truediv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST = 10**15
SIGNS = frozenset("+-*/")
BRACKETS = frozenset("()")
JOINTS = frozenset({"AND", "WITH"})
SHARES = {
    "HALF": Fraction(1, 2),
    "THIRD": Fraction(1, 3),
    "QUARTER": Fraction(1, 4),
    "THREEQUARTERS": Fraction(3, 4),
    "DOUBLE": Fraction(2),
    "TRIPLE": Fraction(3),
}
# What an operator between two numbers makes of them.
JOINED: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
    "PERCENT": lambda a, b: a * b / 100,
    "OFF": lambda a, b: b * (1 - a / 100),
    "WITHSHARE": lambda a, b: a * (1 + b / 100),
    "WITHOUTSHARE": lambda a, b: a * (1 - b / 100),
}
_PRECEDENCE = {"+": 1, "-": 1, "WITHSHARE": 1, "WITHOUTSHARE": 1, "*": 2, "/": 2, "PERCENT": 3, "OFF": 3}


class Trouble(StrEnum):
    """Why something is not worked out."""

    BY_ZERO = "by_zero"
    TOO_LARGE = "too_large"
    NO_ROOT = "no_root"


class _NoSumError(Exception):
    """Whatever it is, it is no sum."""


class _NoRootError(Exception):
    """There is no such root among these numbers."""


def value_of(tokens: list[str]) -> Fraction | Trouble | None:
    """What numbers and operators come to; None where they are no sum."""
    try:
        value = _whole(tokens)
    except ZeroDivisionError:
        return Trouble.BY_ZERO
    except _NoRootError:
        return Trouble.NO_ROOT
    except _NoSumError:
        return None
    return Trouble.TOO_LARGE if abs(value) > LARGEST else value


def _whole(tokens: list[str]) -> Fraction:
    """All tokens as one value; “three and four” is a sum."""
    value, left = _sum(tokens)
    while left and left[0] == "AND":
        more, left = _sum(left[1:])
        value += more
    if left:
        raise _NoSumError
    return value


def _sum(tokens: list[str], least: int = 1) -> tuple[Fraction, list[str]]:
    """A value by precedence climbing, and what is left of the tokens."""
    value, tokens = _value(tokens)
    while tokens:
        operator = tokens[0]
        if operator == "SQUARED":
            value, tokens = value * value, tokens[1:]
            continue
        rank = _PRECEDENCE.get(operator, 0)
        if rank < least:
            break
        other, tokens = _sum(tokens[1:], rank + 1)
        value = JOINED[operator](value, other)
    return value, tokens


def _value(tokens: list[str]) -> tuple[Fraction, list[str]]:
    """A number, or a word that stands before its numbers."""
    if not tokens:
        raise _NoSumError
    token, rest = tokens[0], tokens[1:]
    if token[0].isdigit():
        return Fraction(token), rest
    if token == "(":  # noqa: S105 - a sign
        value, rest = _sum(rest)
        if rest[:1] != [")"]:
            raise _NoSumError
        return value, rest[1:]
    if token == "-":  # noqa: S105 - a sign
        value, rest = _sum(rest, 3)
        return -value, rest
    if token in SHARES:
        value, rest = _sum(rest, 2)
        return value * SHARES[token], rest
    if token == "ROOT":  # noqa: S105 - a word
        value, rest = _value(rest)
        return _root(value), rest
    return _by_word(token, _operands(rest)), []


def _operands(tokens: list[str]) -> list[Fraction]:
    """The numbers behind a word."""
    values = []
    while tokens:
        value, tokens = _sum(tokens)
        values.append(value)
        if tokens:
            if tokens[0] not in {*JOINTS, "BY", "FROM"}:
                raise _NoSumError
            tokens = tokens[1:]
    return values


def _by_word(word: str, values: list[Fraction]) -> Fraction:
    match word, values:
        case "SUM", _:
            return sum(values, Fraction(0))
        case "AVERAGE", [_, *_]:
            return sum(values, Fraction(0)) / len(values)
        case "PRODUCT", _:
            return reduce(mul, values, Fraction(1))
        case "DIFFERENCE", [first, second]:
            return abs(first - second)
        case "SUBTRACT", [first, second]:
            return second - first
        case "DIVIDE", [first, second]:
            return first / second
        case _:
            raise _NoSumError


def _root(value: Fraction) -> Fraction:
    """Exact where it comes out even, else to many more places than are said."""
    if value < 0:
        raise _NoRootError
    root = Decimal(value.numerator).sqrt() / Decimal(value.denominator).sqrt()
    return Fraction(root)
