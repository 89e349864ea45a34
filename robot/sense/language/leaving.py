"""`as_leaving`: that somebody is about to go or to do something else, where they say so in passing ("right, I'm off").

Whoever goes wants a short farewell, and no question about where they go.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, any_of
from robot.core.meanings import act_of
from robot.core.sentences import each_sentence
from robot.sense.language.mentions import mentions

if TYPE_CHECKING:
    from robot.core.percepts import Utterance

LIKELY = 0.95
LONGEST = 24  # words
CALMLY = 0.5  # how probable it must be that nobody is in need
SURELY = 0.8  # of the network, for a good night
# What such a line may be taken for: else it tells, asks or wants something of its own ("so I'm having a baby").
MAY_LEAVE = frozenset({"unknown", "tells_something", "tells_hard", "tells_good", "tells_off_to", "good_night"})
HARD, BRIEF = {"tells_hard"}, 10  # "I'll call her, and she never answers" is no leaving; words
MAY_PART = frozenset({"tells", "social", "answers"})  # acts of what may stand before a goodbye in so many words
GOES, STAYS, SLEEPS, CALLS = "goodbye", "tells_off_to", "good_night", "wants_call"


class LeavingWords(WordTable, section="leaving"):
    """[leaving] of a language's words, patterns: `leads` in to it; somebody `goes`, or `stays` and does something else;
    `back` tells that they will be back, or leaves somebody in its company, and `returns` nothing but the first; `bye`
    and `night` part at the end of a line, whatever it tells before; `calls` tells that they will phone somebody
    themselves; `soon` is a time, in plain letters, until which nobody goes far.
    """

    leads: str
    goes: str
    stays: str
    back: str
    returns: str = ""
    bye: str
    night: str
    calls: str
    soon: str = ""


class _Leaving(NamedTuple):
    bye: re.Pattern[str]
    night: re.Pattern[str]
    calls: re.Pattern[str]
    goes: re.Pattern[str]
    stays: re.Pattern[str]
    does: re.Pattern[str]  # without a word that leads in to it
    back: re.Pattern[str]
    returns: re.Pattern[str]
    soon: re.Pattern[str]


@cache
def _leaving() -> _Leaving:
    of = any_of(LeavingWords, *LeavingWords.model_fields)
    leads = rf"^\W*(?:(?:{of['leads']})\b\W*)"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    def parting(pattern: str) -> re.Pattern[str]:
        """At the end of a line, perhaps with whoever is spoken to: "bye, my duck"; or at the beginning of a sentence,
        cut off from what comes after: "good night, and thank you".
        """
        said = rf"\W{{0,8}}(?:(?:{of['leads']})\b\W*)*(?:{pattern})"
        whom = r"(?:,(?: [\w'-]+){1,4}|(?: [\w'-]+){1,2})?"
        last = rf"(?:^|[.,;:!?\u2026]){said}{whom}[^\w?]*$"
        return made(rf"{last}|(?:^|[.!?\u2026]){said}(?: bowlby| l\u00e0)?(?:[.!,;\u2026]|$)")

    return _Leaving(
        bye=parting(of["bye"]),
        night=parting(of["night"]),
        calls=made(rf"{leads}*(?:{of['calls']})"),
        goes=made(rf"{leads}+(?:{of['goes']})"),
        stays=made(rf"{leads}+(?:{of['stays']})"),
        does=made(rf"{leads}*(?:{of['goes']}|{of['stays']})"),
        back=made(rf"\b(?:{of['back']})"),
        returns=made(rf"{leads}*(?:{of['returns']})\W*$"),
        soon=made(of["soon"]),
    )


def as_leaving(words: Utterance) -> Utterance:
    """The words as a goodbye, or as what somebody is off to do, where they are that or end with it."""
    if len(words.text.split()) > LONGEST or words.calm < CALMLY:
        return words
    found = _parting(words) or (_found(words) if words.intent in MAY_LEAVE else "")
    if found == GOES and dict(words.readings).get(SLEEPS, 0.0) >= SURELY:
        found = SLEEPS  # "I'm going up to bed, see you in the morning"
    return replace(words, intent=found, confidence=LIKELY) if found else words


def will_be_back(text: str) -> bool:
    """Whether somebody tells that they will soon be there again, and no more ("won't be long")."""
    return _leaving().returns.search(text.replace("\u2019", "'")) is not None


def _parting(words: Utterance) -> str:
    """A goodbye that stands by itself, whatever is said beside it; or that they will phone somebody."""
    of, text = _leaving(), words.text.replace("\u2019", "'")
    if words.intent in (MAY_LEAVE | {CALLS}) - HARD and len(text.split()) <= BRIEF and of.calls.match(text):
        return STAYS
    if words.understood and act_of(words.intent) not in MAY_PART:
        return ""
    return SLEEPS if of.night.search(text) else GOES if of.bye.search(text) else ""


def _found(words: Utterance) -> str:
    of, text = _leaving(), words.text.replace("\u2019", "'")
    when = dict(mentions(text, words.language)).get("when", "")
    if of.back.search(text) and of.does.match(text) and (not when or of.soon.fullmatch(when)):
        return GOES
    if when:
        return ""  # "right, we're going to Leeds on Friday"; "I'm off to Leeds on Friday, back on Monday"
    sentences = each_sentence(text)
    if any(map(of.goes.match, sentences)):
        return GOES
    return STAYS if any(map(of.stays.match, sentences)) else ""
