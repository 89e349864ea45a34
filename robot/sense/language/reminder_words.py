"""How people speak of timers and reminders: the patterns, which kind and which of several is meant, what is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from robot.core.language_words import WordTable, section
from robot.core.sentences import each_sentence
from robot.sense.language.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Callable

NEVER = "(?!)"  # a pattern of what a language has no words for


class ReminderWords(WordTable, section="reminders"):
    """[reminders]. Patterns: what a reminder is of; what it is to be told to `others`; the `joint` between when and of
    what; a day that is `of_day`, what is to be told; what stands before and behind that; how it is `turned` to be said
    back; how a timer is `named`; which kinds there are; and whether `all` of them are meant. `at_hour`, `at_time`: how
    an hour is written that is read again; `lean`: so many `minutes` past an hour that it does not name, or `to` it;
    what `shares` of an hour are called; `then`: at the time that was just named, or that it lasts `until`; a `reason`,
    told behind the wish; `halfway`: when half of it is over; `beyond`: how often, in a way that it cannot do; `stands`:
    asks whether it is set for a time that it names. `places`: the first, second and third of several; `next_day`: the
    one after the last. `ahead`: so long before something; `again` joins times of one wish, and `another` two timers
    (its group `one` where it says so); `last`: which was set last is meant; `rather`: puts right what was just said,
    "nine minutes, no, ten"; `unmarked`: does so behind no comma. `bare`: asks how many are left, and of nothing.
    """

    subject: str
    others: str
    joint: str
    of_day: str
    leading: str
    trailing: str
    turned: tuple[tuple[str, str], ...]
    named: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]
    all: str
    at_hour: str
    at_time: str
    lean: str = NEVER
    shares: dict[str, int] = Field({})
    then: str = NEVER
    until: str = NEVER
    reason: str = NEVER
    halfway: str = NEVER
    beyond: str = NEVER
    stands: str = NEVER
    places: tuple[str, ...]
    next_day: str
    ahead: str
    again: str
    another: str = NEVER
    last: str
    rather: str
    unmarked: str
    bare: str


def words_of(language: str) -> ReminderWords | None:
    """Those of a language, if it has any."""
    return section(ReminderWords, language)


def has(line: str, language: str, pattern: Callable[[ReminderWords], str]) -> bool:
    """Whether a pattern of these is anywhere in a line; in none where the language has no such words."""
    words = words_of(language)
    return words is not None and re.search(pattern(words), line, re.IGNORECASE) is not None


def asking(line: str, language: str) -> str:
    """The sentence of a line that asks for a timer or reminder; the whole line where none does by its wording."""
    words = words_of(language)
    if words is None:
        return line
    subject_of = re.compile(words.subject, re.IGNORECASE)
    every = each_sentence(line)
    named = [n for n, one in enumerate(every) if kind_of(one, language)]
    asks = named or [n for n, one in enumerate(every) if subject_of.search(one)]
    if not asks:
        return line
    n = last = asks[0]
    while last + 1 < len(every) and (
        re.match(words.rather, every[last + 1], re.IGNORECASE)
        or (last > n and re.fullmatch(words.rather, every[last], re.IGNORECASE))  # "No, what am I saying? Ten."
    ):
        last += 1
    begun = line.index(every[n])
    return line[begun : line.index(every[last], begun) + len(every[last])]


def for_others(line: str, language: str) -> bool:
    """Whether it is somebody else who is to be reminded: "remind him at two"."""
    return has(line, language, lambda words: words.others)


def without_reason(line: str, language: str) -> str:
    """A line without why something is wished: "at two, because the first one is too early"."""
    words = words_of(language)
    return line if words is None else re.sub(words.reason, "", line, flags=re.IGNORECASE)


def without_beyond(line: str, language: str) -> str:
    """A line whose wish does not say any more that it comes again, where it is to do so in a way that it cannot."""
    words, sentence = words_of(language), asking(line, language)
    return line if words is None else line.replace(sentence, re.sub(words.beyond, "", sentence, flags=re.IGNORECASE))


def asks_whether_set(line: str, language: str) -> bool:
    """Whether it asks if something is set for a time: "did you put twelve down?"."""
    return has(line.replace("\u2019", "'"), language, lambda words: words.stands)


def means_last(line: str, language: str) -> bool:
    """Whether what was set last is meant: "cancel that"."""
    return has(line, language, lambda words: words.last)


def asks_of_nothing(line: str, language: str) -> bool:
    """Whether it only asks how many are left: of a timer where one runs, else of anything."""
    words = words_of(language)
    return words is not None and re.match(words.bare, line.replace("\u2019", "'"), re.IGNORECASE) is not None


def kinds_of(line: str, language: str) -> tuple[str, ...]:
    """Which kinds are named: "timer", "alarm", "reminder"."""
    words, bare = words_of(language), plain(line)
    kinds = () if words is None else words.kinds
    return tuple(kind for kind, pattern in kinds if re.search(pattern, bare))


def kind_of(line: str, language: str) -> str:
    """Which kind is named, the first of these; empty where none is."""
    return next(iter(kinds_of(line, language)), "")


def place_of(line: str, language: str) -> int | None:
    """Which of several in their order is meant, from 0; None where the line says none."""
    bare = plain(line)
    words = words_of(language)
    places = () if words is None else words.places
    return next((n for n, place in enumerate(places) if re.search(rf"\b(?:{place})\b", bare)), None)


def means_all(line: str, language: str) -> bool:
    """Whether all of them are meant."""
    return has(line, language, lambda words: words.all)
