"""Says in the log when a part breaks, works in a lesser way, or is well again: once each, never every second."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from robot.core.condition import Condition
from robot.health.conditions import BAD, line, title
from robot.texts.catalogue import read_ahead, words
from robot.texts.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from robot.core.condition import Health
    from robot.core.tick import Tick, Vitals

log = logging.getLogger(__name__)

EVERY_S = 1.0
FIRST_S = 2.0  # until then parts are still coming up


class HealthLog:
    """An observer that asks for the vitals once a second."""

    def __init__(self, vitals: Callable[[], Vitals]) -> None:
        self._vitals = vitals
        self._next: float | None = None
        self._said: dict[tuple[str, str], Health] = {}  # by part and name
        read_ahead("names", "health", "common")  # it speaks between two turns of the loop

    def see(self, tick: Tick) -> None:
        if self._next is None:
            self._next = tick.t + FIRST_S
        if tick.t < self._next:
            return
        self._next = tick.t + EVERY_S
        health = {(part.part, part.name): part for part in self._vitals().health}
        for key in sorted(self._said.keys() - health.keys()):  # some have a line only while something is wrong
            gone = self._said.pop(key)
            if gone.condition in BAD:
                log.info("%s", words(sentence("health.well_again", part=title(gone))))
        for key, part in health.items():
            before = self._said.get(key)
            if before is not None and before.condition is part.condition:
                continue
            self._said[key] = part
            if part.condition in BAD:
                log.warning("%s", line(part))
            elif before is not None and before.condition is not Condition.OFF:
                log.info("%s", words(sentence("health.well_again_so", part=title(part), reason=part.reason)))
