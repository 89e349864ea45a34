"""Time of day: tells time, day and date in words, as people say them; the time of other places it does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot import Say, Skill
from robot.core.language_words import WordTable, section
from robot.sense.language.quantities import read
from robot.sense.language.spoken import say_day, say_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance


class ElsewhereWords(WordTable, section="elsewhere"):
    """[elsewhere], patterns: what asks for the time, or guesses it in a question, of some other `place`."""

    asked: str
    guessed: str
    place: str


class TimeOfDay(Skill):
    """Answers “what time is it?” and “what day is it?”."""

    name = "time_of_day"
    asked = frozenset({"what_time_is_it", "what_day_is_it"})

    def worded(self, state: State, words: Utterance) -> bool:
        return _elsewhere(state, words.text)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        if _elsewhere(state, words.text):
            yield Say(cause, "time_elsewhere", (("time", say_time(state.civil.time(), language)),))
            return
        if words.intent == "what_time_is_it":
            told = ("time", say_time(state.civil.time(), language))
        else:
            told = ("day", say_day(state.civil.date(), language, year=True))
        yield Say(cause, f"answer_{words.intent}", (told,))


def _elsewhere(state: State, line: str) -> bool:
    """Whether a line asks for the time of another place."""
    language = state.diary.manner.language
    words, line = section(ElsewhereWords, language), line.replace("\u2019", "'")
    if words is None or not re.search(words.place, line, re.IGNORECASE):
        return False
    if re.search(words.asked, line, re.IGNORECASE):
        return True
    guessed = "?" in line and re.search(words.guessed, line, re.IGNORECASE) is not None
    return guessed and read(line, language, state.civil).time is not None
