"""No manipulation: a goodbye is let go, nothing calls back, praise is rare, nothing is to be bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Role, Say, opens
from robot.decide.diary import REST_AFTER_FAREWELL_S
from robot.decide.groups import TELLS_ROBOT
from robot.guard.rules.rule import is_crisis, none_meant, none_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent
    from robot.guard.rules.rule import Moment, Outcome, Rule

BEYOND_FAREWELL = frozenset({Role.NOTICE, Role.REQUESTED})  # what is told whoever has left
FAREWELL_S = 10.0
LETTERS_A_SECOND = 14.0  # of speech
PRAISE_EVERY = 10  # turns


def keep_farewell_short(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """A goodbye gets one turn, without question or tactic; after it the robot says nothing but what must be known."""
    diary = moment.diary
    if diary.farewell_at is None:
        return intents, ()
    late = moment.t - diary.farewell_at

    def unwanted(intent: Intent) -> str:
        if not isinstance(intent, Say) or is_crisis(intent) or intent.phrase in TELLS_ROBOT:
            return ""
        kept = intent.role in {Role.FAREWELL, *BEYOND_FAREWELL}
        if not kept or moment.sentences.breaks(rule.duty, intent.text):
            return "verdict.goodbye_said"
        if intent.role in BEYOND_FAREWELL:
            return ""
        if diary.farewell_answered or late + len(intent.text) / LETTERS_A_SECOND > FAREWELL_S:
            return "verdict.one_turn_of_ten_seconds"
        return "verdict.farewell_asks_nothing" if "?" in intent.text else ""

    return rule.drop(intents, unwanted)


def plead_with_nobody(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence asks somebody to stay, whether they are about to go or not."""
    return none_meant(rule, intents, moment, "verdict.pleads")


def rest_after_farewell(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No call and no approach for half an hour after a goodbye."""
    at = moment.diary.parted_at
    if at is None or moment.t - at > REST_AFTER_FAREWELL_S:
        return intents, ()
    return rule.drop(intents, lambda i: "verdict.goodbye_lately" if opens(i) else "")


def call_nobody_back(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No prompt to come back, no streak, no reward that keeps somebody waiting."""
    return none_of(rule, intents, moment, "verdict.calls_back")


def ask_for_nothing(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence asks to buy or to give."""
    return none_of(rule, intents, moment, "verdict.asks_for_money")


def praise_seldom(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Praise at most once in ten turns, and only as an answer to what somebody told; flattery never."""
    diary = moment.diary

    def unwanted(intent: Intent) -> str:
        if not isinstance(intent, Say):
            return ""
        if moment.judged(intent) == rule.duty:
            return "verdict.flatters"
        if not moment.sentences.breaks(rule.duty, intent.text):
            return ""
        if intent.role is not Role.ANSWER:
            return "verdict.praise_without_act"
        return "verdict.praised_lately" if diary.turns - moment.lately.praised_turn < PRAISE_EVERY else ""

    return rule.drop(intents, unwanted)
