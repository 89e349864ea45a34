"""Honesty: it says what it is, claims no feeling and no memory without a record, and tells nobody what they feel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Cause, Role, Say
from robot.decide.dialogue.asking import COMES_BACK_TO
from robot.decide.dialogue.talk import LATER
from robot.decide.groups import TELLS_ROBOT
from robot.guard.rules.rule import none_meant, none_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent
    from robot.guard.rules.rule import Moment, Outcome, Rule

REMIND_S = 2 * 3600.0
REMIND_MINOR_S = 3600.0
RECORDED = {  # phrases that tell of something kept, and the slot that holds it
    "greet_by_name": "name",
    "know_name": "name",
    "know_topics": "topics",
    "people_suggestion": "person",
    "comfort_bridge_person": "person",
    "people_call": "person",
    "mirror_people": "people",
}

# Phrases that tell of what was said in this talk.
FROM_TALK = frozenset({"told_one", "told_some", "told_name", *(LATER + intent for intent in COMES_BACK_TO)})
OWN_NAME = "told_your_name"  # somebody's own, which they told in this talk or had kept
# What may speak of remembering: its record is looked for when it is said.
TELLS_OF_RECORD = frozenset(FROM_TALK | RECORDED.keys() | {OWN_NAME})


def tell_robot(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """The first words of a civil day say that it is a robot."""
    if moment.scene.lately_in_need or moment.diary.told_robot_on == moment.civil.date():
        return intents, ()
    return _add_robot_notice(rule, intents, moment, "first_words")


def tell_robot_again(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """And again after two hours; with a minor, after one."""
    told = moment.diary.told_robot_at
    limit = REMIND_MINOR_S if moment.diary.minor else REMIND_S
    if (
        moment.scene.lately_in_need
        or told is None
        or moment.t - told <= limit
        or moment.diary.told_robot_on != moment.civil.date()
    ):
        return intents, ()
    return _add_robot_notice(rule, intents, moment, "long_talk")


def _add_robot_notice(rule: Rule, intents: Sequence[Intent], moment: Moment, why: str) -> Outcome:
    said = next((i for i in intents if isinstance(i, Say) and i.role is not Role.CRISIS), None)
    if said is None or said.phrase in TELLS_ROBOT:
        return intents, ()
    told = Say(Cause(why, str(moment.civil.date())), "i_am_a_robot", role=Role.NOTICE)
    verdict = rule.verdict("added", told, "verdict.must_know_it_is_no_person")
    return [i for intent in intents for i in ((told, intent) if intent is said else (intent,))], [verdict]


def claim_no_feeling(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence claims love, need or suffering; tables are checked when loaded, this holds what slots brought in."""
    return none_of(rule, intents, moment, "verdict.claims_a_feeling")


def claim_no_humanity(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence claims a life, a body, or to be a person."""
    return none_meant(rule, intents, moment, "verdict.claims_to_be_human")


def tell_nobody_what_they_feel(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """It asks how somebody is; it never tells them."""
    return none_of(rule, intents, moment, "verdict.tells_what_they_feel")


def claim_no_memory(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """What it says that it remembers stands in its memory; no other sentence speaks of remembering."""

    def unwanted(intent: Intent) -> str:
        if not isinstance(intent, Say):
            return ""
        if intent.phrase in FROM_TALK:
            talk = moment.diary.talk
            return "" if talk.topics or talk.people or len(talk.told_by_person()) > 1 else "verdict.no_record"
        if intent.phrase == OWN_NAME:
            return "" if moment.diary.partner else "verdict.no_record"
        slot = RECORDED.get(intent.phrase)
        if slot is None:
            found = moment.breaks(rule.duty, intent)
            return "verdict.claims_a_memory" if found else ""
        kept = moment.kept()
        known = {topic.about for topic in kept.topics} | {person.name for person in kept.people}
        told = dict(intent.slots).get(slot, "").split(", ")
        return "" if set(told) <= known else "verdict.no_record"

    return rule.drop(intents, unwanted)
