"""Reminders: tells which timers, alarms and reminders are set, and how long is left."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_WORDS, BehaviorConfig, Say, Skill
from robot.decide.behavior import SURE_WORDS
from robot.decide.reminders import REMINDERS, Kind, Reminder, waiting
from robot.sense.language.numbers import numbers_in
from robot.sense.language.quantities import read
from robot.sense.language.recollect import asks_when
from robot.sense.language.reminder_subject import alike
from robot.sense.language.reminder_when import when_of
from robot.sense.language.reminder_words import asks_of_nothing, asks_whether_set, kind_of, words_of
from robot.sense.language.spoken import rough, say_day, say_duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from robot import Cause, Intent, State, Utterance


OF_THE_TALK = frozenset({"asks_learned_today", "asks_name_of", "asks_countdown", "unknown", "what_time_is_it"})


class RemindersConfig(BehaviorConfig):
    """What may be changed while it runs."""

    told: int = Field(4, ge=1, le=10, description="how many it tells at most; the page shows all")


class Reminders(Skill):
    """Answers “what is set?”, “how long is left on the timer?” and “what do I have today?”."""

    name = "reminders"
    config = RemindersConfig()
    asked = frozenset({"asks_reminders"})

    def desire(self, state: State) -> float:
        """Of what is set, and not of what was told, where "what time did I say for the cake?" names it."""
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        if words.intent not in OF_THE_TALK or not asks_when(words.text):
            return super().desire(state)
        every = [reminder.what for _, reminder in waiting(state.store(REMINDERS), state.civil)]
        return SURE_WORDS if alike(words.text, every) else 0.0

    def worded(self, state: State, words: Utterance) -> bool:
        """Whether it asks if a time is set, where any is: "did you put twelve down?"."""
        language = state.diary.manner.language
        asks = "?" in words.text and asks_whether_set(words.text, language)
        return asks and bool(_times(words.text, state)) and bool(waiting(state.store(REMINDERS), state.civil))

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        if self.worded(state, words):
            yield from _whether_set(state, words, cause)
            return
        every = [reminder for _, reminder in waiting(state.store(REMINDERS), state.civil)]
        found = read(words.text, language, state.civil)
        day = None if found.time is not None else found.day
        meant = _meant(every, words.text, language)
        if day is not None:
            meant = [one for one in meant if _on(one, day, state)]
            if not meant:
                yield Say(cause, "reminders_none_then", (("day", say_day(day, language)),))
                return
        if not meant:
            bare = asks_of_nothing(words.text, language)
            yield Say(cause, "reminders_of_what" if bare else "answer_asks_reminders")
        for reminder in meant[: self.config.told]:
            yield told(reminder, state, cause)
        if len(meant) > self.config.told:
            yield Say(cause, "list_more", (("count", str(len(meant) - self.config.told)),))


def _whether_set(state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
    """Yes, and what is set for that time; or no, and what is set."""
    every = waiting(state.store(REMINDERS), state.civil)
    times = _times(words.text, state)
    right = [one for _, one in every if _at_any(one, times, state)]
    meant = right or _meant([one for _, one in every], words.text, state.diary.manner.language)
    yield Say(cause, "reminder_stands" if right else "reminder_stands_not")
    last = max(every, key=lambda item: int(item[0]))[1]
    yield told(last if last in meant else meant[0], state, cause)


def _times(line: str, state: State) -> tuple[time | timedelta, ...]:
    """The times of day, or the lengths of a timer, that a line may mean."""
    language, words = state.diary.manner.language, words_of(state.diary.manner.language)
    found = read(line, language, state.civil)
    if words is not None and found.time is None and found.duration is None:
        for number in numbers_in(line, language)[:1]:  # "twelve"
            found = read(words.at_hour.format(number), language, state.civil)
    lengths = () if found.duration is None else (found.duration,)
    return (*lengths, *(() if found.time is None else found.time.halves()))


def _at_any(reminder: Reminder, times: tuple[time | timedelta, ...], state: State) -> bool:
    lasts = reminder.kind is Kind.TIMER and timedelta(seconds=reminder.seconds) in times
    return lasts or reminder.at(state.civil).time().replace(second=0, microsecond=0) in times


def _meant(every: list[Reminder], line: str, language: str) -> list[Reminder]:
    """Those that are asked for: by name, else by kind, else all."""
    named = alike(line, [one.what for one in every])
    if named:
        return [every[n] for n in named]
    kind = kind_of(line, language)
    return [one for one in every if one.kind == kind] or every


def _on(reminder: Reminder, day: date, state: State) -> bool:
    """Whether it rings on that day."""
    if reminder.every:
        return day.weekday() in reminder.every and day >= reminder.at(state.civil).date()
    return reminder.at(state.civil).date() == day


def told(reminder: Reminder, state: State, cause: Cause) -> Say:
    """One of them in a sentence."""
    language = state.diary.manner.language
    slots = (
        ("duration", say_duration(rough(reminder.left(state.civil)), language)),
        ("when", when_of(reminder, state.civil, language)),
        ("name", reminder.what),
        ("what", reminder.what),
    )
    match reminder.kind:
        case Kind.TIMER:
            return Say(cause, "list_timer_named" if reminder.what else "list_timer", slots)
        case Kind.ALARM:
            return Say(cause, "list_alarm", slots)
        case _:
            return Say(cause, "list_reminder" if reminder.what else "list_reminder_bare", slots)
