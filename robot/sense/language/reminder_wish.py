"""What somebody wishes to be reminded of, and when: by the sentence that asks for it, and by what was said before."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from robot.core.quantities import ClockTime, Quantities
from robot.decide.reminders import REMINDERS, Kind, Reminder, waiting
from robot.sense.language.as_asked import told_before_asking
from robot.sense.language.quantities import GAP, read
from robot.sense.language.reflection import reflected
from robot.sense.language.reminder_subject import begins_asking, clause_told, subject, timer_name, told
from robot.sense.language.reminder_when import (
    another_timer,
    apart,
    halves,
    is_ahead,
    lasts_until,
    leaning,
    means_then,
    names_when,
    of_one_wish,
    read_when,
    says_time,
)
from robot.sense.language.reminder_words import asking, without_reason, words_of
from robot.sense.language.spoken import rough

if TYPE_CHECKING:
    from collections.abc import Iterator

    from robot.core.percepts import Utterance
    from robot.decide.behavior import State
    from robot.sense.language.reminder_when import Leaning

ASKED = {"wants_timer": Kind.TIMER, "wants_alarm": Kind.ALARM, "wants_reminder": Kind.REMINDER}
SHORTEST = timedelta(seconds=1)
MOST_BARE_MIN = 24 * 60  # "a timer for ten": minutes are meant, of no more than a day
JUST_SET = timedelta(minutes=1)
LINES = 4  # of the talk, in which a time was named that is meant again


class ReminderWish(NamedTuple):
    """What is asked for: when, perhaps at more times as well, and of what."""

    when: Quantities
    again: tuple[Quantities, ...] = ()
    what: str = ""
    again_of: str = ""  # of what the others are, where that is something else


def _named(found: Quantities) -> frozenset[str]:
    """What a line names of when: the time, the day, or both."""
    kinds = {"day": found.day, "time": found.time or found.duration, "every": found.every}
    return frozenset(kind for kind, said in kinds.items() if said is not None)


def _read(line: str, kind: Kind, language: str, civil: datetime) -> Quantities:
    """What a line says of when; a day that is over is of something else where it says a time as well."""
    lasting = kind is Kind.TIMER
    found = read_when(line, language, civil, lasting=lasting)
    shorter = read_when(without_reason(line, language), language, civil, lasting=lasting)
    found = shorter if _named(shorter) >= _named(found) else found
    over = found.day is not None and found.day < civil.date()
    timed = found.time is not None or found.duration is not None
    return found._replace(day=None) if over and timed else found


def _times(line: str, kind: Kind, language: str, civil: datetime) -> tuple[Quantities, ...]:
    """What a line says of when, and of each time that it names beside that: "at twelve and again at four"."""
    return of_one_wish(_each_time(line, kind, language, civil))


def _each_time(line: str, kind: Kind, language: str, civil: datetime) -> list[Quantities]:
    """The times that a line joins to one another, each read by itself."""
    for before, behind in halves(line, language):
        first = _read(before, kind, language, civil)
        if first.time is not None and first.rest.endswith(GAP.strip()):
            others = _each_time(behind, kind, language, civil)
            if others[0].time is not None and others[0].rest.startswith(GAP.strip()):
                return [first, *others]
    return [_read(line, kind, language, civil)]


def wish_of(kind: Kind, words: Utterance, state: State) -> ReminderWish:
    """When and of what, by the sentence that asks for it; by the whole line where that says no time, or answers."""
    language, civil = words.language, state.civil
    lean = leaning(words.text, language)
    if lean is not None:
        return _leaning(kind, lean, words, state)
    if words.intent not in ASKED:
        asked, *more = _times(words.text, kind, language, civil)
        return ReminderWish(asked, tuple(more))
    sentence = asking(words.text, language)
    if kind is Kind.REMINDER and told_before_asking(words.text) is None:
        found = apart(sentence, language, civil)
        if found is not None:
            return ReminderWish(found[0], what=found[1])
    asked, *more = _times(_asked_for(sentence, kind, language, civil), kind, language, civil)
    if kind is Kind.TIMER and not more:
        asked, *more = another_timer(asked, language, civil)
    what = timer_name(asked.rest, language) if kind is Kind.TIMER else _subject(state, words, sentence, asked.rest)
    if kind is not Kind.TIMER and is_ahead(sentence, language):
        return ReminderWish(_ahead(asked, words.text.replace(sentence, " "), state, language), what=what)
    if not names_when(asked):
        asked, *more = _times(words.text, kind, language, civil)
    if means_then(sentence, language) and (not says_time(asked) or lasts_until(sentence, language)):
        earlier = (one for one in _earlier(state, language) if one.time is not None)
        asked = asked if names_when(asked) else next(earlier, asked)
        at = None if asked.time is None or asked.every is not None else asked.moment(civil)  # of this day, at any hour
        asked = asked if at is None else asked._replace(time=ClockTime(at.hour, at.minute), day=at.date())
    of_the_second = timer_name(more[0].rest, language) if kind is Kind.TIMER and more else ""
    return ReminderWish(asked, tuple(more), what, of_the_second)


def _earlier(state: State, language: str, *, lasting: bool = False) -> Iterator[Quantities]:
    """What the person's last lines say of when, the newest first."""
    told = state.diary.talk.told_by_person()[-LINES:-1]
    return (read(turn.text, language, state.civil, lasting=lasting) for turn in reversed(told))


def _leaning(kind: Kind, lean: Leaning, words: Utterance, state: State) -> ReminderWish:
    """When it is so many minutes past the hour that is named beside that, or was before, or to it; else the next."""
    language, line = words.language, words.text
    beside = (read(one, language, state.civil) for one in (line[: lean.start], line[lean.end :]))
    event = next((one for one in (*beside, *_earlier(state, language)) if one.time is not None), None)
    hour = None if event is None else event.moment(state.civil, rising=kind is Kind.ALARM)
    now = state.civil.replace(tzinfo=None)
    at = lean.of(hour or now)
    at += timedelta(hours=hour is None and at <= now)
    rest = read(f"{line[: lean.start]}{GAP}{line[lean.end :]}", language, state.civil).rest
    what = _subject(state, words, asking(line, language), rest) if kind is Kind.REMINDER else ""
    return ReminderWish(Quantities(time=ClockTime(at.hour, at.minute), day=at.date()), what=what)


def halfway(words: Utterance, state: State) -> Quantities:
    """Half of the time that the line says, or of what is left to half of the timer set last, or of what was told."""
    said = read(words.text, words.language, state.civil, lasting=True).duration
    timers = [one for _, one in waiting(state.store(REMINDERS), state.civil) if one.kind is Kind.TIMER]
    if said is None and timers:
        last = max(timers, key=lambda one: one.due)
        half, left = timedelta(seconds=last.seconds / 2), last.left(state.civil)
        return Quantities(duration=half if 2 * half - left < JUST_SET else rough(left - half))
    earlier = (one.duration for one in _earlier(state, words.language, lasting=True))
    whole = said or next((one for one in earlier if one is not None), None)
    return Quantities(duration=None if whole is None else whole / 2)


def _asked_for(sentence: str, kind: Kind, language: str, civil: datetime) -> str:
    """The sentence without the time of what it tells first, where it names another for that: "I've the dentist at
    three, remind me of it at two"; but for so long before that.
    """
    told_first = told_before_asking(sentence)
    if not told_first or is_ahead(sentence, language):
        return sentence
    behind = sentence[len(told_first) :]
    return behind if says_time(_read(behind, kind, language, civil)) else sentence


def _ahead(found: Quantities, line: str, state: State, language: str) -> Quantities:
    """When it is so long before that of which the words tell, or what was told last; nothing where none says when."""
    topic = state.diary.talk.topic
    earlier = (read(one, language, state.civil) for one in (line, *(topic.told[-1:] if topic is not None else ())))
    if found.duration is None:  # "ten minutes before five" is a time
        return found
    event = next((one for one in (found, *earlier) if one.time is not None), None)
    at = None if event is None else event.moment(state.civil)
    if at is None:
        return Quantities()
    at -= found.duration
    return Quantities(time=ClockTime(at.hour, at.minute), day=at.date())


def is_next_day(line: str, language: str) -> bool:
    """Whether a line means the day after that of which was spoken."""
    words = words_of(language)
    return words is not None and re.search(rf"\b(?:{words.next_day})\b", line.lower()) is not None


def _subject(state: State, words: Utterance, sentence: str, rest: str) -> str:
    """Of what to remind: what was told last, in the line or before it, where somebody says "remind me of that"."""
    language, topic = words.language, state.diary.talk.topic
    what = subject(rest, language)
    told_first = told_before_asking(words.text)
    if what and told_first is None:
        return what
    begun = told_first or words.text[: words.text.find(sentence)], sentence[: begins_asking(sentence, language)]
    before = next(filter(None, (clause_told(one, language, state.civil) for one in begun)), "")
    back = reflected(before, language) or told(before, language)
    if not back and topic is not None and told_first is not None:
        back = reflected(topic.told[-1], language)
    return back[:1].lower() + back[1:] or what


def reminder_of(kind: Kind, found: Quantities, what: str, state: State) -> Reminder | None:
    """What to keep; None where the words name no time that is to come."""
    civil = state.civil
    if kind is Kind.TIMER and found.duration is None and found.numbers and 0 < found.numbers[0] <= MOST_BARE_MIN:
        found = found._replace(duration=timedelta(minutes=float(found.numbers[0])))
    if kind is Kind.TIMER and found.duration is not None and found.duration >= SHORTEST:
        due = (civil + found.duration).astimezone(UTC).isoformat(timespec="milliseconds")
        return Reminder(kind=kind, due=due, what=what, seconds=round(found.duration.total_seconds()))
    at: datetime | None
    if found.duration is not None and found.time is None and found.day is None:
        if kind is Kind.REMINDER or found.duration < timedelta(days=1):
            return _after(kind, found.duration, what, civil)
        at = None
    else:
        at = found.moment(civil, rising=kind is Kind.ALARM)
    if at is None:
        return None
    weekdays = () if found.every is None else tuple(sorted(found.every.weekdays))
    as_kind = Kind.ALARM if kind is Kind.TIMER else kind  # "a timer for five o'clock" is an alarm
    return Reminder(kind=as_kind, due=at.isoformat(timespec="seconds"), what=what, every=weekdays)


def _after(kind: Kind, duration: timedelta, what: str, civil: datetime) -> Reminder:
    """One that is due after a length of time; it runs like a timer, whatever the clock on the wall is set to."""
    due = (civil + duration).astimezone(UTC).isoformat(timespec="milliseconds")
    return Reminder(kind=kind, due=due, what=what, seconds=round(duration.total_seconds()))
