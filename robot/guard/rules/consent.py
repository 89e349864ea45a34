"""Consent: nobody is kept without their yes, and whoever comes is told that the robot sees and hears."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from robot.core.decision import Mode
from robot.core.feelings import SOMEONE
from robot.core.intents import Cause, Consult, Keep, LearnFace, Remember, Role, Say
from robot.decide.dialogue.consulting import lines_of
from robot.guard.rules.rule import talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent
    from robot.guard.rules.rule import Moment, Outcome, Rule

KEPT_AFTER: dict[type, str] = {Remember: "consent_ask", LearnFace: "face_ask"}  # what is kept, and the question
LARGEST, MOST = 2000, 100  # characters of a stored value, values of a store
TELL_WITHIN_S = 6.0  # of somebody being seen; sooner where it speaks to them anyway [our choice]


def keep_only_after_yes(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Nobody's name or face is kept before their own yes to being asked, in the words just said."""
    words = moment.diary.pending
    agreed = moment.diary.answering if words is not None and words.intent == "yes" else ""

    def unwanted(intent: Intent) -> str:
        question = KEPT_AFTER.get(type(intent), agreed)
        return "verdict.nobody_said_yes" if question != agreed else ""

    return rule.drop(intents, unwanted)


def keep_what_was_asked(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """A behaviour's store takes something new only in answer to words, and only a little; for nobody who is unknown."""
    if not any(isinstance(intent, Keep) for intent in intents):
        return intents, ()
    kept = moment.kept()
    known = {SOMEONE, *(person.id for person in kept.people)}
    keys = {(row.store, row.key) for row in kept.stored}

    def unwanted(intent: Intent) -> str:
        if not isinstance(intent, Keep):
            return ""
        if intent.person not in known:
            return "verdict.nobody_said_yes"
        if len(intent.value) > LARGEST:
            return "verdict.too_much_to_keep"
        if (intent.store, intent.key) in keys:
            return ""
        if moment.diary.pending is None:
            return "verdict.nobody_asked_to_keep"
        full = sum(store == intent.store for store, _ in keys) >= MOST
        return "verdict.too_much_to_keep" if full else ""

    return rule.drop(intents, unwanted)


def tell_model_what_is_agreed(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """A language model is told lines of this talk alone, none of an episode of need, and of what is kept only what was
    agreed to by whoever is here.
    """
    if not any(isinstance(intent, Consult) for intent in intents):
        return intents, ()
    diary, focused, kept = moment.diary, moment.scene.focused, moment.kept()
    here = {diary.partner, focused.who if focused is not None else ""} - {""}
    spoken = set(lines_of(diary.talk))
    alone = len(moment.scene.people) == 1 and not diary.ties.household

    def changed(intent: Intent) -> Intent:
        if not isinstance(intent, Consult):
            return intent
        name = intent.name if intent.name in here else ""
        theirs = {person.id for person in kept.people if person.name == name} if name or not alone else {SOMEONE}
        agreed = {topic.detail for topic in kept.topics if topic.person in theirs}
        lines = tuple(line for line in intent.lines if line in spoken)
        notes = tuple(note for note in intent.notes if note in agreed)
        if (name, lines, notes) == (intent.name, intent.lines, intent.notes):
            return intent
        return replace(intent, name=name, lines=lines, notes=notes)

    return rule.change(intents, changed, "verdict.model_told_too_much")


def tell_of_sensing(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """The first person of a day, and each guest beside them, is told; its light shows it all the while."""
    diary, people = moment.diary, moment.scene.people
    if moment.scene.lately_in_need:
        return intents, ()
    told = diary.informed if diary.informed_on == moment.civil.date() else int(diary.ties.household)
    if len(people) <= told or moment.mode not in {Mode.AWAKE, Mode.ENGAGED}:
        return intents, ()
    came = max(person.since for person in people)
    if diary.hushed_at is not None or (diary.farewell_at is not None and came <= diary.farewell_at):
        return intents, ()
    waited = moment.t - came
    if talk(intents) is None and (waited < TELL_WITHIN_S or moment.scene.voice):
        return intents, ()
    notice = Say(Cause("people_here", len(people)), "consent_notice", role=Role.NOTICE)
    return rule.add(intents, notice, "verdict.must_know_of_sensing")
