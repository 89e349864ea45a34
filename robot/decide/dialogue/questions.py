"""What answers an open question: the words that follow it are read as its answer before anything else."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from robot.core.intents import Reply
from robot.core.language_words import WordTable, any_of
from robot.core.meanings import act_of, tone_of
from robot.core.sentences import each_sentence
from robot.core.tone import sound_of

if TYPE_CHECKING:
    from robot.core.intents import Question
    from robot.core.percepts import Utterance


class TheirNameWords(WordTable, section="their_name"):
    """[their_name] of a language's words, a pattern: `oneself` is in what tells one's own name, not somebody else's."""

    oneself: str


@cache
def _of_oneself() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(TheirNameWords, 'oneself')['oneself']})\b", re.IGNORECASE)


OPEN_TALK = "listen"  # the listener's question, which asks for more of what is told
NAME_OF = "name_of"  # the question what somebody else is called
YES_NO = frozenset({"yes", "no"})
# What is never an answer in words: it has a claim of its own at any moment.
APART = frozenset(
    {
        "goodbye",
        "good_night",
        "greeting",
        "thanks",
        "my_name_is",
        "stop",
        "quiet",
        "help",
        "emergency",
        "emergency_maybe",
        "self_harm",
        "self_harm_maybe",
        "need",
    }
)
# Confidence from which a question, a request or a word about the talk itself stands for itself.
PLAIN, FAIRLY_PLAIN = 0.98, 0.6
HARD_FROM = 0.9  # the same, of what is hard: "I've had enough"
CLAIMS_FROM = {Reply.WORDS: PLAIN, Reply.TALK: FAIRLY_PLAIN}
OWN_CLAIM = frozenset({"asks", "wants", "manages"})

# After these the question still waits for its answer.
LEAVES_OPEN = frozenset({"repeat", "louder", "softer", "slower", "faster", "wait", "explain_more"})
TAKEN_FOR = frozenset({"asks", "wants", "tells"})  # acts of which an answer in words may be taken for one

# How a longer yes or no begins, and what makes it none: "yes, you can remember it", but not "yes, but only today".
_PLAINLY = (
    (
        "yes",
        re.compile(
            r"\W*(?:yes|yeah|yep|sure|oui|ouais|d'accord)\b(?!.*\b(?:not|\w+n't|never|but|pas|mais|jamais)\b)",
            re.IGNORECASE,
        ),
    ),
    ("no", re.compile(r"\W*(?:no|nope|nah|non)\b(?!.*\b(?:but|mais)\b)", re.IGNORECASE)),
)
SAID_PLAINLY = 8  # words of such a line
SHORT = 5  # words of what may be an answer that could not be read: "when I am home again"
ONE_MORE = "more"  # a wish to go on, and what somebody may want: "one more, please"
OF_THE_TALK = frozenset({"repeat", ONE_MORE})  # which an answer may be taken for
_CLAUSE_END = re.compile(r"[,;:.!?\u2026]+")
BRIEF = 2  # words: so few mean little by themselves, where something else was asked


def as_their_name(words: Utterance) -> Utterance:
    """Words that answer what somebody else is called, "it's Daniel" or a mere "Daniel", as telling of them."""
    slots = dict(words.slots)
    bare = words.text.strip(" .!")
    alone = bare if not words.understood and bare.istitle() and len(bare.split()) <= BRIEF else ""
    name = slots.get("name", alone)
    if not name or ("relation" not in slots and _of_oneself().search(words.text)):
        return words
    kept = tuple(slot for slot in words.slots if slot[0] not in {"name", "who", "called"})
    return replace(words, intent="unknown", confidence=0.0, slots=(*kept, ("who", name), ("called", name)))


def is_guess(words: Utterance) -> bool:
    """Whether it is a word or two, which somebody who was asked says in answer: "fifteen", "an elephant"."""
    return len(words.text.split()) <= BRIEF


def is_answer_alone(question: Question, words: Utterance) -> bool:
    """Whether words that answer are nothing but that, whatever they were taken for: "tomorrow at nine", "a joke"."""
    act = act_of(words.intent)
    hard = sound_of(tone_of(words.intent)) == "hard"
    sure = act == "tells" and words.confidence >= (HARD_FROM if hard else PLAIN)  # "I am sad" is an answer, and true
    return question.reply is Reply.WORDS and not sure and (act in TAKEN_FOR or words.intent in OF_THE_TALK)


def with_its_yes(words: Utterance) -> Utterance:
    """Words that little is made of, as the yes or no that they begin with, if they do."""
    if words.confidence >= FAIRLY_PLAIN or "called" in dict(words.slots) or len(words.text.split()) > SAID_PLAINLY:
        return words
    plainly = next((intent for intent, begins in _PLAINLY if begins.match(words.text)), "")
    return replace(words, intent=plainly, confidence=FAIRLY_PLAIN) if plainly else words


def tries_to_answer(words: Utterance) -> bool:
    """Whether words may be meant for an answer, though not the one that was asked for: few, and of no other meaning."""
    few = len(words.text.split()) <= SHORT and len(each_sentence(words.text)) == 1
    return few and words.confidence < FAIRLY_PLAIN and "?" not in words.text


def tells(words: Utterance) -> bool:
    """Whether words tell something at some length, whatever was asked: a day that they name is of that."""
    told = act_of(words.intent) == "tells" and words.confidence >= FAIRLY_PLAIN
    return told and len(words.text.split()) > SHORT


def _asks_again(words: Utterance) -> bool:
    """Whether all that is said is that the question was not heard: "pardon?", but not "pardon, with lemon"."""
    clauses = [clause for clause in _CLAUSE_END.split(words.text) if clause.strip()]
    return words.intent == "repeat" and ("?" in words.text or len(clauses) == 1)


def answers(question: Question, words: Utterance) -> bool:
    """Whether words answer a question."""
    if question.reply is Reply.YES_NO:
        return words.intent in YES_NO
    if words.intent in APART or _asks_again(words):
        return False
    if question.reply is Reply.TALK and act_of(words.intent) == "manages":
        return False
    if question.reply is Reply.WORDS and (is_guess(words) or words.intent == ONE_MORE):
        return True
    return not (words.confidence >= CLAIMS_FROM[question.reply] and act_of(words.intent) in OWN_CLAIM)
