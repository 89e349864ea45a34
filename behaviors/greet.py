"""Notice and greet: somebody came, so it turns to them, brightens, and says hello once.

After a goodbye, in quiet hours, or when it has begun enough talks today, the guard keeps the words back; the turn of
the head and the ears are greeting enough then. Whoever spoke first has begun the contact, and is greeted as an answer.
Where the run before has only just begun a contact, the visit goes on, and nobody is greeted anew.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    UNTIL_SOMEBODY,
    Behavior,
    BehaviorConfig,
    Desire,
    Look,
    Mode,
    Role,
    Say,
    Seconds,
    Show,
    Sound,
    because,
    sentence,
)
from robot.core.meanings import act_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, Person, State, Utterance


JUST_BEFORE_S = 5.0  # words from the door are theirs who come in so soon after
LET_SPEAK_S = 4.0  # a voice is waited for, but no television for ever
TO_IT = frozenset({"social", "wants"})  # acts that a television's talk is seldom taken for
FAIRLY = 0.7  # probability of such an act


class GreetConfig(BehaviorConfig):
    """What may be changed while it runs."""

    desire: Desire = Field(0.6, description="how much it wants to")
    facing: float = Field(0.35, ge=0.0, le=1.0, description="how much a face must be turned to it")
    again_after_s: Seconds = Field(60.0, description="the same person, back sooner, is no arrival")


class Greet(Behavior):
    """Bids for each newcomer once."""

    name = "greet"
    config = GreetConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 2.5

    def __init__(self) -> None:
        self._greeted: set[int] = set()
        self._last = self._words_at = -math.inf
        self._target: int | None = None

    def desire(self, state: State) -> float:
        if any(said_to_it(words) for words in state.scene.utterances):
            self._words_at = state.t
        if state.scene.lately_in_need or self._goes_on(state):  # no time, or they had it: nobody is new
            self._greeted.update(person.track for person in state.scene.people)
            return 0.0
        if self._target is not None and state.since < self.min_stay_s and not state.first:
            return self.config.desire
        if not state.scene.people:
            return UNTIL_SOMEBODY
        return 0.0 if self._newcomer(state) is None else self.config.desire

    def act(self, state: State) -> Iterable[Intent]:
        if self._target is None or state.scene.person(self._target) is None:
            person = self._newcomer(state)
            self._target = person.track if person else state.scene.focus
        person = state.scene.person(self._target)
        if person is None:
            return
        cause = because("somebody_came", person.track, sentence("cause.at_arousal", level=state.feelings.arousal))
        yield Look(cause, person=person.track)
        here = state.t - person.since
        if person.track in self._greeted or here < state.feelings.greeting_s:
            return
        if state.scene.voice and here < LET_SPEAK_S:
            return
        self._greeted.add(person.track)
        yield Show(cause, "glad", strength=0.7 + 0.3 * state.feelings.bond)
        if state.t - self._last >= self.config.again_after_s:
            self._last = state.t
            role = Role.ANSWER if self._spoke_first(state, person) else Role.OPENING
            if role is Role.OPENING:
                yield Sound(cause, "chirp_greeting")
            if person.who:
                yield Say(cause, "greet_by_name", (("name", person.who),), role)
                return
            first = state.diary.told_robot_on != state.civil.date()
            yield Say(cause, "greet_first_today" if first else "greet_again", role=role)

    def stop(self, state: State) -> None:  # noqa: ARG002 - the signature of all behaviours
        self._target = None

    def _spoke_first(self, state: State, person: Person) -> bool:
        """Whether words that were said to it are theirs, so that to greet them begins nothing (duty 15); what is said
        after a goodbye is none of that (duty 8).
        """
        theirs = state.scene.focus == person.track and self._words_at >= person.since - JUST_BEFORE_S
        return theirs and state.diary.parted_at is None

    def _goes_on(self, state: State) -> bool:
        """Whether the run before this one ended in mid-visit: it had only just begun a contact."""
        again_s = self.config.again_after_s  # this run's time begins at 0
        return state.t < again_s and any(state.t - again_s < at < 0.0 for _, at in state.diary.openings)

    def _newcomer(self, state: State) -> Person | None:
        return next(
            (p for p in state.scene.people if p.track not in self._greeted and p.facing >= self.config.facing),
            None,
        )


def said_to_it(words: Utterance) -> bool:
    """Whether somebody speaks to the robot: the tables are sure, since they hold what people say to it, or it is a
    greeting or a wish. The network finds a meaning in a television's words as well.
    """
    if not words.readings:
        return words.understood
    return words.intent == "my_name_is" or (act_of(words.intent) in TO_IT and words.confidence >= FAIRLY)
