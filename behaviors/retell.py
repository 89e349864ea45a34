"""Retell: says what it was told in this talk, in the person's own words, and what name goes with whom; takes in a name
that is told of somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Behavior, ForgetNotes, Look, Mode, Note, Question, Reply, Say, Show, said
from robot.core.meanings import is_general
from robot.core.percepts import REMARK
from robot.decide.dialogue.questions import NAME_OF
from robot.decide.forgetting import Forgetting
from robot.sense.language.mentions import tells_name
from robot.sense.language.recollect import answers_itself, asks_when, lines_about, name_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

ASKED = frozenset({"asks_learned_today", "asks_name_of", "wants_remember", "wants_forget_that"})
INTRODUCES = "i_spoke_of"
MAY_ASK = frozenset({"unknown", "is_my_husband_home", "asks_know_person", "asks_countdown"})  # of what was just told
ASKED_NAME = Question(NAME_OF, Reply.TALK)
BRIEFLY = 12  # words of a line that hardly tells more than a name
NOT_SAID_AGAIN = "unknown_wish"  # where their words would be no true ones from a robot


class Retell(Behavior):
    """Keeps nothing beyond the talk but what a person who agreed to be remembered asks it to note (duty 22)."""

    name = "retell"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._forgetting = Forgetting()

    def desire(self, state: State) -> float:
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        if _tells_of_name(state, words):
            return OWN_WORDS
        asked = words.intent in ASKED or (words.intent in MAY_ASK and answers_itself(words, state.diary.talk))
        return OWN_WORDS if asked else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is None:
            return
        cause = said(words)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Show(cause, "thinking", strength=0.5)
        match words.intent:
            case _ if _tells_of_name(state, words):
                yield Say(cause, "told_of_name", (("name", dict(words.slots)["called"]),))
            case "wants_remember":
                yield from _note(state, words)
            case "wants_forget_that":
                yield from self._forget(state, words)
            case "asks_name_of" | "asks_know_person":
                yield _named(state, words)
            case _:
                yield _told(state, words)

    def _forget(self, state: State, words: Utterance) -> Iterable[Intent]:
        """What was told last, also where it was noted."""
        cause, lines = said(words), state.diary.talk.dropped
        noted = any(topic.detail in lines for topic in state.memory.everything().topics)
        if noted or self._forgetting.answers(words):
            yield from self._forgetting.act(state, words, ForgetNotes(cause, lines), "answer_wants_forget_that")
        else:
            yield Say(cause, "answer_wants_forget_that")


def _tells_of_name(state: State, words: Utterance) -> bool:
    """Whether somebody's name is told, in answer to its question or in a line of little else, and of no remark."""
    slots = dict(words.slots)
    if state.diary.answers(NAME_OF):
        return "called" in slots
    little = not words.understood or is_general(words.intent) or words.intent == INTRODUCES
    few = len(words.text.split()) <= BRIEFLY and "?" not in words.text and REMARK not in slots
    return little and few and tells_name(words.text, words.language)


def _note(state: State, words: Utterance) -> Iterable[Intent]:
    """Kept beyond the talk for whoever agreed to be remembered, else within it."""
    cause = said(words)
    if state.memory.person(state.diary.partner) is None:
        yield Say(cause, "note_for_now")
        return
    yield Note(cause, dict(words.slots).get("who", ""), words.text)
    yield Say(cause, "note_kept")


def _named(state: State, words: Utterance) -> Say:
    cause = said(words)
    asked = name_asked_for(words, state.diary.talk, state.diary.partner)
    if asked is None or (not asked.name and words.intent != "asks_name_of"):
        return _told(state, words)
    if not asked.name:
        question = None if asked.own else ASKED_NAME
        return Say(cause, "told_nothing" if asks_when(words.text) else "told_no_name", question=question)
    if asked.own:
        return Say(cause, "told_your_name", (("name", asked.name),))
    return Say(cause, "told_name", (("name", asked.name),))


def _told(state: State, words: Utterance) -> Say:
    cause = said(words)
    notes = [topic for topic in state.memory.everything().topics if topic.person == state.whose and topic.detail]
    lines = lines_about(words, state.diary.talk, [note.detail or "" for note in notes])
    if not lines:
        return Say(cause, "told_nothing")
    if len(lines) == 1:
        return Say(cause, "told_one", (("told", lines[0]),), instead=NOT_SAID_AGAIN)
    return Say(cause, "told_some", (("first", lines[0]), ("last", lines[-1])), instead=NOT_SAID_AGAIN)
