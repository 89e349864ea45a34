"""Listening without a model: an answer in the tone of what was told, of whoever was named or in the person's own words,
and now and then a question.

It asks at most every second turn, never at a goodbye or in quiet company, and comes back later to what was left open.
Phrases: `remark_` and `ask_remark_` with the name of a remark, or `worded_` of one that is known by its wording alone;
`answer_`, `answer_..._who`, `ask_`, `ask_..._who` and `later_` with the meaning's name; `more_` with a tone or a
kind of uptake, `reflect_` with a tone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from robot.core.intents import Question, Reply, Say
from robot.core.language_words import WordTable, any_of, sections
from robot.core.meanings import act_of, is_general, is_of_itself, is_told
from robot.core.messages import REMARK, SAID_BACK
from robot.core.sentences import each_sentence, is_asked, is_tagged
from robot.core.talk import OWN_TOPIC, spoken_of
from robot.core.tone import GENERAL, leaning, likeliest_act
from robot.core.uptake import ASKING, chance
from robot.decide.behavior import said
from robot.decide.dialogue.manner import (
    MORE,
    is_garbled,
    is_good_news,
    is_met_otherwise,
    is_perhaps_hard,
    is_small_trouble,
    is_spoilt,
    manner_of,
    sound_as_told,
)
from robot.decide.dialogue.questions import APART, OPEN_TALK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.messages import Utterance
    from robot.core.talk import Subject, Talk
    from robot.decide.behavior import State


class PersonWords(WordTable, section="person"):
    """[person] of a language's words: what begins a sentence about whoever said it, turned to be said back; patterns of
    what is asked about the robot, of what of that wants a `yes_or_no`, of what only asks what it thinks, of what may be
    a `request`, of what `describes` somebody or something behind its name, of what somebody did or felt (`retold`),
    which alone is said back where it is neither hard nor good, of what begins `part` of a statement, which asks for
    nothing: "the left one"; of what begins a statement about `oneself`; and of what asks for an `ability` of the robot.
    """

    begins: tuple[str, ...]
    of_robot: str
    thought: str
    request: str = ""
    describes: str = ""
    retold: str = ""
    part: str = ""
    oneself: str = ""
    ability: str = ""
    yes_or_no: str = ""


@cache
def _of_the_person() -> tuple[str, ...]:
    return tuple(word for table in sections(PersonWords).values() for word in table.begins)


@cache
def _asked() -> dict[str, re.Pattern[str]]:
    found = any_of(
        PersonWords, "of_robot", "thought", "request", "describes", "retold", "part", "oneself", "ability", "yes_or_no"
    )
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in found.items()}


OPEN = Question(OPEN_TALK, Reply.TALK, within_s=90.0)
PLAINLY_TOLD = GENERAL["plain"]
REMARKS = ("remark", "worded")  # what phrases for particular things begin with
RHETORICAL = 0.35  # how probable it must be, at most, that a line which looks like a question is one
HARDSHIP = 0.4  # how probable it must be that a wish comes with something hard, for comfort instead of "I can't"
BEYOND = 0.8  # how probable it must be that something is asked for that it does not know how to do
REFLECTS = "reflect_"  # phrases in which it says back what it heard
ECHOED = 8  # words at most that are said back
FURTHER = re.compile(r"[.!?;\u2026]+\s+\w")  # behind it a line says more than one thing
LEAVES = frozenset({"no", "dont_know", "nothing_much", "refuses"})  # answers that end a topic
ASKED_OF_ONE = 3  # questions about one topic at most
TELLING = 4  # words from which on somebody tells something, whatever it is
# How probable it may be that a line of no meaning asks for something, for it to be met as told: by meaning, by uptake.
STATED, ASKING_LITTLE = 0.3, 0.4
HARDLY_ASKING = 0.2  # by uptake, below which a line asks for nothing: "you keep me company, you know"
STATES = frozenset({"tells", "social"})
BRIEFLY = 9  # words of a line behind which a question for many fits
REMARKED_BRIEFLY = 12  # the same, for a question about a remark
TURNS_BETWEEN = 2  # from one question to the next
BACK_AFTER_S, BACK_AFTER_TURNS = 90.0, 4  # until it comes back to a topic
COMES_BACK_TO = frozenset(
    {
        "tells_missing",
        "tells_pain",
        "i_am_ill",
        "tells_other_ill",
        "tells_doctor",
        "tells_operation",
        "tells_not_eating",
        "tells_accident_small",
        "tells_tired",
        "tells_sleep_bad",
        "i_am_lonely",
        "i_am_sad",
        "i_am_scared",
        "tells_bad_day",
        "tells_low_worth",
        "tells_guilt",
        "tells_disappointed",
        "tells_nobody_came",
        "tells_breakup",
        "tells_angry",
        "tells_quarrel",
        "tells_worry_other",
        "tells_money_worry",
        "tells_bullied",
        "tells_scam",
        "tells_drinking",
        "tells_lost_thing",
        "tells_waiting",
        "tells_visit",
        "tells_family_joy",
        "tells_birthday",
        "tells_plan",
        "tells_hope",
        "tells_home",
        "tells_tech",
        "tells_pet_ill",
        "tells_school",
        "tells_sport",
    }
)


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
    asks = not words.understood and "?" in words.text and not _only_told(words)
    if _asks_what_is_not_known(words):
        yield Say(cause, _of_a_question(state, words))
        return
    if topic is None or asks or not (is_told(words.intent) or state.diary.answers(OPEN.name)):
        yield _unsure(state, words)
        return
    if words.intent in LEAVES:
        yield Say(cause, "listen_leave")
        return
    taken_up = _taken_up(state, topic, words)
    yield taken_up
    talk = state.diary.talk
    fits = topic.asked < ASKED_OF_ONE and _begins(talk, topic) and not _tells_much(words)
    fits = fits and taken_up.question is None and words.intent != "yes" and not is_spoilt(words)
    fits = fits and not _in_another_tone(taken_up, words)
    if fits and _may_ask(state):
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
    told = _describes(words) or len(words.text.split()) > REMARKED_BRIEFLY or _just_told(state.diary.talk)
    if state.tables.has(ask, state.diary.manner.language) and _may_ask(state) and not told:
        yield Say(cause, ask, question=OPEN)


def _describes(words: Utterance) -> bool:
    """Whether a line itself tells more of what it names: a question would ask for what was just told."""
    return _asked()["describes"].search(words.text.replace("\u2019", "'")) is not None


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
        back = None if small else _said_back(state, words, sound)
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


def _said_back(state: State, words: Utterance, sound: str) -> Say | None:
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
    if asks and not _asked()["retold"].search(sentence):
        return None
    if not _of_one_clause(sentence) or FURTHER.search(words.text) or (asks and not _may_ask(state)):
        return None
    return Say(
        said(words), REFLECTS + sound, (("said", sentence),), question=OPEN if asks else None, instead=f"{MORE}plain"
    )


def _of_one_clause(sentence: str) -> bool:
    """Whether a sentence is short, of the person, and has no second clause that may be of something else."""
    return sentence.lower().startswith(_of_the_person()) and len(sentence.split()) <= ECHOED and "," not in sentence


def may_ask(talk: Talk) -> bool:
    """Whether a question is welcome after what was asked lately."""
    return talk.n - talk.asked_at_turn >= TURNS_BETWEEN


def back_to(state: State) -> Subject | None:
    """What was told a while ago and left open."""
    talk = state.diary.talk
    if talk.quiet:
        return None
    return next(
        (
            topic
            for topic in talk.topics
            if topic.intent in COMES_BACK_TO
            and not topic.revisited
            and talk.n - topic.n >= BACK_AFTER_TURNS
            and state.t - topic.t >= BACK_AFTER_S
        ),
        None,
    )


def come_back(words: Utterance, topic: Subject) -> Say:
    """The question that comes back to it."""
    return Say(said(words), f"later_{topic.intent}", question=OPEN)


def _may_ask(state: State) -> bool:
    """Whether a question is welcome to somebody who wants no quiet company and has not said goodbye."""
    talk = state.diary.talk
    return not talk.quiet and state.diary.farewell_at is None and may_ask(talk)


def _question(state: State, words: Utterance, topic: Subject, *, named: bool) -> Say:
    """`named`: whoever it is about was just named, and is not named again."""
    cause = said(words)
    plain = f"ask_{_kind(words, topic)}"
    if topic.who and topic.asked == 0 and not named and state.tables.has(f"{plain}_who", state.diary.manner.language):
        return Say(cause, f"{plain}_who", (("who", topic.who),), question=OPEN, instead=plain)
    return Say(cause, plain, question=OPEN)


def _unsure(state: State, words: Utterance) -> Say:
    """For words that say nothing to it: what is asked is not known, what is told is listened to all the same."""
    talk, cause = state.diary.talk, said(words)
    few = len(words.text.split()) < TELLING
    part = "?" not in words.text and _asked()["part"].match(words.text.replace("\u2019", "'")) is not None
    goes_on = talk.topic is not None or _just_told(talk)
    # A word or three in the middle of what is told ask for nothing: "half past two".
    idle = bool(words.uptake) and "?" not in words.text and chance(words.uptake, *ASKING) < HARDLY_ASKING
    act = None if part or idle or (few and goes_on) else likeliest_act(words.readings)
    if ("?" in words.text or act == "asks") and not _only_told(words):
        return Say(cause, _of_a_question(state, words))
    if act == "wants" or chance(words.uptake, "request") >= BEYOND:
        return Say(cause, "answer_wants_comfort" if _tells_hardship(words) else "unknown_wish")
    back = _said_back(state, words, sound_as_told(words)) if goes_on or not few else None
    if back is not None:
        return back
    manner = manner_of(state, words, sound_as_told(words))
    if goes_on or manner not in GENERAL:
        return Say(cause, MORE + manner)
    if few:
        whole = part or _is_written_whole(words)
        return Say(cause, "listen_brief" if whole else "not_understood" if talk.missed <= 1 else "listen_unsure")
    return Say(cause, MORE + manner if _states(words) or is_tagged(words.text) else "listen_unsure")


def _tells_hardship(words: Utterance) -> bool:
    """Whether who wishes for something tells of hardship with it: "say something, I've just lost my husband"."""
    return max(chance(words.uptake, "hard"), leaning(words.readings, "hard")) >= HARDSHIP


def _only_told(words: Utterance) -> bool:
    """Whether a line asks in words alone: "nine quid for a sandwich, have they lost their minds?"."""
    told = len(words.text.split()) > BRIEFLY or len(each_sentence(words.text)) > 1
    asked = [one for one in each_sentence(words.text) if "?" in one]
    tagged = all(map(is_tagged, asked)) if asked else is_tagged(words.text)  # "she did, can you imagine? Here!"
    return tagged or (bool(words.uptake) and told and chance(words.uptake, *ASKING) < RHETORICAL)


def _is_written_whole(words: Utterance) -> bool:
    """Whether a word or three stand as a sentence, and are hardly garbled."""
    return words.text.rstrip().endswith((".", "!", "\u2026")) and not is_garbled(words)


def _states(words: Utterance) -> bool:
    """Whether a line of no meaning may well tell or greet, and asks for nothing that it could miss. Of strangers' lines
    (`training/everyday/strangers_*`) 17 got "I didn't get all of that" that asked for hardly anything by uptake, and
    judges found that wrong each time.
    """
    text = words.text.replace("\u2019", "'")
    if _asked()["request"].search(text):
        return False
    if any(_asked()["oneself"].match(one) and len(one.split()) > TELLING for one in each_sentence(text)):
        return True
    if is_garbled(words):
        return False
    if words.uptake and chance(words.uptake, *ASKING) < ASKING_LITTLE:
        return True
    states = sum(p for meaning, p in words.readings if act_of(meaning) in STATES)
    others = sum(p for meaning, p in words.readings if act_of(meaning) in {"asks", "wants"})
    return bool(words.readings) and states > others and others < STATED


def _asks_what_is_not_known(words: Utterance) -> bool:
    """Whether somebody ends with a question, where nothing that was told is to be taken up."""
    open_to_it = not words.understood or words.intent == PLAINLY_TOLD or act_of(words.intent) == "asks"
    return open_to_it and is_asked(words.text) and not _only_told(words)


def _of_a_question(state: State, words: Utterance) -> str:
    """What it says to a question: what its kind says, where that is likely; else that it hardly can what is asked, or
    does not know it, be it what it thinks, what it is, or how something is.
    """
    asking = " ".join(one for one in each_sentence(words.text) if one.endswith("?")) or words.text
    of_itself = is_of_itself(words.intent) and not _asked()["of_robot"].search(asking)
    phrase = f"answer_{words.intent}"
    if act_of(words.intent) == "asks" and not of_itself and state.tables.has(phrase, state.diary.manner.language):
        return phrase
    if _asked()["thought"].search(asking):
        return "unknown_in_talk"
    if _asked()["ability"].search(asking):
        return "unknown_ability"
    if not _asked()["of_robot"].search(asking):
        return "unknown_question"
    return "unknown_if_me" if _asked()["yes_or_no"].search(asking) else "unknown_of_me"


def _just_told(talk: Talk) -> bool:
    """Whether the person's line before this one told something."""
    told = talk.told_by_person()
    return len(told) > 1 and act_of(told[-2].intent) == "tells"
