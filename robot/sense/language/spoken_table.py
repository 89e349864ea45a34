"""Numbers, times, days and how often, for a language without code of its own: by its table, or in figures."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from robot.core.language_words import WordTable
from robot.core.quantities import DAILY, WEEKEND, WORKDAYS
from robot.sense.language.spoken_wording import IN_WORDS, Wording, in_a_row, say_weekday, weekday_names


class SpokenWords(WordTable, section="spoken"):
    """[spoken] of a language's words, for one that has no code of its own here. `numbers` up to 59; `one` of each unit;
    `units`, one and several: day, hour, minute, second. `hours` up to 24 as they stand in `hour` and `time`; `round`:
    hours with a name. `day` has the gaps `weekday`, `day` (of `days`, 31) and `month`. `each` has the gap `days`.
    """

    numbers: tuple[str, ...] = Field(min_length=IN_WORDS, max_length=IN_WORDS)
    one: tuple[str, str, str, str]
    units: tuple[tuple[str, str], ...] = Field(min_length=4, max_length=4)
    joint: str
    hours: tuple[str, ...] = Field(min_length=25, max_length=25)
    hour: str
    time: str
    round: dict[str, str]
    day: str
    days: tuple[str, ...] = Field(min_length=31, max_length=31)
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    daily: str
    workdays: str
    weekend: str
    each: str


def by_table(words: SpokenWords, language: str) -> Wording:
    """As the table says."""

    def number(value: int) -> str:
        return words.numbers[value] if value < IN_WORDS else str(value)

    def time(hour: int, minute: int) -> str:
        if not minute:
            return words.round.get(str(hour)) or words.hour.format(hour=words.hours[hour])
        return words.time.format(hour=words.hours[hour], minute=words.numbers[minute])

    def day(day: date) -> str:
        named = say_weekday(day.weekday(), language)
        return words.day.format(weekday=named, day=words.days[day.day - 1], month=words.months[day.month - 1])

    def often(weekdays: frozenset[int]) -> str:
        known = {DAILY: words.daily, WORKDAYS: words.workdays, WEEKEND: words.weekend}
        return known.get(weekdays) or words.each.format(days=in_a_row(weekday_names(weekdays, language), words.joint))

    return Wording(
        number=number,
        units=words.units,
        counted=lambda count, unit: words.one[unit] if count == 1 else number(count),
        joint=words.joint,
        time=time,
        half=lambda _hour, _minute: "",
        day=day,
        often=often,
    )


def in_figures(language: str) -> Wording:
    """In figures and signs, which any language can read."""
    return Wording(
        number=str,
        units=(("d", "d"), ("h", "h"), ("min", "min"), ("s", "s")),
        counted=lambda count, _unit: str(count),
        joint="+",
        time=lambda hour, minute: f"{hour}:{minute:02}",
        half=lambda _hour, _minute: "",
        day=date.isoformat,
        often=lambda weekdays: in_a_row(weekday_names(weekdays, language), "+"),
    )
