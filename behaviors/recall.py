"""Recall: tells somebody all that it has noted, and forgets it when they say so, after asking once.

Complete (duty 24): every table of the memory that holds something about whoever asks is told, and nobody else's notes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Behavior, Forget, Look, Mode, Question, Say, Show, said
from robot.decide.forgetting import Forgetting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State
    from robot.memory.records import Everything

QUESTION = Question("forget_ask")
ASKED = frozenset({"what_do_you_know_about_me", "forget_me"})


class Recall(Behavior):
    """Answers “what do you know about me?” and “forget me”."""

    name = "recall"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._forgetting = Forgetting()

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        return OWN_WORDS if state.diary.answers(QUESTION.name) or words.intent in ASKED else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if words.intent == "yes":
            yield from self._forgetting.act(state, words, Forget(cause), "forgotten")
            return
        yield Show(cause, "thinking", strength=0.6)
        everything = state.memory.everything()
        empty = not (everything.people or everything.topics or everything.together or everything.stored)
        match words.intent:
            case "no":
                yield Say(cause, "forget_kept")
            case _ if empty:
                yield Say(cause, "know_nothing")
            case "forget_me":
                yield Say(cause, QUESTION.name, question=QUESTION)
            case _:
                yield from _told(cause, everything, state.whose, named=bool(state.diary.partner))


def _told(cause: Cause, everything: Everything, whose: int | None, *, named: bool) -> Iterable[Intent]:
    """All that it holds of this person, and what it counts of everybody; `named`: whoever asks has told their name."""
    for person in everything.people:
        if person.id == whose:
            yield Say(cause, "know_name", (("name", person.name), ("day", _day(person.consented_at))))
    topics = [topic for topic in everything.topics if topic.person == whose]
    if topics:
        about = ", ".join(dict.fromkeys(topic.about for topic in topics))
        yield Say(cause, "know_topics", (("topics", about),))
    sentences = sum(topic.detail is not None for topic in topics)
    if sentences:
        yield Say(cause, "know_details", (("count", str(sentences)),))
    kept = sum(row.person == whose for row in everything.stored)
    if kept:
        yield Say(cause, "know_stored", (("count", str(kept)),))
    if whose in {person for person, *_ in everything.faces}:
        yield Say(cause, "know_face")
    if whose is None:
        yield Say(cause, "know_nothing" if named else "know_whose")
    if everything.together:
        minutes = sum(minutes for _, minutes in everything.together)
        yield Say(cause, "know_minutes", (("minutes", f"{minutes:.0f}"), ("days", str(len(everything.together)))))
    yield Say(cause, "know_all")


def _day(iso: str) -> str:
    return datetime.fromisoformat(iso).strftime("%d.%m.%Y")
