"""`as_leaving`: that somebody is about to go or to do something else, where they say so in passing ("right, I'm off").

Whoever goes wants a short farewell, and no question about where they go.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import any_of
from robot.core.typed_toml import Table
from robot.sense.language.mentions import mentions

if TYPE_CHECKING:
    from robot.core.messages import Utterance

LIKELY = 0.95
LONGEST = 16  # words
CALM, CALMLY = "none", 0.8  # of the kinds of need: how probable it must be that nobody is in it
# What such a line may be taken for: else it tells, asks or wants something of its own ("so I'm having a baby").
MAY_LEAVE = frozenset({"unknown", "tells_something", "tells_off_to", "good_night"})
GOES, STAYS = "goodbye", "tells_off_to"


class LeavingWords(Table):
    """[leaving] of a language's words, patterns: `leads` in to it; somebody `goes`, or `stays` and does something else;
    `back` tells that they will be back, or leaves somebody in its company.
    """

    leads: str
    goes: str
    stays: str
    back: str


class _Leaving(NamedTuple):
    goes: re.Pattern[str]
    stays: re.Pattern[str]
    does: re.Pattern[str]  # without a word that leads in to it
    back: re.Pattern[str]


@cache
def _leaving() -> _Leaving:
    of = any_of(LeavingWords, "leaving", *LeavingWords.model_fields)
    leads = rf"^\W*(?:(?:{of['leads']})\b\W*)"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Leaving(
        goes=made(rf"{leads}+(?:{of['goes']})"),
        stays=made(rf"{leads}+(?:{of['stays']})"),
        does=made(rf"{leads}*(?:{of['goes']}|{of['stays']})"),
        back=made(rf"\b(?:{of['back']})"),
    )


def as_leaving(words: Utterance) -> Utterance:
    """The words as a goodbye, or as what somebody is off to do, where they are no more than that."""
    if words.intent not in MAY_LEAVE or len(words.text.split()) > LONGEST:
        return words
    if dict(words.need).get(CALM, 1.0) < CALMLY:
        return words
    found = _found(words)
    return replace(words, intent=found, confidence=LIKELY) if found else words


def _found(words: Utterance) -> str:
    of, text = _leaving(), words.text.replace("\u2019", "'")
    if of.back.search(text) and of.does.match(text):
        return GOES
    if "when" in dict(mentions(text, words.language)):
        return ""  # "right, we're going to Leeds on Friday"
    return GOES if of.goes.match(text) else STAYS if of.stays.match(text) else ""
