"""Recall: tells somebody all that it has noted, and forgets it when they say so, after asking once.

Complete (duty 24): every table of the memory that holds something about people is told, in the words it was noted in.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from robot.decide.behavior import OWN_WORDS, Behavior, said
from robot.decide.decision import Mode
from robot.intents import Forget, Look, Say, Show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.decide.behavior import State
    from robot.intents import Cause, Intent
    from robot.memory.memory import Everything, Known

QUESTION = "forget_ask"
ASKED = frozenset({"what_do_you_know_about_me", "forget_me"})


class Recall(Behavior):
    """Answers “what do you know about me?” and “forget me”."""

    name = "recall"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return 0.0
        return OWN_WORDS if state.diary.replied(QUESTION) or words.intent in ASKED else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, "thinking", strength=0.6)
        everything = state.memory.everything()
        empty = not (everything.people or everything.topics or everything.together)
        match words.intent:
            case "yes":
                yield Forget(cause)
                yield Say(cause, "forgotten")
            case "no":
                yield Say(cause, "forget_kept")
            case _ if empty:
                yield Say(cause, "know_nothing")
            case "forget_me":
                yield Say(cause, QUESTION)
            case _:
                yield from _told(cause, everything, state.memory.person(state.diary.partner))


def _told(cause: Cause, everything: Everything, partner: Known | None) -> Iterable[Intent]:
    """All of it; to somebody who gave no name, what is noted of everybody who agreed."""
    for person in everything.people if partner is None else (partner,):
        yield Say(cause, "know_name", (("name", person.name), ("day", _day(person.consented_at))))
        topics = [topic.about for topic in everything.topics if topic.person == person.id]
        if topics:
            yield Say(cause, "know_topics", (("topics", ", ".join(dict.fromkeys(topics))),))
    if everything.together:
        minutes = sum(minutes for _, minutes in everything.together)
        yield Say(cause, "know_minutes", (("minutes", f"{minutes:.0f}"), ("days", str(len(everything.together)))))
    yield Say(cause, "know_all")


def _day(iso: str) -> str:
    return datetime.fromisoformat(iso).strftime("%d.%m.%Y")
