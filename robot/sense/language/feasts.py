"""Feasts by the day on which they fall, and dates that are named without their year, or by digits."""

from __future__ import annotations

from datetime import date, timedelta

DIGITS = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?![\d/])"
MOST_MONTHS = 12
FIXED = {
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "new_years_eve": (12, 31),
    "new_year": (1, 1),
    "valentine": (2, 14),
    "all_saints": (11, 1),
    "halloween": (10, 31),
}
FROM_EASTER = {"easter": 0, "easter_monday": 1, "good_friday": -2, "ascension": 39, "pentecost": 49}


def easter(year: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher, in Meeus 1991, "Astronomical Algorithms")."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def feast(name: str, today: date) -> date:
    """The next day of a feast, which may be today."""

    def of(year: int) -> date:
        if name in FROM_EASTER:
            return easter(year) + timedelta(days=FROM_EASTER[name])
        return date(year, *FIXED[name])

    return of(today.year) if of(today.year) >= today else of(today.year + 1)


def dated(today: date, day: int, month: int, year: int | None = None) -> date | None:
    """A date; without a year, the next one. None where there is no such day."""
    for candidate in [year] if year is not None else range(today.year, today.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None


def year_of(digits: str | None) -> int | None:
    """A year that was written with four digits, or with its last two."""
    return None if digits is None else int(digits) if len(digits) > 2 else 2000 + int(digits)


def of_month(today: date, day: int) -> date | None:
    """The next day with this number: “on the 3rd”."""
    for months in range(12):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        try:
            found = date(year, month + 1, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def next_weekday(today: date, weekday: int, *, not_today: bool = False) -> date:
    """The next day of this name, which may be today."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead or (7 if not_today else 0))


def of_next_week(today: date, weekday: int) -> date:
    """The day of this name in the week that begins next Monday."""
    return today + timedelta(days=7 - today.weekday() + weekday)
