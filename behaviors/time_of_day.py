"""Time of day: tells time, day and date in words, as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Say, Skill
from robot.sense.language.spoken import say_day, say_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance


class TimeOfDay(Skill):
    """Answers “what time is it?” and “what day is it?”."""

    name = "time_of_day"
    asked = frozenset({"what_time_is_it", "what_day_is_it"})

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        if words.intent == "what_time_is_it":
            told = ("time", say_time(state.civil.time(), language))
        else:
            told = ("day", say_day(state.civil.date(), language, year=True))
        yield Say(cause, f"answer_{words.intent}", (told,))
