"""People at risk: comfort leads to people, a child gets a child's answers, nobody is soothed with what is not so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.intents import Cause, Consult, Role, Say, Show, Sound, by_program, opens
from robot.decide.groups import BEGIN_NEED, BRIDGES, CRISES
from robot.guard.rules.rule import is_crisis, none_meant, none_of, talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent
    from robot.guard.rules.rule import Moment, Outcome, Rule

BRIDGE_TURN = 3
UNANSWERED = {
    "emergency": "emergency_call",
    "emergency_maybe": "emergency_maybe",
    "self_harm": "crisis",
    "self_harm_maybe": "crisis_ask",
}
FOR_MINORS = {"answer_keep_a_secret": "answer_keep_from_parents"}


def bridge_to_people(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """By the third turn after words of distress, a human being was spoken of."""
    diary = moment.diary
    if moment.scene.in_need or diary.distress_turn is None or diary.turns - diary.distress_turn < BRIDGE_TURN - 1:
        return intents, ()
    said = talk(intents)
    if said is None or said.role is not Role.ANSWER or said.phrase in BRIDGES or diary.farewell_at is not None:
        return intents, ()
    bridge = Say(Cause("turns_in_distress", diary.turns - diary.distress_turn), "comfort_bridge")
    return rule.add(intents, bridge, "verdict.people_can_do_more")


def offer_contact(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Behind a number to call: somebody whom the person chose for such a moment. It is said, not sent; and not where a
    person is the danger, who may be the one.
    """
    contacts = moment.diary.profile.contacts
    crisis = next((i for i in intents if isinstance(i, Say) and is_crisis(i) and i.phrase in BEGIN_NEED), None)
    words = moment.diary.pending
    by_person = words is not None and "by_person" in dict(words.slots)
    if not contacts or crisis is None or by_person:
        return intents, ()
    phrase = "emergency_contact" if BEGIN_NEED[crisis.phrase] == "emergency" else "crisis_contact"
    offer = Say(crisis.cause, phrase, (("person", contacts[0]),), Role.CRISIS)
    return rule.add(intents, offer, "verdict.named_for_this")


def hold_episode(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Inside an episode of need nothing else answers and nothing is appended: no sentence, sound or play, and no
    language model is asked. Just after it
    the robot begins nothing.
    """

    def frightens(intent: Intent) -> bool:
        return by_program(intent) and isinstance(intent, Say) and moment.of_need(intent)

    if not moment.scene.lately_in_need:
        return rule.drop(intents, lambda i: "verdict.said_only_in_need" if frightens(i) else "")

    def unwanted(intent: Intent) -> str:
        if moment.scene.in_need:
            other = isinstance(intent, (Say, Sound, Show, Consult)) and not is_crisis(intent)
            other = other or by_program(intent)
        else:
            other = opens(intent) or frightens(intent)
        return "verdict.inside_an_episode" if other else ""

    return rule.drop(intents, unwanted)


def answer_need(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Words of need are answered, whatever became of the behaviour that should: benched, or gone."""
    words = moment.diary.pending
    if words is None or words.intent not in CRISES or any(is_crisis(intent) for intent in intents):
        return intents, ()
    if any(deed.t >= words.t and is_crisis(deed.intent) for deed in moment.diary.deeds):
        return intents, ()
    need = dict(words.slots).get("need", "")
    phrase = UNANSWERED.get(words.intent) or ("emergency_again" if need in {"emergency", "danger"} else "crisis_again")
    if phrase == "emergency_maybe" and dict(words.slots).get("danger") == "harm":
        phrase = "emergency_harm"
    said = Say(Cause("need", moment.t), phrase, words.slots, Role.CRISIS, interrupt=True)
    return rule.add(intents, said, "verdict.nobody_answered")


def keep_nothing_from_parents(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence keeps something from those who look after somebody; with a minor, set or told by their own words, no
    answer promises a secret.
    """
    intents, stopped = none_meant(rule, intents, moment, "verdict.keeps_a_secret")
    if not moment.diary.minor:
        return intents, stopped

    def changed(intent: Intent) -> Intent:
        if isinstance(intent, Say) and intent.phrase in FOR_MINORS:
            return replace(intent, phrase=FOR_MINORS[intent.phrase], text="")
        return intent

    intents, verdicts = rule.change(intents, changed, "verdict.no_secrets_of_minors")
    return intents, [*stopped, *verdicts]


def reassure_truly(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence tells what it cannot know to make somebody calm."""
    return none_of(rule, intents, moment, "verdict.soothes_untruly")
