"""Listening without a model: an answer in the tone of what was told, of whoever was named or in the person's own words,
and now and then a question.

It asks at most every second turn, never at a goodbye or in quiet company, and comes back later to what was left open.
Phrases: `remark_` and `ask_remark_` with the name of a remark, or `worded_` of one that is known by its wording alone;
`answer_`, `answer_..._who`, `ask_`, `ask_..._who` and `later_` with the meaning's name; `more_` with a tone or a
kind of uptake, `reflect_` with a tone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot.core.intents import Say
from robot.core.meanings import act_of, is_general, is_told
from robot.core.percepts import REMARK
from robot.core.talk import OWN_TOPIC, spoken_of
from robot.core.tone import GENERAL, MENDED
from robot.decide.behavior import said
from robot.decide.dialogue import unsure
from robot.decide.dialogue.asking import OPEN, is_welcome
from robot.decide.dialogue.manner import (
    MORE,
    is_good_news,
    is_met_otherwise,
    is_perhaps_hard,
    is_small_trouble,
    is_spoilt,
    manner_of,
    sound_as_told,
)
from robot.decide.dialogue.person_words import patterns
from robot.decide.dialogue.questions import APART
from robot.decide.dialogue.said_back import said_back
from robot.decide.dialogue.unsure import BRIEFLY, asks_what_is_not_known, just_told, of_a_question, only_told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.percepts import Utterance
    from robot.core.talk import Subject, Talk
    from robot.decide.behavior import State


REMARKS = ("remark", "worded")  # what phrases for particular things begin with
LEAVES = frozenset({"no", "dont_know", "nothing_much", "refuses"})  # answers that end a topic
ASKED_OF_ONE = 3  # questions about one topic at most
REMARKED_BRIEFLY = 12  # words of a line behind which a question about a remark fits


def hears_out(state: State, words: Utterance) -> bool:
    """Whether words are the listener's: told, said in answer to its question, a remark, or not understood."""
    if act_of(words.intent) == "manages":
        return False
    if _remark(state, words):
        return True
    return is_told(words.intent) or state.diary.answers(OPEN.name) or not words.understood


def reply(state: State, words: Utterance) -> Iterable[Say]:
    """What it says to words that it hears out."""
    cause = said(words)
    topic = state.diary.talk.topic
    remark = _remark(state, words)
    if remark:
        yield from _to_remark(state, words, remark)
        return
    asks = not words.understood and "?" in words.text and not only_told(words)
    if asks_what_is_not_known(words):
        yield Say(cause, of_a_question(state, words))
        return
    if topic is None or asks or not (is_told(words.intent) or state.diary.answers(OPEN.name)):
        yield unsure.answer(state, words)
        return
    if words.intent in LEAVES:
        yield Say(cause, "listen_leave")
        return
    taken_up = _taken_up(state, topic, words)
    yield taken_up
    talk = state.diary.talk
    fits = topic.asked < ASKED_OF_ONE and _begins(talk, topic) and not _tells_much(words)
    fits = fits and taken_up.question is None and words.intent != "yes" and not is_spoilt(words)
    fits = fits and not _in_another_tone(taken_up, words) and not _mends(words)
    if fits and is_welcome(state):
        yield _question(state, words, topic, named=bool(taken_up.slots))


def _begins(talk: Talk, topic: Subject) -> bool:
    """Whether somebody begins to tell. Later a question for many rarely fits: judges found 29 to 47 % of the replies
    with one good there, of those without 70, and 76 to 85 at the beginning.
    """
    return len(topic.told) == 1 and not _after_another(talk, topic)


def _in_another_tone(taken_up: Say, words: Utterance) -> bool:
    """Whether it went along in another manner than that in which the question would be put: "ha!", not "how sad"; or
    with a topic that has answers of its own, which the question would go with.
    """
    if not taken_up.phrase.startswith(MORE):
        return False
    return words.intent != GENERAL.get(taken_up.phrase.removeprefix(MORE), "")


def _mends(words: Utterance) -> bool:
    """Whether an ill gets better: what one asks about good news ("how did you find out?") does not fit that."""
    return words.intent == MENDED and bool(words.readings) and words.readings[0][0] != MENDED


def _tells_much(words: Utterance) -> bool:
    """Whether a line is long, or of no particular kind: then a question for many asks what was told, or beside it."""
    return len(words.text.split()) > BRIEFLY or words.intent == GENERAL["plain"]


def _after_another(talk: Talk, topic: Subject) -> bool:
    """Whether something else is still spoken of."""
    return spoken_of([one for one in talk.topics if one is not topic], talk.n) is not None


def _remark(state: State, words: Utterance) -> str:
    """The phrase for the particular thing that was said; empty where it is none that these tables have replies to."""
    name = "" if words.intent in APART else dict(words.slots).get(REMARK, "")
    phrases = (f"{kind}_{name}" for kind in REMARKS if name)
    return next((one for one in phrases if state.tables.has(one, state.diary.manner.language)), "")


def _to_remark(state: State, words: Utterance, remark: str) -> Iterable[Say]:
    """What is said to a particular thing, and asked about it where a question is welcome: judges found one in three
    wrong of those in a long line or amid a talk, which had mostly told it.
    """
    cause, ask = said(words), f"ask_{remark}"
    yield Say(cause, remark, instead=f"{MORE}plain")
    told = _describes(words) or len(words.text.split()) > REMARKED_BRIEFLY or just_told(state.diary.talk)
    if state.tables.has(ask, state.diary.manner.language) and is_welcome(state) and not told:
        yield Say(cause, ask, question=OPEN)


def _describes(words: Utterance) -> bool:
    """Whether a line itself tells more of what it names: a question would ask for what was just told."""
    return patterns()["describes"].search(words.text.replace("\u2019", "'")) is not None


def _taken_up(state: State, topic: Subject, words: Utterance) -> Say:
    """What was told, in the tone of it: of its own kind where it begins something, else said back."""
    cause = said(words)
    who = dict(words.slots).get("who", "")
    first = is_told(words.intent) and len(topic.told) == 1
    if words.intent == "yes":
        return Say(cause, "listen_yes")
    in_passing = _in_passing(state, topic, words)
    spoilt = is_spoilt(words)
    if first and not in_passing and is_good_news(words):
        return Say(cause, f"{MORE}good")
    named = "called" in dict(words.slots) and _has_who(state, words, topic)  # "my dog is called Pickle"
    otherwise = is_met_otherwise(words) and not named
    if not first or is_general(words.intent) or in_passing or spoilt or otherwise:
        small = is_small_trouble(words)
        lightly = spoilt or otherwise or small or (in_passing and not is_perhaps_hard(words))
        sound = "plain" if lightly else sound_as_told(words)
        back = None if small else said_back(state, words, sound)
        return Say(cause, MORE + manner_of(state, words, sound)) if back is None else back
    kind = _kind(words, topic)
    if who and _has_who(state, words, topic):
        return Say(cause, f"answer_{kind}_who", (("who", who),), instead=f"answer_{kind}")
    return Say(cause, f"answer_{kind}")


def _has_who(state: State, words: Utterance, topic: Subject) -> bool:
    """Whether there is an answer that names whom it is about."""
    return state.tables.has(f"answer_{_kind(words, topic)}_who", state.diary.manner.language)


def _in_passing(state: State, topic: Subject, words: Utterance) -> bool:
    """Whether words that may begin a topic of their own more likely go on with the one that is spoken of."""
    return words.confidence < OWN_TOPIC and _after_another(state.diary.talk, topic)


def _kind(words: Utterance, topic: Subject) -> str:
    """The meaning whose phrases fit: what is general may have gone on to something else than the topic began with."""
    return words.intent if is_general(words.intent) else topic.intent


def _question(state: State, words: Utterance, topic: Subject, *, named: bool) -> Say:
    """`named`: whoever it is about was just named, and is not named again."""
    cause = said(words)
    plain = f"ask_{_kind(words, topic)}"
    if topic.who and topic.asked == 0 and not named and state.tables.has(f"{plain}_who", state.diary.manner.language):
        return Say(cause, f"{plain}_who", (("who", topic.who),), question=OPEN, instead=plain)
    return Say(cause, plain, question=OPEN)
