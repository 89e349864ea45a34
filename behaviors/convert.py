"""Convert: tells so much in another unit, of length, weight, volume, heat or time; flour by the cup as in kitchens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Question, Reply, Say, Skill
from robot.decide.dialogue.asked_again import asked_of
from robot.sense.language.conversions import conversion_asked, names_thing
from robot.sense.language.sum_words import with_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

OF_WHAT = Question("convert_of_what", Reply.WORDS)


class Convert(Skill):
    """Answers “what's twelve stone in kilos?”, and “and thirteen?” behind it."""

    name = "convert"
    asked = frozenset()
    questions = frozenset({OF_WHAT.name})
    gesture = "thinking"

    def __init__(self) -> None:
        self._line = ""  # what was asked, while it asks of what

    def worded(self, state: State, words: Utterance) -> bool:
        return conversion_asked(_line(state, words), words.language) is not None

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - it has but one
        return names_thing(words.text, words.language)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        line = (
            f"{self._line} {words.text.rstrip(' ?.!')}?"
            if state.diary.answering == OF_WHAT.name
            else _line(state, words)
        )
        found = conversion_asked(line, words.language, state.diary.manner.language)
        if found is None:
            return
        if found.unknown:
            yield Say(cause, "convert_unknown")
            return
        if not found.result:
            self._line = words.text.rstrip(" ?.!")
            yield Say(cause, OF_WHAT.name, question=OF_WHAT)
            return
        phrase = "converted" if found.exact else "converted_about"
        yield Say(cause, phrase, (("measure", found.measure), ("result", found.result)))


def _line(state: State, words: Utterance) -> str:
    """What is said; of a number with which the same is asked again, the whole question."""
    language = words.language
    again = asked_of(state, words, Convert.name, lambda line: conversion_asked(line, language) is not None)
    return with_number(*again, language) or words.text
