"""The words by which a line asks for something whatever else it tells: patterns of each language, made quick."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from robot.core.language_words import WordTable, any_of, section, sections
from robot.core.typed_toml import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

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


class AskedPatterns(NamedTuple):
    """Those of `AskedWords`, of all languages together."""

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
def patterns() -> AskedPatterns:
    """Those of all languages: they count whichever is spoken."""
    keys = [name for name, field in AskedWords.model_fields.items() if field.annotation is str]
    of = any_of(AskedWords, *keys)

    begins = rf"(?:^|[.!?,] ?)\W{{0,8}}(?:(?:{of['leads']})\W+)*"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return AskedPatterns(
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
def wordings(language: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
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
