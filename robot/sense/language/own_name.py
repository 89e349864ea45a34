"""`own_name`: the name that somebody gives for their own: "I'm Denise", "Steve here", "but you may call me Pauline".

`in_its_case`: a name as names are written.

`known_by`: that of whoever greets like somebody who is known: "Morning, it's Blessing".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from robot.core.language_words import WordTable, any_of
from robot.core.meanings import act_of
from robot.sense.language.greeted import without_greeting
from robot.sense.language.mentions import is_no_name, mentions

if TYPE_CHECKING:
    from robot.core.percepts import Utterance


class OwnNameWords(WordTable, section="own_name"):
    """[own_name], patterns: `i_am`: by which somebody introduces themselves, behind a `greeting`, with a `title` or
    without, and `of_a_place` what is no name then; `named` is followed by a name wherever it stands, `it_is` only
    behind a greeting; `kept` asks to keep it. `rather`: before the name by which somebody would be called, whatever
    else they are; `particles` are of a family's name, "van der Berg"; by `it_is_me` before a name, or `speaks` behind
    it, somebody says who that is; by `here` behind one that is known.
    """

    greeting: str
    i_am: str
    named: str
    it_is: str
    kept: str
    of_a_place: str
    title: str = ""
    rather: str = ""
    particles: str = ""
    it_is_me: str = ""
    speaks: str = ""
    here: str = ""


_CAPITAL = r"(?-i:[A-ZÀ-Þ])[\w-]+"
_NAME = rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})?)"
_ENDS = r"(?=[,.!?;]|$)"
_LETTERS = re.compile(r"[^\W\d_]{3,}")  # fewer are initials


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Those of all languages: they count whichever is spoken."""
    of = any_of(OwnNameWords, *OwnNameWords.model_fields)
    greets = rf"^\W*(?P<greets>(?:{of['greeting']})\b\W*)?"
    patterns = {
        "i_am": rf"{greets}(?P<said>(?:{of['i_am']}) (?P<name>[\w-]+))(?=[,.!]|$)",
        "titled": rf"{greets}(?:{of['i_am']}|{of['named']}) (?P<name>(?:{of['title']})\.? {_CAPITAL})(?!['\w-])",
        "of_family": rf"{greets}(?:{of['named']}) (?P<name>(?:{_CAPITAL} )?(?:(?:{of['particles']})(?: |(?<=')))+"
        rf"{_CAPITAL}){_ENDS}",
        "named": rf"{greets}(?:{of['named']}) (?P<name>[\w-]+)(?: [\w-]+)?{_ENDS}",
        "it_is": rf"^\W*(?:{of['it_is']}) (?P<name>[^\W\d_][\w-]+){_ENDS}",
        "kept": of["kept"],
        "of_a_place": rf"(?:{of['of_a_place']})$",
        "rather": rf"(?:{of['rather']}) {_NAME}",
        "it_is_me": rf"^\W*(?:{of['it_is_me']}),? {_NAME}{_ENDS}",
        "speaks": rf"^\W*{_NAME},? (?:{of['speaks']}){_ENDS}",
        "here": rf"^\W*(?:(?:{of['it_is']}) )?{_NAME},? (?:{of['here']}){_ENDS}",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


NAMES_ONESELF, INTRODUCES, OF_A_CHILD = "my_name_is", "introduces_other", "i_am_a_child"
# What somebody may be taken for who tells their name, and wishes it kept: "will you remember that?"
OF_A_NAME = frozenset(
    {
        *("asks_learned_today", "asks_name_of", "asks_reminders", "wants_remember", "do_you_understand", "unknown"),
        *("asks_know_person", "what_do_you_know_about_me", OF_A_CHILD),
    }
)
SELF = 0.5  # of the network: what somebody tells of themselves that is no name


def own_name(words: Utterance) -> str:
    """The name by which somebody introduces themselves; empty where they tell none."""
    if words.intent == INTRODUCES:
        return ""
    said = _rather(words) or _who_speaks(words)
    if said:
        return said
    told = _patterns()["titled"].match(words.text) or _patterns()["of_family"].match(words.text)
    return told["name"] if told is not None else _introduced(words)


def in_its_case(name: str) -> str:
    """ANNA as Anna, jean-pierre as Jean-Pierre; "JR" and "nan" stay as they are."""
    if name.isupper():
        name = _LETTERS.sub(lambda part: part[0].capitalize(), name)
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-")) if "-" in name else name


def known_by(words: Utterance) -> str:
    """The name of whoever greets like somebody who is known, as in "Morning, it's Blessing. Is he up yet?"."""
    text = without_greeting(words.text)
    found = _patterns()["it_is"].match(text) if text != words.text else None
    if found is None or not found["name"].istitle() or act_of(words.intent) in {"asks", "wants", "manages"}:
        return ""
    return "" if is_no_name(found["name"], words.language) else found["name"]


def _rather(words: Utterance) -> str:
    """The name by which somebody says that they would be called; the last one of a line."""
    found = [one["name"] for one in _patterns()["rather"].finditer(words.text)]
    return next((name for name in reversed(found) if not is_no_name(name, words.language)), "")


def _who_speaks(words: Utterance) -> str:
    """The name with which somebody says that it is them: "it's me, Steve", but not "Quiet here"."""
    of, text = _patterns(), without_greeting(words.text)
    says = of["it_is_me"].match(text) or of["speaks"].match(text)
    if says is not None and not is_no_name(says["name"], words.language):
        return says["name"]
    here = of["here"].match(text)
    return here["name"] if here is not None and _is_known(here["name"], words.language) else ""


def _is_known(name: str, language: str) -> bool:
    return dict(mentions(name, language)).get("called") == name


def _introduced(words: Utterance) -> str:
    """The name that somebody gives in a line of that alone, or in passing."""
    named = _patterns()["named"].match(words.text)
    if named is not None and named["name"][0].isupper() and words.intent != NAMES_ONESELF:
        kept = _patterns()["kept"].search(words.text, named.end())
        return named["name"] if kept or words.intent in OF_A_NAME else ""
    found = _patterns()["i_am"].match(words.text)
    if found is None:
        return ""
    name = found["name"]
    if words.intent in {NAMES_ONESELF, OF_A_CHILD}:  # "I'm Denise, I look after Mr Hall"
        of_a_person = name.istitle() and not is_no_name(name, words.language)
        return name if of_a_person and not _patterns()["of_a_place"].search(name) else ""
    told = words.confidence >= SELF and not found["greets"]
    of_kind = not name.istitle() or _patterns()["of_a_place"].search(name) or told  # "I'm Polish"
    alone = dict(mentions(found["said"], words.language))  # without whoever else the line speaks of
    return name if alone.get("called") == name or not of_kind else ""
