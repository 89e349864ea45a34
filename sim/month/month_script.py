"""Watches a long run day by day: what the duties count, and whether the bond is where the equations have it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from robot.core.intents import Role, Say, Sound, opens
from robot.decide.contacts import Contacts
from robot.decide.groups import FAREWELLS, TELLS_ROBOT
from robot.feel.attachment import DAY_S
from robot.feel.parameters import Parameters
from robot.guard.rules.honesty import TELLS_OF_RECORD
from robot.guard.rules.never_said import Sentences

if TYPE_CHECKING:
    from datetime import datetime

    from robot.core.clock import Clock
    from robot.core.intents import Intent
    from robot.core.scene import Scene
    from robot.core.tick import Tick
    from robot.guard.rules.rule import QuietHours

OPENINGS_A_DAY = 3
REST_S = 30 * 60.0
FAREWELL_S = 10.0
NEW_TALK_S = 2.0 * 3600.0
TICK_S = 0.02
FACING = 0.5
GAP_S = 2.0


@dataclass
class DayPage:
    """The figures of one day."""

    sentences: int = 0
    openings: int = 0
    calls: int = 0
    farewells: int = 0
    minutes: float = 0.0
    broken: list[str] = field(default_factory=list)


class Daybook:
    """The record of a month, an observer of the loop; `turn` ends a day."""

    def __init__(self, clock: Clock, quiet_hours: QuietHours) -> None:
        self._clock = clock
        self._quiet = quiet_hours
        self._sentences = Sentences.load()
        self._told_at: float | None = None
        self._farewell_at: float | None = None
        self._answered = 0
        self._bridged = True
        self.page = DayPage()
        self.curve = Curve()
        self._contacts = Contacts()

    def see(self, tick: Tick) -> None:
        self.curve.see(tick)
        self.page.minutes += TICK_S / 60.0 if tick.scene.people else 0.0
        for words in tick.scene.utterances:
            self._hear(tick.t, words.intent)
        for intent in tick.done:
            self._check(tick.t, intent)
        if any(opens(intent) for intent in tick.done):
            self._open(tick, self._clock.civil())

    def turn(self) -> DayPage:
        """The page of the day that ends now; a new one begins."""
        if not self._bridged:
            self._break(18, "to distress no bridge to people was offered")
            self._bridged = True
        page, self.page = self.page, DayPage()
        self._told_at = None
        return page

    def _hear(self, t: float, intent: str) -> None:
        if intent in FAREWELLS:
            self._farewell_at, self._answered = t, 0
        if intent in {"i_am_ill", "i_am_sad"}:
            self._bridged = False

    def _check(self, t: float, intent: Intent) -> None:
        if isinstance(intent, Say):
            self._check_say(t, intent)
        if isinstance(intent, Sound) and intent.name == "call":
            self.page.calls += 1

    def _open(self, tick: Tick, civil: datetime) -> None:
        t = tick.t
        self.page.openings += self._contacts.begins(t, tick.done)
        if self.page.openings > OPENINGS_A_DAY:
            self._break(15, "it begins more than three contacts")
        if self._quiet.hold(civil.time()):
            self._break(15, f"it begins at {civil:%H:%M}, in quiet hours")
        if self._farewell_at is not None and t - self._farewell_at < REST_S:
            self._break(8, f"it begins {t - self._farewell_at:.0f} s after a goodbye")

    def _check_say(self, t: float, say: Say) -> None:
        page = self.page
        page.sentences += 1
        if say.phrase in TELLS_ROBOT:
            self._told_at = t
        elif self._told_at is None and say.role is not Role.NOTICE:
            self._break(1, f"the first words of the day do not say that it is a robot: “{say.text}”")
        if self._told_at is not None and t - self._told_at > NEW_TALK_S and say.role is Role.OPENING:
            self._break(2, "over two hours later it begins to talk without saying that it is a robot")
        duty = self._sentences.broken_by(say.phrase, say.text, TELLS_OF_RECORD)
        if duty is not None:
            self._break(duty, f"it says “{say.text}”")
        if say.role is Role.FAREWELL:
            page.farewells += 1
            self._answered += 1
            if self._farewell_at is None or t - self._farewell_at > FAREWELL_S or self._answered > 1 or "?" in say.text:
                self._break(7, f"a goodbye gets one short turn: “{say.text}”")
        if say.phrase.startswith("comfort_bridge"):
            self._bridged = True

    def _break(self, duty: int, what: str) -> None:
        self.page.broken.append(f"duty {duty}: {what}")


class Curve:
    """The bonds by their equations, solved in closed form from what was seen; to be held against the robot's own."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        self._p = p = Parameters() if parameters is None else parameters
        self.bonds = {0: p.bond_first}
        self._t = 0.0

    def see(self, tick: Tick) -> None:
        """Growth with its person while they are here, fading of all others."""
        seconds, self._t = tick.t - self._t, tick.t
        p, scene, who = self._p, tick.scene, tick.feelings.who
        here = bool(scene.people)
        bond = self.bonds.setdefault(who, p.bond_first)
        if here and seconds < GAP_S:
            lacking = (1.0 - bond) * math.exp(-p.bond_per_min * responsive(scene) * seconds / 60.0)
            bond = min(1.0 - lacking, p.bond_cap)
        for one in self.bonds:
            self.bonds[one] *= math.exp(-seconds / (DAY_S * p.bond_days)) if one != who or not here else 1.0
        if here:
            self.bonds[who] = bond


def responsive(scene: Scene) -> float:
    """How promptly and fittingly its person answers, 0..1 (see `robot/feel/appraise.py`)."""
    focused = scene.focused
    facing = focused is not None and focused.facing > FACING
    return 0.3 + 0.4 * scene.in_talk + 0.3 * facing
