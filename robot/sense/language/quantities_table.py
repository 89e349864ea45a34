"""Quantities in a language that brings its words for them as a table, section [quantities] of its words.

English and French have patterns of their own (`quantities_en.py`, `quantities_fr.py`), which reach further.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable
from robot.core.quantities import DAILY, WEEKEND, WORKDAYS, ClockTime, DayPart, Recurrence
from robot.sense.language.feasts import dated, feast, next_weekday, of_month
from robot.sense.language.quantity_patterns import (
    DAY_S,
    NamedDay,
    Often,
    Row,
    Tongue,
    clock,
    days_ahead,
    each_while,
    earlier,
    in_the_year,
    lasting,
    part_of,
    row,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

HALVES = {DayPart.MORNING: "am", DayPart.AFTERNOON: "pm", DayPart.EVENING: "pm"}
AFTER_MIDNIGHT = frozenset({12, 1, 2, 3, 4, 5})


class QuantityWords(WordTable, section="quantities"):
    """[quantities]. All words and patterns are plain, without accents. `prepare`: patterns and what they become before
    number words do. `counts`: words that count; `units`: beginnings of the names of units, in seconds; `whole`: names
    of whole durations, in seconds. `joint` stands between parts of one, `during` and `within` before it.

    `times`: patterns with the groups `hour`; `minute`; `half` (so that half an hour is missing); `minutes` with `past`
    or `to`; `part`. `at` stands before a time. `named`: times with a name; `quarters`: minutes with one. `parts`: names
    of parts of the day.

    `days`: days from today by name; `weekdays` from Monday; `months`; `feasts`; `next`, `of_date`, `ahead` (with the
    groups `count` and `unit`), `weekend`, `on_part` (with `part`); `each`, `each_part`, `each_weekday`, `each_while`:
    what comes again.
    """

    prepare: tuple[tuple[str, str], ...]
    counts: dict[str, float]
    units: dict[str, int]
    whole: dict[str, int]
    joint: str
    during: str
    within: str
    at: str
    times: tuple[str, ...]
    named: dict[str, int]
    quarters: dict[str, int]
    parts: dict[str, DayPart]
    days: dict[str, int]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    feasts: dict[str, str]
    next: str
    of_date: str
    ordinal: str
    ahead: str
    weekend: str
    on_part: str
    each: dict[str, str]
    each_part: str
    each_weekday: str
    each_while: str


def tongue(words: QuantityWords) -> Tongue:
    """The patterns that these words make."""
    return _Patterns(words).tongue()


class _Patterns:
    """`{count}`, `{unit}`, `{hour}`, `{part}`, `{weekday}`, `{month}` in a pattern stand for the words of the table."""

    def __init__(self, words: QuantityWords) -> None:
        self._words = words
        counts, units = _one_of(words.counts), rf"(?:{_one_of(words.units)})\w*"
        self._fills = {
            "count": rf"\d+(?:[.,]\d+)?|{counts}",
            "unit": units,
            "hour": rf"\d{{1,2}}|{counts}",
            "part": _one_of(words.parts),
            "weekday": _one_of(words.weekdays),
            "month": _one_of(words.months),
        }
        one = rf"(?:(?:{_one_of(words.whole)})\b|(?:{self._fills['count']})\s?{units})"
        self._duration = rf"\b{one}(?:{words.joint}{one})*"
        self._piece = re.compile(
            rf"(?P<whole>{_one_of(words.whole)})\b|(?P<count>{self._fills['count']})\s?(?P<unit>{units})", re.IGNORECASE
        )

    def tongue(self) -> Tongue:
        words = self._words
        at = rf"(?:\b(?:{words.at})\s+)"
        named = row(rf"{at}?\b(?P<named>{_one_of(words.named)})\b", self._named)
        rows = [self._made(pattern) for pattern in words.times]
        return Tongue(
            prepare=self._prepare,
            times=(*(row(rf"{at}?\b{pattern}", self._time) for pattern in rows), named),
            behind=(
                *(row(rf"{at}{pattern}", self._time) for pattern in rows),
                row(rf"{at}(?P<hour>{self._fills['hour']})(?!\w|[.,:]\d|\s*(?:{self._fills['unit']}|%))", self._time),
                named,
            ),
            duration=row(rf"(?:\b(?:{words.during})\s+)?{self._duration}", self._lasts),
            lasting=row(rf"\b(?:{words.within})\s+{self._duration}", self._lasts),
            often=(
                *(row(rf"\b(?:{pattern})\b", partial(_each, kind)) for kind, pattern in words.each.items()),
                row(self._made(words.each_part), lambda found: Often(Recurrence(DAILY), self._part(found))),
                row(self._made(words.each_weekday), self._weekdays),
                row(self._made(words.each_while), self._interval),
            ),
            days=self._days,
            parts=(row(self._made(words.on_part), lambda found: NamedDay(None, self._part(found))),),
        )

    def _made(self, pattern: str) -> str:
        for name, fill in self._fills.items():
            pattern = pattern.replace(f"{{{name}}}", f"(?:{fill})")
        return pattern

    def _prepare(self, line: str) -> str:
        for pattern, new in self._words.prepare:
            line = re.sub(pattern, new, line, flags=re.IGNORECASE)
        return line

    def _count(self, word: str) -> float:
        known = self._words.counts.get(word.lower())
        return float(word.replace(",", ".")) if known is None else known

    def _seconds(self, unit: str) -> int:
        return next(seconds for name, seconds in self._words.units.items() if unit.lower().startswith(name))

    def _lasts(self, found: re.Match[str]) -> timedelta | None:
        return lasting(
            float(self._words.whole[piece["whole"].lower()])
            if piece["whole"]
            else self._count(piece["count"]) * self._seconds(piece["unit"])
            for piece in self._piece.finditer(found[0])
        )

    def _part(self, found: re.Match[str]) -> DayPart | None:
        said = found.groupdict().get("part")
        return None if said is None else self._words.parts[said.lower()]

    def _named(self, found: re.Match[str]) -> ClockTime:
        return ClockTime(self._words.named[found["named"].lower()])

    def _time(self, found: re.Match[str]) -> ClockTime | None:
        groups = found.groupdict()
        hour = self._count(found["hour"])
        if hour != int(hour):
            return None
        part = self._part(found)
        half = "" if part is None else HALVES.get(part, "am" if hour in AFTER_MIDNIGHT else "pm")
        time = clock(int(hour), int(self._count(groups.get("minute") or "0")), half)
        if time is None:
            return None
        if groups.get("half"):
            time = earlier(time, 30)
        if groups.get("minutes"):
            said = groups["minutes"].lower()
            minutes = self._words.quarters.get(said) or int(self._count(said))
            if groups.get("half"):
                return earlier(time, minutes if groups.get("to") else -minutes)
            return part_of(time, minutes, "to" if groups.get("to") else "past")
        return time

    def _weekdays(self, found: re.Match[str]) -> Often:
        names = re.findall("|".join(self._words.weekdays), found["names"].lower())
        return Often(Recurrence(frozenset(map(self._words.weekdays.index, names))), self._part(found))

    def _interval(self, found: re.Match[str]) -> Often | None:
        return each_while((self._count(found["count"]) if found["count"] else 1.0) * self._seconds(found["unit"]))

    def _days(self, today: date) -> tuple[Row[NamedDay], ...]:
        words = self._words
        part = rf"(?: (?P<part>{self._fills['part']})\b)?"

        def of(day: date | None, found: re.Match[str], *, weekly: bool = False) -> NamedDay | None:
            return None if day is None else NamedDay(day, self._part(found), weekly)

        def named(found: re.Match[str]) -> NamedDay | None:
            return of(today + timedelta(days=words.days[found["name"].lower()]), found)

        def ahead(found: re.Match[str]) -> NamedDay | None:
            count = self._count(found["count"]) * self._seconds(found["unit"]) / DAY_S
            return of(days_ahead(today, count), found) if round(min(count, 1.0)) else None

        def in_month(found: re.Match[str]) -> NamedDay | None:
            month = words.months.index(found["month"].lower()) + 1
            year = found.groupdict().get("year")
            day = dated(today, int(found["day"]), month, int(year) if year else None)
            return in_the_year(day, int(found["day"]), self._part(found))

        def weekday(found: re.Match[str]) -> NamedDay | None:
            at = words.weekdays.index(found["name"].lower())
            return of(next_weekday(today, at, not_today=bool(found["which"])), found, weekly=True)

        rows: list[Row[NamedDay]] = [
            row(rf"\b(?P<name>{_one_of(words.days)})\b{part}", named),
            row(self._made(words.ahead) + part, ahead),
            row(self._made(words.of_date) + part, in_month),
            row(self._made(words.ordinal), lambda found: of(of_month(today, int(found["day"])), found)),
        ]

        def feasted(name: str, found: re.Match[str]) -> NamedDay | None:
            return of(feast(name, today), found)

        rows += [row(rf"\b(?:{pattern})\b{part}", partial(feasted, name)) for name, pattern in words.feasts.items()]
        rows += [
            row(rf"\b(?:{words.weekend})\b", lambda found: of(next_weekday(today, 5), found)),
            row(rf"\b(?:{words.next})(?P<name>{self._fills['weekday']}){part}", weekday),
        ]
        return tuple(rows)


def _each(kind: str, _: re.Match[str]) -> Often:
    return Often(Recurrence({"workdays": WORKDAYS, "weekend": WEEKEND}.get(kind, DAILY)))


def _one_of(words: Mapping[str, object] | tuple[str, ...]) -> str:
    """Any of these words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))
