"""Unsure: what a listener says to words that have no meaning to it. What is asked is not known, what is wished is
beyond it, and what is told is listened to all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Say
from robot.core.meanings import act_of, is_of_itself
from robot.core.sentences import each_sentence, is_asked, is_tagged
from robot.core.tone import GENERAL, leaning, likeliest_act
from robot.core.uptake import ASKING, chance
from robot.decide.behavior import said
from robot.decide.dialogue.manner import MORE, is_garbled, manner_of, sound_as_told
from robot.decide.dialogue.person_words import patterns
from robot.decide.dialogue.said_back import said_back

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.core.talk import Talk
    from robot.decide.behavior import State

PLAINLY_TOLD = GENERAL["plain"]
RHETORICAL = 0.35  # how probable it must be, at most, that a line which looks like a question is one
HARDSHIP = 0.4  # how probable it must be that a wish comes with something hard, for comfort instead of "I can't"
BEYOND = 0.8  # how probable it must be that something is asked for that it does not know how to do
TELLING = 4  # words from which on somebody tells something, whatever it is
# How probable it may be that a line of no meaning asks for something, for it to be met as told: by meaning, by uptake.
STATED, ASKING_LITTLE = 0.3, 0.4
HARDLY_ASKING = 0.2  # by uptake, below which a line asks for nothing: "you keep me company, you know"
STATES = frozenset({"tells", "social"})
BRIEFLY = 9  # words of a short line: one that asks is no mere talk, and a question for many fits behind it


def answer(state: State, words: Utterance) -> Say:
    """For words that say nothing to it: what is asked is not known, what is told is listened to all the same."""
    talk, cause = state.diary.talk, said(words)
    few = len(words.text.split()) < TELLING
    part = "?" not in words.text and patterns()["part"].match(words.text.replace("\u2019", "'")) is not None
    goes_on = talk.topic is not None or just_told(talk)
    # A word or three in the middle of what is told ask for nothing: "half past two".
    idle = bool(words.uptake) and "?" not in words.text and chance(words.uptake, *ASKING) < HARDLY_ASKING
    act = None if part or idle or (few and goes_on) else likeliest_act(words.readings)
    if ("?" in words.text or act == "asks") and not only_told(words):
        return Say(cause, of_a_question(state, words))
    if act == "wants" or chance(words.uptake, "request") >= BEYOND:
        return Say(cause, "answer_wants_comfort" if _tells_hardship(words) else "unknown_wish")
    back = said_back(state, words, sound_as_told(words)) if goes_on or not few else None
    if back is not None:
        return back
    manner = manner_of(state, words, sound_as_told(words))
    if goes_on or manner not in GENERAL:
        return Say(cause, MORE + manner)
    if few:
        whole = part or _is_written_whole(words)
        return Say(cause, "listen_brief" if whole else "not_understood" if talk.missed <= 1 else "listen_unsure")
    return Say(cause, MORE + manner if _states(words) or is_tagged(words.text) else "listen_unsure")


def asks_what_is_not_known(words: Utterance) -> bool:
    """Whether somebody ends with a question, where nothing that was told is to be taken up."""
    open_to_it = not words.understood or words.intent == PLAINLY_TOLD or act_of(words.intent) == "asks"
    return open_to_it and is_asked(words.text) and not only_told(words)


def of_a_question(state: State, words: Utterance) -> str:
    """What it says to a question: what its kind says, where that is likely; else that it hardly can what is asked, or
    does not know it, be it what it thinks, what it is, or how something is.
    """
    asking = " ".join(one for one in each_sentence(words.text) if one.endswith("?")) or words.text
    of_itself = is_of_itself(words.intent) and not patterns()["of_robot"].search(asking)
    phrase = f"answer_{words.intent}"
    if act_of(words.intent) == "asks" and not of_itself and state.tables.has(phrase, state.diary.manner.language):
        return phrase
    if patterns()["thought"].search(asking):
        return "unknown_in_talk"
    if patterns()["ability"].search(asking):
        return "unknown_ability"
    if not patterns()["of_robot"].search(asking):
        return "unknown_question"
    return "unknown_if_me" if patterns()["yes_or_no"].search(asking) else "unknown_of_me"


def only_told(words: Utterance) -> bool:
    """Whether a line asks in words alone: "nine quid for a sandwich, have they lost their minds?"."""
    told = len(words.text.split()) > BRIEFLY or len(each_sentence(words.text)) > 1
    asked = [one for one in each_sentence(words.text) if "?" in one]
    tagged = all(map(is_tagged, asked)) if asked else is_tagged(words.text)  # "she did, can you imagine? Here!"
    return tagged or (bool(words.uptake) and told and chance(words.uptake, *ASKING) < RHETORICAL)


def just_told(talk: Talk) -> bool:
    """Whether the person's line before this one told something."""
    told = talk.told_by_person()
    return len(told) > 1 and act_of(told[-2].intent) == "tells"


def _tells_hardship(words: Utterance) -> bool:
    """Whether who wishes for something tells of hardship with it: "say something, I've just lost my husband"."""
    return max(chance(words.uptake, "hard"), leaning(words.readings, "hard")) >= HARDSHIP


def _is_written_whole(words: Utterance) -> bool:
    """Whether a word or three stand as a sentence, and are hardly garbled."""
    return words.text.rstrip().endswith((".", "!", "\u2026")) and not is_garbled(words)


def _states(words: Utterance) -> bool:
    """Whether a line of no meaning may well tell or greet, and asks for nothing that it could miss. Of strangers' lines
    (`training/everyday/strangers_*`) 17 got "I didn't get all of that" that asked for hardly anything by uptake, and
    judges found that wrong each time.
    """
    text = words.text.replace("\u2019", "'")
    if patterns()["request"].search(text):
        return False
    if any(patterns()["oneself"].match(one) and len(one.split()) > TELLING for one in each_sentence(text)):
        return True
    if is_garbled(words):
        return False
    if words.uptake and chance(words.uptake, *ASKING) < ASKING_LITTLE:
        return True
    states = sum(p for meaning, p in words.readings if act_of(meaning) in STATES)
    others = sum(p for meaning, p in words.readings if act_of(meaning) in {"asks", "wants"})
    return bool(words.readings) and states > others and others < STATED
