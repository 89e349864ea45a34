"""Calculate: works out sums in words and figures, exactly; says so where it rounds, and refuses what it cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, Question, Reply, Say, Skill
from robot.sense.language.arithmetic import MONEY_PLACES, Result, Trouble, work_out
from robot.sense.language.spoken import say_number
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

WHICH = Question("calculate_which", Reply.WORDS)


class Calculate(Skill):
    """Answers “what is twelve times seven?”."""

    name = "calculate"
    asked = frozenset({"asks_math"})
    questions = frozenset({WHICH.name})
    gesture = "thinking"

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is not None and words.intent == "unknown":
            found = work_out(words.text, state.diary.manner.language, plainly=True)
            return OWN_WORDS if isinstance(found, Result) else super().desire(state)
        return super().desire(state)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        match work_out(words.text, language):
            case Result() as result:
                phrase = "answer_asks_math" if result.exact else "calculate_about"
                yield Say(cause, phrase, (("result", _in_words(result, language)),))
            case Trouble() as trouble:
                yield Say(cause, f"calculate_{trouble}")
            case None if state.diary.answering == WHICH.name:
                yield Say(cause, "calculate_cannot")
            case None:
                yield Say(cause, WHICH.name, question=WHICH)


def _in_words(result: Result, language: str) -> str:
    """In figures; an amount of money with its cents where it has any, and its name."""
    whole = result.value == result.value.to_integral_value()
    places = MONEY_PLACES if result.currency and not whole else None
    figures = say_number(abs(result.value), language, places=places)
    if result.value < 0:
        figures = f"{text('spoken.minus', language)} {figures}"
    if not result.currency:
        return figures
    name = {"€": "euro", "£": "pound", "$": "dollar"}[result.currency]
    key = f"spoken.{name}" if abs(result.value) == 1 else f"spoken.{name}s"
    return f"{figures} {text(key, language)}"
