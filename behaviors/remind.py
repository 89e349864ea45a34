"""Remind: sets timers, alarms and reminders that somebody asks for; asks back once for a time or a subject it lacks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from robot import OWN_WORDS, UNTIL_WORDS, Question, Reply, Say, Skill, State
from robot.core.quantities import ClockTime, Quantities
from robot.decide.dialogue.questions import tells, tries_to_answer
from robot.decide.reminders import MOST, REMINDERS, Kind, Reminder, new_key, waiting
from robot.sense.language.as_asked import told_before_asking
from robot.sense.language.quantities import GAP, read
from robot.sense.language.reflection import reflected
from robot.sense.language.reminder_words import (
    apart,
    asking,
    clause_told,
    for_others,
    further,
    is_ahead,
    is_halfway,
    kind_of,
    lasts_until,
    leaning,
    means_then,
    names_when,
    read_when,
    says_time,
    subject,
    timer_name,
    told,
    when_of,
    without_reason,
    words_of,
)
from robot.sense.language.spoken import joined, rough, say_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from robot import Cause, Intent, Utterance
    from robot.sense.language.reminder_words import Leaning

ASKED = {"wants_timer": Kind.TIMER, "wants_alarm": Kind.ALARM, "wants_reminder": Kind.REMINDER}
HOW_LONG = Question("timer_how_long", Reply.WORDS)
WHAT_TIME = Question("alarm_when", Reply.WORDS)
WHEN = Question("reminder_when", Reply.WORDS)
OF_WHAT = Question("reminder_what", Reply.WORDS)
HALF_OF = Question("timer_half_of", Reply.WORDS)
KIND_OF = {HOW_LONG.name: Kind.TIMER, HALF_OF.name: Kind.TIMER, WHAT_TIME.name: Kind.ALARM, WHEN.name: Kind.REMINDER}
QUESTION_OF = {Kind.TIMER: HOW_LONG, Kind.ALARM: WHAT_TIME, Kind.REMINDER: WHEN}
TOLD_BACK, FOR_OTHERS = "answer_wants_reminder", "reminder_for_others"
SHORTEST = timedelta(seconds=1)
JUST_SET = timedelta(minutes=1)
LINES = 4  # of the talk, in which a time was named that is meant again
NOTHING_IN_IT = frozenset({"no", "nothing_much", "dont_know"})


class _Wish(NamedTuple):
    """What is asked for: when, perhaps at a second time as well, and of what."""

    when: Quantities
    again: Quantities | None = None
    what: str = ""


class Remind(Skill):
    """What was asked for is kept at once, and told back with its time."""

    name = "remind"
    asked = frozenset(ASKED)
    questions = frozenset({*KIND_OF, OF_WHAT.name})

    def __init__(self) -> None:
        self._what = ""  # of what it is to remind, while it asks when
        self._for_others = False  # whether it is to remind somebody else of it
        self._keys: tuple[str, ...] = ()  # what it has set, while it asks of what
        self._plainer: tuple[float, Say] | None = None  # what it says where the guard held back the person's own words

    def desire(self, state: State) -> float:
        wanted = super().desire(state)
        if wanted or self._plainer is not None:
            return wanted or (OWN_WORDS if self._held_back(state) is not None else 0.0)
        return UNTIL_WORDS

    def act(self, state: State) -> Iterable[Intent]:
        plainer = self._held_back(state)
        if plainer is not None:
            self._plainer = None
            yield plainer
        yield from super().act(state)

    def _held_back(self, state: State) -> Say | None:
        """What is to be said now, since what was to be said did not pass."""
        if self._plainer is None or self._plainer[0] == state.t:
            return None
        at, plainer = self._plainer
        if any(one.phrase in {TOLD_BACK, FOR_OTHERS} for one in state.passed(at)):
            self._plainer = None
            return None
        return plainer

    def takes(self, state: State, question: str, words: Utterance) -> bool:
        if question == OF_WHAT.name:
            return "?" not in words.text and words.intent not in ASKED
        found = read(words.text, state.diary.manner.language, state.civil)
        over = found.day is not None and found.day < state.civil.date()
        return (names_when(found) and not over and not tells(words)) or says_time(found) or tries_to_answer(words)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        asked = state.diary.answering
        if asked == OF_WHAT.name:
            yield from self._note(state, words, cause)
            return
        kind = ASKED.get(words.intent) or KIND_OF.get(asked)
        if kind is None:
            return
        half = asked == HALF_OF.name or is_halfway(words.text, language)
        wish = _Wish(_halfway(words, state)) if half else _asked(kind, words, state)
        found = wish.when
        if words.intent in ASKED:
            self._what = wish.what
            self._for_others = kind is Kind.REMINDER and for_others(words.text, language)
        if len(state.store(REMINDERS)) >= MOST:
            yield Say(cause, "reminder_full", (("count", str(MOST)),))
            return
        if found.every is not None and found.every.seconds:
            yield Say(cause, "reminder_every_how", question=WHEN)
            return
        if kind is not Kind.TIMER:
            found = self._on_another_day(state, words.text, found)
        made = [_made(kind, one, self._what, state) for one in (found, wish.again) if one is not None]
        reminders = sorted((one for one in made if one is not None), key=lambda one: one.left(state.civil))
        if reminders:
            yield from self._set(state, cause, reminders)
        elif found.day is not None or found.time is not None:
            yield Say(cause, "reminder_past", question=QUESTION_OF[kind])
        elif words.intent in ASKED:
            question = HALF_OF if half else QUESTION_OF[kind]
            yield Say(cause, question.name, question=question)
        else:
            yield Say(cause, "reminder_unread")

    def _on_another_day(self, state: State, line: str, found: Quantities) -> Quantities:
        """For one more on another day the time of the last: "and the day after, too"."""
        last, language = self._last_set(state), state.diary.manner.language
        its_own = self._what or state.diary.answering or kind_of(line, language)
        if last is None or last.seconds or its_own or found.time is not None or found.duration is not None:
            return found
        before = last.at(state.civil)
        next_day = found.day is None and _next_day(line, language)
        day = before.date() + timedelta(days=1) if next_day else found.day
        if day is None:
            return found
        self._what = last.what
        return found._replace(day=day, time=ClockTime(before.hour, before.minute))

    def _set(self, state: State, cause: Cause, reminders: list[Reminder]) -> Iterable[Intent]:
        keys, language = list(state.store(REMINDERS)), state.diary.manner.language
        reminders = [one.changed(others=self._for_others and one.kind is Kind.REMINDER) for one in reminders]
        self._keys = ()
        for one in reminders:
            key = new_key(keys)
            keys.append(key)
            self._keys += (key,)
            yield REMINDERS.keep(cause, key, one, state.whose)
        reminder = reminders[0]
        when = (("when", joined([when_of(one, state.civil, language) for one in reminders], language)),)
        match reminder.kind:
            case Kind.TIMER:
                lasting = say_duration(timedelta(seconds=reminder.seconds), state.diary.manner.language)
                slots = (("duration", lasting), ("name", reminder.what))
                yield Say(cause, "timer_named" if reminder.what else "answer_wants_timer", slots)
            case Kind.ALARM:
                yield Say(cause, "answer_wants_alarm", when)
            case _ if reminder.what:
                self._plainer = (state.t, Say(cause, "reminder_bare", when))
                yield Say(cause, FOR_OTHERS if reminder.others else TOLD_BACK, (*when, ("what", reminder.what)))
            case _:
                yield Say(cause, OF_WHAT.name, when, question=OF_WHAT)

    def _last_set(self, state: State) -> Reminder | None:
        return state.store(REMINDERS).get(self._keys[-1]) if self._keys else None

    def _note(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        """Add to what is set of what it is to remind."""
        kept = state.store(REMINDERS)
        what = told(words.text, state.diary.manner.language)
        if self._last_set(state) is None or words.intent in NOTHING_IN_IT or not what:
            yield Say(cause, "ring_stopped")
            return
        for key in self._keys:
            if key in kept:
                yield REMINDERS.keep(cause, key, kept[key].changed(what=what), state.whose)
        yield Say(cause, "reminder_noted", (("what", what),))


def _named(found: Quantities) -> frozenset[str]:
    """What a line names of when: the time, the day, or both."""
    kinds = {"day": found.day, "time": found.time or found.duration, "every": found.every}
    return frozenset(kind for kind, said in kinds.items() if said is not None)


def _read(line: str, kind: Kind, state: State) -> Quantities:
    """What a line says of when; a day that is over is of something else where it says a time as well."""
    language, lasting = state.diary.manner.language, kind is Kind.TIMER
    found = read_when(line, language, state.civil, lasting=lasting)
    shorter = read_when(without_reason(line, language), language, state.civil, lasting=lasting)
    found = shorter if _named(shorter) >= _named(found) else found
    over = found.day is not None and found.day < state.civil.date()
    timed = found.time is not None or found.duration is not None
    return found._replace(day=None) if over and timed else found


def _asked(kind: Kind, words: Utterance, state: State) -> _Wish:
    """When and of what, by the sentence that asks for it; by the whole line where that says no time, or answers."""
    language, civil = state.diary.manner.language, state.civil
    lean = leaning(words.text, language)
    if lean is not None:
        return _leaning(kind, lean, words, state)
    if words.intent not in ASKED:
        return _Wish(*further(_read(words.text, kind, state), language, civil))
    sentence = asking(words.text, language)
    if kind is Kind.REMINDER and told_before_asking(words.text) is None:
        found = apart(sentence, language, civil)
        if found is not None:
            return _Wish(found[0], what=found[1])
    asked, again = further(_read(_asked_for(sentence, kind, state), kind, state), language, civil)
    what = timer_name(asked.rest, language) if kind is Kind.TIMER else _subject(state, words, sentence, asked.rest)
    if kind is not Kind.TIMER and is_ahead(sentence, language):
        return _Wish(_ahead(asked, words.text.replace(sentence, " "), state), what=what)
    if not names_when(asked):
        asked, again = further(_read(words.text, kind, state), language, civil)
    if means_then(sentence, language) and (not says_time(asked) or lasts_until(sentence, language)):
        asked = asked if names_when(asked) else next((one for one in _earlier(state) if one.time is not None), asked)
        at = None if asked.time is None or asked.every is not None else asked.moment(civil)  # of this day, at any hour
        asked = asked if at is None else asked._replace(time=ClockTime(at.hour, at.minute), day=at.date())
    return _Wish(asked, again, what)


def _earlier(state: State, *, lasting: bool = False) -> Iterator[Quantities]:
    """What the person's last lines say of when, the newest first."""
    told, language = state.diary.talk.told_by_person()[-LINES:-1], state.diary.manner.language
    return (read(turn.text, language, state.civil, lasting=lasting) for turn in reversed(told))


def _leaning(kind: Kind, lean: Leaning, words: Utterance, state: State) -> _Wish:
    """When it is so many minutes past the hour that is named beside that, or was before, or to it; else the next."""
    language, line = state.diary.manner.language, words.text
    beside = (read(one, language, state.civil) for one in (line[: lean.start], line[lean.end :]))
    event = next((one for one in (*beside, *_earlier(state)) if one.time is not None), None)
    hour = None if event is None else event.moment(state.civil, rising=kind is Kind.ALARM)
    now = state.civil.replace(tzinfo=None)
    at = lean.of(hour or now)
    at += timedelta(hours=hour is None and at <= now)
    rest = read(f"{line[: lean.start]}{GAP}{line[lean.end :]}", language, state.civil).rest
    what = _subject(state, words, asking(line, language), rest) if kind is Kind.REMINDER else ""
    return _Wish(Quantities(time=ClockTime(at.hour, at.minute), day=at.date()), what=what)


def _halfway(words: Utterance, state: State) -> Quantities:
    """Half of the time that the line says, or of what is left to half of the timer set last, or of what was told."""
    said = read(words.text, state.diary.manner.language, state.civil, lasting=True).duration
    timers = [one for _, one in waiting(state.store(REMINDERS), state.civil) if one.kind is Kind.TIMER]
    if said is None and timers:
        last = max(timers, key=lambda one: one.due)
        half, left = timedelta(seconds=last.seconds / 2), last.left(state.civil)
        return Quantities(duration=half if 2 * half - left < JUST_SET else rough(left - half))
    earlier = (one.duration for one in _earlier(state, lasting=True))
    whole = said or next((one for one in earlier if one is not None), None)
    return Quantities(duration=None if whole is None else whole / 2)


def _asked_for(sentence: str, kind: Kind, state: State) -> str:
    """The sentence without the time of what it tells first, where it names another for that: "I've the dentist at
    three, remind me of it at two"; but for so long before that.
    """
    told_first = told_before_asking(sentence)
    if not told_first or is_ahead(sentence, state.diary.manner.language):
        return sentence
    behind = sentence[len(told_first) :]
    return behind if says_time(_read(behind, kind, state)) else sentence


def _ahead(found: Quantities, line: str, state: State) -> Quantities:
    """When it is so long before that of which the words tell, or what was told last; nothing where none says when."""
    language, topic = state.diary.manner.language, state.diary.talk.topic
    earlier = (read(one, language, state.civil) for one in (line, *(topic.told[-1:] if topic is not None else ())))
    if found.duration is None:  # "ten minutes before five" is a time
        return found
    event = next((one for one in (found, *earlier) if one.time is not None), None)
    at = None if event is None else event.moment(state.civil)
    if at is None:
        return Quantities()
    at -= found.duration
    return Quantities(time=ClockTime(at.hour, at.minute), day=at.date())


def _next_day(line: str, language: str) -> bool:
    words = words_of(language)
    return words is not None and re.search(rf"\b(?:{words.next_day})\b", line.lower()) is not None


def _subject(state: State, words: Utterance, sentence: str, rest: str) -> str:
    """Of what to remind: what was told last, in the line or before it, where somebody says "remind me of that"."""
    language, topic = state.diary.manner.language, state.diary.talk.topic
    what = subject(rest, language)
    told_first = told_before_asking(words.text)
    if what and told_first is None:
        return what
    before = clause_told(told_first or words.text[: words.text.find(sentence)], language, state.civil)
    back = reflected(before, words.language) or told(before, language)
    if not back and topic is not None and told_first is not None:
        back = reflected(topic.told[-1], words.language)
    return back[:1].lower() + back[1:] or what


def _made(kind: Kind, found: Quantities, what: str, state: State) -> Reminder | None:
    """What to keep; None where the words name no time that is to come."""
    civil = state.civil
    if kind is Kind.TIMER and found.duration is None and found.numbers:  # "a timer for ten": minutes are meant
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
