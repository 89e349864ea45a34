"""`told_sum`: a sum told as a story, in one line or over several: "I had twelve sweets and ate five. What is left?".

Each number counts by the verb before it (section [told_sums] of words/): something is there, comes to it, goes from
it, or is wanted. What is asked says what comes out.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from robot.core.language_words import WordTable, section
from robot.sense.language.arithmetic import Result
from robot.sense.language.sum_words import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 2  # numbers of a story


class StoryWords(WordTable, section="told_sums"):
    """[told_sums]: patterns of verbs by what they do with a number, and of what asks for what is left or missing;
    `in_passing`, with which a line that is no question only speaks of it ("so I know what's left").
    """

    there: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]
    wanted: tuple[str, ...]
    left: tuple[str, ...]
    short: tuple[str, ...]
    in_passing: str = "(?!)"


class _Patterns(NamedTuple):
    story: re.Pattern[str]  # a verb, in a group that says what it does, or a `number`
    left: re.Pattern[str]
    short: re.Pattern[str]
    in_passing: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns | None:
    words = section(StoryWords, language)
    if words is None:
        return None
    kinds = {"more": words.more, "less": words.less, "wanted": words.wanted, "there": words.there}
    verbs = "|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in kinds.items())
    story = rf"(?<![\w'])(?:{verbs})(?!\w)|(?P<number>\d+(?:[.,]\d+)?)"
    return _Patterns(
        re.compile(story),
        re.compile("|".join(words.left)),
        re.compile("|".join(words.short)),
        re.compile(words.in_passing),
    )


_ANY = re.compile(r"\d")
_TWO_IN_ONE = re.compile(r"\d \d")  # "one ninety": 190, or 1.90


def asks_of_story(text: str, language: str) -> bool:
    """Whether a line asks what is left, or missing, of numbers that were told."""
    words = _patterns(language)
    asked = _plain(text)
    if words is None or (words.left.search(asked) or words.short.search(asked)) is None:
        return False
    return "?" in asked or words.in_passing.search(asked) is None


def story_before(lines: Sequence[str], language: str) -> list[str]:
    """Of the lines before one that asks those that tell its story: the last ones, as long as each has a number."""
    numbered = [_ANY.search(figures(_plain(line), language)[0]) is not None for line in lines]
    begins = max((n + 1 for n, has in enumerate(numbered) if not has), default=0)
    return list(lines[begins:])


def told_sum(lines: Sequence[str], language: str) -> Result | None:
    """What comes out of the numbers in these lines, the last of which asks; None where that is not clear."""
    words = _patterns(language)
    if words is None or not lines:
        return None
    totals = dict.fromkeys(("there", "more", "less", "wanted"), Decimal(0))
    count, currency, open_kind = 0, "", ""  # the last: of a verb whose number comes in the next line
    for line in lines:
        text, found = figures(_plain(line), language)
        currency = currency or found
        kind, open_kind = open_kind, ""
        numbered = _ANY.search(text) is not None
        if _TWO_IN_ONE.search(text):
            return None
        for hit in words.story.finditer(text):
            if hit["number"] is None:
                kind = str(hit.lastgroup)
                open_kind = "" if numbered else kind
                continue
            value = Decimal(hit["number"].replace(",", "."))
            kind = kind or ("there" if not count else "")
            if not kind:
                return None
            totals[kind] += value
            count += 1
    if count < LEAST:
        return None
    left = totals["there"] + totals["more"] - totals["less"]
    asked = _plain(lines[-1])
    value = left - totals["wanted"]
    if words.short.search(asked) and (value < 0 or not words.left.search(asked)):
        value = -value  # what is "left" may be to be paid
    return Result(value, exact=True, currency=currency) if value >= 0 else None


def _plain(text: str) -> str:
    return text.lower().replace("\u2019", "'")
