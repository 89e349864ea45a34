"""`as_asked`: what some words ask for by their wording alone, whatever else they may be taken for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.meanings import act_of, meanings
from robot.core.sentences import question_in
from robot.sense.language.addressee import as_addressed, speaks_to_robot
from robot.sense.language.arithmetic import work_out
from robot.sense.language.asked_words import patterns
from robot.sense.language.leaving import as_leaving
from robot.sense.language.mentions import mentions
from robot.sense.language.moves import as_move
from robot.sense.language.numbers import numbers_in
from robot.sense.language.own_name import NAMES_ONESELF, OF_A_CHILD, SELF, in_its_case, known_by, own_name
from robot.sense.language.worded import FAIRLY, LIKELY, worded

if TYPE_CHECKING:
    from robot.core.percepts import Utterance

WAIT = "wait"
SHORT = 10  # words of a line that asks at its end
# What is in every line of a meaning: else it is "the boy is nine", "the right side", "how would I check that?".
NEEDS = {
    "good_night": "night",
    "i_am_a_child": "oneself",
    "look_left": "look",
    "look_right": "look",
    "wants_check_in": "me",
    "why_did_you_do_that": "deed",
}
FEELINGS = frozenset(
    {"i_am_lonely", "i_am_sad", "i_am_scared", "i_am_ill", "tells_bored", "tells_tired", "tells_angry"}
)
OF_THE_TALK = frozenset({"asks_learned_today", "asks_name_of", "asks_reminders", "wants_remember", "do_you_understand"})
DATED = frozenset({"what_day_is_it", "unknown"})
GREETING = "greeting"


def as_asked(words: Utterance) -> Utterance:
    """What words ask for by their wording, whatever the network took them for; a meaning of one's own goes first."""
    if words.understood and words.intent not in meanings():
        return words
    plain = replace(words, text=words.text.replace("\u2019", "'"))
    asked = as_addressed(as_leaving(worded(as_move(_as_asked(plain)))))
    slots = tuple((slot, in_its_case(value) if slot == "name" else value) for slot, value in asked.slots)
    return replace(asked, text=words.text, slots=slots)


def _as_asked(words: Utterance) -> Utterance:
    if _is_none(words) or _is_not_of_robot(words):
        words = replace(words, intent="unknown", confidence=0.0)
        asked = _asked(words)  # "it's Wednesday, isn't it?" is no name
        return replace(words, intent=asked, confidence=LIKELY) if asked else words
    if _is_only_told(words):
        return replace(words, intent="tells_something")
    name = own_name(words)
    if name:
        return _with_name(words, OF_A_CHILD if words.intent == OF_A_CHILD else NAMES_ONESELF, name)
    name = known_by(words)
    if name:
        return _with_name(words, GREETING, name)
    asked = _asked(words)
    if asked:
        return replace(words, intent=asked, confidence=max(words.confidence, LIKELY))
    asked = _asked_back(words)
    return replace(words, intent=asked) if asked else words


def _is_only_told(words: Utterance) -> bool:
    """Whether words tell what they were taken to wish or to feel: "four pound twenty", "not tired at all"."""
    if words.intent == "asks_math":
        return not patterns().sum.search(words.text) and work_out(words.text, words.language, plainly=True) is None
    return words.intent in FEELINGS and patterns().no_feeling.search(words.text) is not None


def _with_name(words: Utterance, intent: str, name: str) -> Utterance:
    slots = (*words.slots, ("name", name))
    return replace(words, intent=intent, slots=slots, confidence=max(words.confidence, LIKELY))


def _asked_back(words: Utterance) -> str:
    """What is asked for of what was told in this talk; empty where nothing is."""
    asking = question_in(words.text)
    told = act_of(words.intent) == "tells" and not (asking != words.text and asking.endswith("?"))
    if words.intent not in OF_THE_TALK and not told and patterns().asks_back.search(asking):
        return "asks_learned_today"
    return "asks_name_of" if not words.understood and patterns().name.search(words.text) else ""


def _is_none(words: Utterance) -> bool:
    """Whether words cannot be what they were taken for, since what that needs is not in them."""
    needed = NEEDS.get(words.intent)
    if needed is not None:
        return getattr(patterns(), needed).search(words.text) is None
    match words.intent:
        case "asks_countdown":  # "how many minutes is ages?"
            return words.confidence < FAIRLY and patterns().counted.search(words.text) is None
        case "greeting":  # "when I am home", where it asks when
            return patterns().clause.match(words.text) is not None
        case "my_name_is":  # "no, it's Pickle"; "you got that wrong, it's Wednesday"
            slots = dict(words.slots)
            day = slots.get("name", "").lower() == slots.get("when", "-").lower()
            return day or patterns().not_that.match(words.text) is not None
        case "goodbye":  # "I'm going back on Thursday anyway"
            return (
                dict(words.slots).get("when", "") not in {"", *patterns().today}
                and patterns().bye.search(words.text) is None
            )
    return False


def _is_not_of_robot(words: Utterance) -> bool:
    """Whether what was taken for a question about the robot asks of others, or tells of oneself."""
    if words.intent == "why_did_you_do_that":  # "why did the swifts go so early?"
        return patterns().why_others.search(words.text) is not None
    if words.intent == "are_you_alive":  # "I feel as if I've been in there a week"
        told = patterns().oneself.search(words.text) is not None
        return told and not speaks_to_robot(words.text, words.language)
    return False


def _asked(words: Utterance) -> str:
    """What is asked for whatever else is told; empty where nothing is."""
    for intent, pattern in patterns().plainly.items():
        if pattern.search(words.text):
            return intent
    asking = question_in(words.text)
    when = dict(mentions(asking, words.language)).get("when", "")
    dated = patterns().ordinal.search(words.text) and numbers_in(words.text, words.language)  # "what day's the ninth?"
    later = (when and when not in patterns().today) or patterns().after_a_while.search(asking) or dated
    of_the_date = words.intent == "what_day_is_it" and words.confidence >= SELF
    if later and (of_the_date or (words.intent in DATED and patterns().date.search(asking))):
        return "asks_countdown"  # "what's the date on Sunday?"
    waits = words.intent == WAIT  # "wait, I missed that, say it again"
    if (act_of(words.intent) in {"wants", "manages"} and not waits) or len(words.text.split()) > SHORT:
        return ""
    return next((intent for intent, pattern in patterns().at_last if pattern.search(words.text)), "")


def told_before_asking(text: str) -> str | None:
    """What a line tells before it asks to be reminded of that; None where it does not ask so."""
    found = patterns().reminds_of_it.search(text.replace("\u2019", "'"))
    return None if found is None else text[: found.start()]
