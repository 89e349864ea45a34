"""When a timer or reminder is due, as a line says it and as it is said back."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from robot.core.quantities import Recurrence
from robot.sense.language.numbers import numbers_in
from robot.sense.language.quantities import GAP, digits, read
from robot.sense.language.quantity_patterns import lasting
from robot.sense.language.reminder_subject import told
from robot.sense.language.reminder_words import has, words_of
from robot.sense.language.spoken import rough, say_duration, say_often, say_time, say_when
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from robot.core.quantities import Quantities
    from robot.decide.reminders import Reminder

HOUR_MIN = 60
JOINTS = 8  # words that may stand between when and of what, the "of" of a date and the "to" of an hour among them
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def apart(line: str, language: str, civil: datetime) -> tuple[Quantities, str] | None:
    """When and of what, where the line says all of when before that, so that what it names then is of the other:
    "remind me tomorrow at nine to ring work about Wednesday"; but not so long before a time.
    """
    words = words_of(language)
    line = line.replace("\u2019", "'")
    found = words and re.search(words.subject, line, re.IGNORECASE | re.DOTALL)
    if not words or not found:
        return None
    behind = found["what"]
    best = None
    for joint in islice(re.finditer(words.joint, behind, re.IGNORECASE), JOINTS):
        when = read(behind[: joint.start()], language, civil)
        if re.search(r"\w", when.rest) or when.numbers or is_ahead(behind[: joint.start()], language):
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


def halves(line: str, language: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind each word that may join two times of one wish, "at twelve and again at four", with
    an hour there written as a time: "at eight and nine".
    """
    words = words_of(language)
    if words is None:
        return
    line = digits(line, language)
    at = words.at_hour.partition("{}")[0]
    for joint in re.finditer(rf"(?=[\s,])(?:{words.again})(?<=\s)", line, re.IGNORECASE):
        if joint[0].strip():
            before = re.sub(rf"\b{at}(\d+)$", lambda hour: words.at_hour.format(hour[1]), line[: joint.start()])
            behind = re.sub(
                rf"^(\d+)(?=\W*$|\W+(?:{words.again})\d|\W+(?:{words.joint}))",
                lambda hour: words.at_hour.format(hour[1]),
                line[joint.end() :],
                flags=re.IGNORECASE,
            )
            yield before, behind


def of_one_wish(times: list[Quantities]) -> tuple[Quantities, ...]:
    """Several times, each with the day, or how often it comes again, that is said of another; the first has all that is
    left of the line.
    """
    last = next((one for one in times if one.day is not None or one.every is not None), times[0])
    found = []
    for one in times:
        if one.day is not None or one.every is not None:
            last = one
        else:
            last = one._replace(day=last.day, weekly=last.weekly, every=last.every, part=one.part or last.part)
        found.append(last)
    return found[0]._replace(rest=GAP.join(one.rest for one in times)), *found[1:]


def another_timer(found: Quantities, language: str, civil: datetime) -> tuple[Quantities, ...]:
    """The wish for one timer without a second one that is named behind it, "and one for twenty-five", and that one."""
    words, length, behind = words_of(language), *found.rest.partition(GAP.strip())[::2]
    pair = words and re.search(rf"(?:{words.another})\W", f"{behind} ", re.IGNORECASE)
    if not pair or found.duration is None:
        return (found,)
    more = read(behind[pair.end() :], language, civil, lasting=True)
    number = more.numbers[0] if more.numbers else found.time.hour if found.time is not None else None  # "for twenty"
    if more.duration is None and pair["one"] and number is not None:  # not "ten minutes, and two eggs"
        unit = next((unit for unit in (MINUTE, SECOND) if unit <= found.duration < HOUR_MIN * unit), None)
        more = more._replace(duration=None if unit is None else lasting([float(number) * unit.total_seconds()]))
    if more.duration is None:
        return (found,)
    named = re.sub(r"^\W*\d+", "", more.rest)
    first = found._replace(time=None, rest=f"{length}{GAP}{behind[: pair.start()]}")
    return first, more._replace(rest=f"{length}{GAP}{named}")


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
    return has(line, language, lambda words: words.then)


def lasts_until(line: str, language: str) -> bool:
    """Whether something lasts to a time that it names: "be quiet until three, and then wake me"."""
    return has(line, language, lambda words: words.until)


def is_halfway(line: str, language: str) -> bool:
    """Whether it asks for half of a time: "shout at half-time"."""
    return has(line, language, lambda words: words.halfway)


def is_ahead(line: str, language: str) -> bool:
    """Whether it asks for so long before something: "remind me a quarter of an hour before"."""
    return has(line, language, lambda words: words.ahead)


def says_time(found: Quantities) -> bool:
    """Whether these say a time or how long."""
    return found.time is not None or found.duration is not None


def names_when(found: Quantities) -> bool:
    """Whether these say when, or how long."""
    return any(one is not None for one in (found.duration, found.time, found.day, found.part, found.every)) or bool(
        found.numbers or found.no_such_day
    )


def when_of(reminder: Reminder, civil: datetime, language: str) -> str:
    """When it is due, in words: "in twenty minutes", "tomorrow at seven", "every day at eight"."""
    at, left = reminder.at(civil), reminder.left(civil)
    if reminder.every:
        often = say_often(Recurrence(frozenset(reminder.every)), language)
        return text("spoken.often_at", language, {"often": often, "time": say_time(at.time(), language, half=True)})
    if reminder.seconds and timedelta(0) < left < timedelta(days=1):
        return text("spoken.in", language, {"duration": say_duration(rough(left), language)})
    return say_when(at, civil.replace(tzinfo=None), language)
