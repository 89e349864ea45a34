"""Quantities in words, as people say them: "twenty past four", « seize heures vingt »; they can be read again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from robot.core.language_words import section
from robot.sense.language.spoken_en import ENGLISH
from robot.sense.language.spoken_fr import FRENCH
from robot.sense.language.spoken_table import SpokenWords, by_table, in_figures
from robot.sense.language.spoken_wording import in_a_row, say_weekday
from robot.texts import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, time
    from decimal import Decimal

    from robot.core.quantities import ClockTime, Recurrence
    from robot.sense.language.spoken_wording import Wording

WORDINGS = {"en": ENGLISH, "fr": FRENCH}


@cache
def _wording(language: str) -> Wording:
    """How a language says them: by its code here, else by its table. One that has neither gives figures."""
    if language in WORDINGS:
        return WORDINGS[language]
    words = section(SpokenWords, language)
    return in_figures(language) if words is None else by_table(words, language)


def say_time(time: time | ClockTime, language: str, *, half: bool = False) -> str:
    """A time of day; with `half` also which half of the day it is of, in languages that count to twelve."""
    wording = _wording(language)
    words = wording.time(time.hour, time.minute)
    return f"{words} {wording.half(time.hour, time.minute)}".rstrip() if half else words


def say_day(day: date, language: str, *, year: bool = False) -> str:
    """A day by its name and date."""
    words = _wording(language).day(day)
    return f"{words} {day.year}" if year else words


def say_duration(duration: timedelta, language: str, *, units: int = 2) -> str:
    """A duration in its greatest `units` of days, hours, minutes and seconds, rounded down."""
    wording = _wording(language)
    left, parts = max(round(duration.total_seconds()), 0), []
    for n, (size, names) in enumerate(zip((86400, 3600, 60, 1), wording.units, strict=True)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{wording.counted(count, n)} {names[count > 1]}")
    return joined(parts[:units] or [f"{wording.number(0)} {wording.units[-1][1]}"], language)


def say_when(moment: datetime, now: datetime, language: str) -> str:
    """A civil moment as seen from now, both without a zone: "tomorrow at seven o'clock in the morning"."""
    days = (moment.date() - now.date()).days
    if days in {-1, 0, 1}:
        day = catalogue.text(("spoken.yesterday", "spoken.today", "spoken.tomorrow")[days + 1], language)
    else:
        day = say_weekday(moment.weekday(), language) if 0 < days < 7 else say_day(moment.date(), language)
        day = catalogue.text("spoken.on_day", language, {"day": day})
    at = say_time(moment.time(), language, half=True)
    return catalogue.text("spoken.day_at", language, {"day": day, "time": at})


def rough(duration: timedelta) -> timedelta:
    """A duration as people tell it: to the second below ten minutes, to the minute below a day, then to the hour."""
    seconds = duration.total_seconds()
    step = 1 if seconds < 600 else (60 if seconds < 86400 else 3600)
    return timedelta(seconds=round(seconds / step) * step)


def say_number(value: Decimal, language: str, *, places: int | None = None) -> str:
    """A number in figures with the language's decimal mark, which the voice reads; with so many decimals, if given."""
    text = f"{value:.{places}f}" if places is not None else f"{value.normalize():f}"
    return text.replace(".", catalogue.text("spoken.decimal_mark", language))


def say_often(every: Recurrence, language: str) -> str:
    """How often: "every Monday and Thursday"."""
    return _wording(language).often(every.weekdays)


def joined(parts: Iterable[str], language: str) -> str:
    """A list as it is spoken: "one, two and three"."""
    return in_a_row([*parts], _wording(language).joint)
