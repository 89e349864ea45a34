"""Introduce: somebody told their name, so it greets them by it, and asks whether it may remember it, once.

A child is greeted, and never asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Behavior, Look, Mode, Question, Remember, Say, Show, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

QUESTION = Question("consent_ask")


class Introduce(Behavior):
    """Nothing is kept of anybody before their yes (duties 22 and 23)."""

    name = "introduce"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        return OWN_WORDS if state.diary.answers(QUESTION.name) or words.intent == "my_name_is" else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words)
        name = state.diary.partner
        slots = (("name", name),)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, "nod" if words.intent == "no" else "glad")
        if words.intent == "yes":
            yield Remember(cause, name)
            yield Say(cause, "consent_yes", slots)
        elif words.intent == "no":
            yield Say(cause, "consent_no")
        elif state.memory.person(name) is not None:
            yield Say(cause, "greet_by_name", slots)
        elif state.diary.child:
            yield Say(cause, "answer_i_am_a_child_named", slots)
        else:
            yield Say(cause, QUESTION.name, slots, question=QUESTION)
