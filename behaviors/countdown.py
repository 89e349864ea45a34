"""Countdown: how long until a time, how many days until a date, which weekday a date is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from robot import Question, Reply, Say, Skill
from robot.decide.dialogue.questions import tells, tries_to_answer
from robot.sense.language.quantities import read
from robot.sense.language.reminder_words import names_when, says_time
from robot.sense.language.spoken import rough, say_day, say_duration, say_time, say_weekday

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from robot import Cause, Intent, State, Utterance

WHEN = Question("countdown_when", Reply.WORDS)


class Countdown(Skill):
    """Answers “how many days until Christmas?”; asks for the date where it does not know it."""

    name = "countdown"
    asked = frozenset({"asks_countdown"})
    questions = frozenset({WHEN.name})

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - it has but one
        found = read(words.text, state.diary.manner.language, state.civil)
        return (names_when(found) and not tells(words)) or says_time(found) or tries_to_answer(words)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
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


def _moment_of(state: State, words: Utterance) -> datetime | None:
    """The next time that the words name; of a duration, when it will be over."""
    found = read(words.text, state.diary.manner.language, state.civil)
    if found.time is None and found.duration is not None:
        return state.civil.replace(tzinfo=None) + found.duration
    if found.time is None and found.part is None:
        return None
    return found.moment(state.civil) or datetime.combine(state.civil.date(), time())
