"""Check in: asks somebody once a day how they are, at the hour at which they wanted to be asked, until they end it."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_SOMEBODY, BehaviorConfig, Entry, Look, Role, Say, Seconds, Shelf, Skill, because
from robot.core.language_words import WordTable, section
from robot.core.quantities import DAILY, HOURS, DayPart, Recurrence
from robot.sense.language.quantities import read
from robot.sense.language.spoken import say_often, say_time
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Cause, Intent, State, Utterance

KEY = "daily"
WANTS = 0.75  # clearly more than to look around
WITHIN = timedelta(hours=4)  # of the hour; later it is not asked that day [our choice]


class CheckInWords(WordTable, section="check_in"):
    """[check_in] of a language's words: what ends it."""

    ends: str


class CheckInEntry(Entry):
    """When it asks, and on which day it last did."""

    at: time
    asked_on: str = ""


CHECK_IN = Shelf("check_in", CheckInEntry)


class CheckInConfig(BehaviorConfig):
    """What may be changed while it runs."""

    seen_s: Seconds = Field(5.0, description="how long somebody is there before it asks")


class CheckIn(Skill):
    """Off until a person asks for it; whoever asked for it is not asked after a goodbye or when told to be quiet."""

    name = "check_in"
    config = CheckInConfig()
    asked = frozenset({"wants_check_in"})

    def desire(self, state: State) -> float:
        if state.diary.pending is None and not state.scene.people:
            return UNTIL_SOMEBODY
        wanted = super().desire(state)
        return wanted or (WANTS if self._due(state) is not None else 0.0)

    def act(self, state: State) -> Iterable[Intent]:
        entry = self._due(state)
        if super().desire(state) or entry is None:
            yield from super().act(state)
            return
        cause = because("asked_for", KEY)
        yield Look(cause, person=state.scene.focus)
        yield CHECK_IN.keep(cause, KEY, entry.model_copy(update={"asked_on": state.civil.date().isoformat()}))
        yield Say(cause, "check_in_ask", role=Role.REQUESTED, kept=(CHECK_IN.name, KEY))

    def answer(self, state: State, words: Utterance, cause: Cause) -> Iterable[Intent]:
        language = state.diary.manner.language
        known = state.store(CHECK_IN).get(KEY)
        table = section(CheckInWords, language)
        if table is not None and re.search(table.ends, words.text, re.IGNORECASE):
            if known is None:
                yield Say(cause, "check_in_none")
                return
            yield CHECK_IN.drop(cause, KEY)
            yield Say(cause, "check_in_off")
            return
        found = read(words.text, language, state.civil)
        moment = found.moment(state.civil) if found.time is not None else None
        at = moment.time() if moment is not None else time(HOURS[found.part or DayPart.MORNING])
        yield CHECK_IN.keep(cause, KEY, CheckInEntry(at=at), state.whose)
        often = {"often": say_often(Recurrence(DAILY), language), "time": say_time(at, language, half=True)}
        yield Say(cause, "answer_wants_check_in", (("when", text("spoken.often_at", language, often)),))

    def _due(self, state: State) -> CheckInEntry | None:
        """What it asks by, where it is time to."""
        there = any(state.t - person.since >= self.config.seen_s for person in state.scene.people)
        entry = state.store(CHECK_IN).get(KEY) if there else None
        if entry is None:
            return None
        now, diary = state.civil.replace(tzinfo=None), state.diary
        if entry.asked_on == now.date().isoformat():
            return None
        at = datetime.combine(now.date(), entry.at)
        resting = diary.parted_at is not None or diary.hushed_at is not None or diary.pending is not None
        return entry if at <= now < at + WITHIN and not resting else None
