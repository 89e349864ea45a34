"""Breathing: a few slow breaths together; light, head and ears rise and sink with each, nearly without words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from robot import (
    OWN_WORDS,
    UNTIL_WORDS,
    Behavior,
    BehaviorConfig,
    Hold,
    Look,
    Mode,
    Say,
    Seconds,
    Show,
    VoiceWatch,
    said,
)
from robot.decide.teller import TELLS, goes_on, nods

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State

ASKED = "wants_breathing"
BREATH_S = 8.0  # one breath of the expression `breath`
OUT_S = 3.6  # when it turns
SPOKEN = 2  # breaths that words go with


class BreathingConfig(BehaviorConfig):
    """What may be changed while it runs."""

    breaths: int = Field(5, ge=1, le=30, description="breaths in one exercise")
    between_s: Seconds = Field(0.6, description="rest between two breaths")


class Breathing(Behavior):
    """Leads through the exercise; whatever is said ends it at once, but for an “okay”."""

    name = "breathing"
    config = BreathingConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})
    min_stay_s = 2.0

    def __init__(self) -> None:
        self._voice = VoiceWatch()
        self._silence = 0.0
        self._on = False
        self._breath = 0  # begun so far
        self._began = 0.0  # the last of them
        self._turned = True

    def desire(self, state: State) -> float:
        self._silence = self._voice.look(state.scene)
        words = state.diary.pending
        if words is not None:
            if words.intent == ASKED:
                return OWN_WORDS
            self._on = self._on and nods(words)
        left = bool(state.scene.departures) and not state.scene.people
        if left or state.diary.hushed_at is not None or state.diary.farewell_at is not None:
            self._on = False
        return TELLS if self._on else UNTIL_WORDS

    def act(self, state: State) -> Iterable[Intent]:
        words = state.diary.pending
        cause = goes_on("telling", self.name)
        if state.scene.focus is not None:
            yield Look(cause, person=state.scene.focus)
        yield Hold(cause, lid=0.75)
        if words is not None and words.intent == ASKED:
            self._on, self._breath, self._turned = True, 0, True
            self._voice.ask(state.t)
            yield Say(said(words), "breathing_begin")
            return
        if not self._on:
            return
        if not self._turned and state.t - self._began >= OUT_S:
            self._turned = True
            if self._breath <= SPOKEN:
                yield Say(cause, "breathing_out")
        rested = state.t - self._began >= BREATH_S + self.config.between_s if self._breath else self._silence >= 1.0
        if not rested:
            return
        if self._breath >= self.config.breaths:
            self._on = False
            yield Say(cause, "breathing_end")
            return
        self._breath, self._began, self._turned = self._breath + 1, state.t, False
        yield Show(cause, "breath")
        if self._breath <= SPOKEN:
            yield Say(cause, "breathing_in")
