"""Between a run and the next: what the diary and the attachment need of the memory, and what is kept of a run."""

from __future__ import annotations

import math
from datetime import datetime, time
from typing import TYPE_CHECKING

from robot.decide.diary import TELLS_ROBOT
from robot.feel.attachment import BOND_DECAY_S
from robot.intents import Forget, Note, Remember, Role, Say
from robot.memory.memory import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from robot.attend.scene import Scene
    from robot.clock import Clock
    from robot.decide.diary import Diary
    from robot.feel.attachment import Feelings
    from robot.intents import Intent
    from robot.memory.memory import Memory

KEEP_EVERY_S = 60.0
OPENING, TOLD = "opening", "told it is a robot"


def restore(memory: Memory, diary: Diary, clock: Clock) -> float | None:
    """Put today's counts into the diary; the bond, decayed since it was written, or None when there is none yet."""
    civil = clock.civil()
    midnight = datetime.combine(civil.date(), time(), civil.tzinfo)
    now = clock.now()
    for at in memory.events_since(OPENING, midnight):
        diary.openings.append((civil.date(), now - (civil - at).total_seconds()))
    told = memory.events_since(TOLD, midnight)
    if told:
        diary.told_robot_on = civil.date()
        diary.told_robot_at = now - (civil - told[-1]).total_seconds()
    kept = memory.bond(SOMEONE)
    if kept is None:
        return None
    value, at = kept
    return value * math.exp(-max((civil - at).total_seconds(), 0.0) / BOND_DECAY_S)


class Keeper:
    """Writes what must outlive a run: what was agreed, what duties count, the bond, the time together."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._kept_at = 0.0
        self._together_s = 0.0

    def keep(self, scene: Scene, feelings: Feelings, done: Sequence[Intent], partner: str, dt: float) -> None:
        """One tick; `partner` is the name of whom the robot talks with, empty when it does not know."""
        for intent in done:
            self._do(intent, partner)
        if scene.people:
            self._together_s += dt
        if scene.t - self._kept_at >= KEEP_EVERY_S:
            self._kept_at = scene.t
            self._memory.keep_bond(SOMEONE, feelings.bond)
            if self._together_s:
                self._memory.add_minutes(self._together_s / 60.0)
                self._together_s = 0.0

    def _do(self, intent: Intent, partner: str) -> None:
        memory = self._memory
        match intent:
            case Say():
                if intent.phrase in TELLS_ROBOT:
                    memory.keep_event(TOLD)
                if intent.role is Role.OPENING:
                    memory.keep_event(OPENING)
                if intent.role is Role.CRISIS:
                    memory.count("crisis")
            case Remember(name=name):
                memory.remember_person(name)
            case Note(about=about, detail=detail):
                known = memory.person(partner)
                if known is not None:
                    memory.keep_topic(known.id, about, detail)
            case Forget(name=""):
                memory.reset()
            case Forget(name=name):
                memory.forget_person(name)
            case _:
                pass
