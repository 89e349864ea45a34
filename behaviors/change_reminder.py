"""Change reminder: cancels, moves or puts off what is set; asks which one where several could be meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Question, Reply, Say, Skill
from robot.core.quantities import ClockTime, DayPart
from robot.decide.dialogue.questions import tells, tries_to_answer
from robot.decide.reminders import REMINDERS, Kind, Reminder, Stage, new_key, waiting
from robot.sense.language.quantities import read
from robot.sense.language.quantity_patterns import lasting
from robot.sense.language.reminder_subject import alike
from robot.sense.language.reminder_when import in_full, names_when, when_of
from robot.sense.language.reminder_words import (
    kind_of,
    kinds_of,
    means_all,
    means_last,
    place_of,
    without_beyond,
    words_of,
)
from robot.sense.language.set_right import set_right
from robot.sense.language.spoken import rough, say_duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance
    from robot.core.quantities import Quantities

STOP = "stop"
CANCEL, MOVE = "wants_cancel_reminder", "wants_move_reminder"
WHICH = Question("cancel_which", Reply.WORDS)
WHAT_TIME = Question("move_when", Reply.WORDS)
SNOOZE = timedelta(minutes=5)  # where no time is named
JUST_RUNG = timedelta(minutes=10)
RINGS = timedelta(seconds=90)  # what has rung, and may ring once more, is what “cancel the timer” means
UNITS = (60, 1)  # s: a timer of so much or more is counted in minutes, a shorter one in seconds
REFUSALS = frozenset({"no", "nothing_much"})
# Sentences by which something was just set, or moved: what puts a time right then is of that.
SET = frozenset(
    {
        "answer_wants_timer",
        "timer_named",
        "answer_wants_alarm",
        "answer_wants_reminder",
        "reminder_for_others",
        "reminder_bare",
        "reminder_what",
        "reminder_noted",
    }
)
MOVED = frozenset({"moved_timer", "moved_alarm", "moved_reminder"})
HOURS_OF = {  # which of its two halves an hour is of
    DayPart.MORNING: range(4, 12),
    DayPart.AFTERNOON: range(12, 18),
    DayPart.EVENING: range(17, 24),
    DayPart.NIGHT: range(20, 24),
}

Found = list[tuple[str, Reminder]]


class ChangeReminder(Skill):
    """“Cancel the timer”, “five more minutes”, “make it six instead”."""

    name = "change_reminder"
    asked = frozenset({CANCEL, MOVE})
    questions = frozenset({WHICH.name, WHAT_TIME.name})

    def __init__(self) -> None:
        self._wanted = CANCEL  # what was asked for, while it asks which
        self._key = ""  # which is to be moved, while it asks when
        self._moved = ""  # which it has moved last

    def worded(self, state: State, words: Utterance) -> bool:
        """Whether a line only puts right when that is which was just set."""
        return self._set_right(state, words.text) is not None

    def desire(self, state: State) -> float:
        """“Turn off the pasta timer” may be taken for “stop”, which silences it: it is cancelled without a word."""
        words = state.diary.pending
        if words is None:
            return UNTIL_WORDS
        if words.intent == STOP:
            return OWN_WORDS if kind_of(words.text, state.diary.manner.language) else 0.0
        return super().desire(state)

    def takes(self, state: State, question: str, words: Utterance) -> bool:
        language = state.diary.manner.language
        found = read(words.text, language, state.civil)
        if words.intent in REFUSALS or tries_to_answer(words) or (names_when(found) and not tells(words)):
            return True
        every = waiting(state.store(REMINDERS), state.civil)
        named = kind_of(words.text, language) or alike(words.text, [one.what for _, one in every])
        return question == WHICH.name and bool(named or means_all(words.text, language) or words.intent in self.asked)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        asked = state.diary.answering
        right = self._set_right(state, words.text)
        if right is not None:
            yield from self._at(state, cause, *right, anew=True)
            return
        if words.intent in {*self.asked, STOP}:
            self._wanted = MOVE if words.intent == MOVE else CANCEL
        elif words.intent in REFUSALS:
            yield Say(cause, "ring_stopped")
            return
        every = waiting(state.store(REMINDERS), state.civil)
        if self._wanted == CANCEL:
            yield from self._cancel(state, cause, every, words.text, which=asked == WHICH.name)
        else:
            yield from self._move(state, cause, every, words.text)

    def _just_set(self, state: State) -> tuple[str, Reminder] | None:
        """What the robot's last sentences were about, if they told that it is set or moved."""
        turns = state.diary.talk.turns[:-1]
        told = {turn.intent for turn in takewhile(lambda one: not one.person, reversed(turns))}
        kept = dict(waiting(state.store(REMINDERS), state.civil))
        key = self._moved if told & MOVED else max(kept, key=int, default="") if told & SET else ""
        return (key, kept[key]) if key in kept else None

    def _set_right(self, state: State, line: str) -> tuple[str, Reminder, Quantities] | None:
        """What was just set, and when it is to be instead."""
        last = self._just_set(state)
        if last is None:
            return None
        line = _of_its_hour(line, last[1], state)
        found = set_right(line, state.diary.manner.language, state.civil, lasting=last[1].kind is Kind.TIMER)
        return None if found is None else (*last, found)

    def _at(
        self, state: State, cause: Cause, key: str, reminder: Reminder, found: Quantities, *, anew: bool
    ) -> Iterable[Intent]:
        """Keep it at another time, or ask for that."""
        moved = _moved(reminder, found, state, anew=anew)
        if moved is None:
            self._wanted, self._key = MOVE, key
            yield Say(cause, WHAT_TIME.name, question=WHAT_TIME)
            return
        self._moved = key
        yield REMINDERS.keep(cause, key, moved)
        yield _told(moved, state, cause)

    def _cancel(self, state: State, cause: Cause, every: Found, line: str, *, which: bool) -> Iterable[Intent]:
        meant, rung = _meant(every, line, state), _of_rung(every, line, state)
        if rung is not None and not (means_last(line, state.diary.manner.language) and self._just_set(state)):
            put_off = _put_off(every, rung[1])
            if put_off is not None:
                yield REMINDERS.drop(cause, put_off[0])
                yield _cancelled(put_off[1], state, cause)
                return
            if not rung[1].every:
                yield REMINDERS.drop(cause, rung[0])
            yield Say(cause, "ring_stopped")
        elif not meant:
            yield Say(cause, f"answer_{CANCEL}")
        elif len(meant) == 1 or means_all(line, state.diary.manner.language):
            for key, _ in meant:
                yield REMINDERS.drop(cause, key)
            if len(meant) == 1:
                yield _cancelled(meant[0][1], state, cause)
            else:
                yield Say(cause, "cancelled_all", (("count", str(len(meant))),))
        elif means_last(line, state.diary.manner.language):
            key, reminder = max(meant, key=lambda item: int(item[0]))
            yield REMINDERS.drop(cause, key)
            yield _cancelled(reminder, state, cause)
        elif which:  # asked once: it takes the soonest, and says so
            key, reminder = meant[0]
            yield REMINDERS.drop(cause, key)
            yield _cancelled(reminder, state, cause)
        else:
            yield Say(cause, WHICH.name, (("count", str(len(meant))),), question=WHICH)

    def _move(self, state: State, cause: Cause, every: Found, line: str) -> Iterable[Intent]:
        language = state.diary.manner.language
        rung = _of_rung(every, line, state, put_off=True)
        meant = [(self._key, dict(every)[self._key])] if self._key in dict(every) else _meant(every, line, state)
        self._key = ""
        found = read(line, language, state.civil)
        if rung is not None and (not every or _puts_off(found)):
            yield from self._snooze(state, cause, rung, found)
            return
        if not meant:
            yield Say(cause, f"answer_{MOVE}")
            return
        key, reminder = meant[0]
        if without_beyond(line, language) != line or (found.every is not None and found.every.seconds):
            self._wanted, self._key = MOVE, key
            yield Say(cause, "reminder_every_how", question=WHAT_TIME)
            return
        line = _of_its_hour(line, reminder, state)
        right = set_right(line, language, state.civil, lasting=reminder.kind is Kind.TIMER)
        found = right or read(line, language, state.civil)
        yield from self._at(state, cause, key, reminder, found, anew=right is not None)

    @staticmethod
    def _snooze(state: State, cause: Cause, rung: tuple[str, Reminder], found: Quantities) -> Iterable[Intent]:
        """Once more in a while; what comes again each day stays as it is, beside it."""
        key, reminder = rung
        wait = found.duration or SNOOZE
        again = reminder.changed(every=(), rung="", stage=Stage.SET, seconds=round(wait.total_seconds()))
        if reminder.every:
            key = new_key(state.store(REMINDERS))
        yield REMINDERS.keep(cause, key, again.lasting(state.civil, wait.total_seconds()), state.whose)
        yield Say(cause, "snoozed", (("duration", say_duration(wait, state.diary.manner.language)),))


def _puts_off(found: Quantities) -> bool:
    """Whether the words put off what has just rung: they name a while, or nothing, but no time."""
    return found.time is None and found.day is None and not found.numbers


def _rang(reminder: Reminder, state: State) -> datetime | None:
    """When it rang last, by the wall."""
    if reminder.stage is not Stage.SET:
        return reminder.at(state.civil)
    return datetime.fromisoformat(reminder.rung) if reminder.rung else None


def _just_rung(state: State) -> tuple[str, Reminder] | None:
    """What rings or has rung in the last minutes, the last of several."""
    now, found = state.civil.replace(tzinfo=None), []
    for key, reminder in state.store(REMINDERS).items():
        rang = _rang(reminder, state)
        if rang is not None and (reminder.stage is not Stage.SET or timedelta(0) <= now - rang <= JUST_RUNG):
            found.append((rang, key, reminder))
    return max(found, key=lambda one: one[0])[1:] if found else None


def _may_ring(reminder: Reminder, state: State) -> bool:
    """Whether one that rang rings still, or may do so again."""
    rang = _rang(reminder, state)
    return rang is not None and state.civil.replace(tzinfo=None) - rang <= RINGS


def _put_off(every: Found, rung: Reminder) -> tuple[str, Reminder] | None:
    """What stands beside one that comes again and has rung, since it was put off."""
    beside = (item for item in every if item[1].seconds and not item[1].every)
    return next(
        (item for item in beside if rung.every and (item[1].kind, item[1].what) == (rung.kind, rung.what)), None
    )


def _of_rung(every: Found, line: str, state: State, *, put_off: bool = False) -> tuple[str, Reminder] | None:
    """What has just rung, where a line is of that: it names neither another that is set nor all of them; nor the kind
    of another, where that is not its own, or it is over and is not to be `put_off`.
    """
    rung, language = _just_rung(state), state.diary.manner.language
    if rung is None or (every and means_all(line, language)):
        return None
    others = [one for one in every if one[0] != rung[0]]
    kind = kind_of(line, language)
    of_kind = any(one.kind == kind for _, one in others)
    over = not put_off and not _may_ring(rung[1], state)
    return None if _named(others, line, state) or (of_kind and (over or rung[1].kind != kind)) else rung


def _meant(every: Found, line: str, state: State) -> Found:
    """Those that may be meant: by what the line names, else by kind, else all; the soonest first."""
    return _named(every, line, state) or _of_kind(every, line, state)


def _of_kind(every: Found, line: str, state: State) -> Found:
    """Those of a kind that is named, of each where all are meant; else all."""
    language = state.diary.manner.language
    kinds = kinds_of(line, language)[: None if means_all(line, language) else 1]
    return [(key, one) for key, one in every if one.kind in kinds] if kinds else every


def _named(every: Found, line: str, state: State) -> Found:
    """Those that a line names, by what they are of, their place or their time."""
    language = state.diary.manner.language
    named = alike(line, [one.what for _, one in every])
    if named:
        return [every[n] for n in named]
    of_kind = _of_kind(every, line, state)
    found = read(line, language, state.civil)
    place = place_of(line, language) if found.day is None else None  # "the second of May"
    if place is not None:  # "cancel the second one"
        return of_kind[place : place + 1]
    if found.time is None or found.duration is not None:
        return []
    at = found.time.halves()
    return [(key, one) for key, one in of_kind if one.at(state.civil).time().replace(second=0, microsecond=0) in at]


def _of_its_hour(line: str, reminder: Reminder, state: State) -> str:
    """A line with the time that "half past" alone means, of the hour for which something is set."""
    at = reminder.at(state.civil)
    return line if reminder.kind is Kind.TIMER else in_full(line, at, state.diary.manner.language)


def _moved(reminder: Reminder, found: Quantities, state: State, *, anew: bool) -> Reminder | None:
    """It at another time; None where the words name none that is to come. `anew`: a length is counted from now."""
    civil, language = state.civil, state.diary.manner.language
    now = civil.replace(tzinfo=None)
    if found.no_such_day:
        return None
    if found.time is None and found.day is None and found.duration is not None:
        left = found.duration if anew else max(reminder.left(civil), timedelta(0)) + found.duration
        if reminder.seconds:
            return reminder.changed(seconds=round(left.total_seconds())).lasting(civil, left.total_seconds())
        return reminder.changed(due=(now + left).isoformat(timespec="seconds"))
    if reminder.seconds and found.time is None and found.day is None and found.numbers:  # "no, make it fifteen"
        unit = next(unit for unit in UNITS if reminder.seconds >= unit)
        lasts = lasting([float(found.numbers[0]) * unit])
        seconds = 0 if lasts is None else round(lasts.total_seconds())
        return reminder.changed(seconds=seconds).lasting(civil, seconds) if seconds else None
    if found.time is None and found.numbers:  # "make it six", "put seven for tomorrow"
        words = words_of(language)
        hour = None if words is None else read(words.at_hour.format(found.numbers[0]), language, civil).time
        found = found._replace(time=hour)
    before = reminder.at(civil)
    other_half = (before.hour + 12) % 24
    if found.time is None and found.part is not None and other_half in HOURS_OF.get(found.part, ()):
        found = found._replace(time=ClockTime(other_half, before.minute))
    if found.time is None and found.part is None and found.every is not None:
        found = found._replace(time=ClockTime(before.hour, before.minute))
    if found.time is None and found.day is not None:
        moment: datetime | None = datetime.combine(found.day, before.time())
    else:
        other_day = found.day is None and found.every is None and before.date() != now.date()
        found = found._replace(day=before.date()) if other_day else found
        moment = found.moment(civil, rising=reminder.kind is Kind.ALARM)
    if moment is None or moment <= now:
        return None
    every = reminder.every if found.every is None else tuple(sorted(found.every.weekdays))
    return reminder.changed(due=moment.isoformat(timespec="seconds"), seconds=0, every=every)


def _cancelled(reminder: Reminder, state: State, cause: Cause) -> Say:
    slots = (
        ("when", when_of(reminder, state.civil, state.diary.manner.language)),
        ("name", reminder.what),
        ("what", reminder.what),
    )
    match reminder.kind:
        case Kind.TIMER:
            return Say(cause, "cancelled_timer_named" if reminder.what else "cancelled_timer", slots)
        case Kind.ALARM:
            return Say(cause, "cancelled_alarm", slots)
        case _:
            return Say(cause, "cancelled_reminder" if reminder.what else "cancelled_reminder_bare", slots)


def _told(reminder: Reminder, state: State, cause: Cause) -> Say:
    language = state.diary.manner.language
    if reminder.kind is Kind.TIMER:
        return Say(cause, "moved_timer", (("duration", say_duration(rough(reminder.left(state.civil)), language)),))
    phrase = "moved_alarm" if reminder.kind is Kind.ALARM else "moved_reminder"
    return Say(cause, phrase, (("when", when_of(reminder, state.civil, language)),))
