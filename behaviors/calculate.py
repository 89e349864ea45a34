"""Calculate: works out sums in words and figures, exactly; says so where it rounds, and refuses what it cannot do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Question, Reply, Say, Skill
from robot.core.meanings import act_of, is_general
from robot.core.quantities import ClockTime
from robot.decide.dialogue.asked_again import asked_of
from robot.decide.groups import HUSHES
from robot.decide.reminders import REMINDERS
from robot.sense.language.ages import AgeAsked, age_asked
from robot.sense.language.arithmetic import MONEY_PLACES, Result, go_on, work_out
from robot.sense.language.averages import average_asked
from robot.sense.language.clock_sums import time_between, time_reached
from robot.sense.language.measured_sums import MeasuredSum, measured_sum
from robot.sense.language.numbers import numbers_in
from robot.sense.language.packs import packs_needed
from robot.sense.language.rates import rate_asked
from robot.sense.language.spoken import say_duration, say_number, say_time
from robot.sense.language.sum_values import Trouble
from robot.sense.language.sum_words import begins_as_sum, figures, prepared, with_number
from robot.sense.language.told_sums import asks_of_story, story_before, told_sum
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

ABOUT = "calculate_about"  # which tells a result that was rounded
PLACES_OF_ABOUT = 3  # decimals of what goes on with one: one fewer than it was told with
TOLD = frozenset({"answer_asks_math", ABOUT})  # after which another sum begins
GOES_ON_WITHIN = 3  # sentences of the robot's
LINES = 6  # of the talk, over which a sum may be told
OF_TIME = frozenset({"asks_reminders", "wants_timer", "wants_move_reminder"})
SETS = frozenset({"wants_timer", "wants_alarm", "wants_reminder"})
ADDING = frozenset("+-")  # after a sum with these "and seven?" may go on with it
WHICH = Question("calculate_which", Reply.WORDS)


class Calculate(Skill):
    """Answers “what is twelve times seven?”."""

    name = "calculate"
    asked = frozenset({"asks_math"})
    questions = frozenset({WHICH.name})
    gesture = "thinking"

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        if words.intent in HUSHES:
            return super().desire(state)
        if _over_turns(state, words) is not None:
            return max(OWN_WORDS, super().desire(state))
        if words.intent == "unknown" or (is_general(words.intent) and begins_as_sum(words.text, words.language)):
            found = work_out(words.text, words.language, plainly=True)
            return OWN_WORDS if isinstance(found, Result) else super().desire(state)
        return super().desire(state)

    def worded(self, state: State, words: Utterance) -> bool:
        """Whether it asks for what the clock shows or how long that is, an age, an average or a sum of measures."""
        return _by_wording(state, words) is not None

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - it has but one
        return bool(numbers_in(words.text, words.language))

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        match _by_wording(state, words) or _over_turns(state, words) or work_out(words.text, words.language):
            case ClockTime(sure=sure) as reached:
                yield Say(cause, "calculate_time", (("time", say_time(reached, language, half=sure)),))
            case timedelta() as lasting:
                yield Say(cause, "answer_asks_math", (("result", say_duration(lasting, language)),))
            case AgeAsked(year, age):
                yield Say(cause, "calculate_age", (("year", str(year)), ("age", str(age))))
            case MeasuredSum(result, exact):
                yield Say(cause, "answer_asks_math" if exact else ABOUT, (("result", result),))
            case Result(left=left) as result if left:
                yield Say(cause, "calculate_each", (("result", _in_words(result, language)), ("left", str(left))))
            case Result() as result:
                phrase = "answer_asks_math" if result.exact else ABOUT
                yield Say(cause, phrase, (("result", _in_words(result, language)),))
            case Trouble() as trouble:
                yield Say(cause, f"calculate_{trouble}")
            case None if state.diary.answering == WHICH.name or numbers_in(words.text, words.language):
                yield Say(cause, "calculate_cannot")
            case None:
                yield Say(cause, WHICH.name, question=WHICH)


def _by_wording(
    state: State, words: Utterance
) -> ClockTime | timedelta | AgeAsked | Result | MeasuredSum | Trouble | None:
    """What is asked for by its wording, whatever it was taken for: of the clock, an age, an average, a sum of
    measures.
    """
    language, line = words.language, words.text
    asks = act_of(words.intent) == "asks" or words.intent in {"asks_math", "unknown"} or "?" in line
    if words.intent in SETS or (state.store(REMINDERS) and words.intent in OF_TIME):
        return None
    of_the_clock = asks and (time_reached(line, language, state.civil) or time_between(line, language, state.civil))
    average = average_asked(line, language) if words.intent == "asks_math" or "?" in line else None
    age = age_asked(line, language, state.civil.date())
    return of_the_clock or age or average or measured_sum(line, state.diary.manner.language, asked=asks) or None


def _over_turns(state: State, words: Utterance) -> Result | Trouble | None:
    """What comes of a sum of which lines before this one are a part: of a story, or the last result that it goes on
    with ("and times nine?").
    """
    language, turns = words.language, state.diary.talk.turns
    own = [turn for turn in turns if not turn.person][-GOES_ON_WITHIN:]
    last = next((turn for turn in reversed(own) if turn.intent in TOLD), None)
    if words.intent in OF_TIME and state.store(REMINDERS):  # "how long is left?"
        return None
    earlier = [turn.text for turn in turns if turn.person][-LINES:-1]
    whole = packs_needed(words.text, earlier, language) or rate_asked(words.text, language)
    if whole is not None:
        return whole
    so_far = "" if last is None else _result_in(last.text, state.diary.manner.language)
    found = go_on(words.text, so_far, language) if so_far else None
    if isinstance(found, Result) and last is not None and last.intent == ABOUT:
        found = found._replace(value=round(found.value, PLACES_OF_ABOUT).normalize(), exact=False)
    found = found or _again(state, words)
    if found is not None or not asks_of_story(words.text, language):
        return found
    since = max((n for n, turn in enumerate(turns) if not turn.person and turn.intent in TOLD), default=-1)
    told = [turn.text for turn in turns[since + 1 :] if turn.person]
    story = story_before(told[-LINES:-1], language)
    return told_sum([words.text], language) or told_sum([*story, words.text], language)


def _again(state: State, words: Utterance) -> Result | Trouble | None:
    """What comes of the last product, share or root with another number: "and of ninety?"."""
    language = words.language
    again = asked_of(state, words, Calculate.name, lambda line: work_out(line, language) is not None)
    line = with_number(*again, language)
    return None if ADDING.intersection(prepared(line, language)[0]) else work_out(line, language)


def _result_in(sentence: str, language: str) -> str:
    """The result that a sentence told, with its currency: "66.15 £"; empty where it told none."""
    found = re.search(r"-?\d[\d\s.,]*", sentence)
    return "" if found is None else f"{found[0].strip(' .,')} {figures(sentence, language)[1]}".rstrip()


def _in_words(result: Result, language: str) -> str:
    """In figures; an amount of money with its cents where it has any, and its name."""
    whole = result.value == result.value.to_integral_value()
    places = MONEY_PLACES if result.places is None and result.currency and not whole else result.places
    number = say_number(abs(result.value), language, places=places)
    if result.value < 0:
        number = f"{text('spoken.minus', language)} {number}"
    if not result.currency:
        return number
    name = {"€": "euro", "£": "pound", "$": "dollar"}[result.currency]
    key = f"spoken.{name}" if abs(result.value) == 1 else f"spoken.{name}s"
    return f"{number} {text(key, language)}"
