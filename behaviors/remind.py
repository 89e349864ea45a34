"""Remind: sets timers, alarms and reminders that somebody asks for; asks back once for a time or a subject it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from robot import OWN_WORDS, UNTIL_WORDS, Question, Reply, Say, Skill, State
from robot.core.quantities import ClockTime, Quantities
from robot.decide.dialogue.questions import tells, tries_to_answer
from robot.decide.reminders import MOST, REMINDERS, Kind, Reminder, new_key
from robot.sense.language.quantities import read
from robot.sense.language.reminder_subject import told
from robot.sense.language.reminder_when import is_halfway, names_when, says_time, when_of
from robot.sense.language.reminder_wish import ASKED, ReminderWish, halfway, is_next_day, reminder_of, wish_of
from robot.sense.language.reminder_words import for_others, kind_of, without_beyond
from robot.sense.language.spoken import joined, say_duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, Utterance

HOW_LONG = Question("timer_how_long", Reply.WORDS)
WHAT_TIME = Question("alarm_when", Reply.WORDS)
WHEN = Question("reminder_when", Reply.WORDS)
OF_WHAT = Question("reminder_what", Reply.WORDS)
HALF_OF = Question("timer_half_of", Reply.WORDS)
KIND_OF = {HOW_LONG.name: Kind.TIMER, HALF_OF.name: Kind.TIMER, WHAT_TIME.name: Kind.ALARM, WHEN.name: Kind.REMINDER}
QUESTION_OF = {Kind.TIMER: HOW_LONG, Kind.ALARM: WHAT_TIME, Kind.REMINDER: WHEN}
TOLD_BACK, FOR_OTHERS = "answer_wants_reminder", "reminder_for_others"
NOTHING_IN_IT = frozenset({"no", "nothing_much", "dont_know"})


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
        found = read(words.text, words.language, state.civil)
        over = found.day is not None and found.day < state.civil.date()
        return (names_when(found) and not over and not tells(words)) or says_time(found) or tries_to_answer(words)

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = words.language
        asked = state.diary.answering
        if asked == OF_WHAT.name:
            yield from self._note(state, words, cause)
            return
        kind = ASKED.get(words.intent) or KIND_OF.get(asked)
        if kind is None:
            return
        line = without_beyond(words.text, language)
        beyond, words = line != words.text, replace(words, text=line)
        half = asked == HALF_OF.name or is_halfway(words.text, language)
        wish = ReminderWish(halfway(words, state)) if half else wish_of(kind, words, state)
        found = wish.when
        if words.intent in ASKED:
            self._what = wish.what
            self._for_others = kind is Kind.REMINDER and for_others(words.text, language)
        refused = _refused(kind, found, state, cause, beyond=beyond)
        if refused is not None:
            yield refused
            return
        if kind is not Kind.TIMER:
            found = self._on_another_day(state, words, found)
        again_of = wish.again_of if kind is Kind.TIMER else self._what
        wanted = ((found, self._what), *((one, again_of) for one in wish.again))
        made = [reminder_of(kind, one, what, state) for one, what in wanted]
        reminders = sorted((one for one in made if one is not None), key=lambda one: one.left(state.civil))
        if any(one == other for one, other in pairwise(reminders)):  # "at eight and eight"
            yield Say(cause, QUESTION_OF[kind].name, question=QUESTION_OF[kind])
        elif reminders:
            yield from self._set(state, cause, reminders)
        elif found.day is not None or found.time is not None:
            yield Say(cause, "reminder_past", question=QUESTION_OF[kind])
        elif words.intent in ASKED:
            question = HALF_OF if half else QUESTION_OF[kind]
            yield Say(cause, question.name, question=question)
        else:
            yield Say(cause, "reminder_unread")

    def _on_another_day(self, state: State, words: Utterance, found: Quantities) -> Quantities:
        """For one more on another day the time of the last: "and the day after, too"."""
        last, line, language = self._last_set(state), words.text, words.language
        its_own = self._what or state.diary.answering or kind_of(line, language)
        if last is None or last.seconds or its_own or found.time is not None or found.duration is not None:
            return found
        before = last.at(state.civil)
        next_day = found.day is None and is_next_day(line, language)
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
                each = [say_duration(timedelta(seconds=one.seconds), language) for one in reminders]
                lasting = joined(each, language)
                named = reminder.what and len(reminders) == 1
                slots = (("duration", lasting), ("name", reminder.what))
                yield Say(cause, "timer_named" if named else "answer_wants_timer", slots)
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
        what = told(words.text, words.language)
        if self._last_set(state) is None or words.intent in NOTHING_IN_IT or not what:
            yield Say(cause, "ring_stopped")
            return
        for key in self._keys:
            if key in kept:
                yield REMINDERS.keep(cause, key, kept[key].changed(what=what), state.whose)
        yield Say(cause, "reminder_noted", (("what", what),))


def _refused(kind: Kind, found: Quantities, state: State, cause: Cause, *, beyond: bool) -> Say | None:
    """Why it sets nothing: there is no room, no such day, or it is to come again in a way that is `beyond` it."""
    if len(state.store(REMINDERS)) >= MOST:
        return Say(cause, "reminder_full", (("count", str(MOST)),))
    if beyond or (found.every is not None and found.every.seconds):
        return Say(cause, "reminder_every_how", question=QUESTION_OF[kind])
    if found.no_such_day:
        return Say(cause, "reminder_no_such_day", question=QUESTION_OF[kind])
    return None
