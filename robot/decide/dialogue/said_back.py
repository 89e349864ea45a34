"""Said back: a person's own words about themselves, turned, as a listener reflects them (Rogers 1951)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from robot.core.intents import Say
from robot.core.percepts import SAID_BACK
from robot.decide.behavior import said
from robot.decide.dialogue.asking import OPEN, is_welcome
from robot.decide.dialogue.manner import MORE
from robot.decide.dialogue.person_words import of_the_person, patterns

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.decide.behavior import State

REFLECTS = "reflect_"  # phrases in which it says back what it heard
ECHOED = 8  # words at most that are said back
FURTHER = re.compile(r"[.!?;\u2026]+\s+\w")  # behind it a line says more than one thing


def said_back(state: State, words: Utterance, sound: str) -> Say | None:
    """The person's own words about themselves, turned; not twice in a row, and only a short clause that is all they
    said and sure to be right so. What is neither hard nor good is a question, and waits for its turn as one. A name
    alone is said back as it is.
    """
    if state.diary.talk.last_phrase.startswith(REFLECTS):
        return None
    slots = dict(words.slots)
    if len(words.text.split()) == 1 and sound == "plain" and "called" in slots:  # "Margaret."
        return Say(said(words), f"{REFLECTS}brief", (("said", slots["called"]),), instead=f"{MORE}plain")
    sentence = slots.get(SAID_BACK, "")
    asks = sound == "plain"
    if asks and not patterns()["retold"].search(sentence):
        return None
    if not _of_one_clause(sentence) or FURTHER.search(words.text) or (asks and not is_welcome(state)):
        return None
    return Say(
        said(words), REFLECTS + sound, (("said", sentence),), question=OPEN if asks else None, instead=f"{MORE}plain"
    )


def _of_one_clause(sentence: str) -> bool:
    """Whether a sentence is short, of the person, and has no second clause that may be of something else."""
    return sentence.lower().startswith(of_the_person()) and len(sentence.split()) <= ECHOED and "," not in sentence
