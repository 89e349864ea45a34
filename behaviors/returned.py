"""Returned: its last run was ended against its will, so it says once what happened, to whoever is there first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import UNTIL_WORDS, Behavior, BehaviorConfig, Look, Mode, Role, Say, Seconds, because, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State


class ReturnedConfig(BehaviorConfig):
    """What may be changed while it runs."""

    seen_s: Seconds = Field(1.5, description="how long somebody is there before it tells them")
    again_after_s: Seconds = Field(300.0, description="when it tries again, where the guard held it back")


class Returned(Behavior):
    """Whoever comes is greeted first; it counts as a talk that the robot begins, so in quiet hours it waits."""

    name = "returned"
    config = ReturnedConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._tried = -math.inf

    def desire(self, state: State) -> float:
        if not state.diary.restarted:
            return UNTIL_WORDS
        if state.t - self._tried < self.config.again_after_s:
            return 0.0
        there = any(state.t - person.since > self.config.seen_s for person in state.scene.people)
        return 0.55 if there or state.diary.spoken_to_at is not None else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        if not state.diary.restarted:
            return
        self._tried = state.t
        cause = because("last_run", sentence(f"names.ending.{state.diary.restarted}"))
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Say(cause, f"back_after_{state.diary.restarted}", role=Role.OPENING)
