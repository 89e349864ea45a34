"""How people speak of timers and reminders: of what, by which name, which one is meant, when it is due."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from robot.core.language_words import WordTable, section
from robot.core.quantities import Recurrence
from robot.core.sentences import each_sentence
from robot.sense.language.lexicon import plain
from robot.sense.language.numbers import numbers_in
from robot.sense.language.quantities import GAP, digits, read
from robot.sense.language.reflection import without_fillers
from robot.sense.language.spoken import rough, say_duration, say_often, say_time, say_when
from robot.sense.language.spoken_language import common_words
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from robot.core.quantities import Quantities
    from robot.decide.reminders import Reminder

ARTICLES = re.compile(
    r"^(?:the|my|some|an?|another|les?|la|mes|mon|ma|l'|new|second|nouveau|nouvelle)\b\s*", re.IGNORECASE
)
NO_NAME = frozenset(
    [
        "set",
        "start",
        "put",
        "begin",
        "new",
        "second",
        "other",
        "first",
        "last",
        "next",
        "single",
        "quick",
        "short",
        "long",
        "timer",
        "minute",
        "hour",
        "same",
        "whole",
        "running",
        "moi",
        "me",
        "te",
        "toi",
        "nouveau",
        "autre",
        "dans",
        "combien",
    ]
)
HOUR_MIN = 60
LEAST = 3  # letters of a word that tells one from another
NEVER = "(?!)"  # a pattern of what a language has no words for
SHARED = 5  # letters at the beginning of words that are taken for the same: "pill", "pills"


class ReminderWords(WordTable, section="reminders"):
    """[reminders]. Patterns: what a reminder is of; what it is to be told to `others`; the `joint` between when and of
    what; a day that is `of_day`, what is to be told; what stands before and behind that; how it is `turned` to be said
    back; how a timer is `named`; which kinds there are; and whether `all` of them are meant. `at_hour`, `at_time`: how
    an hour is written that is read again; `lean`: so many `minutes` past an hour that it does not name, or `to` it;
    what `shares` of an hour are called; `then`: at the time that was just named, or
    that it lasts `until`; a `reason`, told
    behind the wish; `halfway`: when half of it is over; `stands`: asks whether it is set for a time that it names.
    `places`: the first, second and third of several; `next_day`: the one after the last. `ahead`: so long before
    something; `again` joins times of one wish; `last`: which was set last is meant; `rather`: puts right what was just
    said, "nine minutes, no, ten"; `unmarked`: does so behind no comma. `bare`: asks how many are left, and of nothing.
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
    stands: str = NEVER
    places: tuple[str, ...]
    next_day: str
    ahead: str
    again: str
    last: str
    rather: str
    unmarked: str
    bare: str


def words_of(language: str) -> ReminderWords | None:
    """Those of a language, if it has any."""
    return section(ReminderWords, language)


def _has(line: str, language: str, pattern: Callable[[ReminderWords], str]) -> bool:
    """Whether a pattern of these is anywhere in a line; in none where the language has no such words."""
    words = words_of(language)
    return words is not None and re.search(pattern(words), line, re.IGNORECASE) is not None


def subject(rest: str, language: str) -> str:
    """Of what to remind, as the robot says it; empty where nothing is named. `rest`: a line without its quantities."""
    words = words_of(language)
    found = words and re.search(words.subject, rest, re.IGNORECASE | re.DOTALL)
    return told(found["what"], language) if found else ""


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
    return _has(line, language, lambda words: words.others)


def apart(line: str, language: str, civil: datetime) -> tuple[Quantities, str] | None:
    """When and of what, where the line says all of when before that, so that what it names then is of the other:
    "remind me tomorrow at nine to ring work about Wednesday".
    """
    words = words_of(language)
    line = line.replace("\u2019", "'")
    found = words and re.search(words.subject, line, re.IGNORECASE | re.DOTALL)
    if not words or not found:
        return None
    behind = found["what"]
    best = None
    for joint in re.finditer(words.joint, behind, re.IGNORECASE):
        when = read(behind[: joint.start()], language, civil)
        if re.search(r"\w", when.rest) or when.numbers:
            continue
        what = behind[joint.end() :]
        its_day = when.time is not None and re.search(words.of_day, read(what, language, civil).rest, re.IGNORECASE)
        if (when.time is not None and when.day is not None) or when.duration is not None or its_day:
            best = when, told(what, language)
    return best if best is not None and best[1] else None


def read_when(line: str, language: str, civil: datetime, *, lasting: bool = False) -> Quantities:
    """Its quantities as `read` finds them, or as the line puts them right: "nine minutes, no, ten"."""
    words = words_of(language)
    said = read(line, language, civil, lasting=lasting)
    turn = words and re.search(
        rf"[,;.!\u2026\u2013-]\s*(?:{words.rather})|\s(?:{words.unmarked})\W*(?:{words.rather})?", line, re.IGNORECASE
    )
    if not words or not turn:
        return said
    before, instead = line[: turn.start()], line[turn.end() :]
    clause = re.split(r"[,.;!?]", instead, maxsplit=1)[0]
    first, second = (read(one, language, civil, lasting=lasting) for one in (before, clause))
    behind = re.search(rf"\W(?:{words.joint})", instead, re.IGNORECASE)  # of what: "no, ten, to ring Bob"
    rest = "" if behind is None else instead[behind.start() :]
    if not names_when(first):
        return said
    if says_time(second) or second.day is not None:
        time = None if second.duration is not None and second.time is None else second.time or first.time
        duration = None if second.time is not None and second.duration is None else second.duration or first.duration
        day = second.day or first.day
        return first._replace(time=time, duration=duration, day=day, rest=f"{first.rest} {rest}")
    number = numbers_in(" ".join(clause.split()[:2]), language)
    if not number or not re.match(rf"\W*(?:[^\W\d]+ )?{number[0]}\b|\W*[^\W\d]+\W*$", digits(clause, language)):
        return said
    return read(_with_number(before, number[0], language) + rest, language, civil, lasting=lasting)


def _with_number(line: str, number: int, language: str) -> str:
    """A line with its last number exchanged."""
    line = digits(line, language)
    tokens = [one for one in re.finditer(r"\w+", line) if numbers_in(one[0], language)]
    last = next((one for one in reversed(tokens) if one[0].isdigit()), tokens[-1] if tokens else None)
    return line if last is None else f"{line[: last.start()]}{number}{line[last.end() :]}"


def further(found: Quantities, language: str, civil: datetime) -> tuple[Quantities, Quantities | None]:
    """The wish without a second time that is named beside its own, "at twelve and again at four", and that of this."""
    words = words_of(language)
    if words is None or found.time is None:
        return found, None
    more = read(found.rest, language, civil)
    pair = re.search(rf"\u00a6(?:{words.again})\u00a6", more.rest, re.IGNORECASE)
    if more.time is None or pair is None:
        return found, None
    rest = f"{more.rest[: pair.start()]}{GAP}{more.rest[pair.end() :]}"
    return found._replace(rest=rest), found._replace(time=more.time, part=more.part, day=more.day or found.day)


class Leaning(NamedTuple):
    """So many minutes past an hour that a line does not name, or to it, and where it says so."""

    minutes: int
    start: int
    end: int

    def of(self, hour: datetime) -> datetime:
        """The time that is meant, where that is the hour; to one that has begun means to the next."""
        begun = hour.replace(minute=0, second=0, microsecond=0)
        begun += timedelta(hours=self.minutes < 0 and hour > begun)
        return begun + timedelta(minutes=self.minutes)


def leaning(line: str, language: str) -> Leaning | None:
    """What a line says of an hour that was named before: "wake me at ten to"; None where it says nothing such."""
    words = words_of(language)
    found = words and re.search(words.lean, line, re.IGNORECASE)
    if not words or not found:
        return None
    said = found["minutes"].lower()
    minutes = words.shares.get(said) or next(iter(numbers_in(said, language)), 0)
    return Leaning(-minutes if found["to"] else minutes, *found.span()) if 0 < minutes < HOUR_MIN else None


def in_full(line: str, hour: datetime, language: str) -> str:
    """A line with the time that it means by "half past" alone, of that hour."""
    words, lean = words_of(language), leaning(line, language)
    if words is None or lean is None:
        return line
    at = lean.of(hour)
    return f"{line[: lean.start]} {words.at_time.format(hour=at.hour, minute=f'{at.minute:02}')}{line[lean.end :]}"


def means_then(line: str, language: str) -> bool:
    """Whether the time is meant that was named before, or to which something lasts: "and wake me then"."""
    return _has(line, language, lambda words: words.then)


def lasts_until(line: str, language: str) -> bool:
    """Whether something lasts to a time that it names: "be quiet until three, and then wake me"."""
    return _has(line, language, lambda words: words.until)


def without_reason(line: str, language: str) -> str:
    """A line without why something is wished: "at two, because the first one is too early"."""
    words = words_of(language)
    return line if words is None else re.sub(words.reason, "", line, flags=re.IGNORECASE)


def is_halfway(line: str, language: str) -> bool:
    """Whether it asks for half of a time: "shout at half-time"."""
    return _has(line, language, lambda words: words.halfway)


def asks_whether_set(line: str, language: str) -> bool:
    """Whether it asks if something is set for a time: "did you put twelve down?"."""
    return _has(line.replace("\u2019", "'"), language, lambda words: words.stands)


def is_ahead(line: str, language: str) -> bool:
    """Whether it asks for so long before something: "remind me a quarter of an hour before"."""
    return _has(line, language, lambda words: words.ahead)


def means_last(line: str, language: str) -> bool:
    """Whether what was set last is meant: "cancel that"."""
    return _has(line, language, lambda words: words.last)


def asks_of_nothing(line: str, language: str) -> bool:
    """Whether it only asks how many are left: of a timer where one runs, else of anything."""
    words = words_of(language)
    return words is not None and re.match(words.bare, line.replace("\u2019", "'"), re.IGNORECASE) is not None


def says_time(found: Quantities) -> bool:
    """Whether these say a time or how long."""
    return found.time is not None or found.duration is not None


def names_when(found: Quantities) -> bool:
    """Whether these say when, or how long."""
    return any(one is not None for one in (found.duration, found.time, found.day, found.part, found.every)) or bool(
        found.numbers
    )


def told(line: str, language: str) -> str:
    """Somebody's words, said back to them: "call my sister" becomes "call your sister"."""
    words = words_of(language)
    if words is None:
        return " ".join(line.replace(GAP.strip(), " ").split())
    what = re.sub(words.trailing, "", re.sub(words.leading, "", line, flags=re.IGNORECASE), flags=re.IGNORECASE)
    what = " ".join(what.replace(GAP.strip(), " ").split())
    for mine, yours in words.turned:
        what = re.sub(mine, yours, what, flags=re.IGNORECASE)
    return what


def clause_told(before: str, language: str, civil: datetime) -> str:
    """The clause in which what was told names something, of the last sentence that has one: neither "yeah" nor "Sunday"
    does.
    """
    for sentence in reversed(each_sentence(without_fillers(before, language))):
        for clause in re.split(r"[,;.!?]", sentence):
            if _words(read(without_fillers(clause, language), language, civil).rest):
                return clause.strip()
    return ""


def timer_name(rest: str, language: str) -> str:
    """What a timer is called, "egg"; empty where it has no name."""
    words = words_of(language)
    for pattern in () if words is None else words.named:
        found = re.search(pattern, rest, re.IGNORECASE)
        if found is not None:
            name = ARTICLES.sub("", ARTICLES.sub("", found["name"])).strip()
            if name and name.lower() not in NO_NAME and not name[0].isdigit():
                return name
    return ""


def when_of(reminder: Reminder, civil: datetime, language: str) -> str:
    """When it is due, in words: "in twenty minutes", "tomorrow at seven", "every day at eight"."""
    at, left = reminder.at(civil), reminder.left(civil)
    if reminder.every:
        often = say_often(Recurrence(frozenset(reminder.every)), language)
        return text("spoken.often_at", language, {"often": often, "time": say_time(at.time(), language, half=True)})
    if reminder.seconds and timedelta(0) < left < timedelta(days=1):
        return text("spoken.in", language, {"duration": say_duration(rough(left), language)})
    return say_when(at, civil.replace(tzinfo=None), language)


def kind_of(line: str, language: str) -> str:
    """Which kind is named: "timer", "alarm", "reminder"; empty where none is."""
    words, bare = words_of(language), plain(line)
    kinds = () if words is None else words.kinds
    return next((kind for kind, pattern in kinds if re.search(pattern, bare)), "")


def place_of(line: str, language: str) -> int | None:
    """Which of several in their order is meant, from 0; None where the line says none."""
    bare = plain(line)
    words = words_of(language)
    places = () if words is None else words.places
    return next((n for n, place in enumerate(places) if re.search(rf"\b(?:{place})\b", bare)), None)


def means_all(line: str, language: str) -> bool:
    """Whether all of them are meant."""
    return _has(line, language, lambda words: words.all)


def alike(line: str, names: Iterable[str]) -> list[int]:
    """Which of these share a word with the line, best first; those that share none are left out."""
    said = _words(line)
    hits = [(len(_common(said, _words(name))), n) for n, name in enumerate(names)]
    best = max((hit for hit, _ in hits), default=0)
    return [n for hit, n in hits if hit and hit == best]


def _words(line: str) -> set[str]:
    common = common_words()
    return {word for word in re.findall(r"\w+", plain(line)) if len(word) >= LEAST and word not in common}


def _common(a: set[str], b: set[str]) -> set[str]:
    """Words of `b` that begin as one of `a` does."""
    return {word for word in b if any(word[:SHARED] == other[:SHARED] for other in a)}
