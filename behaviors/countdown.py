"""Countdown: how long until a time, how many days until a date, which weekday a date is; how many days a month has."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Question, Reply, Say, Skill
from robot.core.language_words import WordTable, section
from robot.decide.dialogue.questions import tells, tries_to_answer
from robot.sense.language.quantities import read
from robot.sense.language.reminder_when import names_when, says_time
from robot.sense.language.spoken import rough, say_day, say_duration, say_time
from robot.sense.language.spoken_wording import say_weekday

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from robot import Cause, Intent, State, Utterance

WHEN = Question("countdown_when", Reply.WORDS)


class MonthWords(WordTable, section="month_days"):
    """[month_days]: a pattern that asks how many days a month has; the months in their order."""

    asked: str
    names: tuple[str, ...]


class Countdown(Skill):
    """Answers “how many days until Christmas?”; asks for the date where it does not know it."""

    name = "countdown"
    asked = frozenset({"asks_countdown"})
    questions = frozenset({WHEN.name})

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        asks = not words.understood and _month_asked(words.text, state.diary.manner.language)
        return OWN_WORDS if asks else super().desire(state)

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - it has but one
        found = read(words.text, state.diary.manner.language, state.civil)
        return (names_when(found) and not tells(words)) or says_time(found) or tries_to_answer(words)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        month = _month_asked(words.text, language)
        if month is not None:
            days = monthrange(state.civil.year, month[0])[1]
            yield Say(cause, "countdown_month", (("month", month[1]), ("count", str(days))))
            return
        found = read(words.text, language, state.civil)
        now = state.civil.replace(tzinfo=None)
        if found.day is not None and found.time is None:
            yield self._days(cause, found.day, now.date(), language)
        elif (at := _moment_of(state, words)) is not None:
            told = (
                ("time", say_time(at.time(), language, half=True)),
                ("duration", say_duration(rough(at - now), language)),
            )
            yield Say(cause, "answer_asks_countdown", told)
        elif state.diary.answering == WHEN.name:
            yield Say(cause, "countdown_unknown")
        else:
            yield Say(cause, WHEN.name, question=WHEN)

    @staticmethod
    def _days(cause: Cause, day: date, today: date, language: str) -> Say:
        days = (day - today).days
        slots = (
            ("day", say_day(day, language, year=abs(days) > 300)),
            ("weekday", say_weekday(day.weekday(), language)),
        )
        if abs(days) <= 1:
            return Say(cause, {-1: "countdown_yesterday", 0: "countdown_today", 1: "countdown_tomorrow"}[days], slots)
        lasting = (("duration", say_duration(timedelta(days=abs(days)), language)),)
        return Say(cause, "countdown_days" if days > 0 else "countdown_ago", slots + lasting)


def _month_asked(line: str, language: str) -> tuple[int, str] | None:
    """The month, from 1, and its name, of which a line asks how many days it has."""
    words = section(MonthWords, language)
    found = re.search(words.asked, line.lower()) if words is not None else None
    said = "" if found is None else next(name for name in found.groups() if name)
    names = () if words is None else words.names
    return next(((n, name) for n, name in enumerate(names, 1) if name.lower() == said), None)


def _moment_of(state: State, words: Utterance) -> datetime | None:
    """The next time that the words name; of a duration, when it will be over."""
    found = read(words.text, state.diary.manner.language, state.civil)
    if found.time is None and found.duration is not None:
        return state.civil.replace(tzinfo=None) + found.duration
    if found.time is None and found.part is None:
        return None
    return found.moment(state.civil) or datetime.combine(state.civil.date(), time())
