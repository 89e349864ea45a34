"""Durations, times and days are read from both languages, and what the robot says of them can be read again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from robot.core.quantities import DAILY, WEEKEND, WORKDAYS, ClockTime, DayPart, Recurrence
from robot.sense.language.feasts import easter
from robot.sense.language.quantities import read, seconds_until
from robot.sense.language.spoken import say_day, say_duration, say_often, say_time
from tests.support.quantities import lines

MONDAY = datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001 - civil time on a wall
LANGUAGES = st.sampled_from(["en", "fr"])
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
NEAR_DAYS = st.integers(1, 360).map(lambda days: MONDAY.date() + timedelta(days=days))


@given(TIMES, LANGUAGES)
def test_a_time_that_is_said_is_read_again(at: time, language: str) -> None:
    said = say_time(at, language, half=True)
    found = read(said, language, MONDAY).time
    assert found is not None, said
    assert at in found.halves(), said
    if language == "en" or at.hour == 0 or at.hour > 12:
        assert found == ClockTime(at.hour, at.minute), said


@given(st.integers(1, 50 * 86400), LANGUAGES)
def test_a_duration_that_is_said_is_read_again(seconds: int, language: str) -> None:
    said = say_duration(timedelta(seconds=seconds), language, units=4)
    assert read(said, language, MONDAY, lasting=True).duration == timedelta(seconds=seconds), said


@given(NEAR_DAYS, LANGUAGES, st.booleans())
def test_a_day_that_is_said_is_read_again(day: date, language: str, year: bool) -> None:  # noqa: FBT001 - drawn
    assert read(say_day(day, language, year=year), language, MONDAY).day == day


@given(st.frozensets(st.integers(0, 6), min_size=1), LANGUAGES)
def test_a_recurrence_that_is_said_is_read_again(weekdays: frozenset[int], language: str) -> None:
    said = say_often(Recurrence(weekdays), language)
    assert read(said, language, MONDAY).every == Recurrence(weekdays), said


@given(TIMES, NEAR_DAYS, LANGUAGES)
@settings(max_examples=50)
def test_together_they_mean_one_moment(at: time, day: date, language: str) -> None:
    at = at.replace(hour=at.hour or 13)
    said = f"{say_day(day, language)}, {'at' if language == 'en' else 'à'} {say_time(at, language, half=True)}"
    found = read(said, language, MONDAY)
    if language == "en" or at.hour > 12:
        assert found.moment(MONDAY) == datetime.combine(day, at), said


@pytest.mark.parametrize(("language", "line", "expected"), lines(), ids=str)
def test_what_people_say(language: str, line: str, expected: dict[str, object]) -> None:
    lasting, rising = bool(expected.pop("lasting", False)), bool(expected.pop("rising", False))
    found = read(line, language, MONDAY, lasting=lasting)
    known = {
        "duration": None if found.duration is None else found.duration.total_seconds(),
        "moment": (moment := found.moment(MONDAY, rising=rising)) and moment.isoformat(timespec="minutes"),
        "day": found.day and found.day.isoformat(),
        "every": found.every and sorted(found.every.weekdays),
        "each_s": found.every and found.every.seconds,
        "rest": found.rest,
    }
    assert {key: known[key] for key in expected} == expected


@given(st.text(max_size=80), LANGUAGES)
def test_any_line_can_be_read(line: str, language: str) -> None:
    found = read(line, language, MONDAY)
    found.moment(MONDAY)


@pytest.mark.parametrize(
    ("language", "words", "seconds"),
    [
        ("en", "ten minutes", 600),
        ("en", "a ten-minute timer", 600),
        ("fr", "une demi-heure", 1800),
        ("en", "until seven", 9600),
        ("en", "tomorrow at eight", 56400),
        ("en", "seven", None),
        ("en", "the moon", None),
    ],
)
def test_a_time_is_so_many_seconds_away(language: str, words: str, seconds: float | None) -> None:
    assert seconds_until(words, language, datetime(2026, 1, 5, 16, 20, tzinfo=UTC)) == seconds


def test_easter_falls_where_the_tables_say() -> None:
    known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 2285: (3, 22)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known


def test_the_half_of_the_day_that_comes_next_is_meant_in_waking_hours() -> None:
    def at(line: str, hour: int) -> datetime | None:
        return read(line, "en", MONDAY.replace(hour=hour)).moment(MONDAY.replace(hour=hour))

    assert at("at five", 10) == datetime(2026, 3, 2, 17)  # noqa: DTZ001
    assert at("at five", 18) == datetime(2026, 3, 3, 17)  # noqa: DTZ001 - not at five in the morning
    assert at("at nine", 22) == datetime(2026, 3, 3, 9)  # noqa: DTZ001
    assert at("every day at eight", 22) == datetime(2026, 3, 3, 8)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "line", "meant"),
    [
        ("en", "on Monday at nine", datetime(2026, 3, 9, 9)),  # noqa: DTZ001 - civil
        ("en", "on Monday morning", datetime(2026, 3, 9, 9)),  # noqa: DTZ001 - civil
        ("en", "on Monday at three", datetime(2026, 3, 2, 15)),  # noqa: DTZ001 - civil
        ("en", "today at nine", datetime(2026, 3, 2, 21)),  # noqa: DTZ001 - civil
        ("fr", "lundi à neuf heures", datetime(2026, 3, 9, 9)),  # noqa: DTZ001 - civil
        ("fr", "lundi à vingt et une heures", datetime(2026, 3, 2, 21)),  # noqa: DTZ001 - civil
    ],
)
def test_a_weekday_whose_hour_is_over_today_is_the_next(language: str, line: str, meant: datetime) -> None:
    assert read(line, language, MONDAY).moment(MONDAY) == meant


def test_parts_of_the_day_and_groups_of_days() -> None:
    assert read("tomorrow evening", "en", MONDAY).part is DayPart.EVENING
    assert read("demain soir", "fr", MONDAY).part is DayPart.EVENING
    assert read("every day", "en", MONDAY).every == Recurrence(DAILY)
    assert read("on weekdays", "en", MONDAY).every == Recurrence(WORKDAYS)
    assert read("tous les week-ends", "fr", MONDAY).every == Recurrence(WEEKEND)
