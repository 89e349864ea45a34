"""`as_asked`: what some words ask for by their wording alone, whatever else they may be taken for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from robot.core.language_words import WordTable, any_of, section, sections
from robot.core.meanings import act_of, meanings
from robot.core.messages import REMARK
from robot.core.sentences import question_in
from robot.core.tone import leaning
from robot.core.typed_toml import Table
from robot.core.uptake import chance
from robot.sense.language.addressee import as_addressed, speaks_to_robot
from robot.sense.language.arithmetic import work_out
from robot.sense.language.leaving import CALMLY, as_leaving
from robot.sense.language.mentions import mentions
from robot.sense.language.moves import as_move
from robot.sense.language.numbers import numbers_in
from robot.sense.language.own_name import NAMES_ONESELF, OF_A_CHILD, SELF, known_by, own_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from robot.core.messages import Utterance


Lines = dict[str, str | tuple[str, ...]]  # by name, one or several of which one is enough


def _joined(patterns: Lines) -> dict[str, str]:
    """Each name with one pattern."""
    return {name: one if isinstance(one, str) else "|".join(one) for name, one in patterns.items()}


class WholeLines(Table):
    """Patterns of whole lines, but for words `before` and `after` that change nothing: of `meanings` and `remarks`."""

    before: str = ""
    after: str = ""
    meanings: Lines = Field({})
    remarks: Lines = Field({})

    def around(self, lines: Lines) -> dict[str, str]:
        """Each line with them around it."""
        before, after = rf"^\W*(?:(?:{self.before})\W+)*", rf"(?:\W+(?:{self.after}))*\W*$"
        return {name: f"{before}(?:{line}){after}" for name, line in _joined(lines).items()}


class AskedWords(WordTable, section="as_asked"):
    """[as_asked] of a language's words, patterns: `asks_back` asks for what was told ("what day did I say it was?");
    `name` for a name that was told; `date` for a date, in a `while`; `not_that` puts right ("no, it's Pickle"); `me` is
    who wants to be asked; `bye` leaves; `repeat` and `more` are what a line asks for at its end, whatever it tells
    before; `counted` is in what asks how long until when; `left` asks how long that is which is set, or for when;
    `records` asks what becomes of sound and pictures, and who hears what is said; `reminds`, `timer`, `alarm`, `time`,
    `day` and `quiet` ask for those, and `cancel` to let one go, most of them where a part of the line begins, behind
    `leads`; `sum` asks for one; `look` in what asks to look, or `side` alone; `oneself` in what is told of oneself.
    `ordinal`: a date at the end. `reminds_of_it`: asks to be reminded of what was just told; `night` is in every good
    night, and `deed` where somebody asks why it did something; `joke` and `story` wish for one; `no_feeling` tells that
    one is none; `why_others` asks why somebody else does something; a `clause` is a time told by what happens then.
    `today`: words. `meanings` and `remarks`: of lines that can hardly mean anything else; `whole`: of such as are that
    and no more.
    """

    asks_back: str
    name: str
    date: str
    while_: str = Field(alias="while")
    not_that: str
    me: str
    bye: str
    repeat: str
    more: str
    counted: str
    left: str
    leads: str
    reminds: str
    timer: str
    alarm: str
    cancel: str
    time: str
    day: str
    quiet: str
    sum: str
    look: str
    side: str
    oneself: str
    ordinal: str
    reminds_of_it: str
    records: str
    night: str
    deed: str
    joke: str
    story: str
    no_feeling: str
    clause: str = ""
    why_others: str
    today: tuple[str, ...]
    meanings: Lines = Field({})
    remarks: Lines = Field({})
    whole: WholeLines = WholeLines()


class _Patterns(NamedTuple):
    asks_back: re.Pattern[str]
    name: re.Pattern[str]
    date: re.Pattern[str]
    after_a_while: re.Pattern[str]
    not_that: re.Pattern[str]
    me: re.Pattern[str]
    bye: re.Pattern[str]
    at_last: tuple[tuple[str, re.Pattern[str]], ...]
    sum: re.Pattern[str]
    look: re.Pattern[str]
    oneself: re.Pattern[str]
    ordinal: re.Pattern[str]
    counted: re.Pattern[str]
    reminds_of_it: re.Pattern[str]
    night: re.Pattern[str]
    deed: re.Pattern[str]
    no_feeling: re.Pattern[str]
    clause: re.Pattern[str]
    why_others: re.Pattern[str]
    plainly: Mapping[str, re.Pattern[str]]
    today: frozenset[str]


@cache
def _patterns() -> _Patterns:
    """Those of all languages: they count whichever is spoken."""
    keys = [name for name, field in AskedWords.model_fields.items() if field.annotation is str]
    of = any_of(AskedWords, *keys)

    begins = rf"(?:^|[.!?,] ?)\W*(?:(?:{of['leads']})\W+)*"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Patterns(
        asks_back=made(of["asks_back"]),
        name=made(of["name"]),
        date=made(of["date"]),
        after_a_while=made(of["while_"]),
        not_that=made(rf"\W*(?:{of['not_that']})\b"),
        me=made(of["me"]),
        bye=made(of["bye"]),
        at_last=(
            ("repeat", made(rf"(?:^|[.,;!?\u2026] ?)(?:{of['repeat']})\W*$")),
            ("more", made(rf"(?:^|[.,;!?\u2026] ?)(?:{of['more']})\W*$")),
        ),
        sum=made(rf"\d ?[-+*/×÷:] ?\d|[×÷%=?]|\b(?:{of['sum']})"),
        look=made(rf"\b(?:{of['look']})\b|^\W*(?:{of['side']})\W*$"),
        oneself=made(of["oneself"]),
        ordinal=made(of["ordinal"]),
        counted=made(of["counted"]),
        reminds_of_it=made(of["reminds_of_it"]),
        night=made(of["night"]),
        deed=made(of["deed"]),
        no_feeling=made(of["no_feeling"]),
        clause=made(of["clause"]),
        why_others=made(rf"\b(?:{of['why_others']})\b"),
        plainly={
            "quiet": made(of["quiet"]),
            "are_you_recording": made(of["records"]),
            "wants_reminder": made(rf"{of['reminds_of_it']}|{begins}(?:{of['reminds']})"),
            "wants_timer": made(rf"{begins}(?:{of['timer']})"),
            "wants_alarm": made(rf"{begins}(?:{of['alarm']})"),
            "wants_cancel_reminder": made(rf"{begins}(?:{of['cancel']})"),
            "asks_reminders": made(of["left"]),
            "wants_joke": made(of["joke"]),
            "wants_story": made(of["story"]),
            "what_time_is_it": made(rf"{begins}(?:{of['time']})"),
            "what_day_is_it": made(rf"{begins}(?:{of['day']})"),
        },
        today=frozenset(word for table in sections(AskedWords).values() for word in table.today),
    )


@cache
def _wordings(language: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Those of lines that can hardly mean anything else, whole ones first: each with its meaning or its remark."""
    of = section(AskedWords, language)
    if of is None:
        return ()
    whole = of.whole
    wholly = [(name, "", pattern) for name, pattern in whole.around(whole.meanings).items()]
    wholly += [("", name, pattern) for name, pattern in whole.around(whole.remarks).items()]
    partly = [(name, "", pattern) for name, pattern in _joined(of.meanings).items()]
    partly += [("", name, pattern) for name, pattern in _joined(of.remarks).items()]
    return tuple((one, other, re.compile(pattern, re.IGNORECASE)) for one, other, pattern in (*wholly, *partly))


WAIT = "wait"
SHORT = 10  # words of a line that asks at its end
LIKELY = 0.95
# What is in every line of a meaning: else it is "the boy is nine", "the right side", "how would I check that?".
NEEDS = {
    "good_night": "night",
    "i_am_a_child": "oneself",
    "look_left": "look",
    "look_right": "look",
    "wants_check_in": "me",
    "why_did_you_do_that": "deed",
}
FEELINGS = frozenset(
    {"i_am_lonely", "i_am_sad", "i_am_scared", "i_am_ill", "tells_bored", "tells_tired", "tells_angry"}
)
OF_THE_TALK = frozenset({"asks_learned_today", "asks_name_of", "asks_reminders", "wants_remember", "do_you_understand"})
DATED = frozenset({"what_day_is_it", "unknown"})
FAIRLY = 0.6
# Remarks that are easily taken for a wish to be fulfilled.
NO_WISHES = frozenset(
    {
        *("and_then", "apology", "guess", "guess_who", "kidding", "lights", "message", "no_game", "order"),
        *("other_game", "pronounce", "quiz", "robot_eats", "robot_failed", "shrug", "take_photo"),
    }
)
# What is answered lightly gives way to what may be hard: "my husband died on Tuesday, can you believe it?".
LIGHT = frozenset(
    {
        *("compliment", "do_you_mind", "found_on_head", "greeting", "keep_a_secret", "lights", "noise"),
        *("supposed", "want_to_hear", "wants_fun_fact", "asks_math"),
    }
)
HARDLY_LIGHT, HARD_TOLD = 0.45, 0.8  # of uptake and of meanings: from where on
FACT, KNOWN = "asks_fact", "fact_"  # a fact of the world, and what the remarks begin with that tell one
GREETING = "greeting"


def as_asked(words: Utterance) -> Utterance:
    """What words ask for by their wording, whatever the network took them for; a meaning of one's own goes first."""
    if words.understood and words.intent not in meanings():
        return words
    plain = replace(words, text=words.text.replace("\u2019", "'"))
    return replace(as_addressed(as_leaving(_worded(as_move(_as_asked(plain))))), text=words.text)


def _as_asked(words: Utterance) -> Utterance:
    if _is_none(words) or _is_not_of_robot(words):
        words = replace(words, intent="unknown", confidence=0.0)
        asked = _asked(words)  # "it's Wednesday, isn't it?" is no name
        return replace(words, intent=asked, confidence=LIKELY) if asked else words
    if _is_only_told(words):
        return replace(words, intent="tells_something")
    name = own_name(words)
    if name:
        return _with_name(words, OF_A_CHILD if words.intent == OF_A_CHILD else NAMES_ONESELF, name)
    name = known_by(words)
    if name:
        return _with_name(words, GREETING, name)
    asked = _asked(words)
    if asked:
        return replace(words, intent=asked, confidence=max(words.confidence, LIKELY))
    asked = _asked_back(words)
    return replace(words, intent=asked) if asked else words


def _is_only_told(words: Utterance) -> bool:
    """Whether words tell what they were taken to wish or to feel: "four pound twenty", "not tired at all"."""
    if words.intent == "asks_math":
        return not _patterns().sum.search(words.text) and work_out(words.text, words.language, plainly=True) is None
    return words.intent in FEELINGS and _patterns().no_feeling.search(words.text) is not None


def _with_name(words: Utterance, intent: str, name: str) -> Utterance:
    slots = (*words.slots, ("name", name))
    return replace(words, intent=intent, slots=slots, confidence=max(words.confidence, LIKELY))


def _asked_back(words: Utterance) -> str:
    """What is asked for of what was told in this talk; empty where nothing is."""
    asking = question_in(words.text)
    told = act_of(words.intent) == "tells" and not (asking != words.text and asking.endswith("?"))
    if words.intent not in OF_THE_TALK and not told and _patterns().asks_back.search(asking):
        return "asks_learned_today"
    return "asks_name_of" if not words.understood and _patterns().name.search(words.text) else ""


def _is_none(words: Utterance) -> bool:
    """Whether words cannot be what they were taken for, since what that needs is not in them."""
    needed = NEEDS.get(words.intent)
    if needed is not None:
        return getattr(_patterns(), needed).search(words.text) is None
    match words.intent:
        case "asks_countdown":  # "how many minutes is ages?"
            return words.confidence < FAIRLY and _patterns().counted.search(words.text) is None
        case "greeting":  # "when I am home", where it asks when
            return _patterns().clause.match(words.text) is not None
        case "my_name_is":  # "no, it's Pickle"; "you got that wrong, it's Wednesday"
            slots = dict(words.slots)
            day = slots.get("name", "").lower() == slots.get("when", "-").lower()
            return day or _patterns().not_that.match(words.text) is not None
        case "goodbye":  # "I'm going back on Thursday anyway"
            return (
                dict(words.slots).get("when", "") not in {"", *_patterns().today}
                and _patterns().bye.search(words.text) is None
            )
    return False


def _worded(words: Utterance) -> Utterance:
    """The words with the meaning or remark of their wording, where they have one and nobody is in need."""
    if words.calm < CALMLY:
        return words
    of = _wordings(words.language)
    hard = chance(words.uptake, "hard") >= HARDLY_LIGHT or leaning(words.readings, "hard") >= HARD_TOLD
    meaning, remark = next(((one, other) for one, other, pattern in of if pattern.search(words.text)), ("", ""))
    if not meaning and (not remark or (remark not in NO_WISHES and _is_bidden(words))):
        return words
    if hard and {meaning, remark} & LIGHT:
        return words
    if meaning == FACT and dict(words.slots).get(REMARK, "").startswith(KNOWN):  # "tell me about the moon"
        return words
    slots = tuple(slot for slot in words.slots if slot[0] != REMARK)
    return replace(
        words,
        intent=meaning or ("unknown" if "?" in words.text else "tells_something"),
        slots=(*slots, (REMARK, remark)) if remark else slots,
        confidence=LIKELY,
    )


def _is_bidden(words: Utterance) -> bool:
    """Whether something is surely wished: "set a timer, and wish me luck"."""
    return words.confidence >= FAIRLY and act_of(words.intent) in {"wants", "manages"}


def _is_not_of_robot(words: Utterance) -> bool:
    """Whether what was taken for a question about the robot asks of others, or tells of oneself."""
    if words.intent == "why_did_you_do_that":  # "why did the swifts go so early?"
        return _patterns().why_others.search(words.text) is not None
    if words.intent == "are_you_alive":  # "I feel as if I've been in there a week"
        told = _patterns().oneself.search(words.text) is not None
        return told and not speaks_to_robot(words.text, words.language)
    return False


def _asked(words: Utterance) -> str:
    """What is asked for whatever else is told; empty where nothing is."""
    for intent, pattern in _patterns().plainly.items():
        if pattern.search(words.text):
            return intent
    asking = question_in(words.text)
    when = dict(mentions(asking, words.language)).get("when", "")
    dated = _patterns().ordinal.search(words.text) and numbers_in(words.text, words.language)  # "what day's the ninth?"
    later = (when and when not in _patterns().today) or _patterns().after_a_while.search(asking) or dated
    of_the_date = words.intent == "what_day_is_it" and words.confidence >= SELF
    if later and (of_the_date or (words.intent in DATED and _patterns().date.search(asking))):
        return "asks_countdown"  # "what's the date on Sunday?"
    waits = words.intent == WAIT  # "wait, I missed that, say it again"
    if (act_of(words.intent) in {"wants", "manages"} and not waits) or len(words.text.split()) > SHORT:
        return ""
    return next((intent for intent, pattern in _patterns().at_last if pattern.search(words.text)), "")


def told_before_asking(text: str) -> str | None:
    """What a line tells before it asks to be reminded of that; None where it does not ask so."""
    found = _patterns().reminds_of_it.search(text.replace("\u2019", "'"))
    return None if found is None else text[: found.start()]
