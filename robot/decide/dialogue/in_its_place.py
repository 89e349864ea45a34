"""What words mean after what was said before them: "another one" asks for what was asked for last."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from robot.core.language_words import WordTable, any_of, sections
from robot.core.meanings import act_of, is_told
from robot.decide.dialogue.put_right import CORRECTS, put_right
from robot.decide.dialogue.questions import OPEN_TALK

if TYPE_CHECKING:
    from robot.core.percepts import Utterance
    from robot.core.talk import Talk


# What "another one" can ask for again.
REPEATABLE = frozenset(
    {
        "wants_joke",
        "wants_story",
        "wants_riddle",
        "wants_poem",
        "wants_fun_fact",
        "wants_dance",
        "wants_animal_sound",
        "wants_talk",
        "asks_what_to_do",
        "asks_what_to_eat",
        "sing",
        "play",
    }
)
# What is said to something that was told; "another one" after it asks for another of that.
REACTIONS = frozenset(
    {
        "laughs",
        "surprised",
        "acknowledges",
        "agrees",
        "thanks",
        "compliment",
        "not_amused",
        "unknown",
        "softer",
        "louder",
        "slower",
    }
)
KEEPS = "are_you_recording"  # asks what it keeps, and then perhaps for how long
SETS = frozenset({"wants_timer", "wants_reminder", "wants_alarm"})
PLAINLY = 0.8  # of the reader: words that mean something else for sure
SET_LATELY = 5  # lines since something was set
BRIEF = 6  # words
SPOKEN_OF = 3  # turns, in which what "that one" means was named
GOES_ON = 8  # words of what asks again: "and in a week, which date will that be?"


class GoingOnWords(WordTable, section="going_on"):
    """[going_on] of a language's words, patterns: what goes on with what was said ("and on Sunday?"), puts it right
    ("no, Emma!") or changes what was set, before a number (`make_it`) or behind one (`rather`). Another of what was
    set, as a line begins (`as_well`: "and one for the rice") or ends (`too`); `which` and what it `rings` ("which one
    rings first?"); what a story is to be about (`theme`); the `next_day`; words for
    a `number`, which is a time before units, behind `at`, or behind `again` ("another of fifteen"). What wants `one` of
    what was spoken of ("okay, that one, but I go first"), and which word is of which of the `kinds`, by meaning.
    What asks the same again of something else (`asked_again.py`): what may lead to that (`of_it`), `nothing` that is
    asked about, and what may stand behind it (`ends`).
    """

    goes_on: str
    not_so: str
    make_it: str
    units: str
    rather: str
    as_well: str
    too: str
    which: str
    rings: str
    theme: str
    next_day: str
    number: str
    at: str
    again: str
    one: str = ""
    of_it: str = "(?!)"
    nothing: str = "(?!)"
    ends: str = "(?!)"
    how_long: str = ""
    kinds: dict[str, str] = Field({})


class _GoingOn(NamedTuple):
    goes_on: re.Pattern[str]
    not_so: re.Pattern[str]
    make_it: re.Pattern[str]
    one_more: re.Pattern[str]
    as_well: re.Pattern[str]
    which: re.Pattern[str]
    theme: re.Pattern[str]
    next_day: re.Pattern[str]
    a_time: re.Pattern[str]
    a_number: re.Pattern[str]
    one: re.Pattern[str]
    how_long: re.Pattern[str]
    kinds: re.Pattern[str]


@cache
def _going_on() -> _GoingOn:
    of = any_of(GoingOnWords, *(name for name, field in GoingOnWords.model_fields.items() if field.annotation is str))
    kinds: dict[str, list[str]] = {}
    for words in sections(GoingOnWords).values():
        for meaning, pattern in words.kinds.items():
            kinds.setdefault(meaning, []).append(pattern)

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _GoingOn(
        goes_on=made(rf"\s*(?:{of['goes_on']})\b"),
        not_so=made(rf"\s*(?:{of['not_so']})\b[ ,.!:]+\w"),
        make_it=made(
            rf"\b(?:{of['make_it']})\b.*(?:\d|[a-zà-ÿ]{{2,}})"
            rf"|(?:\d|[a-zà-ÿ]{{3,}})(?: (?:{of['units']}))? (?:{of['rather']})\W*$"
        ),
        one_more=made(rf"\b(?:{of['again']})\b|\b(?:{of['too']})\W*$"),
        as_well=made(rf"^\W*(?:{of['as_well']})\b|\b(?:{of['too']})\W*$"),
        which=made(rf"\b(?:{of['which']})\b.*\b(?:{of['rings']})\b"),
        theme=made(rf"\W*(?:{of['theme']})\b"),
        next_day=made(rf"\b(?:{of['next_day']})\b"),
        a_time=made(
            rf"(?:\d|\b(?:{of['number']})\b) ?(?:{of['units']})\b|\b(?:{of['at']}) (?:\d|(?:{of['number']})\b)"
            rf"|\b(?:{of['again']})\b.*?(?:\d|\b(?:{of['number']})\b)"
        ),
        one=made(rf"^\W*(?:{of['one']})$"),
        how_long=made(rf"^\W*(?:{of['how_long']})\W*$"),
        kinds=made("|".join(rf"(?P<{meaning}>\b(?:{'|'.join(some)})\b)" for meaning, some in kinds.items()) or "(?!)"),
        a_number=made(rf"\d|\b(?!une?\b|one\b)(?:{of['number']})\b"),
    )


def in_its_place(words: Utterance, talk: Talk, answering: str) -> Utterance:
    """The words with what they mean in this place of the talk. `answering`: the question they answer."""
    line = talk.last_line
    last = "" if line is None else line.intent
    asked = next((one.intent for one in reversed(talk.turns) if one.person and one.intent not in REACTIONS), "")
    the_same = _asked_for_more(words, talk, last, asked)
    if the_same:
        return replace(words, intent=the_same, slots=() if the_same == KEEPS else words.slots)
    set_lately = next((one for one in _last_intents(talk, SET_LATELY) if one in SETS), "")
    asks_again = _of_what_is_set(words, set_lately, last) if set_lately else ""
    if asks_again:
        return replace(words, intent=asks_again)
    few = len(words.text.split()) <= BRIEF
    if few and talk.people and "called" in dict(words.slots) and _going_on().not_so.match(words.text):
        return replace(words, intent=CORRECTS)
    unsure = words.intent in {CORRECTS, "no"} or words.confidence < PLAINLY
    right = put_right(words, _said_lately(talk)) if unsure and answering in {"", OPEN_TALK} else None
    if right is not None and (talk.people or talk.topics):
        return right
    return _goes_on(words, last, asked)


def _asked_for_more(words: Utterance, talk: Talk, last: str, asked: str) -> str:
    """What words ask for that say no more than "another one", "how long for?" or "one of those"; else empty."""
    if words.intent == "more" and asked in REPEATABLE:
        return asked
    if last == KEEPS and _going_on().how_long.match(words.text):
        return KEEPS
    return _kind_spoken_of(talk) if _going_on().one.match(words.text.replace("\u2019", "'")) else ""


def _goes_on(words: Utterance, last: str, asked: str) -> Utterance:
    """Words that nothing was made of, with what they go on with: "and on Sunday?", "with a bear"."""
    if words.understood:
        return words
    few = len(words.text.split()) <= GOES_ON
    if few and act_of(last) == "asks" and _going_on().goes_on.match(words.text):
        later = last == "what_day_is_it" and "when" in dict(words.slots)
        return replace(words, intent="asks_countdown" if later else last)
    if last == asked and asked in REPEATABLE and _going_on().theme.match(words.text):
        return replace(words, intent=asked)
    return words


def _kind_spoken_of(talk: Talk) -> str:
    """What asks for a game or for something to be told, of which the newest of the last turns spoke that did."""
    for turn in islice(reversed(talk.turns), SPOKEN_OF):
        found = list(_going_on().kinds.finditer(turn.text))
        if found:
            return found[-1].lastgroup or ""
    return ""


def _last_intents(talk: Talk, count: int) -> list[str]:
    """Those of a person's last lines, the newest first."""
    return [turn.intent for turn in reversed(talk.turns) if turn.person][:count]


def _said_lately(talk: Talk) -> list[str]:
    """What either said in the last lines."""
    return [turn.text for turn in islice(reversed(talk.turns), SPOKEN_OF + 1)]


def _of_what_is_set(words: Utterance, before: str, last: str) -> str:
    """What words ask for of a timer or reminder that was set a moment ago; empty where they ask for nothing of it.
    `before`: the intent that set it; `last`: that of the line before.
    """
    may_mean_it = words.confidence < PLAINLY or words.intent in {"no", CORRECTS}
    if may_mean_it and _going_on().make_it.search(words.text):
        return "wants_move_reminder"  # "actually, make it fifteen"
    if (may_mean_it or words.intent == "more") and _asks_for_more(words) and _names_a_time(words):
        return before
    if words.confidence < PLAINLY and _going_on().which.search(words.text):
        return "asks_reminders"
    numbered = "when" in dict(words.slots) or _going_on().a_number.search(words.text)
    if words.intent == CORRECTS and last in SETS and numbered and "called" not in dict(words.slots):
        return "wants_move_reminder"  # "no, twenty-five"
    return ""


def _asks_for_more(words: Utterance) -> bool:
    """Whether words ask for one more of what was set: in so many words, or in few that tell of nobody."""
    if not _going_on().as_well.search(words.text):
        return False
    of_somebody = not {"who", "called"}.isdisjoint(dict(words.slots)) or is_told(words.intent)
    return bool(_going_on().one_more.search(words.text)) or (len(words.text.split()) <= BRIEF and not of_somebody)


def _names_a_time(words: Utterance) -> bool:
    """Whether words name a day, an hour or a length of time."""
    found = "when" in dict(words.slots) or _going_on().next_day.search(words.text)
    return bool(found or _going_on().a_time.search(words.text))
