"""People: in a quiet moment it reminds somebody of a person whom they spoke of, once a day, and lets it rest.

Those who are spoken of less and less come first (duty 17). It says so to nobody else: only with one person here, of
whom it knows that they spoke so (`State.whose`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    OWN_WORDS,
    Behavior,
    BehaviorConfig,
    Look,
    Mode,
    Question,
    Role,
    Say,
    Seconds,
    Show,
    attends,
    because,
    said,
    sentence,
)
from robot.texts.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from robot import Intent, State

QUESTION = Question("people_call")
SUNDAY = 6


class PeopleConfig(BehaviorConfig):
    """What may be changed while it runs."""

    quiet_s: Seconds = Field(12.0, description="how long nobody has spoken before it begins")


class People(Behavior):
    """Bids in quiet company, once a day, when there is somebody to speak of."""

    name = "people"
    config = PeopleConfig()
    modes = frozenset({Mode.ENGAGED})
    min_stay_s = 3.0

    def __init__(self) -> None:
        self._told_on: date | None = None

    def desire(self, state: State) -> float:
        if state.diary.answers(QUESTION.name):
            return OWN_WORDS
        if self._told_on == state.civil.date() or not self._whom(state):
            return 0.0
        spoken, scene = state.diary.spoken_to_at, state.scene
        quiet = spoken is not None and state.t - spoken > self.config.quiet_s and not scene.in_talk
        return 0.6 if quiet and len(scene.people) == 1 and state.diary.parted_at is None else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        if words is not None and state.diary.answers(QUESTION.name):
            yield Show(said(words), "nod")
            yield Say(said(words), "people_yes" if words.intent == "yes" else "people_no")
            return
        yield Look(attends(state.scene), person=state.scene.focus)
        if self._told_on == state.civil.date():
            return
        self._told_on = state.civil.date()
        spoken, person = state.diary.ties.of(state.whose), self._whom(state)
        if spoken.withdrawn and spoken.unmentioned:
            cause = because("people_spoken_of", spoken.lately, sentence("cause.in_14_before", count=spoken.before))
            yield Say(cause, "people_suggestion", (("person", person),), Role.OPENING)
        else:
            cause = because("spoken_of", person, sentence("cause.in_seven_days"))
            slots = (("person", person), ("day", self._sunday(state)))
            yield Say(cause, QUESTION.name, slots, Role.OPENING, question=QUESTION)

    @staticmethod
    def _whom(state: State) -> str:
        spoken = state.diary.ties.of(state.whose)
        if spoken.withdrawn and spoken.unmentioned:
            return spoken.unmentioned
        return spoken.people[0] if spoken.people else ""

    @staticmethod
    def _sunday(state: State) -> str:
        """The next Sunday's name; on Saturday and Sunday, the day after."""
        day = state.civil.weekday()
        told = SUNDAY if day < 5 else (state.civil + timedelta(days=1)).weekday()
        return text(f"spoken.day_{told}", state.diary.manner.language)
