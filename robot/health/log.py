"""Says in the log when a part breaks, works in a lesser way, or is well again: once each, never every second."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from robot.core.messages import Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.messages import Health
    from robot.core.tick import Tick, Vitals

log = logging.getLogger(__name__)

EVERY_S = 1.0
BAD = {Condition.FAULT, Condition.LESSER}
FIRST_S = 2.0  # until then parts are still coming up


class Herald:
    """An observer that asks for the vitals once a second."""

    def __init__(self, vitals: Callable[[], Vitals]) -> None:
        self._vitals = vitals
        self._next: float | None = None
        self._said: dict[str, Health] = {}

    def see(self, tick: Tick) -> None:
        if self._next is None:
            self._next = tick.t + FIRST_S
        if tick.t < self._next:
            return
        self._next = tick.t + EVERY_S
        health = {part.part: part for part in self._vitals().health}
        for name in sorted(self._said.keys() - health.keys()):  # some have a line only while something is wrong
            if self._said.pop(name).condition in BAD:
                log.info("%s is well again", name)
        for part in health.values():
            before = self._said.get(part.part)
            if before is not None and before.condition is part.condition:
                continue
            self._said[part.part] = part
            if part.condition in BAD:
                log.warning("%s: %s%s", part.part, part.reason, f" ({part.remedy})" if part.remedy else "")
            elif before is not None and before.condition is not Condition.OFF:
                log.info("%s is well again: %s", part.part, part.reason)
