"""Between a run and the next: what the diary and the attachment need of the memory, and what the memory keeps of a run.

The keeper is an observer: it reads ticks and writes to the memory, and the run cannot tell whether it is there.
"""

from __future__ import annotations

import math
from datetime import datetime, time
from typing import TYPE_CHECKING

from robot.decide.diary import TELLS_ROBOT
from robot.feel.attachment import BOND_DECAY_S
from robot.memory.memory import SOMEONE
from robot.messages import Role, Say

if TYPE_CHECKING:
    from robot.clock import Clock
    from robot.decide.diary import Diary
    from robot.memory.memory import Memory
    from robot.tick import Tick

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
    """Writes what must outlive a run."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._kept_at = 0.0
        self._together_s = 0.0
        self._last_t = 0.0

    def see(self, tick: Tick) -> None:
        for intent in tick.done:
            if isinstance(intent, Say):
                if intent.phrase in TELLS_ROBOT:
                    self._memory.keep_event(TOLD)
                if intent.role is Role.OPENING:
                    self._memory.keep_event(OPENING)
        if tick.scene.people:
            self._together_s += tick.t - self._last_t
        self._last_t = tick.t
        if tick.t - self._kept_at >= KEEP_EVERY_S:
            self._kept_at = tick.t
            self._memory.keep_bond(SOMEONE, tick.feelings.bond)
            if self._together_s:
                self._memory.add_minutes(self._together_s / 60.0)
                self._together_s = 0.0
