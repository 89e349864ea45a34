"""Impaired: a part of it was lost or came back, and it says so to whoever is there: they could not know otherwise.

What breaks while nobody is there, while it sleeps or was told to be quiet, is told later, unless it was mended by then.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from robot import Behavior, BehaviorConfig, Condition, Mode, Role, Say, Seconds, because
from robot.health.events import BODY, MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, SenseTurned, State

ALWAYS_WORKED = {MEMORY}  # of earlier runs: people count on it from the start
ELSEWHERE = frozenset({"", "body_lost", "body_held"})  # ailments of the body that safe.py and limp.py tell, or nobody


class ImpairedConfig(BehaviorConfig):
    """What may be changed while it runs."""

    again_s: Seconds = Field(30.0, description="what comes and goes is told again no sooner")


class Impaired(Behavior):
    """Bids once for each part that breaks while the robot runs, and once when it is well again."""

    name = "impaired"
    config = ImpairedConfig()
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._known: dict[str, SenseTurned] = {}
        self._worked: set[str] = set()
        self._lost: dict[str, str] = {}  # by part: the phrase that tells what is wrong with it now
        self._told: dict[str, str] = {}  # by part: the phrase by which people know that it was lost
        self._told_at: dict[str, float] = {}  # by phrase

    def desire(self, state: State) -> float:
        for turned in state.scene.senses:
            if self._known.get(turned.sense) is not turned:
                self._known[turned.sense] = turned
                self._take(turned)
        company = state.scene.people or state.scene.in_talk
        heard = company and state.diary.hushed_at is None
        return 0.8 if heard and self._news(state.t) else 0.0

    def _take(self, turned: SenseTurned) -> None:
        """What never worked was not lost; what was switched off, or is told elsewhere, is no news."""
        part = turned.sense
        self._lost.pop(part, None)
        if turned.condition is Condition.FAULT:
            if part in self._worked | ALWAYS_WORKED and (part != BODY or turned.ailment not in ELSEWHERE):
                self._lost[part] = turned.ailment or f"{part}_lost"
        elif turned.condition is not Condition.OFF:
            self._worked.add(part)

    def _news(self, t: float) -> dict[str, str]:
        """By part, what is to be told: a loss that nobody knows of, or that what they know of is over."""
        news = {part: phrase for part, phrase in self._lost.items() if self._told.get(part) != phrase}
        news |= {part: f"{part}_back" for part in self._told if part not in self._lost and self._works(part)}
        return {part: phrase for part, phrase in news.items() if self._due(phrase, t)}

    def _works(self, part: str) -> bool:
        return self._known[part].condition not in {Condition.FAULT, Condition.OFF}

    def _due(self, phrase: str, t: float) -> bool:
        return t - self._told_at.get(phrase, -math.inf) >= self.config.again_s

    def act(self, state: State) -> Iterable[Intent]:
        for part, phrase in self._news(state.t).items():
            self._told_at[phrase] = state.t
            if part in self._lost:
                self._told[part] = phrase
            else:
                del self._told[part]
            way = "lost" if part in self._lost else "back"
            yield Say(because(f"{part}_{way}", phrase), phrase, role=Role.NOTICE)
