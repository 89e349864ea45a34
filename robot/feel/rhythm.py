"""The day's rhythm: drowsiness by civil time, full in the quiet hours, rising before them and falling after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time

    from robot.feel.parameters import Parameters

DAY_MIN = 24 * 60.0


class Rhythm:
    """Quiet hours go from one civil time to another, over midnight where the end is earlier; equal times are none."""

    def __init__(self, quiet_from: time, quiet_to: time, parameters: Parameters) -> None:
        self._from = _minutes(quiet_from)
        self._length = (_minutes(quiet_to) - self._from) % DAY_MIN
        self._evening, self._morning = parameters.evening_min, parameters.morning_min

    def drowsiness(self, civil: time) -> float:
        """0 (wide awake) to 1."""
        if not self._length:
            return 0.0
        since = (_minutes(civil) - self._from) % DAY_MIN
        if since < self._length:
            return 1.0
        after, before = since - self._length, DAY_MIN - since
        morning = 1.0 - after / self._morning if after < self._morning else 0.0
        evening = 1.0 - before / self._evening if before < self._evening else 0.0
        return max(morning, evening)


def _minutes(moment: time) -> float:
    return moment.hour * 60.0 + moment.minute + moment.second / 60.0
