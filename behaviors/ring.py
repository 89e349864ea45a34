"""Ring: a timer, alarm or reminder that is due sounds softly and is told; again after a minute; then it is quiet.

Whoever touches the robot, or says what is meant for it (“Stop”, “Thanks”, “I'm up”, “Five more minutes”), has heard it.
Other talk in the room ends none: whom it is for may sleep on.

That it rings is on disk before it sounds, and that it is over only when it was heard. So whatever ends the robot at
whatever moment, nothing rings twice, and what was not heard is told once at the next start.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Behavior, BehaviorConfig, Look, Mode, Role, Say, Seconds, Show, Sound, because
from robot.decide.reminders import REMINDERS, Kind, Stage
from robot.decide.ringing import BEFORE_S, Due, RingKind, Schedule, heard
from robot.sense.language.spoken import say_duration, say_time, say_when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from robot import Cause, Intent, State
    from robot.decide.reminders import Reminder

HEARD_WITHIN_S = 60.0  # a sentence that has not sounded by then has stood on the page
TRY_AGAIN_S = 10.0  # where the guard held it back
AT_ONCE = 0.88  # before all but words that wait for an answer
TIDIES = 0.5
# What is meant for one that rang. Other words may be anybody's, and a sleeper's alarm is not theirs to end.
ENDS = frozenset(
    {
        "stop",
        "quiet",
        "thanks",
        "yes",  # “okay”
        "acknowledges",
        "good_morning",  # “I am up”
        "repeat",
        "asks_reminders",
        "wants_alarm",  # “wake me again in ten minutes”
        "wants_cancel_reminder",
        "wants_move_reminder",  # “five more minutes”
    }
)


class RingConfig(BehaviorConfig):
    """What may be changed while it runs."""

    again_s: Seconds = Field(60.0, description="when it rings again, where nobody has answered")
    seen_s: Seconds = Field(3.0, description="how long somebody is there before they are told what was missed")


@dataclass
class Ringing:
    """One that rings now, from the moment that it is kept until it was heard."""

    due: Due
    since: float
    again: bool = False  # for the second time
    bare: bool = False  # without the person's own words, which the guard held back
    said_at: float | None = None
    text: str = ""  # what the guard let pass
    sounded: bool = False
    heard: bool = False


class Ring(Behavior):
    """In every mode: what was asked for is told by a sleeping or a limp robot, too."""

    name = "ring"
    config = RingConfig()
    modes = frozenset(Mode)

    def __init__(self) -> None:
        self._schedule = Schedule(late_s=600.0, kept_s=600.0)
        self._now: Ringing | None = None
        self._again: dict[str, tuple[float, Due]] = {}  # when they ring for the second time
        self._held_until = -math.inf
        self._answered_at = -math.inf

    def desire(self, state: State) -> float:
        reminders = state.store(REMINDERS)
        if not reminders and self._schedule.empty and self._now is None and not self._again:
            return 0.0
        self._schedule.look(reminders, state.t, state.civil)
        self._listen(state)
        if self._now is not None or self._next(state) is not None:
            return AT_ONCE
        return TIDIES if next(self._schedule.tidied(state.t, state.civil), None) is not None else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        if self._now is None:
            self._now = self._next(state)
        ringing = self._now
        if ringing is None:
            yield from self._tidy(state)
            return
        due = ringing.due
        cause = because("asked_for", due.reminder.what or due.reminder.kind.value)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        if ringing.heard:
            yield from self._end(state, cause, ringing)
        elif ringing.said_at is None:
            if due.call is RingKind.RING and not ringing.again and ringing.since == state.t:
                self._schedule.begin(due.key)
                yield REMINDERS.keep(cause, due.key, due.reminder.changed(stage=Stage.RINGING))
            elif due.call is RingKind.TELL or ringing.again or state.t - ringing.since >= BEFORE_S - 1e-9:
                yield from self._say(state, cause, ringing)

    def _next(self, state: State) -> Ringing | None:
        """What is to be begun now, if anything."""
        if state.t < self._held_until:
            return None
        for due in self._schedule.due(state.t, state.civil):
            if due.call is RingKind.RING or due.late_s <= HEARD_WITHIN_S or self._somebody(state):
                return Ringing(due, state.t)
        for key, (at, due) in self._again.items():
            if state.t >= at and key in state.store(REMINDERS):
                return Ringing(due, state.t, again=True)
        return None

    def _somebody(self, state: State) -> bool:
        """Whether somebody is there who can be told what was missed."""
        seen = any(state.t - person.since >= self.config.seen_s for person in state.scene.people)
        return seen or state.scene.in_talk

    def _listen(self, state: State) -> None:
        """Follow the sentence from the guard to its end; whoever answers it, or touches the robot, has heard it."""
        if state.scene.touches or any(words.intent in ENDS for words in state.scene.utterances):
            self._again.clear()
            self._answered_at = state.t
        if self._now is not None and not _stands(self._now, state.store(REMINDERS)):
            self._now = None
        ringing = self._now
        if ringing is None or ringing.said_at is None or ringing.said_at == state.t:
            return
        if not ringing.text:
            passed = state.passed(ringing.said_at)
            ringing.text = next((one.text for one in passed if one.role is Role.REQUESTED), "")
        if not ringing.text:
            self._hold_back(state, ringing)
            return
        speaking = state.scene.speaking
        sounds = speaking is not None and speaking.active and speaking.text == ringing.text
        ringing.heard = (ringing.sounded and not sounds) or state.t - ringing.said_at > HEARD_WITHIN_S
        ringing.sounded = ringing.sounded or sounds

    def _hold_back(self, state: State, ringing: Ringing) -> None:
        """Say it without the person's own words; where that may not be said either, later."""
        ringing.said_at = None
        self._again.pop(ringing.due.key, None)
        if not ringing.bare and ringing.due.reminder.what:
            ringing.bare = True
        else:
            self._now, self._held_until = None, state.t + TRY_AGAIN_S

    def _say(self, state: State, cause: Cause, ringing: Ringing) -> Iterable[Intent]:
        ringing.said_at = state.t
        language, (call, key, reminder, _) = state.diary.manner.language, ringing.due
        if call is RingKind.RING:
            if state.mode in {Mode.AWAKE, Mode.ENGAGED}:
                yield Show(cause, "waking_stretch" if reminder.kind is Kind.ALARM else "hello_wave_ears", strength=0.5)
            yield Sound(cause, "chime")
        named = "" if ringing.bare else reminder.what
        slots = (
            ("time", say_time(state.civil.time(), language, half=True)),
            ("when", say_when(reminder.at(state.civil), state.civil.replace(tzinfo=None), language)),
            ("duration", say_duration(timedelta(seconds=reminder.seconds), language)),
            ("what", named),
            ("name", named),
        )
        phrase = f"{'ring' if call is RingKind.RING else 'missed'}_{_form(reminder, named)}"
        yield Say(cause, phrase, slots, Role.REQUESTED, kept=(REMINDERS.name, key))

    def _end(self, state: State, cause: Cause, ringing: Ringing) -> Iterable[Intent]:
        """It was heard; it rings once more where nobody has answered."""
        self._now = None
        due = ringing.due
        self._again.pop(due.key, None)
        if ringing.again:
            return
        if due.call is RingKind.RING and ringing.said_at is not None and self._answered_at < ringing.said_at:
            self._again[due.key] = (ringing.said_at + self.config.again_s, due)
        left = heard(due.reminder, state.civil, missed=due.call is RingKind.TELL)
        yield REMINDERS.drop(cause, due.key) if left is None else REMINDERS.keep(cause, due.key, left)

    def _tidy(self, state: State) -> Iterable[Intent]:
        for key, reminder in self._schedule.tidied(state.t, state.civil):
            cause = because("asked_for", "" if reminder is None else reminder.what or reminder.kind.value)
            yield REMINDERS.drop(cause, key) if reminder is None else REMINDERS.keep(cause, key, reminder)


def _stands(ringing: Ringing, reminders: Mapping[str, Reminder]) -> bool:
    """Whether what rings is still due then: it is not where it was cancelled, moved or put off meanwhile."""
    kept = reminders.get(ringing.due.key)
    return kept is not None and (ringing.again or kept.due == ringing.due.reminder.due)


def _form(reminder: Reminder, named: str) -> str:
    """The end of a phrase's name: "timer_named", "reminder_bare"."""
    match reminder.kind:
        case Kind.TIMER:
            return "timer_named" if named else "timer"
        case Kind.ALARM:
            return "alarm"
        case _ if reminder.others and named:
            return "reminder_for_others"
        case _:
            return "reminder" if named else "reminder_bare"
