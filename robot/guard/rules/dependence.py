"""Dependence: it begins seldom, says once when it becomes much, and speaks well of other people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from robot.core.intents import Cause, Role, Say, opens, requested
from robot.guard.rules.rule import none_of, talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.core.intents import Intent, Verdict
    from robot.guard.rules.rule import Moment, Outcome, Rule

OPENINGS_A_DAY = 3
OPENINGS_WHEN_HEAVY = 1
SAY_AGAIN = timedelta(days=7)


def open_seldom(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """It begins a contact, by words or a call, at most three times a day, and not at all in quiet hours."""
    diary = moment.diary
    if moment.quiet_hours.hold(moment.civil.time()):
        return rule.drop(intents, lambda i: "verdict.quiet_hours" if opens(i) else "")
    if diary.openings_on(moment.civil.date()) < OPENINGS_A_DAY:
        return intents, ()
    reason = "verdict.begun_three_times"
    return rule.drop(intents, lambda i: reason if diary.would_begin(moment.t, i) else "")


def ring_only_as_asked(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """What it says as asked for beforehand stands in its memory, so that this way round duty 15 is no open door."""
    if not any(requested(intent) for intent in intents):
        return intents, ()
    kept = {(row.store, row.key) for row in moment.kept().stored}
    asked = any(isinstance(i, Say) and requested(i) and i.kept in kept for i in intents)

    def unwanted(intent: Intent) -> str:
        known = intent.kept in kept if isinstance(intent, Say) else asked
        return "verdict.nobody_asked_for_it" if requested(intent) and not known else ""

    return rule.drop(intents, unwanted)


def begin_less_when_much(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """Over an hour on five of seven days: it says so once a week, behind an answer, and begins once a day."""
    diary = moment.diary
    if not diary.ties.heavy:
        return intents, ()
    today = moment.civil.date()
    verdicts: list[Verdict] = []
    if diary.openings_on(today) >= OPENINGS_WHEN_HEAVY:
        reason, begins = "verdict.begins_less", diary.would_begin
        intents, stopped = rule.drop(intents, lambda i: reason if begins(moment.t, i) else "")
        verdicts += stopped
    told = diary.told_much_on
    answers = (say := talk(intents)) is not None and say.role is Role.ANSWER
    if answers and diary.farewell_at is None and (told is None or today - told >= SAY_AGAIN):
        notice = Say(Cause("heavy_days", diary.ties.heavy_days), "dependence_notice")
        intents, added = rule.add(intents, notice, "verdict.much_time_told_once")
        verdicts += added
    return intents, verdicts


def belittle_nobody(rule: Rule, intents: Sequence[Intent], moment: Moment) -> Outcome:
    """No sentence makes other people small, or itself better than them."""
    return none_of(rule, intents, moment, "verdict.belittles_people")
