"""Reminders: tells which timers, alarms and reminders are set, and how long is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import BehaviorConfig, Say, Skill
from robot.decide.behavior import SURE_WORDS
from robot.decide.reminders import REMINDERS, Kind, Reminder, waiting
from robot.sense.language.quantities import read
from robot.sense.language.recollect import asks_when
from robot.sense.language.reminder_words import alike, asks_of_nothing, kind_of, when_of
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
        if words is None or words.intent not in OF_THE_TALK or not asks_when(words.text):
            return super().desire(state)
        every = [reminder.what for _, reminder in waiting(state.store(REMINDERS), state.civil)]
        return SURE_WORDS if alike(words.text, every) else 0.0

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
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
