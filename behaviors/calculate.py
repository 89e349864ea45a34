"""Calculate: works out sums in words and figures, exactly; says so where it rounds, and refuses what it cannot do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot import OWN_WORDS, Question, Reply, Say, Skill
from robot.core.meanings import act_of
from robot.decide.diary import HUSHES
from robot.decide.reminders import REMINDERS
from robot.sense.language.arithmetic import MONEY_PLACES, Result, Trouble, go_on, work_out
from robot.sense.language.clock_sums import time_reached
from robot.sense.language.numbers import numbers_in
from robot.sense.language.packs import packs_needed
from robot.sense.language.rates import rate_asked
from robot.sense.language.spoken import say_number, say_time
from robot.sense.language.told_sums import asks_of_story, told_sum
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

TOLD = frozenset({"answer_asks_math", "calculate_about"})  # after which another sum begins
GOES_ON_WITHIN = 3  # sentences of the robot's
LINES = 6  # of the talk, over which a sum may be told
OF_TIME = frozenset({"asks_reminders", "wants_timer", "wants_move_reminder"})
WHICH = Question("calculate_which", Reply.WORDS)


class Calculate(Skill):
    """Answers “what is twelve times seven?”."""

    name = "calculate"
    asked = frozenset({"asks_math"})
    questions = frozenset({WHICH.name})
    gesture = "thinking"

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None or words.intent in HUSHES:
            return super().desire(state)
        if _reaches(state, words) or _over_turns(state, words) is not None:
            return OWN_WORDS
        if words.intent == "unknown":
            found = work_out(words.text, state.diary.manner.language, plainly=True)
            return OWN_WORDS if isinstance(found, Result) else super().desire(state)
        return super().desire(state)

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - it has but one
        return bool(numbers_in(words.text, state.diary.manner.language))

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        reached = time_reached(words.text, language, state.civil)
        if reached is not None:
            yield Say(cause, "calculate_time", (("time", say_time(reached, language)),))
            return
        match _over_turns(state, words) or work_out(words.text, language):
            case Result(left=left) as result if left:
                yield Say(cause, "calculate_each", (("result", _in_words(result, language)), ("left", str(left))))
            case Result() as result:
                phrase = "answer_asks_math" if result.exact else "calculate_about"
                yield Say(cause, phrase, (("result", _in_words(result, language)),))
            case Trouble() as trouble:
                yield Say(cause, f"calculate_{trouble}")
            case None if state.diary.answering == WHICH.name:
                yield Say(cause, "calculate_cannot")
            case None:
                yield Say(cause, WHICH.name, question=WHICH)


def _reaches(state: State, words: Utterance) -> bool:
    """Whether it asks what the clock shows a while after or before a time."""
    asks = act_of(words.intent) == "asks" or not words.understood or "?" in words.text
    return asks and time_reached(words.text, state.diary.manner.language, state.civil) is not None


def _over_turns(state: State, words: Utterance) -> Result | Trouble | None:
    """What comes of a sum of which lines before this one are a part: of a story, or the last result that it goes on
    with ("and times nine?").
    """
    language, turns = state.diary.manner.language, state.diary.talk.turns
    own = [turn for turn in turns if not turn.person][-GOES_ON_WITHIN:]
    last = next((turn.text for turn in reversed(own) if turn.intent in TOLD), "")
    if words.intent in OF_TIME and state.store(REMINDERS):  # "how long is left?"
        return None
    earlier = [turn.text for turn in turns if turn.person][-LINES:-1]
    whole = packs_needed(words.text, earlier, language) or rate_asked(words.text, language)
    if whole is not None:
        return whole
    so_far = re.search(r"-?\d[\d\s.,]*", last)
    found = None if so_far is None else go_on(words.text, so_far[0].strip(" .,"), language)
    if found is not None or not asks_of_story(words.text, language):
        return found
    since = max((n for n, turn in enumerate(turns) if not turn.person and turn.intent in TOLD), default=-1)
    told = [turn.text for turn in turns[since + 1 :] if turn.person]
    return told_sum([words.text], language) or told_sum(told[-LINES:], language)


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
