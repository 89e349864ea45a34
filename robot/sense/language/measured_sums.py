"""`measured_sum`: a sum of weights, lengths, volumes or times: "two kilos eight hundred divided by two"."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from robot.sense.language.arithmetic import TOKEN, rounded
from robot.sense.language.measures import SIZES, TIME, Amount, measured, say_measure, with_shares
from robot.sense.language.quantities import GAP, durations_in
from robot.sense.language.spoken import say_duration, say_number
from robot.sense.language.sum_values import JOINTS, SHARES, Trouble, value_of
from robot.sense.language.sum_words import figures, prepared, without_shares_of_many

if TYPE_CHECKING:
    from collections.abc import Sequence

ADDED, TAKEN = frozenset({"+", "-"}), frozenset({"*", "/", "PERCENT", "OFF", "DIVIDE", "BY", *SHARES})
MONEY = frozenset({"pound", "livre"})  # what these name where no other weight is named
LONGEST = timedelta(days=3650)
_FIRST = 0xE000  # the first of the letters that stand for a measure
_MARK = re.compile(r"[\ue000-\uf8ff]")
_TOKEN = re.compile(rf"{_MARK.pattern}|{TOKEN.pattern}")
_BEGINS = re.compile(rf"\W*(?:[a-zA-Zà-ÿ]+\W+)?(?:{_MARK.pattern}|\d)")  # behind "and", or HALF


class MeasuredSum(NamedTuple):
    """What it comes to, in words, and whether exactly."""

    result: str
    exact: bool


def measured_sum(text: str, language: str, *, asked: bool = True) -> MeasuredSum | Trouble | None:
    """None where the line is no such sum, or not of one kind of measure. A line that was not `asked` begins with it."""
    parts, line = _parts(text, language)
    if not asked and not _BEGINS.match(line):
        return None
    parts, tokens = _joined(parts, _TOKEN.findall(line))
    if len({part.kind for part in parts.values()}) != 1:
        return None
    marks = [token for token in tokens if token in parts]
    signs = {token for token in tokens if token not in parts and not token[0].isdigit()}
    first = parts[marks[0]]
    # Of "sixty minutes plus fifteen" it is not known fifteen of what: a time has lost its unit.
    bare = first.kind == TIME and signs <= ADDED and any(token[0].isdigit() for token in tokens)
    if not signs or bare or not (signs <= ADDED or signs <= TAKEN):
        return None
    if signs <= ADDED:  # "sixty plus fourteen kilos"
        sizes = [str(Fraction(token) * SIZES[first.unit][1]) if token[0].isdigit() else token for token in tokens]
    elif len(marks) == 1 and "/" not in tokens[tokens.index(marks[0]) - 1 : tokens.index(marks[0])]:
        sizes = tokens
    elif len(marks) == 2 and signs == {"/"}:  # "two kilos divided by 250 grams"
        first, sizes = Amount(0, 0, "", Fraction(1), ""), tokens
    else:
        return None
    value = value_of([str(parts[token].size) if token in parts else token for token in sizes])
    if not isinstance(value, Fraction):
        return value
    return _in_words(value, first, language, split=any(part.split for part in parts.values()))


def _in_words(value: Fraction, first: Amount, language: str, *, split: bool) -> MeasuredSum | None:
    """In the unit of the first measure; a mere number where that has no kind."""
    if not first.kind:
        found = rounded(value)
        return MeasuredSum(say_number(found.value, language), found.exact)
    if first.kind != TIME:
        return MeasuredSum(*say_measure(value, first.unit, language, split=split))
    seconds = round(value)
    if not 0 < seconds < LONGEST.total_seconds():
        return None
    return MeasuredSum(say_duration(timedelta(seconds=seconds), language, units=3), exact=seconds == value)


def _parts(text: str, language: str) -> tuple[dict[str, Amount], str]:
    """The measures of a line by the letters that stand for them, and it with these; nothing where it is of money."""
    nothing: tuple[dict[str, Amount], str] = {}, ""
    times, line = durations_in(_MARK.sub(" ", without_shares_of_many(text, language)), language)
    pieces = line.split(GAP.strip())
    if len(pieces) != len(times) + 1:
        return nothing
    found = [Amount(0, 0, TIME, Fraction(round(time.total_seconds())), "") for time in times]
    line = "".join(f"{piece} {chr(_FIRST + n)} " for n, piece in enumerate(pieces[:-1])) + pieces[-1]
    line, currency = prepared(with_shares(figures(line, language)[0], language), language)
    for one in measured(line, language)[::-1]:
        line = f"{line[: one.start]} {chr(_FIRST + len(found))} {line[one.end :]}"
        found.append(one)
    units = {one.unit for one in found}
    if currency and (currency != "£" or units <= MONEY):
        return nothing
    return {chr(_FIRST + n): one for n, one in enumerate(found)}, line


def _joined(parts: dict[str, Amount], tokens: Sequence[str]) -> tuple[dict[str, Amount], list[str]]:
    """Measures that stand side by side, as one: "two kilos and 800 grams"."""
    kept: list[str] = []
    for token in (one for one in tokens if one not in JOINTS):
        before = parts.get(kept[-1]) if kept else None
        own = parts.get(token)
        if before is not None and own is not None and before.kind == own.kind:
            parts[kept[-1]] = before._replace(size=before.size + own.size, split=True)
            del parts[token]
        else:
            kept.append(token)
    return parts, kept
