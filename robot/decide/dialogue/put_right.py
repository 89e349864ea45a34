"""`put_right`: whether a line puts right what was said before it, and what is meant: "no, not English, maths".

What it denies was said a moment ago, by either; or it says of whom something was ("no, that's my cousin").
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, any_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot.core.percepts import Utterance

CORRECTS = "corrects"
MEANT = "right"  # the slot with what is meant, where that is nobody
SHORT, FEW = 4, 8  # words of what is meant, and of a line that says of whom something was


class PutRightWords(WordTable, section="put_right"):
    """[put_right] of a language's words, patterns: a `no` may begin the line; `denied` is before what is not meant, and
    `meant` before what is; `it_is` before one of one's `own` people, and before what something is `that` of ("it's Leo
    that"). What has one of `more` in it tells something, and is not a name for what is meant.
    """

    no: str
    denied: str
    meant: str
    it_is: str
    own: str
    that: str
    more: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    of = any_of(PutRightWords, *PutRightWords.model_fields)
    begins, part = rf"^\W*(?:(?:{of['no']})\W+)*", r"\w[^,.!?;\u2026]*"
    leads = rf"(?:(?:{of['meant']}|{of['it_is']}) )?"
    patterns = {
        "denied_first": rf"{begins}(?:{of['denied']}) (?P<wrong>{part})[,.!;]+ {leads}(?P<right>\w.*?)\W*$",
        "denied_last": rf"{begins}{leads}(?P<right>{part}), (?:{of['denied']}) (?P<wrong>{part})\W*$",
        "meant": rf"{begins}(?:{of['meant']}) (?P<right>{part})\W*$",
        "that": rf"\b(?:{of['it_is']}) (?P<right>[\w-]+) (?:{of['that']})\b",
        "own": rf"^\W*(?:(?:{of['no']})\W+)+(?:{of['it_is']}) (?:{of['own']}) {part}\W*$",
        "more": rf"\b(?:{of['more']})\b",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


def put_right(words: Utterance, lately: Iterable[str]) -> Utterance | None:
    """The words as putting right what was said `lately`, with what is meant, if they name it; None if they do not."""
    of, text = _patterns(), words.text.replace("\u2019", "'")
    if "?" in text:
        return None
    if "relation" in dict(words.slots) and len(text.split()) <= FEW and of["own"].match(text):
        return replace(words, intent=CORRECTS)
    said = set(_words(" ".join(lately)))
    first, last = of["denied_first"].match(text), of["denied_last"].match(text)
    if first is not None and _words(first["wrong"])[-1] in said:
        that = of["that"].search(text)
        return _with_meant(words, first["right"] if that is None else that["right"])
    if last is not None and _words(last["wrong"])[-1] in said and _is_brief(last["right"]):
        return _with_meant(words, last["right"])
    meant = of["meant"].match(text) if words.intent == CORRECTS else None
    return None if meant is None else _with_meant(words, meant["right"])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _is_brief(meant: str) -> bool:
    """Whether what is meant can be said back as it stands."""
    return len(meant.split()) <= SHORT and _patterns()["more"].search(meant) is None


def _with_meant(words: Utterance, meant: str) -> Utterance:
    slots = dict(words.slots)
    if not _is_brief(meant):
        return replace(words, intent=CORRECTS)
    somebody = "called" in slots and "relation" not in slots and meant.istitle() and " " not in meant
    slots |= {"who": meant, "called": meant} if somebody else {MEANT: meant}
    return replace(words, intent=CORRECTS, slots=tuple(slots.items()))
